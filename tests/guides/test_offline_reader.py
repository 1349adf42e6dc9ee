"""What the browser gets to read and answer texts itself. tests/e2e/test_reader_offline.py shows that it does."""

import pytest
from django.test import Client

from guides.models import ErrorMessage, Fitment
from guides.offline.reader import offline_reader
from guides.public.selectors import get_guide
from guides.public.words import SENTENCES
from guides.reader import Kind

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
    assert len(client.get(address, headers={"Accept-Encoding": "gzip"}).content) < 19 * 1024


@pytest.mark.parametrize("address", ["/focus/mk9/sony/reader.json", "/focus/mk4/4000-rds/reader.json"])
def test_a_guide_that_does_not_exist_has_none(client: Client, address: str) -> None:
    assert client.get(address).status_code == 404


def test_every_kind_has_its_sentence() -> None:
    same_as_another = {Kind.SERIAL_IN_TEXT, Kind.MESSAGE, Kind.YEAR}
    assert set(SENTENCES) >= set(Kind) - same_as_another


def test_a_guide_is_answered_inside() -> None:
    guide, none = (offline_reader(guide)["site"] for guide in (get_guide("6000-cd", "mk2"), None))
    assert (guide.pop("inside"), none.pop("inside")) == (("6000-cd", "mk2"), None)
    assert guide == none


def test_what_an_editor_changes_is_in_it_and_a_draft_is_not(client: Client) -> None:
    Fitment.objects.filter(generation__slug="mk1").update(is_published=False)
    ErrorMessage.objects.filter(slug="err").update(is_published=False)
    ErrorMessage.objects.filter(slug="fail").update(meaning="Quite another meaning.")
    content = client.get("/reader.json").content.decode()
    assert "Quite another meaning." in content
    assert "/focus/mk1/sony" not in content
    assert "/messages/err/" not in content
