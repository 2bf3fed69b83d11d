"""Cross-application: whether it is offered, what is fixed in the one made by it, what bars that one from being handed in."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from applications.enums import ENDED
from applications.models import Application, DraftSection
from portal.calendars import clock
from portal.policy.edition import Edition
from portal.policy.keeping import RESERVE_FIRST, Kept, kept_of, same_rows
from portal.policy.procedure import Status
from portal.policy.reading import Problem
from portal.policy.selection import CrossApplication


@dataclass(frozen=True)
class CrossOffer:
    """What a page says about the cross-application of one application: the offer, or the one made already (`made`)."""

    rule: CrossApplication
    source: Application
    title: str  # of the target track
    made: Application | None = None

    @property
    def label(self) -> str:
        """The words of the button."""
        return f"一键生成{self.title}申报"

    @property
    def explanation(self) -> str:
        """What is taken over in the mode of this call."""
        settings, noun = self.source.call.setting_values, self.noun
        if settings[self.rule.mode_setting] == RESERVE_FIRST:
            return f"前 {self.rule.keep} {noun}留在原申报，其后的写入{self.title}申报"
        return f"按顺序保留前 {self.rule.keep} {noun}，写入{self.title}申报后不能修改、删除或调整顺序"

    @property
    def noun(self) -> str:
        """What the rows of the table are counted in."""
        table = self.source.edition.form.find(self.rule.table)
        return str(getattr(table, "noun", ""))


def offer_of(application: Application, live: Iterable[Application]) -> CrossOffer | None:
    """Return what is offered for one application among the unit's `live` ones of the call; None where nothing is.

    An application made on the target track in another way leaves no place for a cross-application.
    """
    rule = application.edition.cross_application
    if rule is None or application.track_key != rule.source or application.status in ENDED:
        return None
    made = next((each for each in live if each.track_key == rule.target), None)
    if made is not None and made.cross_from_id != application.pk:
        return None
    if made is None and not application.call.is_open(clock.now()):
        return None
    return CrossOffer(rule, application, application.edition.track(rule.target).title, made)


def kept_in(application: Application) -> Kept | None:
    """Return what stands fixed in an application; None where the policy fixes nothing on its track."""
    return kept_of(application.edition, application.track_key, application.kept)


def source_problems(application: Application, kept: Kept | None, answers: Mapping[str, Any]) -> list[Problem]:
    """Return what bars an application made by cross-application from being handed in; empty for any other.

    Once it has been submitted its source may be corrected by itself: what was copied stays as it was copied.
    """
    source = application.cross_from
    if kept is None or source is None:
        return []
    title = f"{application.edition.track(source.track_key).title}申报"
    clause = f"（{kept.rule.clause}）"
    if source.status in ENDED:
        ended = f"{source.applicant_label}，由其生成的本申报不能提交，请放弃本申报{clause}"
        return [Problem("", title, ended, "")]
    return list(_row_problems(application, kept, answers, title, clause))


def _row_problems(
    application: Application, kept: Kept, answers: Mapping[str, Any], title: str, clause: str
) -> Iterator[Problem]:
    page, _, key = kept.rule.target_table.partition(".")
    rows = list((answers.get(page) or {}).get(key) or [])
    for row in kept.reserved(rows):
        name = row.get(kept.table.columns[0].key)
        yield Problem(
            f"{page}/{key}/{row.get('_id')}/{kept.table.columns[0].key}",
            str(name),
            f"已留在{title}，不能列入本申报{clause}",
            page,
        )
    if not kept.locks:
        return
    count = len(kept.rows)
    said = f"须与{title}的前 {count} {kept.table.noun}一致、顺序不变"
    if not same_rows(rows[:count], kept.rows) or not _parts_in_front(application, kept):
        yield Problem(f"{page}/{key}", kept.table.label, f"{said}，请保存该页以恢复{clause}", page)
    elif application.status == Status.DRAFT and not same_rows(_rows_of_source(application, kept), kept.rows):
        mend = f"{title}的前 {count} {kept.table.noun}已有改动，请在{title}中恢复，或放弃本申报后重新生成"
        yield Problem(f"{page}/{key}", kept.table.label, f"{said}；{mend}{clause}", page)


def _parts_in_front(application: Application, kept: Kept) -> bool:
    return all(
        tuple(application.groups.get(group, []))[: len(ids)] == ids
        for group in kept.parts
        if (ids := kept.instances_of(group))
    )


def _rows_of_source(application: Application, kept: Kept) -> Sequence[Mapping[str, Any]]:
    page, _, key = kept.rule.table.partition(".")
    answers = (
        DraftSection.objects.filter(application=application.cross_from_id, path=page)
        .values_list("answers", flat=True)
        .first()
    )
    return list((answers or {}).get(key) or [])[: len(kept.rows)]


def rule_for(edition: Edition, track: str) -> CrossApplication | None:
    """Return the rule by which an application on `track` may be made into another one."""
    rule = edition.cross_application
    return rule if rule and rule.source == track else None
