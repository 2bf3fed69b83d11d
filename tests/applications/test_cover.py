"""The cover of the printed form: a table in one line, the tracks as boxes to tick, the title before its last word."""

from dataclasses import replace

from applications.selectors.print_layout import cover_layout
from applications.selectors.printing import _context
from portal.policy.edition import Track
from portal.policy.facts import Facts
from portal.policy.form import Field, Form, Section, Table
from tests.policy.sample import EDITION

COVER = Section("cover", "封面", (Field("name", "单位"), Table("trades", "专业（工种）", (Field("name", "专业"),))))
TWO = replace(
    EDITION,
    tracks=(Track("one", "甲类", "JL"), Track("two", "乙类", "YL")),
    form=Form("样例基地建设项目申报表", (COVER,), cover=("cover.name", "cover.trades"), track_label="类别"),
)


def test_the_cover_ticks_the_track_and_names_every_row() -> None:
    facts = Facts({"cover": {"name": "样例学校", "trades": [{"name": "焊工"}, {"name": "钳工"}]}}, "two")
    cover = _context(TWO, facts)["cover"]
    assert [(fact["label"], fact["value"], fact["seal"]) for fact in cover["facts"]] == [
        ("单位", "样例学校", True),
        ("类别", "☐甲类\n☑乙类", False),
        ("专业\n（工种）", "焊工、钳工", False),
    ]
    assert (cover["lines"], cover["word"]) == (["样例基地建设项目"], "申报表")


def test_the_day_of_filling_stands_apart_whatever_it_is_called() -> None:
    for label in ("填表日期", "填报时间"):
        laid = cover_layout(TWO.form.title, TWO.form, [("单位", "样例学校"), (label, "2024年8月5日")], [])
        assert laid["date"] == {"label": label, "value": "2024年8月5日", "seal": False}
