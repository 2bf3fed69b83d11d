"""Official acts ask for the password again when the session has not been confirmed for a while."""

from datetime import timedelta

from django.conf import settings
from django.http import HttpRequest

from portal.calendars import clock

CONFIRMED_KEY = "confirmed_at"


def needs_password(request: HttpRequest) -> bool:
    """Say whether the password must be given with the next official act."""
    confirmed = request.session.get(CONFIRMED_KEY, 0)
    return bool(
        clock.now().timestamp() - confirmed > timedelta(minutes=settings.PORTAL_CONFIRM_MINUTES).total_seconds()
    )


def confirm(request: HttpRequest) -> str:
    """Check the posted `password` if one is due. Return a message for the field, or an empty string when all is well."""
    if not needs_password(request):
        return ""
    password = request.POST.get("password", "")
    if not password:
        return "请输入登录密码，以确认由您本人办理"
    if not request.user.check_password(password):
        return "密码不正确，请重新输入"
    mark_confirmed(request)
    return ""


def mark_confirmed(request: HttpRequest) -> None:
    """Remember that the person has just proved who they are."""
    request.session[CONFIRMED_KEY] = clock.now().timestamp()
