"""The guide to a new jurisdiction speaks of nothing that is not there."""

import re
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

import pytest

from portal import policy
from portal.policy.procedure import StageKind
from portal.tenancy.enums import OrganisationKind
from tests.extension.world import HERE

GUIDE = (HERE.parents[1] / "docs" / "new-jurisdiction.md").read_text(encoding="utf-8")
WORDS = {
    name
    for module in iter_modules(policy.__path__)
    for name in vars(import_module(f"portal.policy.{module.name}"))
    if name[0].isupper()
}


@pytest.mark.parametrize("word", sorted(set(re.findall(r"`([A-Z][a-z]\w+)[`(.]", GUIDE))))
def test_every_word_of_the_vocabulary_exists(word: str) -> None:
    assert word in WORDS


def test_every_stage_and_every_kind_of_office_exists() -> None:
    named = {each for each in re.findall(r"`([A-Z]{5,})`", GUIDE) if each != "PROPOSED"}
    assert named <= set(StageKind.__members__)
    line = re.search(r"`(ministry [a-z ]+)`", GUIDE)
    assert line is not None
    assert set(line.group(1).split()) < set(OrganisationKind.values)


@pytest.mark.parametrize("name", sorted(set(re.findall(r"\*\*`(\w+\.py)`\*\*", GUIDE))))
def test_every_module_of_the_walk_stands_in_the_example(name: str) -> None:
    assert (HERE / "riverland" / name).is_file()


@pytest.mark.parametrize("path", sorted(set(re.findall(r"\]\(([\w./-]+)\)", GUIDE))))
def test_every_link_leads_somewhere(path: str) -> None:
    assert (Path(HERE.parents[1]) / "docs" / path).exists()
