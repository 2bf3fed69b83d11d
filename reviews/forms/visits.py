"""Forms of the plan of visits and of the roads between districts."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms

from reviews.forms.fields import Moment, PrintedText, paragraph
from reviews.selectors.travel import MOST_MINUTES, Pair, pair


class VisitForm(forms.Form):
    """When, where and how the panel meets the unit. `short` is what the policy calls it in labels, `districts` to choose from."""

    starts_at = Moment(label="开始时间")
    ends_at = Moment(label="结束时间")
    district = forms.ChoiceField(
        label="所在地区", required=False, help_text="据此核对成员两次安排之间的路程；不选的按申报单位所在地区"
    )
    place = PrintedText(label="地点", max_length=200)
    meeting_point = PrintedText(label="集合地点", max_length=200, required=False)
    contact = PrintedText(label="现场联系人及电话", max_length=60, required=False)
    route = paragraph("路线安排", rows=4, limit=1000, required=False)

    def __init__(self, *args: Any, short: str, districts: Iterable[str], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["place"].label = f"{short}地点"
        choices = [("", "按申报单位所在地区"), *((each, each) for each in districts)]
        self.fields["district"].choices = choices  # type: ignore[attr-defined]


class Minutes(forms.IntegerField):
    """Minutes on the road; nothing where they are not known."""

    def __init__(self, **options: Any) -> None:
        super().__init__(
            min_value=0,
            max_value=MOST_MINUTES,
            required=False,
            error_messages={
                "invalid": f"应为 0 至 {MOST_MINUTES} 的整数，不清楚的不填",
                "min_value": f"应为 0 至 {MOST_MINUTES} 的整数",
                "max_value": f"不超过 {MOST_MINUTES} 分钟",
            },
            **options,
        )


class TravelForm(forms.Form):
    """The roads of one district: within it, and to every other."""

    def __init__(
        self, *args: Any, origin: str, districts: list[str], known: Mapping[Pair, int], **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.roads: dict[str, Pair] = {}
        for at, other in enumerate(districts):
            name, road = f"to_{at}", pair(origin, other)
            self.roads[name] = road
            self.fields[name] = Minutes(label=f"{other}内" if other == origin else other, initial=known.get(road))

    def minutes(self) -> dict[Pair, int | None]:
        """Return what was typed, by road; None where the field is empty."""
        return {road: self.cleaned_data.get(name) for name, road in self.roads.items()}


class TravelImportForm(forms.Form):
    """A workbook of roads."""

    workbook = forms.FileField(label="路程表（.xlsx）")


class RoadForm(forms.Form):
    """A row of the workbook."""

    origin = forms.CharField(label="地区", max_length=40)
    destination = forms.CharField(label="到", max_length=40)
    minutes = Minutes(label="路程（分钟）")
