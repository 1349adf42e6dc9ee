"""What the browser gets to read texts itself. tests/e2e/test_reader_offline.py shows that it does."""

import json

import pytest
from django.test import Client

from guides.models import ErrorMessage, Fitment
from guides.offline.verdicts import offline_reader
from guides.public.selectors import get_guide
from guides.public.words import KIND_WORDS, TIDY_WORDS
from guides.reader import Kind, Tidy

pytestmark = pytest.mark.django_db

ADDRESSES = ["/reader.json", "/focus/mk2/6000-cd/reader.json", "/radios/sony/reader.json"]


@pytest.mark.parametrize("address", ADDRESSES)
def test_it_is_cached_like_a_page(client: Client, address: str) -> None:
    response = client.get(address, headers={"Accept-Encoding": "gzip"})
    assert response["Content-Type"] == "application/json"
    assert response["Content-Encoding"] == "gzip"
    assert response["Cache-Control"] == client.get("/check/")["Cache-Control"]
    assert response["Vary"] == "Accept-Encoding"
    assert not response.cookies
    assert client.get(address, headers={"If-None-Match": response["ETag"]}).status_code == 304
    assert client.post(address).status_code == 405


@pytest.mark.parametrize("address", ADDRESSES)
def test_it_is_small(client: Client, address: str) -> None:
    content = client.get(address).content
    assert len(content) < 64 * 1024
    assert len(client.get(address, headers={"Accept-Encoding": "gzip"}).content) < 9 * 1024
    assert set(json.loads(content)) == {"modules", "data", "words"}


@pytest.mark.parametrize("address", ["/focus/mk9/sony/reader.json", "/focus/mk4/4000-rds/reader.json"])
def test_a_guide_that_does_not_exist_has_none(client: Client, address: str) -> None:
    assert client.get(address).status_code == 404


def test_every_kind_and_every_change_has_its_words() -> None:
    assert set(KIND_WORDS) == set(Kind)
    assert set(TIDY_WORDS) == set(Tidy)
    assert {shape.split()[0] for shape in offline_reader()["words"]["shapes"]} == set(Kind)


def test_a_guide_has_its_own_answers() -> None:
    guide, none = (set(offline_reader(guide)["words"]["lines"]) for guide in (get_guide("6000-cd", "mk2"), None))
    assert any('href="#code"' in line for line in guide)
    assert any("the letter V is usual" in line for line in guide)
    assert any('action="/focus/mk2/6000-cd/' in line for line in guide)
    assert not any('href="#code"' in line or "is usual" in line for line in none)


def test_what_an_editor_changes_is_in_it_and_a_draft_is_not(client: Client) -> None:
    Fitment.objects.filter(generation__slug="mk1").update(is_published=False)
    ErrorMessage.objects.filter(slug="err").update(is_published=False)
    ErrorMessage.objects.filter(slug="fail").update(meaning="Quite another meaning.")
    content = client.get("/reader.json").content.decode()
    assert "Quite another meaning." in content
    assert "/focus/mk1/sony" not in content
    assert "/messages/err/" not in content
