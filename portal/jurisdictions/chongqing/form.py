"""The application form of both levels: annexes 2 to 5 are not in the source, so all of it is a default (CQ-D-05)."""

from portal.jurisdictions.chongqing.form_capacity import MANAGEMENT, PROFESSIONS, SITE, TRAINING
from portal.jurisdictions.chongqing.form_merits import MERITS, PLEDGE
from portal.jurisdictions.chongqing.form_people import COOPERATION, TEACHERS, WORKFORCE
from portal.jurisdictions.chongqing.form_plan import BUDGET, BUILD, GOALS, SELF_REVIEW, TARGETS
from portal.jurisdictions.chongqing.form_unit import BASES, COVER, MUNICIPAL_LEVEL, NATIONAL_LEVEL, UNIT
from portal.policy.form import Form, OfficeBlock

FORM = Form(
    title="高技能人才培训基地建设项目申报表",
    parts=(
        COVER,
        UNIT,
        NATIONAL_LEVEL,
        MUNICIPAL_LEVEL,
        BASES,
        PROFESSIONS,
        TRAINING,
        MANAGEMENT,
        SITE,
        TEACHERS,
        WORKFORCE,
        COOPERATION,
        SELF_REVIEW,
        GOALS,
        BUILD,
        TARGETS,
        BUDGET,
        MERITS,
        PLEDGE,
    ),
    notes=(
        "一、通知的附件1至附件8未随文公布，本表和实施方案由平台按通知条件拟定默认表样，可由新版本替换。",
        "二、本表与《建设项目实施方案》合并填报、一并打印盖章；《高技能人才培训基地申报基本情况表》由平台按本表数据汇总生成。",
        "三、佐证等其他所有证明材料不超过30页，整合为1个PDF文档；凡复印件需注明“此件与原件相符”，并由经办人签字后加盖公章。",
        "四、已建立高技能人才培训基地的单位再次申报的，另行提供已建基地考核评估和运营情况报告。",
    ),
    office_title="审核意见",
    office=(
        OfficeBlock("unit", "申报单位意见", "法定代表人签字、单位盖章："),
        OfficeBlock("recommender", "推荐部门意见（含推荐次序）", "盖章："),
        OfficeBlock("experts", "专家评审意见", "签名："),
        OfficeBlock("bureau", "市人力社保局意见", "盖章："),
    ),
    declaration="本单位承诺：申报材料真实有效，复印件与原件相符；如有虚假，愿意承担由此产生的一切后果。",
    cover=("cover.unit_name", "cover.contact", "cover.phone", "cover.filled_on"),
)
