"""One context for each kind of document, as the selectors of applications and reviews make them: long, Chinese, invented."""

import io
from collections.abc import Callable
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from PIL import Image, ImageDraw

from portal.calendars.clock import SHANGHAI
from reviews.models.panel_words import REVIEW_WORDS
from tests.documents.samples import RARE, SENTENCE, long_text
from tests.reviews.kit import signature

ISSUER = "杭州市人力资源和社会保障局"
UNIT = "杭州示例高级技工学校（示例技师学院）"
NUMBER = "HZ-2024-02-YX-0017-K"
CITATION = "《杭州市高技能人才公共实训基地体系建设实施办法》（杭人社发〔2023〕115号）"
CONTACT = {
    "department": "职业能力建设处",
    "phone": "0571-0000 0001",
    "address": "杭州市示例路 1 号",
    "postcode": "310000",
    "email": "skills@example.cn",
}


def at(month: int, day: int, hour: int = 9, minute: int = 30, second: int = 5) -> datetime:
    """A moment of 2024 in Shanghai."""
    return datetime(2024, month, day, hour, minute, second, tzinfo=SHANGHAI)


def photo(number: int) -> bytes:
    """A photograph of a workshop, or as good as one: 1,600 by 1,200 pixels, every third one upright."""
    size = (1200, 1600) if number % 3 == 0 else (1600, 1200)
    picture = Image.new("RGB", size, (180, 190, 200))
    draw = ImageDraw.Draw(picture)
    for step in range(0, size[0], 80):
        draw.rectangle([step, step // 2, step + 60, step // 2 + 300], fill=(step % 255, 90, 140))
    content = io.BytesIO()
    picture.save(content, "JPEG", quality=80)
    return content.getvalue()


def _letter(title: str, **own: Any) -> dict[str, Any]:
    return {
        "title": f"{NUMBER} {title}",
        "addressee": UNIT,
        "signatory": ISSUER,
        "issuer": ISSUER,
        "signed_on": date(2024, 8, 1),
        "file_number": NUMBER,
        "number": NUMBER,
        "unit": {"name": UNIT, "credit_code": "12330100MA0000001X", "address": "杭州市余杭区测试路 1 号"},
        "call": {"title": "2024 年第二批分基地申报", "year": 2024, "batch": 2},
        "track": "院校",
        "version": 1,
        "submitted_at": at(7, 17),
        "decided_at": at(8, 1),
        "due_at": datetime(2024, 8, 16, tzinfo=SHANGHAI),
        "days": 10,
        "reason": "请对照附件1逐项核实数据口径。",
        "remarks": [],
        "opened": [],
        "unmet": [],
        "policy": {"title": "实施办法", "number": "杭人社发〔2023〕115号", "citation": CITATION},
        "clause": "二（三）1",
        "contact": CONTACT,
    } | own


def _remark(number: int) -> dict[str, Any]:
    return {
        "number": number,
        "place": ("一、基本情况“单位简介”", "项目一（二）实训设备第 12 行“型号规格”", "法人登记证书或营业执照")[
            number % 3
        ],
        "text": "所填内容与所附证明材料不一致，请核对后更正，并补充加盖公章的证明扫描件（彩色，每页清晰可辨）。",
        "quote": "自有场地 32,000 平方米" if number % 2 else "",
        "must_fix": number % 4 != 0,
    }


def _unmet(code: str, reason: str) -> dict[str, str]:
    return {"title": code, "clause": "附件1 一（一）", "text": "年培训规模达到 500 人以上", "reason": reason}


def _member(number: int, **own: Any) -> dict[str, Any]:
    name = f"测试专家{RARE[number % len(RARE)]}"
    known = {"name": name, "unit": f"浙江示例大学第{number}研究院", "title": "教授、高级技师", "chair": number == 1}
    return known | {"state": "已声明无回避情形", "declared_at": at(9, 2), "reason": ""} | own


def _opinion(number: int) -> dict[str, Any]:
    member = _member(number)
    return {
        **{key: member[key] for key in ("name", "unit", "chair")},
        "conclusion": "建议认定",
        "text": long_text(400 + 300 * number),
        "signature": signature() if number % 2 else "",
        "signature_name": "" if number % 2 else member["name"],
        "submitted_at": at(9, 10),
        "sha256": f"{number}a7f09c3e"[:8] * 8,
    }


def _entry(number: int) -> dict[str, Any]:
    core = f"示例产业学院{number}"
    return {
        "position": number,
        "unit": f"杭州示例职业技术学院{number}（示例技师学院）",
        "granted_name": f"杭州市公共实训基地{core}分基地",
        "before": "杭州市公共实训基地",
        "core": core,
        "after": "分基地",
        "projects": "数控加工与智能制造实训中心；工业机器人应用与智能产线实训中心",
        "track": "院校",
        "name": f"杭州市公共实训基地{core}分基地",
    }


_REVIEW = {
    "words": asdict(REVIEW_WORDS),
    "asks_conclusion": True,
    "issuer": ISSUER,
    "number": NUMBER,
    "unit": UNIT,
    "track": "院校",
}
_VISIT = {
    "starts_at": at(9, 5),
    "ends_at": at(9, 5, 12, 0),
    "place": "杭州市余杭区测试路 1 号",
    "attendance": "专家组全体、受理岗 2 人、学院分管负责人",
}
_HEADING = "关于 2024 年第二批杭州市公共实训基地分基地拟认定名单的公示"

CONTEXTS: dict[str, dict[str, Any]] = {
    "acceptance_notice": _letter("受理通知书", reason=""),
    "correction_notice": _letter(
        "补正告知书",
        remarks=[_remark(number) for number in range(1, 13)],
        opened=["一、基本情况“单位简介”", "项目一（二）实训设备", "法人登记证书或营业执照"],
    ),
    "refusal_notice": _letter(
        "不予受理通知书",
        reason="申报单位不具有独立法人资格，且申报项目的实训场地全部为租赁，不属于办法规定的适用范围。",
        unmet=[_unmet("年培训社会人员规模", "填报 312 人，要求 ≥500 人。"), _unmet("自有实训场地", "场地均为租赁。")],
    ),
    "panel_record": _REVIEW
    | {
        "title": "专家评审意见",
        "call_title": "2024 年第二批分基地申报",
        "clause": "二（三）2",
        "convened_at": at(9, 1),
        "unsealed_at": at(9, 12),
        "unsealed_by": "测试受理岗",
        "finished_at": at(9, 13),
        "minimum": 5,
        "members": [*(_member(n) for n in range(1, 6)), _member(6, state="已回避", reason="与申报单位有聘用关系")],
        "visit": _VISIT,
        "visit_word": "现场考察",
        "conclusion": long_text(700),
        "opinions": [_opinion(number) for number in range(1, 6)],
    },
    "visit_record": _REVIEW
    | _VISIT
    | {
        "title": "现场考察记录",
        "short": "考察",
        "meeting_point": "学院南门",
        "contact": "测试联系人 0571-0000 0001",
        "members": [_member(number) for number in range(1, 6)],
        "facts": long_text(1500),
        "originals_seen": True,
        "recorded_by": "测试受理岗",
        "recorded_at": at(9, 5, 16),
        "photos": [{"src": f"doc:photo{n}", "caption": f"实训室第 {n} 处，设备与申报表一致"} for n in range(1, 8)],
    },
    "public_notice": {
        "title": _HEADING,
        "heading": _HEADING,
        "issuer": ISSUER,
        "signatory": ISSUER,
        "signed_on": date(2024, 9, 18),
        "paragraphs": [
            (
                f"根据{CITATION}，经单位申报、受理审核、专家现场考察和评估，拟认定杭州示例职业技术学院1（示例技师学院）等 30 家单位"
                "为杭州市公共实训基地分基地，现予公示。"
            ),
            "公示时间：2024年9月18日至2024年9月27日24:00。公示期间如有异议，请以书面形式署实名向我局反映，并提供证据材料。",
        ],
        "entries": [_entry(number) for number in range(1, 31)],
        "list_title": "拟认定名单",
        "list_note": "30 家，按列入名单的顺序，不分先后",
        "contact": CONTACT,
        "place": "市人力社保局门户网站、本平台",
        "snapshot_sha256": "9368a7d2" * 8,
    },
    "recognition_decision": {
        "title": "关于认定 2024 年第二批杭州市公共实训基地分基地的通知",
        "issuer": ISSUER,
        "mark": ISSUER,
        "document_number": "杭人社发〔2024〕77号",
        "paragraphs": [
            (
                f"根据{CITATION}，经单位申报、受理审核、专家评审并向社会公示，决定认定杭州示例职业技术学院1（示例技师学院）等 30 家单位"
                "为杭州市公共实训基地分基地，统一授予“杭州市高技能人才公共实训基地”铭牌。"
            ),
            "各单位应当按照规定做好基地的建设、运行和管理工作，接受考核评估。",
        ],
        "entries": [_entry(number) for number in range(1, 31)],
        "act": "认定",
        "plaque": "杭州市高技能人才公共实训基地",
        "signatory": ISSUER,
        "signed_on": date(2024, 10, 9),
    },
    "certificate": {
        "title": "认定证书",
        "issuer": ISSUER,
        "name": "杭州市公共实训基地示例技师学院智能制造与工业机器人分基地",
        "unit": UNIT,
        "credit_code": "12330100MA0000001X",
        "plaque": "杭州市高技能人才公共实训基地",
        "certificate_number": "HZ-GXJD-2024-0017",
        "document_number": "杭人社发〔2024〕77号",
        "issued_on": date(2024, 10, 9),
        "recognised_text": f"根据{CITATION}，经公示无异议，认定{UNIT}为“杭州市公共实训基地示例技师学院智能制造与工业机器人分基地”。",
        "signatory": ISSUER,
    },
    "objection_receipt": {
        "title": "异议登记回执",
        "issuer": ISSUER,
        "number": "YY-2024-0003",
        "name": f"测试异议人{RARE[2]}",
        "is_unit": False,
        "phone_masked": "138****0001",
        "notice_title": _HEADING,
        "unit": UNIT,
        "text": SENTENCE + "\n上述场地系租赁取得，与申报表所填“自有”不符，附租赁合同复印件。",
        "files": [{"name": "场地租赁合同复印件.pdf", "size": 1_834_221, "sha256": "5c1e77ab" * 8}],
        "received_at": at(9, 20),
        "contact": CONTACT,
        "signatory": ISSUER,
        "signed_on": date(2024, 9, 20),
        "query_hint": "凭本回执编号和登记时显示的查询码，可在公示页面查询办理进展。",
    },
}
CSS = {"panel_record": "form", "visit_record": "form", "certificate": "certificate"}
RESOURCES: dict[str, Callable[[], dict[str, bytes]]] = {
    "visit_record": lambda: {f"photo{number}": photo(number) for number in range(1, 8)}
}
