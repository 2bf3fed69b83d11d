"""The confidentiality agreement an expert accepts before a file opens. A change of its text is another agreement: its hash differs."""

import hashlib

from reviews.models import Panel

TITLE = "评审专家保密协议"
CLAUSES = (
    "本人仅为本次评审使用申报材料，不复制、不留存、不向任何第三方提供；评审结束后不再持有任何材料。",
    "对申报单位的技术、经营、财务和人员信息，以及评审内容、过程、专家名单和尚未公布的结果保密，评审结束后继续承担保密义务。",
    "评审期间不与申报单位私下接触，不接受其宴请、礼品、礼金或其他利益；遇请托、干预的，立即向受理处室报告。",
    "独立、客观、公正地提出意见，不与其他专家串通，不受他人授意。",
    "评审期间出现应当回避的情形（包括所在单位申报本批次项目）的，立即主动说明并停止评审。",
    "违反以上约定的，同意取消评审资格、移出专家库，并依法承担责任。",
)
ASSESSMENT_CLAUSES = (
    "本人仅为本次考核评估使用基地的申报材料、台账和报告，不复制、不留存、不向任何第三方提供；考核评估结束后不再持有任何材料。",
    "对基地单位的技术、经营、财务和人员信息，以及考核评估内容、过程、专家名单和尚未公布的结果保密，考核评估结束后继续承担保密义务。",
    "考核评估期间不与基地单位私下接触，不接受其宴请、礼品、礼金或其他利益；遇请托、干预的，立即向受理处室报告。",
    CLAUSES[3],
    "考核评估期间出现应当回避的情形的，立即主动说明并停止评分。",
    CLAUSES[5],
)


def clauses_for(panel: Panel | None = None) -> tuple[str, ...]:
    """Return what the experts of a panel accept."""
    return ASSESSMENT_CLAUSES if panel is not None and panel.assesses else CLAUSES


def agreement_sha256(panel: Panel | None = None) -> str:
    """Return the SHA-256 of the title and the clauses, a line each."""
    return hashlib.sha256("\n".join((TITLE, *clauses_for(panel))).encode()).hexdigest()
