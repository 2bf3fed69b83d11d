"""Registers the demonstration's material."""

from functools import partial

from portal.jurisdictions.hangzhou.sample_after import AFTER
from portal.jurisdictions.hangzhou.sample_answers import answers
from portal.jurisdictions.hangzhou.sample_map import MAP
from portal.jurisdictions.hangzhou.sample_units import UNITS
from portal.policy.sample import SampleExpert, Samples, SampleUnit, register_samples
from portal.policy.values import complete_credit_code

EXPERTS = (
    SampleExpert("expert", "程砚农", "浙江工匠技术大学", "教授、高级技师", ("数控加工", "机械"), "西湖区"),
    SampleExpert("expert2", "季怀山", "杭州职业能力研究院", "正高级讲师", ("工业机器人", "电力"), "拱墅区"),
    SampleExpert("expert3", "戚云帆", "浙江智造装备集团", "首席技师", ("焊接", "机械"), "萧山区"),
    SampleExpert("expert4", "盛怀瑜", "杭州技能评价中心", "高级技师", ("化工", "数字技能"), "上城区"),
    SampleExpert("expert5", "柏思源", "浙江产业工人学院", "副教授、技师", ("数控加工", "工业机器人"), "余杭区"),
    SampleExpert("expert6", "裴知秋", "宁波装备制造学院", "教授", ("机械", "焊接"), "临平区"),
    SampleExpert("expert7", "卫长风", "浙江数字技能协会", "高级工程师", ("数字技能",), "滨江区"),
    SampleExpert("expert8", "丰若虚", "浙江电力技师学院", "高级实习指导教师", ("电力",), "富阳区"),
)

SAMPLES = register_samples(
    "hangzhou",
    Samples(
        units=tuple(
            SampleUnit(
                key=unit.key,
                name=unit.name,
                credit_code=complete_credit_code(
                    f"{'1233' if unit.track == 'school' else '9133'}0100MA{unit.serial:07d}"
                ),
                nature=unit.nature,
                district=unit.district,
                address=f"杭州市{unit.address}",
                postcode=unit.postcode,
                track=unit.track,
                core_mode=unit.core_mode,
                core=unit.core,
                answers=partial(answers, unit),
            )
            for unit in UNITS
        ),
        experts=EXPERTS,
        map=MAP,
        after=AFTER,
        document_series="杭人社演发",
        prefixed=False,
    ),
)
