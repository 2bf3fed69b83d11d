"""The small form with an office's own figures of a file, drawn with the same fields as the application form."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from applications.forms.fields import FieldView
from applications.forms.page import anchor, summary
from portal.calendars import clock
from portal.policy.form import Field
from portal.policy.places import shown
from portal.policy.reading import Problem
from reviews.selectors.verifications import VerifiedFile, verification_facts


@dataclass(frozen=True)
class VerificationForm:
    """The fields over what was typed; `problems` as the error summary takes them."""

    fields: list[FieldView]
    problems: list[dict[str, str]]

    @property
    def hidden(self) -> list[str]:
        """The keys of the fields not asked for by what is typed now."""
        return [each.key for each in self.fields if not each.shown]


def verification_form(found: VerifiedFile, typed: Mapping[str, Any], problems: list[Problem]) -> VerificationForm:
    """Return the form over `typed`; every problem stands in the summary and beside its field."""
    facts = verification_facts(found.application, found.section, dict(typed))
    errors = {each.path: each.message for each in problems}
    reported = {line.field.key: line.reported for line in found.all_lines}
    fields = [
        FieldView(
            field=_told(item, reported.get(item.key, "")),
            id=anchor(item.key),
            value=typed.get(item.key),
            other=str(typed.get(f"{item.key}_other") or ""),
            error=errors.get(f"{found.section.key}/{item.key}", ""),
            other_error=errors.get(f"{found.section.key}/{item.key}_other", ""),
            shown=shown(item.when, facts),
        )
        for item in found.section.fields
    ]
    return VerificationForm(fields, summary(problems))


def _told(item: Field, reported: str) -> Field:
    """Return the field with what the unit reports of the same in its hint."""
    if not reported:
        return item
    return replace(item, hint="；".join(part for part in (item.hint, f"申报单位填报：{reported}") if part))


def begun(found: VerifiedFile) -> dict[str, Any]:
    """Return what stands in a form nobody has saved yet: today where the section says so."""
    return {item.key: clock.today().isoformat() for item in found.section.fields if item.source == "today"}
