"""Uploads in pieces: begun, continued where they stopped, finished into a stored file."""

import secrets
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.db import transaction

from portal.accounts.actor import Actor
from portal.calendars import clock
from portal.documents.inspection.rules import Rules
from portal.documents.models import StoredFile, Upload
from portal.documents.services.store import Refused, store_file
from portal.tenancy.models import Organisation

PIECE_BYTES = 1024**2
KEPT_FOR = timedelta(days=1)


class WrongOffset(Exception):
    """The piece does not begin where the upload stands; `received` is where to go on."""

    def __init__(self, received: int) -> None:
        self.received = received
        super().__init__(f"上传应从第 {received:,} 字节继续")


def begin_upload(*, name: str, size: int, target: str, rules: Rules, by: Actor) -> Upload:
    """Begin an upload, or return the person's unfinished one of the same file for the same target.

    Raise `Refused` for a size the rules exclude, before a byte is sent.
    """
    if by.user is None:
        raise Refused(("请先登录",))
    if size <= 0:
        raise Refused((f"“{name}”：文件是空的，请重新选择文件。",))
    if size > rules.max_bytes:
        most = rules.max_bytes // 1024**2
        raise Refused((f"“{name}”：文件超过 {most} MB，请压缩或拆分后再上传。",))
    since = clock.now() - KEPT_FOR
    same = Upload.objects.filter(
        owner=by.user, target=target, name=name[:200], size=size, stored=None, created_at__gte=since
    )
    if found := same.order_by("-id").first():
        return found
    return Upload.objects.create(
        token=secrets.token_urlsafe(24).replace("_", "-"),
        name=name[:200],
        size=size,
        target=target,
        owner=by.user,
        created_at=clock.now(),
    )


@transaction.atomic
def receive_piece(*, token: str, target: str, offset: int, content: bytes, by: Actor) -> Upload:
    """Append one piece; raise `WrongOffset` when it does not fit, `Refused` when it runs past the announced size.

    A piece sent twice (the answer got lost) is told where the upload stands and changes nothing.
    """
    upload = _own(token, target, by)
    if offset != upload.received:
        raise WrongOffset(upload.received)
    if not content or upload.received + len(content) > upload.size:
        raise Refused((f"“{upload.name}”：收到的内容与文件大小不符，请重新选择文件。",))
    path = _path(upload)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("r+b" if path.exists() else "w+b") as stream:
        stream.truncate(upload.received)  # what an interrupted write left behind is not part of the file
        stream.seek(upload.received)
        stream.write(content)
    upload.received += len(content)
    upload.save(update_fields=["received"])
    return upload


def finish_upload(
    *, token: str, target: str, rules: Rules, by: Actor, organisation: Organisation | None = None
) -> StoredFile:
    """Inspect and store a complete upload; finishing twice gives the same file. Raise `WrongOffset` or `Refused`."""
    with transaction.atomic():
        upload = _own(token, target, by)
        if upload.stored is not None:
            return upload.stored
        if upload.received != upload.size:
            raise WrongOffset(upload.received)
        path = _path(upload)
        try:
            with path.open("rb") as stream:
                upload.stored = store_file(
                    content=stream, name=upload.name, rules=rules, by=by, organisation=organisation
                )
        except FileNotFoundError:
            upload.received = 0
            upload.save(update_fields=["received"])
        else:
            upload.save(update_fields=["stored"])
            transaction.on_commit(lambda: path.unlink(missing_ok=True))
    if upload.stored is None:
        raise WrongOffset(0)
    return upload.stored


def discard_stale() -> int:
    """Forget uploads nobody finished within a day; return how many."""
    stale = Upload.objects.filter(created_at__lt=clock.now() - KEPT_FOR, stored=None)
    gone = list(stale)
    for upload in gone:
        _path(upload).unlink(missing_ok=True)
    stale.delete()
    return len(gone)


def _own(token: str, target: str, by: Actor) -> Upload:
    """Return a person's own upload under lock; `Upload.DoesNotExist` for anybody else's, or one meant for another slot."""
    rows = Upload.objects.select_for_update(of=("self",)).select_related("stored")
    return rows.get(token=token, target=target, owner=by.user)


def _path(upload: Upload) -> Path:
    return Path(settings.MEDIA_ROOT) / "incoming" / upload.token
