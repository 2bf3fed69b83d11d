"""Nobody reaches another jurisdiction's or another person's; lists cost the same however long they are."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django_scopes import scope
from django_scopes.exceptions import ScopeError

from portal.accounts.actor import SYSTEM
from portal.calendars import clock
from portal.tenancy.models import Jurisdiction
from reviews import permissions
from reviews.models import Expert, Objection, Panel, PanelMember, PublicNotice, Recognition, Shortlist, Visit
from tests.factories import make_actor, make_office
from tests.reviews.kit import (
    SUNDAY_NOON,
    a_call,
    approver,
    listed,
    make_application,
    make_expert,
    officer,
    published,
    visited,
    working_panel,
)
from tests.reviews.test_objections import lodge
from tests.reviews.test_pages import sign_in, url


@pytest.fixture
def elsewhere(hangzhou: Any) -> Jurisdiction:
    """Another jurisdiction."""
    return Jurisdiction.objects.create(
        code="elsewhere",
        name="另一市",
        short_name="另一市",
        mark="另",
        platform_title="另一市平台",
        issuer="另一市人社局",
        receipt_prefix="QT",
    )


@pytest.fixture
def everything(hangzhou: Any) -> dict[str, Any]:
    """One of each row."""
    by, boss = officer(hangzhou), approver(hangzhou)
    with clock.travel(SUNDAY_NOON):
        call = a_call(hangzhou)
        panel, people = working_panel(make_application(call), by)
        visited(panel, by)
        notice = published(call, by, boss)
    objection, _ = lodge(notice)
    return {
        "panel": panel,
        "people": people,
        "notice": notice,
        "objection": objection,
        "officer": by,
        "visit": panel.visit,
    }


QUERYSETS = (
    (permissions.readable_experts, Expert),
    (permissions.readable_panels, Panel),
    (permissions.readable_visits, Visit),
    (permissions.readable_shortlists, Shortlist),
    (permissions.readable_notices, PublicNotice),
    (permissions.readable_objections, Objection),
    (permissions.readable_recognitions, Recognition),
)


@pytest.mark.parametrize("role", ["bureau_officer", "bureau_approver", "supervisor", "expert"])
def test_another_jurisdictions_people_reach_nothing(
    everything: Any, elsewhere: Jurisdiction, hangzhou: Any, role: str
) -> None:
    stranger = make_actor(role, make_office(elsewhere))
    with scope(jurisdiction=[hangzhou, elsewhere]):
        for readable, model in QUERYSETS:
            assert not readable(model.objects.all(), stranger).exists()
        assert not permissions.own_memberships(PanelMember.objects.all(), stranger).exists()


@pytest.mark.parametrize("role", ["finance", "expert", "system_admin", "security_admin", "audit_admin"])
def test_roles_without_the_capability_reach_nothing(everything: Any, hangzhou: Any, role: str) -> None:
    actor = make_actor(role, make_office(hangzhou))
    for readable, model in QUERYSETS[:6]:
        assert not readable(model.objects.all(), actor).exists()


def test_the_system_and_the_bureau_reach_their_own(everything: Any) -> None:
    for readable, model in QUERYSETS[:6]:
        assert (
            readable(model.objects.all(), SYSTEM).count()
            == readable(model.objects.all(), everything["officer"]).count()
            > 0
        )


def test_another_jurisdictions_pages_are_closed(everything: Any, elsewhere: Jurisdiction) -> None:
    client = sign_in(make_actor("bureau_officer", make_office(elsewhere)))
    for name, key in (
        ("panel", "panel"),
        ("notice_desk", "notice"),
        ("objection", "objection"),
        ("visit_sheet", "visit"),
    ):
        assert client.get(url(f"reviews:{name}", pk=everything[key].pk)).status_code in (403, 404)
        assert (
            client.get(
                f"/elsewhere/{url(f'reviews:{name}', pk=everything[key].pk).partition('/hangzhou/')[2]}"
            ).status_code
            == 404
        )


def test_outside_a_scope_nothing_is_asked(db: Any) -> None:
    for model in (Expert, Panel, PanelMember, Shortlist, PublicNotice, Objection):
        with pytest.raises(ScopeError):
            model.objects.count()


def counted(client: Any, address: str) -> int:
    client.get(address)  # the first page of a session writes what later ones only read
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


def test_lists_cost_the_same_with_3_and_300_rows(hangzhou: Any) -> None:
    by, call = officer(hangzhou), a_call(hangzhou)
    client = sign_in(by)
    names = ("experts", "panels", "shortlists")
    for _ in range(3):
        make_expert(hangzhou)
        make_panel(call, by)
    few = {name: counted(client, url(f"reviews:{name}")) for name in names}
    Expert.objects.bulk_create(
        Expert(jurisdiction=hangzhou, name=f"专家{n}", unit_name=f"单位{n}", fields=["焊接"]) for n in range(297)
    )
    for _ in range(27):
        make_panel(call, by)
    assert {name: counted(client, url(f"reviews:{name}")) for name in names} == few


def test_a_list_of_units_costs_the_same_with_3_and_30(hangzhou: Any) -> None:
    by, boss, call = officer(hangzhou), approver(hangzhou), a_call(hangzhou)
    with clock.travel(SUNDAY_NOON):
        costs = []
        for count in (3, 30):
            client = sign_in(by)
            shortlist = listed(call, by, count)
            notice = published(call, by, boss, count)
            costs.append(
                [
                    counted(client, url("reviews:shortlist", pk=shortlist.pk)),
                    counted(client, url("reviews:notice_desk", pk=notice.pk)),
                    counted(client, url("reviews:notice", pk=notice.pk)),
                ]
            )
    assert costs[0] == costs[1]


def make_panel(call: Any, by: Any) -> None:
    application = make_application(call)
    panel = Panel.objects.create(
        jurisdiction=call.jurisdiction, application=application, created_by=by.user, created_at=clock.now()
    )
    PanelMember.objects.create(panel=panel, expert=Expert.objects.first(), chair=True)
