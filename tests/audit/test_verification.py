"""What is done to the log behind the portal's back is found: changed, missing, cut off, reordered, forged."""

from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.db.utils import DatabaseError
from django.test import override_settings
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portal.accounts.actor import SYSTEM, Actor
from portal.audit import triggers
from portal.audit.chain import event_hash
from portal.audit.models import Chain, Event
from portal.audit.services import record
from portal.audit.verification import verify
from tests.factories import make_unit, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def chain() -> Chain:
    """A chain of four events, with the database's guard lifted as an intruder would lift it."""
    unit, user = make_unit(), make_user()
    for step in range(1, 5):
        by = Actor(user=user, membership=None, ip="2001:db8::1" if step == 2 else "127.0.0.1")
        record(by=by, action="unit.update", obj=unit, reason=f"第{step}次", after={"step": step}, data={"step": step})
    triggers.remove(connection)
    return Chain.objects.get(key=f"tenancy.organisation:{unit.pk}")


def found(chain: Chain) -> list[tuple[int, str]]:
    return [(finding.sequence, finding.kind) for finding in verify(Chain.objects.filter(pk=chain.pk)).findings]


def tamper(chain: Chain, number: int, /, **values: Any) -> None:
    assert Event.objects.filter(chain=chain, sequence=number).update(**values) == 1


def test_an_untouched_log_is_sound(chain: Chain) -> None:
    report = verify(Chain.objects.all())
    assert (report.sound, report.events) == (True, Event.objects.count())


@pytest.mark.parametrize(
    "values",
    [
        {"reason": "改写"},
        {"action": "unit.approve"},
        {"actor_label": "他人"},
        {"actor_id": None},
        {"ip": "10.0.0.1"},
        {"object_label": "别的单位"},
        {"old_hash": "0" * 64},
        {"new_hash": "0" * 64},
        {"data": {"step": 9}},
        {"previous": "0" * 64},
        {"hash": "0" * 64},
    ],
)
def test_a_changed_event_is_found_whichever_field_it_is(chain: Chain, values: dict[str, Any]) -> None:
    tamper(chain, 2, **values)
    assert (2, "changed") in found(chain)


def test_another_moment_is_found(chain: Chain) -> None:
    event = Event.objects.get(chain=chain, sequence=3)
    tamper(chain, 3, at=event.at.replace(microsecond=(event.at.microsecond + 1) % 1_000_000))
    assert found(chain) == [(3, "changed")]


def test_a_missing_event_is_found(chain: Chain) -> None:
    Event.objects.filter(chain=chain, sequence=2).delete()
    assert found(chain) == [(2, "missing")]


def test_a_missing_first_event_is_found(chain: Chain) -> None:
    Event.objects.filter(chain=chain, sequence=1).delete()
    assert found(chain) == [(1, "missing")]


def test_a_tail_cut_off_is_found(chain: Chain) -> None:
    Event.objects.filter(chain=chain, sequence__gte=3).delete()
    assert found(chain) == [(3, "cut"), (4, "cut")]


def test_events_that_changed_places_are_found(chain: Chain) -> None:
    for old, new in ((2, 99), (3, 2), (99, 3)):
        tamper(chain, old, sequence=new)
    assert found(chain) == [(2, "changed"), (3, "changed"), (3, "reordered"), (4, "relinked")]


def test_a_closed_gap_is_found(chain: Chain) -> None:
    """Deleting an event and renumbering the rest does not help: each hash names its number and its predecessor."""
    Event.objects.filter(chain=chain, sequence=2).delete()
    tamper(chain, 3, sequence=2)
    tamper(chain, 4, sequence=3)
    Chain.objects.filter(pk=chain.pk).update(length=3)
    assert found(chain) == [(2, "changed"), (3, "changed")]


@pytest.mark.rule("P3-16")
def test_a_forger_without_the_key_is_found(chain: Chain) -> None:
    with override_settings(AUDIT_KEY="guessed"):
        previous = ""
        for event in Event.objects.filter(chain=chain).order_by("sequence"):
            event.reason, event.previous = "伪造", previous
            event.hash = previous = event_hash(event, chain.key)
            Event.objects.filter(pk=event.pk).update(reason=event.reason, previous=event.previous, hash=event.hash)
        Chain.objects.filter(pk=chain.pk).update(head=previous)
        assert found(chain) == []
    assert [kind for _, kind in found(chain)] == ["changed"] * 4


def test_an_event_moved_to_another_object_is_found(chain: Chain) -> None:
    other = make_unit()
    record(by=SYSTEM, action="unit.update", obj=other)
    there = Chain.objects.get(key=f"tenancy.organisation:{other.pk}")
    tamper(chain, 4, chain=there, sequence=2)
    assert found(chain) == [(4, "cut")]
    assert (2, "changed") in found(there)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(doomed=st.sets(st.integers(1, 4), min_size=1))
def test_whatever_is_deleted_is_named(chain: Chain, doomed: set[int]) -> None:
    with transaction.atomic():
        Event.objects.filter(chain=chain, sequence__in=doomed).delete()
        named = {sequence for sequence, kind in found(chain) if kind in {"missing", "cut"}}
        transaction.set_rollback(True)
    assert named == doomed


@pytest.mark.parametrize("act", ["update", "delete"])
def test_the_database_refuses(chain: Chain, act: str) -> None:
    triggers.install(connection)
    rows = Event.objects.filter(chain=chain)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        rows.update(reason="x") if act == "update" else rows.delete()
    assert rows.count() == 4


def run(*arguments: str) -> str:
    out = StringIO()
    call_command("audit", "verify", *arguments, stdout=out, no_color=True)
    return out.getvalue()


def test_the_command_says_that_all_is_well(chain: Chain) -> None:
    said = run()
    assert "未发现异常。The log is sound." in said


def test_the_command_names_what_is_wrong_and_fails(chain: Chain) -> None:
    tamper(chain, 2, reason="改写")
    out = StringIO()
    with pytest.raises(CommandError, match="发现 1 处异常") as failure:
        call_command("audit", "verify", stdout=out, no_color=True)
    assert failure.value.returncode == 1
    assert f"{chain.key} 第 2 条：内容与摘要不符" in out.getvalue()
    assert f"{chain.key} event 2: its content does not match" in out.getvalue()


def test_the_command_checks_one_object(chain: Chain) -> None:
    other = make_unit()
    record(by=SYSTEM, action="unit.update", obj=other)
    tamper(chain, 2, reason="改写")
    assert "已校验 1 条事件链、1 条事件" in run("--object", f"tenancy.Organisation:{other.pk}")
    with pytest.raises(CommandError, match="没有对象"):
        run("--object", "tenancy.Organisation:0")


def test_verification_reads_in_batches_and_can_be_bounded(chain: Chain, django_assert_num_queries: Any) -> None:
    for _ in range(30):
        record(by=SYSTEM, action="unit.update", obj=make_unit())
    with django_assert_num_queries(3):
        assert verify(Chain.objects.all()).chains == 31
    assert verify(Chain.objects.all(), most=5).events <= 5
