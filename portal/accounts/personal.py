"""Personal data of people who are not users: encrypted in the database, compared by a keyed hash, masked on every page (P3-17).

Keys come from the environment. `PERSONAL_KEYS` is a list: the first encrypts, every one decrypts. `PERSONAL_HASH_KEY` makes
the hashes by which one person is known again without being named. How either is changed: README.md, "Production".
"""

import base64
import hashlib
import hmac
import json
import unicodedata
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings

from portal.policy.form import Field, FieldKind


class Unopened(Exception):
    """None of the keys opens it: a key is missing from the environment, or the text was changed."""


def seal(values: Mapping[str, str]) -> str:
    """Return the encrypted text of some values; nothing for none."""
    if not values:
        return ""
    return _box().encrypt(json.dumps(dict(values), ensure_ascii=False).encode()).decode()


def unseal(text: str) -> dict[str, str]:
    """Return the values of an encrypted text; raise `Unopened`."""
    if not text:
        return {}
    found: dict[str, str] = json.loads(open_bytes(text.encode()))
    return found


def seal_bytes(content: bytes) -> bytes:
    """Return the encrypted content of a file."""
    return _box().encrypt(content)


def open_bytes(content: bytes) -> bytes:
    """Return the content of an encrypted file; raise `Unopened`."""
    try:
        return _box().decrypt(content)
    except InvalidToken:
        raise Unopened("个人信息无法解密，请检查部署环境中的 PERSONAL_KEYS") from None


def renewed(text: str) -> str:
    """Return an encrypted text encrypted anew with the first key; raise `Unopened`."""
    if not text:
        return ""
    try:
        return _box().rotate(text.encode()).decode()
    except InvalidToken:
        raise Unopened("个人信息无法解密，请检查部署环境中的 PERSONAL_KEYS") from None


def keyed_hash(text: str) -> str:
    """Return the keyed hash of a text; nothing for none. Without the key it can neither be guessed nor compared."""
    if not text:
        return ""
    return hmac.new(settings.PERSONAL_HASH_KEY.encode(), text.encode(), hashlib.sha256).hexdigest()


def person_hash(number: str) -> str:
    """Return what one person is known again by: the keyed hash of an identity number, however it is typed."""
    return keyed_hash("".join(unicodedata.normalize("NFKC", number).split()).upper())


def masked(field: Field, value: Any) -> str:
    """Return what may be shown of a personal value: 110105********1234, 138****5678, 张*."""
    text = str(value or "")
    if field.kind is FieldKind.ID_NUMBER and len(text) > 10:
        return f"{text[:6]}{'*' * (len(text) - 10)}{text[-4:]}"
    if field.kind is FieldKind.PHONE and len(text) > 7:
        return f"{text[:3]}****{text[-4:]}"
    return f"{text[:1]}{'*' * max(1, len(text) - 1)}" if text else ""


def _box() -> MultiFernet:
    return _box_of(tuple(settings.PERSONAL_KEYS))


@lru_cache(maxsize=4)
def _box_of(keys: tuple[str, ...]) -> MultiFernet:
    return MultiFernet([Fernet(base64.urlsafe_b64encode(hashlib.sha256(key.encode()).digest())) for key in keys])
