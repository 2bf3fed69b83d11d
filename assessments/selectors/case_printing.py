"""What each paper of a case says, as plain values."""

from datetime import date, timedelta
from pathlib import PurePath
from typing import Any

from assessments.enums import CaseFileKind
from assessments.models import Announcement, Case
from assessments.selectors.cases import Span, span_of
from portal.calendars import clock, wording
from portal.policy.aftercare import Consequence, Effect
from reviews.selectors.printing import contact

Values = dict[str, Any]
INSTANT = timedelta(microseconds=1)
REMEDIES = (
    "如不服本决定，可以自收到本决定之日起六十日内依法申请行政复议，"
    "或者自收到本决定之日起六个月内依法提起行政诉讼。复议、诉讼期间，本决定不停止执行，法律另有规定的除外。"
)


def case_notice(case: Case) -> Values:
    """The notice before a decision (告知书): facts, clause, what is proposed, the right to be heard."""
    base, rule = case.base, case.consequence
    last = clock.local_date(case.hearing_until - INSTANT) if case.hearing_until else clock.today()
    return {
        **_common(case),
        "title": f"拟作出“{rule.title}”的告知书",
        "evidence": _evidence(case),
        "proposed": _proposed(case),
        "ground": rule.occasion,
        "policy_text": rule.text,
        "days": case.hearing_days,
        "last_day": wording.chinese_date(last),
        "signed_on": clock.local_date(case.served_at) if case.served_at else clock.today(),
        "contact": contact(base.jurisdiction),
    }


def case_decision(case: Case) -> Values:
    """The decision: facts, evidence, clause, hearing, what is decided, how to object."""
    base, rule = case.base, case.consequence
    improves = rule.effect is Effect.IMPROVE
    decided_on = case.decided_on or clock.today()
    span = span_of(case, decided_on, base.setting_values) if improves else None
    return {
        **_common(case),
        "title": rule.paper_title or f"关于{rule.title}的决定",
        "mark": base.jurisdiction.issuer,
        "document_number": case.document_number,
        "evidence": _evidence(case),
        "ground": rule.occasion,
        "policy_text": rule.text,
        "hearing": lines_of(hearing_words(case)),
        "reason": lines_of(case.decision_reason),
        "decided": _decided(case, span),
        "improves": improves,
        "remedies": "" if improves else REMEDIES,
        "signed_on": decided_on,
        "contact": contact(base.jurisdiction),
    }


def announcement_facts(case: Case) -> Values:
    """What the public is told: who, what, by which clause and document. The facts found stay in the file."""
    base, rule = case.base, case.consequence
    on = wording.chinese_date(case.decided_on or clock.today())
    plaque = "铭牌同时收回。" if rule.removes_plaque else ""
    said = (
        f"经调查核实并听取陈述申辩，{base.organisation.name}（统一社会信用代码：{base.organisation.credit_code}）的“{base.name}”"
        f"（证书编号：{base.certificate_number}）存在“{rule.occasion}”的情形。依据{base.edition.citation}{case.clause}，"
        f"{base.jurisdiction.issuer}于{on}作出决定（{case.document_number}），予以{rule.title}，自即日起不再保留该称号。{plaque}"
    )
    return {
        "paragraphs": [
            said,
            "特此公告。",
        ],
        "unit": base.organisation.name,
        "credit_code": base.organisation.credit_code,
        "base": base.name,
        "certificate": base.certificate_number,
        "kind": rule.title,
        "ground": rule.occasion,
        "clause": case.clause,
        "on": (case.decided_on or clock.today()).isoformat(),
        "issuer": base.jurisdiction.issuer,
    }


def announcement(row: Announcement) -> Values:
    """The announcement as published, from what was kept of it."""
    return {
        "title": row.title,
        "paragraphs": row.facts["paragraphs"],
        "issuer": row.facts["issuer"],
        "signatory": row.facts["issuer"],
        "signed_on": clock.local_date(row.published_at),
        "contact": contact(row.jurisdiction),
    }


def announcement_rows(row: Announcement) -> list[tuple[str, str]]:
    """The particulars of an announcement, label and value."""
    facts = row.facts
    return [
        ("单位名称", facts["unit"]),
        ("统一社会信用代码", facts["credit_code"]),
        ("基地名称", facts["base"]),
        ("证书编号", facts["certificate"]),
        ("处置", facts["kind"]),
        ("情形", facts["ground"]),
        ("依据条款", facts["clause"]),
        ("决定文号", row.document_number),
        ("决定日期", wording.chinese_date(date.fromisoformat(facts["on"]))),
    ]


def hearing_words(case: Case) -> str:
    """Say how the unit was heard."""
    if not case.served_at or not case.hearing_until:
        return "政策没有为本项处置规定陈述申辩期。"
    served = wording.chinese_date(clock.local_date(case.served_at))
    last = wording.chinese_date(clock.local_date(case.hearing_until - INSTANT))
    told = f"{served}书面告知你单位拟作出的处置和陈述申辩的权利，期限{case.hearing_days}个工作日，至{last}届满。"
    if case.waived_at is not None:
        return f"{told}你单位于{wording.chinese_date(clock.local_date(case.waived_at))}书面放弃陈述申辩。"
    if case.heard_on is not None:
        late = "（逾期提交）" if case.statement_late else ""
        return f"{told}你单位提出了陈述申辩意见{late}，复核情况：{case.heard_text}"
    return f"{told}你单位{'逾期提交了意见，已经知悉。' if case.statement_late else '逾期未陈述申辩，视为放弃。'}"


def lines_of(text: str) -> list[str]:
    """Return a typed text line by line, each to be printed as a paragraph."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def _common(case: Case) -> Values:
    base = case.base
    return {
        "issuer": base.jurisdiction.issuer,
        "signatory": base.jurisdiction.issuer,
        "addressee": base.organisation.name,
        "base": base.name,
        "certificate": base.certificate_number,
        "recognised_on": wording.chinese_date(base.recognised_on),
        "recognition": base.document_number,
        "citation": base.edition.citation,
        "clause": case.clause,
        "facts": lines_of(case.facts),
        "assessment": str(case.assessment.title) if case.assessment else "",
        "kind": case.consequence.title,
    }


def _evidence(case: Case) -> list[str]:
    said = [f"{case.assessment.title}结果"] if case.assessment else []
    files = case.files.filter(kind=CaseFileKind.EVIDENCE).select_related("stored").order_by("id")
    return [*said, *(PurePath(each.stored.name).stem for each in files)]


def _proposed(case: Case) -> str:
    return f"拟对“{case.base.name}”作出“{case.consequence.title}”处理。{case.consequence.text}"


def _decided(case: Case, span: Span | None) -> list[str]:
    """The decision itself, sentence by sentence."""
    rule, base = case.consequence, case.base
    if span is None:
        ends = [
            f"对“{base.name}”作出“{rule.title}”处理，自{wording.chinese_date(case.decided_on or clock.today())}起称号终止。"
        ]
        return [*ends, *_following(rule)]
    start, end = wording.chinese_date(span.starts_on), wording.chinese_date(span.ends_on)
    cut = f"（{span.words}）" if span.words else ""
    return [
        f"给予“{base.name}”{rule.title}期：{start}至{end}{cut}。",
        "期间由本机关予以指导，你单位应当逐项制定措施、按期完成；期满由本机关复核。",
    ]


def _following(rule: Consequence) -> list[str]:
    return [
        *(["你单位应当停止使用该称号，并交回铭牌。"] if rule.removes_plaque else []),
        *(["有关补助资金按照规定追回，具体金额另行书面通知。"] if rule.recovery else []),
        *(["本决定向社会公告。"] if rule.announced else []),
    ]
