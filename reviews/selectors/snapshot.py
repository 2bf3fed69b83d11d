"""What a public notice says, taken down once: names and categories only, no person (P3-12, P3-17)."""

import hashlib
import io
from typing import Any, BinaryIO

from applications.models import Application
from portal.audit.chain import canonical
from portal.calendars.notice_period import NoticePeriod
from portal.policy.edition import Edition
from portal.policy.form import Group
from portal.policy.places import instances
from portal.policy.procedure import StageKind
from reviews.models import Shortlist, ShortlistEntry
from reviews.selectors.naming import kinds_of
from reviews.selectors.printing import contact, named_entry

COLUMNS = (("序号", 6), ("申报单位", 34), ("拟授予名称", 44), ("实训项目", 44), ("类别", 12))


def notice_snapshot(*, shortlist: Shortlist, title: str, period: NoticePeriod, place: str) -> dict[str, Any]:
    """Return everything the notice page, its PDF and its list show; JSON-ready, its hash is `snapshot_hash`."""
    edition, jurisdiction = shortlist.call.edition, shortlist.jurisdiction
    rows = shortlist.entries.filter(removed=False).select_related(
        "application__organisation", "application__current", "application__call"
    )
    entries = [_line(at, entry) for at, entry in enumerate(rows, start=1)]
    kind, act = kinds_of(entry.application for entry in rows), _act(edition)
    first, count = entries[0]["unit"], len(entries)
    units = f"{first}等 {count} 家单位" if count > 1 else first
    return {
        "title": title,
        "issuer": jurisdiction.issuer,
        "paragraphs": [
            f"根据{edition.citation}，{_way(edition)}，拟{act}{units}为{kind}，现予公示。",
            f"公示时间：{period.text}。{edition.notice.objection}",
        ],
        "list_title": f"拟{act}名单",
        "list_note": f"{count} 家，按列入名单的顺序，不分先后",
        "entries": entries,
        "period": period.text,
        "place": place,
        "contact": contact(jurisdiction),
        "edition": edition.code,
    }


def _act(edition: Edition) -> str:
    """What the bureau means to do with the units: what the level above decides, the bureau recommends."""
    return "推荐" if edition.has_stage(StageKind.REPORT) else edition.act


def _way(edition: Edition) -> str:
    if edition.panel.on_site:
        return f"经单位申报、受理审核、专家{edition.panel.visit_word}和评估"
    recommended = "、推荐" if edition.has_stage(StageKind.RECOMMENDATION) else ""
    return f"经单位申报{recommended}、受理审核、专家评审"


def snapshot_hash(snapshot: dict[str, Any]) -> str:
    """Return the SHA-256 of a snapshot's canonical form."""
    return hashlib.sha256(canonical(snapshot).encode()).hexdigest()


def project_names(application: Application) -> list[str]:
    """Return what the applicant calls the instances of the form's repeated parts (the projects)."""
    answers = application.current.answers if application.current else {}
    names = []
    for part in application.edition.form.parts:
        if isinstance(part, Group):
            section, _, key = part.name_ref.partition(".")
            names += [str(each.get(section, {}).get(key, "")) for _, each in instances(answers, part)]
    return [name for name in names if name]


def listing(snapshot: dict[str, Any]) -> BinaryIO:
    """Write the list of a notice as an .xlsx workbook."""
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    book = Workbook()
    book.remove(book.worksheets[0])
    sheet = book.create_sheet(snapshot["list_title"])
    sheet.append([snapshot["title"]])
    sheet.merge_cells(start_row=1, start_column=1, end_row=1, end_column=len(COLUMNS))
    sheet.append([label for label, _ in COLUMNS])
    for entry in snapshot["entries"]:
        sheet.append([entry["position"], entry["unit"], entry["granted_name"], entry["projects"], entry["track"]])
    sheet["A1"].font, sheet["A1"].alignment = Font(bold=True, size=14), Alignment(horizontal="center")
    for at, (_, width) in enumerate(COLUMNS, start=1):
        sheet.cell(row=2, column=at).font = Font(bold=True)
        sheet.column_dimensions[get_column_letter(at)].width = width
    sheet.freeze_panes = "A3"
    content = io.BytesIO()
    book.save(content)
    content.seek(0)
    return content


def _line(position: int, entry: ShortlistEntry) -> dict[str, Any]:
    return {
        "position": position,
        "entry": entry.pk,
        "unit": entry.application.organisation.name,
        **named_entry(entry),
        "projects": "；".join(project_names(entry.application)),
        "track": entry.application.track.title,
    }
