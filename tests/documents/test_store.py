"""What is kept of an upload: the bytes that were inspected, or the copy without what acts by itself."""

import hashlib
import io

import pytest

from portal.accounts.actor import Actor
from portal.documents.inspection.rules import Rules
from portal.documents.models import StoredFile
from portal.documents.services.store import Refused, store_file
from tests.documents import hostile

SYSTEM = Actor(user=None, membership=None)
pytestmark = pytest.mark.django_db


def kept(stored: StoredFile) -> bytes:
    with stored.content.open("rb") as file:
        return file.read()


def test_a_sound_file_is_kept_byte_for_byte(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    content = hostile.plain(3)
    stored = store_file(content=io.BytesIO(content), name="C:\\材料\\报告.pdf", rules=Rules(), by=SYSTEM)
    assert (stored.name, stored.pages, stored.size) == ("报告.pdf", 3, len(content))
    assert kept(stored) == content


def test_of_an_active_file_the_cleaned_copy_is_kept_and_hashed(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    stored = store_file(content=io.BytesIO(hostile.active()), name="a.pdf", rules=Rules(), by=SYSTEM)
    content = kept(stored)
    assert b"JavaScript" not in content
    assert (stored.sha256, stored.size) == (hashlib.sha256(content).hexdigest(), len(content))


@pytest.mark.parametrize("content", [hostile.encrypted(user="x"), hostile.active(sign=True), b""])
def test_a_refused_file_leaves_no_trace(content: bytes, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    with pytest.raises(Refused) as refusal:
        store_file(content=io.BytesIO(content), name="a.pdf", rules=Rules(), by=SYSTEM)
    assert len(refusal.value.problems) == 1
    assert not StoredFile.objects.exists()
    assert list(tmp_path.rglob("*.pdf")) == []
