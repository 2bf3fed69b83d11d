"""How values read, and what the tags of every template make."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django import forms
from django.template import Context, Template
from django.test import RequestFactory
from hypothesis import given
from hypothesis import strategies as st

from portal.desk import formats
from portal.desk.templatetags import portal_ui

EVENING = datetime(2024, 7, 17, 10, 0, 5, tzinfo=UTC)  # 18:00:05 in Shanghai
NOW = datetime(2024, 8, 26, 2, 0, tzinfo=UTC)


def shown(source: str, **context: Any) -> str:
    return Template(source).render(Context({"now": NOW, **context})).strip()


@pytest.mark.parametrize(
    ("filtered", "expected"),
    [
        ("at|zh_date", "2024年7月17日"),
        ("at|zh_moment", "2024年7月17日 18:00"),
        ("at|zh_seconds", "2024年7月17日 18:00:05"),
        ("at|zh_short", "7月17日 18:00"),
        ("at|zh_clock", "18:00:05"),
        ("at|zh_weekday", "周三"),
        ("day|zh_date", "2024年9月20日"),
        ("day|zh_weekday", "周五"),
    ],
)
def test_dates_read_as_official_texts_write_them(filtered: str, expected: str) -> None:
    assert shown(f"{{{{ {filtered} }}}}", at=EVENING, day=date(2024, 9, 20)) == expected


@pytest.mark.parametrize("name", ["date", "moment", "seconds", "short", "clock", "weekday", "deadline"])
def test_no_date_is_an_empty_string(name: str) -> None:
    assert shown(f"{{{{ at|zh_{name} }}}}", at=None) == ""


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        (datetime(2024, 9, 20, 16, 0, tzinfo=UTC), "2024年9月20日 24:00"),
        (datetime(2024, 9, 20, 15, 59, 59, tzinfo=UTC), "2024年9月20日 24:00"),
        (datetime(2024, 9, 20, 10, 0, tzinfo=UTC), "2024年9月20日 18:00"),
        (datetime(2024, 12, 31, 16, 0, tzinfo=UTC), "2024年12月31日 24:00"),
    ],
)
def test_midnight_belongs_to_the_day_that_ends(at: datetime, expected: str) -> None:
    assert formats.end_of_window(at) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("{{ 1204|thousands }}", "1,204"),
        ("{{ amount|thousands:2 }}", "1,234,500.00"),
        ("{{ amount|yuan }}", "1,234,500.00 元"),
        ("{{ amount|wan }}", "123.45 万元"),
        ("{{ million|wan }}", "100 万元"),
        ("{{ ratio|percent }}", "97.26%"),
        ("{{ '420 人'|thousands }}", "420 人"),
        ("{{ nothing|yuan }}{{ nothing|wan }}{{ nothing|percent }}{{ nothing|thousands }}", ""),
    ],
)
def test_numbers_and_money(source: str, expected: str) -> None:
    values = {"amount": Decimal(1234500), "million": 1000000, "ratio": Decimal("0.97263"), "nothing": None}
    assert shown(source, **values) == expected


@given(st.decimals(min_value=0, max_value=10**12, places=2))
def test_money_keeps_every_fen(amount: Decimal) -> None:
    assert Decimal(formats.yuan(amount).removesuffix(" 元").replace(",", "")) == amount
    assert Decimal(formats.wan_yuan(amount).removesuffix(" 万元").replace(",", "")) * 10000 == amount


def test_half_a_fen_rounds_up() -> None:
    assert formats.thousands("0.125", 2) == "0.13"
    assert formats.thousands(Decimal("2.5"), 0) == "3"


@pytest.mark.rule("P3-17")
@pytest.mark.parametrize(
    ("number", "masked"),
    [
        ("13800000001", "138****0001"),
        ("0571-00000001", "0571-****0001"),
        ("0571-0000 0001", "0571-**** 0001"),
        ("12345", "*****"),
        (None, ""),
    ],
)
def test_a_masked_number_cannot_be_dialled(number: str | None, masked: str) -> None:
    assert formats.masked_phone(number) == masked


@given(st.text(alphabet="0123456789", min_size=7, max_size=13))
def test_at_least_three_digits_are_always_hidden(number: str) -> None:
    masked = formats.masked_phone(number)
    assert len(masked) == len(number)
    assert masked.count("*") >= 3


@pytest.mark.parametrize(
    ("size", "text"), [(0, "0 B"), (186000, "186 kB"), (1440000, "1.4 MB"), (20_000_000, "20.0 MB"), (None, "")]
)
def test_file_sizes(size: int | None, text: str) -> None:
    assert formats.file_size(size) == text


def test_a_hash_is_told_in_groups() -> None:
    assert formats.grouped("9368a7d21e018f64") == "9368a7d2 1e018f64"
    assert formats.grouped(None) == ""


@pytest.mark.parametrize(
    ("left", "workdays", "words"),
    [
        (timedelta(days=4), 3, "3 个工作日"),
        (timedelta(days=4), None, "4 天"),
        (timedelta(hours=9, minutes=59), 1, "9 小时"),
        (timedelta(minutes=35, seconds=59), 0, "35 分钟"),
        (timedelta(seconds=5), 0, "1 分钟"),
        (timedelta(0), 0, "已截止"),
        (timedelta(days=-1), 0, "已截止"),
    ],
)
def test_the_countdown_counts_days_then_hours_then_minutes(left: timedelta, workdays: int | None, words: str) -> None:
    assert formats.time_left(NOW + left, NOW, workdays) == words
    html = shown("{% countdown at days %}", at=NOW + left, days=workdays)
    assert f"<b data-left>{words}</b>" in html
    assert ("countdown--urgent" in html) == (timedelta(0) < left < timedelta(days=1))


def test_a_countdown_without_a_deadline_shows_nothing() -> None:
    assert shown("{% countdown at %}", at=None) == ""


def test_a_state_is_a_word_with_a_shape_and_an_unknown_one_is_refused() -> None:
    assert shown('{% state "done" word %}', word="<已>") == '<span class="state state--done">&lt;已&gt;</span>'
    with pytest.raises(ValueError, match="unknown state kind 'green'"):
        portal_ui.state("green", "好")


def test_a_title_breaks_at_meaning_and_is_escaped() -> None:
    assert shown("{{ title|title_breaks }}", title="关于（分基地）<名单> 2024") == (
        "关于<wbr>（分基地）<wbr>&lt;名单&gt;\xa02024"
    )
    assert [portal_ui.hangs(title) for title in ("（二）实训设备", "二、培养情况")] == ["hang", ""]


class Sample(forms.Form):
    name = forms.CharField(label="单位名称", help_text="与证照一致")
    kinds = forms.ChoiceField(label="类别", choices=[("a", "院校")], widget=forms.RadioSelect)


def test_a_field_ties_its_hint_message_and_count_to_the_control() -> None:
    html = shown("{% field form.name maximum=30 %}", form=Sample({"name": ""}))
    assert 'aria-describedby="id_name_hint id_name_error id_name_count"' in html
    for part in ('for="id_name"', 'id="id_name_hint"', 'id="id_name_error"', 'id="id_name_count"', 'data-count="30"'):
        assert part in html
    assert 'aria-invalid="true"' in html


def test_a_group_of_choices_is_a_fieldset() -> None:
    html = shown("{% field form.kinds %}", form=Sample({"name": "甲"}))
    assert "<fieldset" in html
    assert "<legend" in html
    assert 'aria-describedby="id_kinds_error"' in html


def test_the_summary_links_each_error_to_a_place_that_exists() -> None:
    form = Sample({})
    html = shown("{% error_summary form %}{% field form.name %}{% field form.kinds %}", form=form)
    assert "有 2 处需完善" in html
    for anchor in ("id_name", "id_kinds_0"):
        assert f'href="#{anchor}"' in html
        assert f'id="{anchor}"' in html


def test_no_error_no_summary() -> None:
    assert shown("{% error_summary form %}", form=Sample({"name": "甲", "kinds": "a"})) == ""


@pytest.mark.parametrize(
    ("query", "announced", "link"),
    [
        ({}, "none", "sort=number"),
        ({"sort": "number", "kind": "a", "page": "3"}, "ascending", "sort=-number&amp;kind=a"),
        ({"sort": "-number"}, "descending", "sort=number"),
    ],
)
def test_a_sorting_head_keeps_the_filters_and_leaves_the_page(query: dict[str, str], announced: str, link: str) -> None:
    html = shown('{% sort_header "编号" "number" %}', request=RequestFactory().get("/", query))
    assert f'aria-sort="{announced}"' in html
    assert f'href="?{link}"' in html
