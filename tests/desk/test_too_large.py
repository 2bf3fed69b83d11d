"""A request larger than any page sends is answered with a page that says so."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse


@pytest.mark.django_db
def test_a_form_with_thousands_of_fields_is_too_large(client: Client, settings: Any) -> None:
    settings.DATA_UPLOAD_MAX_NUMBER_FIELDS = 10
    answer = client.post(reverse("accounts:login"), {f"field{number}": "x" for number in range(11)})
    assert answer.status_code == 413
    assert "上传内容过大" in answer.content.decode()
