"""Granted names: built by the edition's pattern, unique among bases and lists."""

from collections.abc import Iterable

from applications.models import Application
from portal.policy.notice import NamingPattern
from portal.policy.procedure import Status
from reviews.models import RecognitionEntry, ShortlistEntry

MARK = "\u0000"
LET_GO = (Status.DECLINED.value, Status.WITHDRAWN.value)
"""An application that has ended without recognition holds no name, whether or not it still stands on a published list."""


def naming_of(application: Application) -> NamingPattern:
    """Return how the base of an application is named: by its track's pattern, or else the edition's."""
    pattern: NamingPattern = application.edition.naming_of(application.track_key)
    return pattern


def default_name(application: Application) -> tuple[str, str]:
    """Return the mode and core a name begins with: the first mode, and the unit unless the core may be left out."""
    naming = naming_of(application)
    return naming.modes[0][0], "" if naming.bracket else application.organisation.name


def kinds_of(applications: Iterable[Application]) -> str:
    """Return what the bases of these applications are called without their cores, joined by 、."""
    return "、".join(dict.fromkeys(naming_of(each).bare for each in applications))


def plaques_of(applications: Iterable[Application]) -> str:
    """Return the different texts of their plaques, joined by ”“ so that quotation marks close around each."""
    return "”“".join(dict.fromkeys(naming_of(each).plaque for each in applications))


def parts_of_name(naming: NamingPattern, core: str) -> tuple[str, str, str]:
    """Return what stands before the core, the core, and what stands after it."""
    if not core.strip():
        return naming.name(""), "", ""
    before, _, after = naming.name(MARK).partition(MARK)
    return before, core.strip(), after


def name_problem(application: Application, core: str, mode: str) -> tuple[str, str]:
    """Return the granted name and what is wrong with it, empty when it may be granted.

    Taken is what another unit was recognised by or holds on a list that still stands (2.9 of the policies: uniqueness).
    """
    naming, core = naming_of(application), core.strip()
    name = naming.name(core)
    if mode not in dict(naming.modes):
        return name, "请选择命名方式"
    if not core and not naming.bracket:
        return name, "请填写名称或区域"
    if len(core) > naming.core_limit:
        return name, f"已填 {len(core)} 字，超过 {naming.core_limit} 字，请删减 {len(core) - naming.core_limit} 字"
    if naming.bracket:  # bases may bear one name: their units tell them apart
        return name, ""
    taken = taken_names([name], application.jurisdiction_id, application.pk)
    return name, "名称已被占用，请更换" if name in taken else ""


def taken_names(names: Iterable[str], jurisdiction_id: int, but_application: int | None = None) -> set[str]:
    """Return those of the names that another unit holds: recognised and in force, or on a list that still stands."""
    wanted = list(names)
    recognised = RecognitionEntry.objects.filter(recognition__jurisdiction=jurisdiction_id, name__in=wanted).exclude(
        application=but_application
    )
    listed = ShortlistEntry.objects.filter(
        shortlist__jurisdiction=jurisdiction_id, removed=False, granted_name__in=wanted, recognised__isnull=True
    ).exclude(application=but_application)
    listed = listed.exclude(application__status__in=LET_GO)
    given_up = _given_up(recognised.values_list("pk", flat=True))
    held = {name for pk, name in recognised.values_list("pk", "name") if pk not in given_up}
    return held | set(listed.values_list("granted_name", flat=True)) | _renamed(wanted, jurisdiction_id)


def _renamed(names: Iterable[str], jurisdiction_id: int) -> set[str]:
    """Those of the names that a base in force has been given since it was recognised; the register says, when installed."""
    if getattr(RecognitionEntry, "base", None) is None:
        return set()
    rows = RecognitionEntry.objects.filter(recognition__jurisdiction=jurisdiction_id, base__state="active")
    return set(rows.filter(base__name__in=list(names)).values_list("base__name", flat=True))


def _given_up(entries: Iterable[int]) -> set[int]:
    """Names of bases that were revoked or closed are free again; the register says which, when it is installed."""
    relation = getattr(RecognitionEntry, "base", None)
    if relation is None:
        return set()
    rows = RecognitionEntry.objects.filter(pk__in=list(entries), base__isnull=False).exclude(base__state="active")
    return set(rows.values_list("pk", flat=True))
