"""What a decision still waits for: shown beside the buttons, and asked again inside the decision's transaction."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet

from applications.enums import CheckVerdict, RemarkState
from applications.models import Application, ApplicationVersion, Check, MaterialFile, Remark
from applications.selectors.versions import conditions_to_judge
from portal.policy.condition import Severity

SEALED_SETTING = "acceptance.sealed_scan"


@dataclass(frozen=True)
class Standing:
    """The rows that decide: verdicts on the version, remarks on it and on the one before, live files."""

    checks: list[Check]
    remarks: list[Remark]
    materials: list[MaterialFile]


def standing(application: Application, version: ApplicationVersion) -> Standing:
    """Load what the obstacles look at; three queries."""
    return Standing(
        list(Check.objects.filter(version=version)),
        list(recent_remarks(application, version)),
        list(MaterialFile.objects.filter(application=application, removed_at__isnull=True)),
    )


def recent_remarks(application: Application, version: ApplicationVersion) -> QuerySet[Remark]:
    """Return the remarks on a version and those sent with the one before it.

    What an earlier round left open was said again with the next, so two versions hold everything still alive.
    """
    numbers = (version.number - 1, version.number)
    return Remark.objects.filter(application=application, version__number__in=numbers).select_related(
        "version", "made_by"
    )


def acceptance_obstacles(
    application: Application, version: ApplicationVersion, known: Standing | None = None
) -> list[str]:
    """Return what acceptance still waits for, in sentences that say how to get there."""
    known = known or standing(application, version)
    judged = {check.code for check in known.checks}
    waiting = [each.title for each in conditions_to_judge(application, version) if each.code not in judged]
    found = [f"尚有 {len(waiting)} 条条件未认定：{_few(waiting)}"] if waiting else []
    if sealed := _missing_seals(application, version, known.materials):
        found.append(f"现行版本（第 {version.number} 版）的{_few(sealed)}尚未上传，须由申报单位上传盖章扫描件")
    found += _unreviewed(known.remarks, version)
    earlier = _earlier(known.remarks, version)
    if still := sum(1 for remark in earlier if remark.state == RemarkState.OPEN and remark.must_fix):
        found.append(f"尚有 {still} 条必须更正的意见未解决，请再次退回补正，或核实后改为“已解决”")
    if drafts := sum(1 for remark in known.remarks if remark.state == RemarkState.DRAFT):
        found.append(f"有 {drafts} 条意见尚未发出，请退回补正，或删除这些意见后再受理")
    return found


def return_obstacles(application: Application, version: ApplicationVersion, known: Standing | None = None) -> list[str]:
    """Return what a return for correction still waits for."""
    remarks = known.remarks if known else list(recent_remarks(application, version))
    found = _unreviewed(remarks, version)
    if not any(remark.must_fix for remark in _to_send(remarks, version)):
        found.append("退回补正至少要有一条“必须更正”的意见，请先在相应栏目提出意见")
    return found


def remarks_to_send(
    application: Application, version: ApplicationVersion, known: Standing | None = None
) -> list[Remark]:
    """Return what a return would send now: the drafts on this version, and what the last round left unsettled."""
    return _to_send(known.remarks if known else list(recent_remarks(application, version)), version)


def unmet_hard(application: Application, version: ApplicationVersion, known: Standing | None = None) -> list[Check]:
    """Return the verdicts 不符合 on hard conditions."""
    hard = {each.code for each in application.edition.conditions if each.severity is Severity.HARD}
    checks = known.checks if known else Check.objects.filter(version=version)
    return [check for check in checks if check.verdict == CheckVerdict.UNMET and check.code in hard]


def _to_send(remarks: Iterable[Remark], version: ApplicationVersion) -> list[Remark]:
    listed = list(remarks)
    drafts = [remark for remark in listed if remark.state == RemarkState.DRAFT]
    return drafts + [remark for remark in _earlier(listed, version) if remark.state == RemarkState.OPEN]


def _earlier(remarks: Iterable[Remark], version: ApplicationVersion) -> list[Remark]:
    return [remark for remark in remarks if remark.version.number < version.number]


def _unreviewed(remarks: Iterable[Remark], version: ApplicationVersion) -> list[str]:
    waiting = sum(1 for remark in _earlier(remarks, version) if remark.state == RemarkState.SENT)
    return [f"尚有 {waiting} 条上次意见未复核，请逐条标记“已解决”或“未解决”"] if waiting else []


def _missing_seals(
    application: Application, version: ApplicationVersion, materials: Iterable[MaterialFile]
) -> list[str]:
    if not application.call.setting_values.get(SEALED_SETTING, True):
        return []
    there = {file.slot for file in materials if file.sealed_version == version.number}
    return [each.title for each in application.edition.materials if each.sealed and each.key not in there]


def _few(names: list[str]) -> str:
    return "、".join(names[:5]) + ("等" if len(names) > 5 else "")
