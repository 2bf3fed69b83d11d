"""`manage.py appoint`: open the account of the first security administrator of a new portal."""

import sys
from getpass import getpass
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser

from portal.accounts.actor import SYSTEM
from portal.accounts.services.founding import appoint_first_administrator
from portal.accounts.services.refusals import Refused
from portal.accounts.services.registration import PersonDetails


class Command(BaseCommand):
    """Asks for the password, twice at a terminal; otherwise takes the first line of the standard input."""

    help = "开通首个安全管理员账号（仅限一次），其余人员由该账号在“成员管理”中邀请"

    def add_arguments(self, parser: CommandParser) -> None:
        """Take who it is."""
        parser.add_argument("--username", required=True, help="登录名")
        parser.add_argument("--name", required=True, help="姓名")
        parser.add_argument("--email", default="", help="电子邮箱")
        parser.add_argument("--phone", default="", help="联系电话")

    def handle(self, *args: Any, **options: Any) -> None:
        """Open the account, or say why not."""
        person = PersonDetails(
            username=options["username"],
            name=options["name"],
            phone=options["phone"],
            email=options["email"],
            password=asked_password(),
        )
        try:
            membership = appoint_first_administrator(person=person, office=settings.PORTAL_OPERATOR, by=SYSTEM)
        except ValidationError as error:
            raise CommandError("；".join(error.messages)) from error
        except Refused as error:
            raise CommandError(str(error)) from error
        self.stdout.write(
            f"已开通：{membership.user.username}（{membership.organisation.name}，{membership.role.label}）"
        )


def asked_password() -> str:
    """Return the password; at a terminal it is typed twice and not shown."""
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\n")
    password = getpass("密码：")
    if password != getpass("再次输入密码："):
        raise CommandError("两次输入的密码不一致")
    return password
