"""What the service worker is told, and what one car takes."""

import json
import re

import pytest
from django.test import Client
from pytest_django import Settings

from guides.models import ErrorMessage

pytestmark = pytest.mark.django_db
PACKS = ["/focus/mk2/6000-cd/pack.json", "/radios/sony/pack.json", "/focus/mk4/sync-3/pack.json"]


@pytest.fixture(autouse=True)
def switched_on(settings: Settings) -> None:
    settings.OFFLINE = True


def test_the_worker_is_never_kept_and_names_pages_that_are_there(client: Client) -> None:
    response = client.get("/sw.js")
    assert response["Content-Type"].startswith("text/javascript")
    assert response["Cache-Control"] == "no-store"
    site = json.loads(re.findall(r"^const SITE = (.*);$", response.content.decode(), re.MULTILINE)[0])
    assert len(site["assets"]) > 10
    assert [page for page in site["pages"] if client.get(page).status_code != 200] == []
    assert "/admin/" in site["never"]


def test_switched_off_it_takes_itself_away(client: Client, settings: Settings) -> None:
    settings.OFFLINE = False
    script = client.get("/sw.js").content.decode()
    assert "unregister()" in script
    assert "fetch" not in re.sub(r"//.*", "", script)
    assert client.get(PACKS[0]).status_code == 404
    assert 'data-worker="off"' in client.get("/").content.decode()


@pytest.mark.parametrize("pack", PACKS)
def test_everything_that_a_car_takes_is_there(client: Client, pack: str) -> None:
    answer = client.get(pack).json()
    assert answer["bytes"] > 10_000
    assert answer["addresses"][0] == pack.removesuffix("pack.json")
    assert len(set(answer["addresses"])) == len(answer["addresses"])
    assert [address for address in answer["addresses"] if client.get(address).status_code != 200] == []


def test_guides_are_no_longer_offered_as_single_files(client: Client) -> None:
    for guide in ("/focus/mk2/6000-cd/", "/radios/sony/"):
        assert client.get(f"{guide}offline.html").status_code == 404
        assert "offline.html" not in client.get(guide).content.decode()


def test_a_draft_is_not_taken_along(client: Client) -> None:
    assert "/messages/wait/" in client.get(PACKS[0]).json()["addresses"]
    ErrorMessage.objects.filter(slug="wait").update(is_published=False)
    assert "/messages/wait/" not in client.get(PACKS[0]).json()["addresses"]


def test_the_shortcut_leads_to_the_cars_where_no_worker_knows_better(client: Client) -> None:
    assert client.get("/last-car/")["Location"] == "/#cars"
