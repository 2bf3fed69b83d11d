"""The Hangzhou policy as a whole: identity, tracks, labels, names, defaults."""

import pytest

from portal.policy import registry
from portal.policy.edition import EditionStatus
from portal.policy.form import Section, Table
from portal.policy.lint import lint
from portal.policy.procedure import StageKind

EDITION = registry.current("hangzhou")


def test_identity() -> None:
    assert lint(EDITION) == []
    assert (EDITION.document_number, EDITION.status) == ("杭人社发〔2023〕115号", EditionStatus.IN_FORCE)
    assert (EDITION.issued_on.isoformat(), EDITION.effective_from.isoformat()) == ("2023-11-30", "2024-01-20")
    assert [(track.key, track.code) for track in EDITION.tracks] == [
        ("school", "YX"),
        ("enterprise", "QY"),
        ("other", "QT"),
    ]
    assert (EDITION.profile.receipt_prefix, EDITION.profile.mark, EDITION.profile.accent) == ("HZ", "杭", "lake")


def test_no_condition_is_missing_and_each_has_its_clause() -> None:
    codes = [f"HZ-C{n:02}" for n in range(1, 10)]
    codes += [f"HZ-S{n:02}" for n in range(1, 10)] + [f"HZ-E{n:02}" for n in range(1, 4)]
    assert [condition.code for condition in EDITION.conditions] == codes
    assert all(condition.clause for condition in EDITION.conditions)


def test_every_default_of_the_policy_has_a_question_an_answer_and_a_setting() -> None:
    assert [default.code for default in EDITION.defaults] == [f"HZ-A-{n:02}" for n in range(1, 16)]
    settings = {setting.key: setting for setting in EDITION.settings}
    for default in EDITION.defaults:
        assert default.question
        assert default.answer
        assert settings[default.setting].value == default.value


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("notice.days", 5),
        ("notice.count_publication_day", False),
        ("panel.minimum", 5),
        ("panel.odd", True),
        ("acceptance.days", 5),
        ("onsite.days", 30),
        ("grade.basis", "total"),
        ("item12.aggregate", "min"),
        ("relax.scope", "enrolment"),
        ("upload.max_mb", 20),
        ("upload.total_mb", 200),
        ("deadline.roll_to_workday", False),
    ],
)
def test_settings_start_with_the_defaults(key: str, value: object) -> None:
    assert EDITION.setting_values()[key] == value


def official(reference: str) -> list[str]:
    item = EDITION.form.find(reference)
    assert isinstance(item, Table)
    return [column.label for column in item.columns if not column.supplement]


@pytest.mark.rule("HZ-A-08")
def test_the_official_labels_stand_verbatim_and_what_is_added_is_marked() -> None:
    basic = EDITION.form.find("basic")
    assert isinstance(basic, Section)
    assert [field.label for field in basic.fields] == [
        "单位名称",
        "单位地址",
        "邮编",
        "联系人（1）",
        "联系电话及手机",
        "电子邮箱",
        "联系人（2）",
        "联系电话及手机",
        "电子邮箱",
        "单位简介",
    ]
    people = ["姓名", "年龄", "职务", "学历", "所学专业", "职称（职业资格）"]
    assert official("project.equipment.items") == ["设备名称", "数量", "型号规格", "生产厂家"]
    for table in ("managers", "maintainers", "teachers"):
        assert official(f"project.staff.{table}") == people
    sections = {section.key: section for _, section in EDITION.form.sections()}
    assert [key for key, section in sections.items() if section.supplement] == ["standard", "pledge"]
    assert all(item.supplement for key in ("standard", "pledge") for item in sections[key].items)


def test_the_form_follows_the_official_order() -> None:
    assert [section.title for _, section in EDITION.form.sections()] == [
        "封面",
        "一、基本情况",
        "二、高技能人才培养情况",
        "（一）基本情况",
        "（二）实训设备情况（填写主要设备）",
        "（三）自有管理人员和师资情况",
        "（四）项目前景",
        "认定标准自评",
        "承诺",
    ]
    assert [block.title for block in EDITION.form.office] == ["专家评估意见", "市人力资源和社会保障局意见"]


def test_the_name_and_the_plaque_are_two_texts() -> None:
    assert EDITION.naming.name(" 临安 ") == "杭州市公共实训基地临安分基地"
    assert EDITION.naming.plaque == "杭州市高技能人才公共实训基地"


def test_applications_go_straight_to_the_city_and_bases_are_assessed() -> None:
    kinds = [stage.kind for stage in EDITION.procedure]
    tiers = (StageKind.RECOMMENDATION, StageKind.REPORT, StageKind.RECHECK)
    assert kinds == [kind for kind in StageKind if kind not in tiers]
    assert EDITION.panel.on_site


def test_the_real_districts_and_their_bureaus() -> None:
    districts = set(EDITION.profile.districts)
    assert {"上城区", "临平区", "钱塘区", "桐庐县", "淳安县", "建德市", "西湖风景名胜区"} <= districts
    assert len(districts) == 14
    assert len([office for office in EDITION.profile.offices if office.kind == "district"]) == 14


def test_one_scan_is_sealed_and_evidence_for_staff_is_by_person() -> None:
    assert [material.key for material in EDITION.materials if material.sealed] == ["application_form"]
    assert EDITION.material("licence").original_on_site
    assert EDITION.material("contracts").per_row == ("project.staff.managers", "project.staff.teachers")
    assert {material.max_megabytes for material in EDITION.materials} == {20}


@pytest.mark.rule("F15")
@pytest.mark.rule("F16")
def test_monthly_statistics_and_the_training_ledger_are_owed() -> None:
    due = {duty.title: (duty.clause, duty.due) for duty in EDITION.duties}
    assert due["月度实训统计、分析"] == ("附件3 第10项", "次月 10 日前（平台默认）")
    assert due["实训台账"] == ("附件3 第11项", "随时登记")
    (ledger,) = [duty.text for duty in EDITION.duties if duty.title == "实训台账"]
    assert [word in ledger for word in ("准入申请", "实训协议", "实训预约", "学员信息")] == [True] * 4
