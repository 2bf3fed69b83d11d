"""The form by which a sheet filled on paper is typed in."""

from collections.abc import Iterator, Sequence
from typing import Any

from django import forms
from django.core import signing

from portal.documents.models import StoredFile
from reviews.forms.fields import PrintedText
from reviews.forms.panels import OpinionForm
from reviews.models import PanelMember, PaperEntry
from reviews.selectors.scores import SheetLine, plain, with_given

SALT = "reviews.paper_scan"
CODE_LENGTH = 24


class PaperEntryForm(OpinionForm):
    """An opinion as it stands on paper, with the print's code and the scan.

    Nothing stands in beforehand, proposals neither: what counts is what the expert wrote. `kept_scan` carries a scan that
    has been stored already through a page shown again, signed, for this seat and this person.
    """

    code = forms.CharField(label="版本码", max_length=CODE_LENGTH)
    scan = forms.FileField(label="扫描件", required=False)
    kept_scan = forms.CharField(required=False, widget=forms.HiddenInput)
    signed = forms.BooleanField(
        label="纸面由专家本人填写，有本人签名和日期", error_messages={"required": "没有专家签名的评分表不能录入"}
    )
    replaces_draft = forms.BooleanField(
        label="已与专家本人核实：以纸质评分表为准，代替其在线草稿（草稿另存，仅专家本人可见）", required=False
    )

    def __init__(
        self, *args: Any, member: PanelMember, begun: bool, lines: Sequence[SheetLine] = (), **options: Any
    ) -> None:
        super().__init__(*args, lines=lines, asks_conclusion=member.panel.asks_conclusion, **options)
        self.member = member
        for name in ("signature", "typed_name"):
            del self.fields[name]
        if not begun:
            del self.fields["replaces_draft"]
        for line in lines:
            self.fields[f"remark_{line.key}"] = PrintedText(
                label=f"第 {line.item.number} 项备注", max_length=self.fields[f"remark_{line.key}"].max_length, required=False  # type: ignore[attr-defined]
            )  # fmt: skip

    @staticmethod
    def initial_of_entry(entry: PaperEntry | None, lines: Sequence[SheetLine], code: str) -> dict[str, Any]:
        """Return what the form begins with: the code that was scanned, and what one typed before and got back."""
        if entry is None:
            return {"code": code, **{f"score_{key}": text for key, text in with_given(lines, {}).items()}}
        kept = {f"score_{key}": points for key, points in entry.scores.items()}
        noted = {f"remark_{key}": text for key, text in entry.score_remarks.items()}
        return {"code": code or entry.printed.code, "conclusion": entry.conclusion, "text": entry.text, **kept, **noted}

    def rows(self) -> Iterator[dict[str, Any]]:
        """Yield the two fields of each item, with what stands behind the points: “分 / 15”."""
        for line in self.lines:
            proposal = "" if line.proposal is None else f"，系统建议 {plain(line.proposal)}"
            yield {
                "score": self[f"score_{line.key}"],
                "remark": self[f"remark_{line.key}"],
                "out_of": f"/ {plain(line.maximum)} 分{proposal}",
            }

    def kept(self) -> StoredFile | None:
        """Return the scan that a former sending of this page has stored, if its mark is ours."""
        mark = str(self["kept_scan"].value() or "")
        try:
            said = signing.loads(mark, salt=SALT)
        except signing.BadSignature:
            return None
        return StoredFile.objects.filter(pk=said["file"]).first() if said["member"] == self.member.pk else None

    def mark(self, stored: StoredFile) -> str:
        """Return the mark by which the page, shown again, keeps a stored scan."""
        return signing.dumps({"file": stored.pk, "member": self.member.pk}, salt=SALT)
