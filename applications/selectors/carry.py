"""After a correction: which verdicts still stand because nothing they rest on has changed."""

from applications.enums import CheckVerdict
from applications.models import Application, ApplicationVersion, Check, MaterialFile, Remark
from applications.selectors.versions import conditions_to_judge, results_by_code, version_facts
from portal.policy.changes import diff
from portal.policy.condition import Condition
from portal.policy.readiness import condition_paths


def standing_verdicts(application: Application, version: ApplicationVersion) -> list[Check]:
    """Return the verdicts 符合 on the version before that a new version leaves untouched.

    Untouched means: the same automatic result, no answer changed that the condition reads, no file come or gone in the
    slots it reads, no remark on it. A condition only a person can judge reads everything, so any change ends its verdict.
    """
    before = ApplicationVersion.objects.filter(application=application, number=version.number - 1).first()
    if before is None:
        return []
    checks = {check.code: check for check in Check.objects.filter(version=before, verdict=CheckVerdict.MET)}
    touched = {change.path for change in diff(before.answers, version.answers, application.edition)}
    touched |= {f"#{slot}" for slot in _touched_slots(application, before)}
    touched |= set(Remark.objects.filter(version=before).values_list("path", flat=True))
    old, new = results_by_code(before), results_by_code(version)
    return [
        checks[condition.code]
        for condition in conditions_to_judge(application, version)
        if condition.code in checks
        and old.get(condition.code) == new.get(condition.code)
        and not _is_touched(application, version, condition, touched)
    ]


def _touched_slots(application: Application, before: ApplicationVersion) -> set[str]:
    sealed = {material.key for material in application.edition.materials if material.sealed}
    files = MaterialFile.objects.filter(application=application).exclude(slot__in=sealed)
    changed = files.filter(added_at__gt=before.submitted_at) | files.filter(removed_at__gt=before.submitted_at)
    return set(changed.values_list("slot", flat=True))


def _is_touched(application: Application, version: ApplicationVersion, condition: Condition, touched: set[str]) -> bool:
    if f"@{condition.code}" in touched:
        return True
    paths = list(condition_paths(application.edition, version_facts(application, version), condition))
    if not paths:
        return bool(touched)
    return any(_overlap(read, change) for read in paths for change in touched)


def _overlap(read: str, change: str) -> bool:
    """Say whether a change lies at, below or above what is read; a column is read in every row of its table."""
    return any(
        change == each or change.startswith(f"{each}/") or each.startswith(f"{change}/")
        for each in (read, read.rpartition("/")[0] if read.count("/") > 1 else read)
    )
