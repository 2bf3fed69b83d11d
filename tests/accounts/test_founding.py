"""A new portal gets its first administrator once, from the server, and never again that way."""

import io
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from portal.accounts.models import Membership, User
from portal.audit.models import Event

PASSWORD = "Zhuanyong-2026-x"


@pytest.fixture
def appoint(db: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Run the command as a script would, the password on its standard input."""

    def run(username: str, password: str = PASSWORD) -> str:
        monkeypatch.setattr("sys.stdin", io.StringIO(password + "\n"))
        said = io.StringIO()
        call_command("appoint", username=username, name="管理员甲", stdout=said)
        return said.getvalue()

    return run


def test_the_first_administrator_can_sign_in_and_manages_accounts(appoint: Any, client: Any) -> None:
    said = appoint("anquan")

    membership = Membership.objects.get()
    assert "已开通：anquan" in said
    assert (membership.role_code, membership.organisation.kind) == ("security_admin", "platform")
    assert "account.manage" in membership.role.capabilities
    assert client.login(username="anquan", password=PASSWORD)
    assert Event.objects.filter(action="account.found").count() == 1


def test_there_is_no_second_time(appoint: Any) -> None:
    appoint("anquan")

    with pytest.raises(CommandError, match="平台已有安全管理员"):
        appoint("another")
    assert not User.objects.filter(username="another").exists()


def test_a_weak_password_is_refused_and_nothing_is_left_behind(appoint: Any) -> None:
    with pytest.raises(CommandError):
        appoint("anquan", "12345678")
    assert not Membership.objects.exists()
