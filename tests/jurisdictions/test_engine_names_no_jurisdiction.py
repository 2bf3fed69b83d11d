"""A policy is data: no line of the engine, no template and no static file names a place, a code or a document of one."""

from collections.abc import Iterator

import pytest

from checks import jurisdiction_names, vocabulary
from portal.policy import registry
from portal.policy.edition import Edition

EDITIONS = list(registry.registry)
ENGINE = [(path, path.read_text(encoding="utf-8")) for path in jurisdiction_names.engine_files()]


def test_no_engine_module_or_template_names_a_jurisdiction() -> None:
    assert jurisdiction_names.findings() == []


def test_the_vocabulary_and_the_policies_stand_on_their_own() -> None:
    assert vocabulary.findings() == []


def test_the_engine_is_looked_at_whole() -> None:
    kinds = {path.suffix for path, _ in ENGINE}
    assert {".py", ".html", ".js", ".css"} <= kinds
    assert {registered.jurisdiction for registered in EDITIONS} == set(jurisdiction_names.FOLDERS)


def names_of(edition: Edition) -> Iterator[str]:
    """Yield what nobody but the jurisdiction itself would write."""
    profile = edition.profile
    yield from (edition.code, profile.code, profile.name, profile.issuer, profile.platform_title, edition.title)
    yield from (office.name for office in profile.offices)
    yield from (condition.code for condition in edition.conditions)
    yield from (default.code for default in edition.defaults)
    if edition.document_number:
        yield edition.document_number


@pytest.mark.parametrize("edition", EDITIONS, ids=lambda edition: edition.code)
def test_nothing_an_edition_calls_its_own_stands_in_the_engine(edition: Edition) -> None:
    wanted = sorted(set(names_of(edition)))
    found = [(path.name, name) for path, text in ENGINE for name in wanted if name in text]
    assert found == []
