"""What pages, papers and messages call what a panel looks at: an application before recognition, a base after it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class PanelWords:
    """The words of one kind of panel; `batch` labels the call, or the assessment, `kind` the track."""

    act: str
    subject: str
    unit: str
    batch: str
    kind: str
    invited: str


REVIEW_WORDS = PanelWords(
    act="专家评审",
    subject="申报",
    unit="申报单位",
    batch="申报批次",
    kind="申报类别",
    invited="您被选为一件申报的评审专家。请先核对申报单位并作回避声明，声明后方可阅看材料。",
)
ASSESSMENT_WORDS = PanelWords(
    act="考核评估",
    subject="基地",
    unit="基地单位",
    batch="考核评估",
    kind="基地类别",
    invited="您被选为一个基地的考核评估专家。请先核对基地单位并作回避声明，声明后方可阅看材料。",
)
