"""Seals over the whole log: a chain removed with its head, or a tail cut together with its head, is found."""

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from portal.accounts.actor import SYSTEM
from portal.audit import triggers
from portal.audit.models import Chain, Event
from portal.audit.services import record, seal_log
from portal.audit.tasks import seal
from portal.audit.verification import verify
from tests.factories import make_unit

pytestmark = pytest.mark.django_db


def write(count: int = 3) -> Chain:
    unit = make_unit()
    for _ in range(count):
        record(by=SYSTEM, action="unit.update", obj=unit)
    return Chain.objects.get(key=f"tenancy.organisation:{unit.pk}")


def found() -> list[tuple[int, str]]:
    return [(finding.sequence, finding.kind) for finding in verify(Chain.objects.all(), whole=True).findings]


@pytest.fixture
def sealed() -> Chain:
    """A chain written between others, under a seal, with the database's guard lifted."""
    write()
    chain = write()
    write()
    seal_log()  # notes how far the log has come
    seal_log()  # seals it
    triggers.remove(connection)
    return chain


def test_a_sealed_log_is_sound_and_grows_on(sealed: Chain) -> None:
    write()
    assert found() == []
    seal()
    assert found() == []
    said = [event.data for event in Event.objects.filter(action="audit.seal").order_by("sequence")]
    assert [(each["begin"], each["until"]) for each in said] == [
        (0, 0),
        (0, said[0]["seen"]),
        (said[0]["seen"], said[1]["seen"]),
    ]


def test_sealing_ends_when_nothing_is_new() -> None:
    write()
    made = [seal_log() is not None for _ in range(5)]
    assert made == [True, True, False, False, False]


def test_a_chain_removed_with_its_head_is_found(sealed: Chain) -> None:
    Event.objects.filter(chain=sealed).delete()
    Chain.objects.filter(pk=sealed.pk).delete()
    assert found() == [(2, "unsealed")]
    with pytest.raises(CommandError, match="1 处异常"):
        call_command("audit", "verify")


def test_a_tail_cut_with_its_head_set_back_is_found(sealed: Chain) -> None:
    Event.objects.filter(chain=sealed, sequence=3).delete()
    Chain.objects.filter(pk=sealed.pk).update(length=2, head=Event.objects.get(chain=sealed, sequence=2).hash)
    assert verify(Chain.objects.filter(pk=sealed.pk)).sound
    assert found() == [(2, "unsealed")]


def test_a_seal_that_was_altered_is_found(sealed: Chain) -> None:
    second = Event.objects.get(action="audit.seal", sequence=2)
    Event.objects.filter(pk=second.pk).update(data=second.data | {"count": 1})
    assert {kind for _, kind in found()} == {"changed", "unsealed"}
