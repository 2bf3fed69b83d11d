"""Forms of panel meetings: opening one, minuting it, signing the minutes."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.db.models import QuerySet

from reviews.enums import MeetingDecision
from reviews.forms.fields import Moment, PrintedText, paragraph
from reviews.models import Attendance, Expert, Meeting, MeetingItem, Panel
from reviews.selectors.meetings import recused_experts
from reviews.selectors.wording import TYPED_PREFIX
from reviews.services.meetings import BY_NAME, Decided, Facts, Presence

NAMES = re.compile(r"[、，,；;\s]+")
MOST_VOTES = 999


class FilesForm(forms.Form):
    """Which files a meeting deals with, by their panels."""

    panels = forms.ModelMultipleChoiceField(
        label="要议的申报",
        queryset=Panel.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "请选择要议的申报", "invalid_choice": "所选申报已变动，请重新选择"},
    )

    def __init__(self, *args: Any, panels: QuerySet[Panel], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["panels"].queryset = panels  # type: ignore[attr-defined]

    def chosen(self) -> set[int]:
        """Return the numbers of the panels ticked, whether or not the form is valid."""
        value = self["panels"].value() or []
        return {int(each) for each in (getattr(each, "pk", each) for each in value) if str(each).isdigit()}


class OpeningForm(FilesForm):
    """A new meeting: what it is called, when and where, and its files."""

    title = PrintedText(label="会议名称", max_length=100)
    starts_at = Moment(label="开始时间")
    ends_at = Moment(label="结束时间")
    place = PrintedText(label="地点", max_length=200)

    field_order = ("title", "starts_at", "ends_at", "place", "panels")

    def facts(self) -> Facts:
        """Return what was filled in, once the form is valid."""
        return Facts(**{name: self.cleaned_data[name] for name in ("title", "starts_at", "ends_at", "place")})


class FactsForm(forms.Form):
    """What the minutes say of the meeting as a whole."""

    title = PrintedText(label="会议名称", max_length=100)
    starts_at = Moment(label="开始时间")
    ends_at = Moment(label="结束时间")
    place = PrintedText(label="地点", max_length=200)
    chair = forms.ModelChoiceField(label="主持人", queryset=Expert.objects.none(), empty_label=None)
    discussion = paragraph("讨论情况", rows=6, limit=5000, required=False)

    def __init__(self, *args: Any, experts: Sequence[Expert], **options: Any) -> None:
        super().__init__(*args, **options)
        chair = self.fields["chair"]
        chair.queryset = Expert.objects.filter(pk__in=[each.pk for each in experts])  # type: ignore[attr-defined]
        chair.widget.choices = [(each.pk, each.name) for each in experts]  # type: ignore[attr-defined]

    @staticmethod
    def initial_of(meeting: Meeting) -> dict[str, Any]:
        """Return what the form begins with."""
        names = ("title", "starts_at", "ends_at", "place", "discussion")
        return {name: getattr(meeting, name) for name in names} | {"chair": meeting.chair_id}

    def facts(self) -> Facts:
        """Return what was filled in, once the form is valid."""
        return Facts(**self.cleaned_data)


class PresenceForm(forms.Form):
    """Whether one expert came."""

    present = forms.BooleanField(label="到会", required=False)
    reason = PrintedText(label="缺席原因", max_length=200, required=False)

    def __init__(self, *args: Any, row: Attendance, **options: Any) -> None:
        options |= {"prefix": f"a{row.pk}", "initial": {"present": row.present, "reason": row.reason}}
        super().__init__(*args, **options)
        self.row = row

    def presence(self) -> Presence:
        """Return what was filled in, once the form is valid."""
        return Presence(**self.cleaned_data)


class DecidedForm(forms.Form):
    """What was decided on one file: the decision with its conditions, votes where they are counted, who left the room."""

    decision = forms.ChoiceField(label="决定", choices=[("", "未填写"), *MeetingDecision.choices], required=False)
    conditions = PrintedText(label="附带条件（附条件同意的填写）", max_length=500, required=False)
    note = PrintedText(label="说明", max_length=500, required=False)
    votes_for = forms.IntegerField(label="同意票", min_value=0, max_value=MOST_VOTES, required=False)
    votes_against = forms.IntegerField(label="不同意票", min_value=0, max_value=MOST_VOTES, required=False)
    votes_abstained = forms.IntegerField(label="弃权票", min_value=0, max_value=MOST_VOTES, required=False)
    recused = forms.MultipleChoiceField(label="回避的专家", required=False, widget=forms.CheckboxSelectMultiple)
    recused_names = PrintedText(label="其他回避人员", max_length=200, required=False)

    def __init__(self, *args: Any, item: MeetingItem, people: Mapping[int, str], counted: bool, **options: Any) -> None:
        options |= {"prefix": f"f{item.pk}", "initial": self._initial_of(item)}
        super().__init__(*args, **options)
        self.item, self.counted = item, counted
        self.own = [each for each in item.recused if each.get("reason") != BY_NAME]
        bound = {each["expert"] for each in self.own}
        self.fields["recused"].choices = [  # type: ignore[attr-defined]
            (str(pk), name) for pk, name in people.items() if pk not in bound
        ]
        if not counted:
            for name in ("votes_for", "votes_against", "votes_abstained"):
                del self.fields[name]

    @staticmethod
    def _initial_of(item: MeetingItem) -> dict[str, Any]:
        names = ("decision", "conditions", "note", "votes_for", "votes_against", "votes_abstained")
        added = [each for each in item.recused if each.get("reason") == BY_NAME]
        return {name: getattr(item, name) for name in names} | {
            "recused": [str(pk) for pk in recused_experts(item)],
            "recused_names": "、".join(each["name"] for each in added if not each.get("expert")),
        }

    def leaving(self) -> int:
        """Return how many are written down as recused, for the closed fold."""
        typed = NAMES.split(str(self["recused_names"].value() or "").strip())
        return len(self.own) + len(self["recused"].value() or []) + sum(bool(name) for name in typed)

    def decided(self) -> Decided:
        """Return what was filled in, once the form is valid."""
        said = self.cleaned_data
        cast = [said.get(name) or 0 for name in ("votes_for", "votes_against", "votes_abstained")]
        return Decided(
            decision=said["decision"],
            conditions=said["conditions"],
            note=said["note"],
            votes=(cast[0], cast[1], cast[2]),
            recused=frozenset(int(pk) for pk in said["recused"]),
            recused_names=tuple(name for name in NAMES.split(said["recused_names"]) if name),
        )


class SignatureForm(forms.Form):
    """Signing: drawn on the screen, or one's own name typed."""

    signature = forms.CharField(required=False, widget=forms.HiddenInput)
    typed_name = forms.CharField(label="或输入姓名确认", max_length=30, required=False)

    def value(self) -> str:
        """Return the signature as the service takes it, once the form is valid."""
        typed = self.cleaned_data["typed_name"].strip()
        drawn: str = self.cleaned_data["signature"]
        return drawn or (f"{TYPED_PREFIX}{typed}" if typed else "")
