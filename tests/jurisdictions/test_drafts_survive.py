"""Whatever a draft holds, every check of every registered edition answers, and settled answers stay what they are."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from portal.policy import registry
from portal.policy.changes import diff
from portal.policy.edition import Edition
from portal.policy.form import Field, Group, Section, Table
from portal.policy.validation import blocking, check_form, evaluate_all, facts_for, settle, visible_sections

LEAVES = (
    st.none()
    | st.text(max_size=12)
    | st.integers()
    | st.sampled_from(["yes", "no", "租赁", "leased", "1,200", "97.5%", "2024-07-17", "1e999", "school", "\x00", "😀"])
    | st.lists(st.text(max_size=4), max_size=3)
)


def _values(items: tuple[Field | Table, ...]) -> st.SearchStrategy[Any]:
    known: dict[str, st.SearchStrategy[Any]] = {}
    for item in items:
        cells = st.fixed_dictionaries({}, optional={column.key: LEAVES for column in getattr(item, "columns", ())})
        known[item.key] = LEAVES | st.lists(cells | LEAVES, max_size=3) if isinstance(item, Table) else LEAVES
    return st.fixed_dictionaries({}, optional=known)


def _parts(edition: Edition) -> Iterator[tuple[str, st.SearchStrategy[Any]]]:
    for part in edition.form.parts:
        if isinstance(part, Section):
            yield part.key, _values(part.items) | LEAVES
        elif isinstance(part, Group):
            inside = {section.key: _values(section.items) | LEAVES for section in part.sections}
            instance = st.fixed_dictionaries({}, optional={"_id": st.sampled_from(["a", "b"]), **inside})
            yield part.key, st.lists(instance | LEAVES, max_size=3) | LEAVES


# By code, and built once: an edition is far too large to be written out by the library.
DRAFTS = {each.code: st.fixed_dictionaries({}, optional=dict(_parts(each))) for each in registry.registry}


@st.composite
def drafts(draw: st.DrawFn) -> tuple[str, str, dict[str, Any]]:
    edition = registry.get(draw(st.sampled_from([each.code for each in registry.registry])))
    track = draw(st.sampled_from([each.key for each in edition.tracks]))
    return edition.code, track, draw(DRAFTS[edition.code])


@settings(max_examples=150, deadline=None)
@given(drafts())
def test_every_check_answers_and_nothing_typed_is_lost(drafted: tuple[str, str, dict[str, Any]]) -> None:
    edition, (track, draft) = registry.get(drafted[0]), drafted[1:]
    facts = facts_for(edition, track, draft, {}, on=date(2024, 7, 17))
    assert len(evaluate_all(edition, facts)) == len(edition.conditions)
    assert all(problem.message and problem.label for problem in blocking(edition, facts))
    assert len(visible_sections(edition, facts)) <= sum(1 for _ in edition.form.sections()) * 3
    cleaned = check_form(edition, facts).cleaned
    assert settle(edition, cleaned) == cleaned
    settled = settle(edition, draft)
    assert settled.keys() == draft.keys()
    assert settle(edition, settled) == settled
    assert diff(draft, draft, edition) == []
