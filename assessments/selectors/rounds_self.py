"""The self-assessment of a base: its sections as they are asked, filled in beforehand, read and checked."""

from collections.abc import Mapping
from typing import Any

from applications.selectors.characters import refuse_undrawable
from applications.selectors.versions import version_facts
from assessments.models import Assessment
from portal.policy.facts import Facts
from portal.policy.form import FieldKind, Section
from portal.policy.measures import show_number
from portal.policy.places import SectionPlace
from portal.policy.reading import Problem, SectionReader
from portal.policy.settling import settle_section
from portal.policy.validation import facts_for
from portal.policy.values import show

LAST, PROFILE = "上一轮自评", "认定时的申报表"


def with_prefill(assessment: Assessment) -> tuple[dict[str, Any], list[str]]:
    """Return what stands in the form, and where what was put in beforehand comes from.

    Before anything was typed, it is what the base said of itself the last time, else what its application said.
    """
    if assessment.answers:
        return dict(assessment.answers), []
    earlier = (
        Assessment.objects.filter(
            base=assessment.base, scheme_key=assessment.scheme_key, submitted_at__isnull=False,
            ends_on__lt=assessment.starts_on,
        )
        .order_by("-ends_on")
        .values_list("answers", flat=True)
        .first()
    )  # fmt: skip
    if earlier:
        return dict(earlier), [LAST]
    found = _from_application(assessment)
    return found, [PROFILE] if found else []


def _from_application(assessment: Assessment) -> dict[str, Any]:
    source = assessment.base.source
    application = source.application if source else None
    if application is None or application.current is None or not assessment.scheme.prefill:
        return {}
    facts = version_facts(application, application.current)
    found: dict[str, Any] = {}
    fields = {f"{section.key}.{field.key}": field for section in assessment.scheme.sections for field in section.fields}
    for reference, measure in assessment.scheme.prefill:
        number, (section, _, key) = measure.measure(facts), reference.partition(".")
        if number is None:
            continue
        yes_no = fields[reference].kind is FieldKind.YES_NO
        if not yes_no or number > 0:  # that something is missing is for the base to say
            text = "yes" if yes_no else show_number(number).replace(",", "")
            found.setdefault(section, {})[key] = text
    return found


def read_self(assessment: Assessment, answers: Mapping[str, Any]) -> tuple[dict[str, Any], list[Problem]]:
    """Return the answers in stored form and everything that must be mended."""
    kept: dict[str, Any] = {}
    problems: list[Problem] = []
    facts = _facts(assessment, answers)
    for section in assessment.scheme.sections:
        place = SectionPlace(section.key, None, None, 0, section, section.title)
        own = settle_section(section, answers.get(section.key) or {})
        kept[section.key], wrong = SectionReader(place, facts.within({section.key: own}), refuse_undrawable).read(own)
        problems += wrong
    return kept, problems


def self_rows(assessment: Assessment) -> list[tuple[Section, list[tuple[str, str]]]]:
    """Return what was handed in as labels and values, section by section."""
    return [
        (section, [(field.label, _shown(assessment, section, field)) for field in section.fields])
        for section in assessment.scheme.sections
    ]


def _shown(assessment: Assessment, section: Section, field: Any) -> str:
    value = show(field, (assessment.answers.get(section.key) or {}).get(field.key))
    unit = field.unit or ("万元" if field.kind == "money" else "")
    return f"{value} {unit}".strip() if value and unit else value


def _facts(assessment: Assessment, answers: Mapping[str, Any]) -> Facts:
    return facts_for(assessment.edition, assessment.base.track_key, answers, {}, None)
