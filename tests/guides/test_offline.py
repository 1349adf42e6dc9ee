"""What the service worker knows, and the addresses of a kept car."""

import json
import re

import pytest
from django.test import Client
from pytest_django import Settings

from guides.models import ErrorMessage

pytestmark = pytest.mark.django_db
PACKS = ["/focus/mk2/6000-cd/pack.json", "/radios/sony/pack.json", "/focus/mk4/sync-3/pack.json"]


@pytest.fixture(autouse=True)
def worker_switched_on(settings: Settings) -> None:
    settings.OFFLINE = True


def test_the_worker_is_not_cached_and_names_pages_that_exist(client: Client) -> None:
    response = client.get("/sw.js")
    assert response["Content-Type"].startswith("text/javascript")
    assert response["Cache-Control"] == "no-store"
    site = json.loads(re.findall(r"^const SITE = (.*);$", response.content.decode(), re.MULTILINE)[0])
    assert len(site["assets"]) > 10
    assert [page for page in site["pages"] if client.get(page).status_code != 200] == []
    assert "/admin/" in site["never"]


def test_switched_off_it_removes_itself(client: Client, settings: Settings) -> None:
    settings.OFFLINE = False
    script = client.get("/sw.js").content.decode()
    assert "unregister()" in script
    assert "fetch" not in re.sub(r"//.*", "", script)
    assert client.get(PACKS[0]).status_code == 404
    assert 'data-worker="off"' in client.get("/").content.decode()


def test_every_address_of_a_kept_car_exists(client: Client) -> None:
    for pack in PACKS:
        addresses = client.get(pack).json()["addresses"]
        assert addresses[0] == pack.removesuffix("pack.json")
        assert len(set(addresses)) == len(addresses)
        assert [address for address in addresses if client.get(address).status_code != 200] == []


def test_guides_are_no_longer_offered_as_single_files(client: Client) -> None:
    for guide in ("/focus/mk2/6000-cd/", "/radios/sony/"):
        assert client.get(f"{guide}offline.html").status_code == 404
        assert "offline.html" not in client.get(guide).content.decode()


def test_a_draft_is_not_kept(client: Client) -> None:
    assert "/messages/wait/" in client.get(PACKS[0]).json()["addresses"]
    ErrorMessage.objects.filter(slug="wait").update(is_published=False)
    assert "/messages/wait/" not in client.get(PACKS[0]).json()["addresses"]


def test_without_a_worker_the_shortcut_leads_to_the_cars(client: Client) -> None:
    assert client.get("/last-car/")["Location"] == "/#cars"
