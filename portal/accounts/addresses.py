"""Where a request comes from, behind as many proxies of our own as the deployment says."""

from ipaddress import ip_address

from django.conf import settings
from django.http import HttpRequest


def client_ip(request: HttpRequest) -> str:
    """Return the visitor's address, or an empty string.

    Each trusted proxy appends the address it saw to X-Forwarded-For, so the entry counted from the right is the one that the
    visitor cannot make up; without proxies the header is ignored.
    """
    seen = request.META.get("REMOTE_ADDR", "")
    proxies: int = settings.PORTAL_TRUSTED_PROXIES
    if proxies:
        forwarded = [part.strip() for part in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if part.strip()]
        if len(forwarded) >= proxies:
            seen = forwarded[-proxies]
    return _valid(seen)


def _valid(text: str) -> str:
    try:
        address = ip_address(text)
    except ValueError:
        return ""
    mapped = getattr(address, "ipv4_mapped", None)
    return str(mapped or address)


def ip_to_lock(request: HttpRequest) -> str | None:
    """Return the address under which failed sign-ins are counted; None where there is none."""
    return client_ip(request) or None
