"""One file's papers in one ZIP: the printed form, every material, a list with hashes; who took them is kept."""

import csv
import hashlib
import io
import zipfile

import pytest
from django.test import Client
from django.urls import reverse

from applications.models import Application
from portal.accounts.actor import Actor
from portal.audit.models import Event
from portal.documents.models import StoredFile
from tests.applications.desk_factories import add_file, approver, checking, officer
from tests.factories import make_actor, make_unit


def take(application: Application, actor: Actor) -> object:
    client = Client()
    client.force_login(actor.user, backend="django.contrib.auth.backends.ModelBackend")
    return client.post(reverse("applications:archive", kwargs={"jurisdiction": "hangzhou", "pk": application.pk}))


@pytest.mark.rule("P3-21")
def test_every_paper_is_in_the_archive_with_its_hash(hangzhou):
    application = checking(hangzhou)
    slots = [material.key for material in application.edition.materials][:2]
    for slot in (slots[0], slots[0], slots[1]):
        add_file(application, slot)
    StoredFile.objects.update(sha256=hashlib.sha256(b"%PDF-1.4\n").hexdigest())
    answer = take(application, officer(hangzhou))
    assert answer.status_code == 200
    assert application.number in answer["Content-Disposition"]
    with zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content))) as packed:
        assert packed.testzip() is None
        listed = list(csv.DictReader(io.StringIO(packed.read("目录.csv").decode("utf-8-sig"))))
        assert sorted(row["路径"] for row in listed) == sorted(set(packed.namelist()) - {"目录.csv"})
        assert len(listed) >= 3
        for row in listed:
            assert hashlib.sha256(packed.read(row["路径"])).hexdigest() == row["SHA-256"]
            assert ".." not in row["路径"]
    assert Event.objects.filter(action="application.archive").count() == 1


def test_only_who_works_on_the_file_takes_it(hangzhou):
    application = checking(hangzhou)
    for actor in (
        make_actor("unit_admin", make_unit()),
        approver(hangzhou),
        make_actor("expert", officer(hangzhou).organisation),
    ):
        assert take(application, actor).status_code in (403, 404)
    assert not Event.objects.filter(action="application.archive").exists()
