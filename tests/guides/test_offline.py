"""What the service worker knows, and the addresses of a kept car."""

import json
import re
from typing import Any

import pytest
from django.test import Client
from pytest_django import Settings

from guides.models import ErrorMessage
from guides.offline import worker

pytestmark = pytest.mark.django_db
PACKS = ["/focus/mk2/6000-cd/pack.json", "/radios/sony/pack.json", "/focus/mk4/sync-3/pack.json"]


@pytest.fixture(autouse=True)
def worker_switched_on(settings: Settings) -> None:
    settings.OFFLINE = True


def worker_site(client: Client) -> dict[str, Any]:
    """What the worker knows."""
    found: dict[str, Any] = json.loads(
        re.findall(r"^const SITE = (.*);$", client.get("/sw.js").content.decode(), re.MULTILINE)[0]
    )
    return found


def test_the_worker_is_not_cached_and_changes_with_the_release(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    response = client.get("/sw.js")
    assert response["Content-Type"].startswith("text/javascript")
    assert response["Cache-Control"] == "no-store"
    site = worker_site(client)
    assert "/admin/" in site["never"]
    assert '<ul class="cards" id="kept">' in site["noSignal"]
    monkeypatch.setattr(worker, "files", lambda: ["/static/css/site.0123456789ab.css"])
    assert worker_site(client)["release"] != site["release"]


def test_switched_off_it_removes_itself(client: Client, settings: Settings) -> None:
    settings.OFFLINE = False
    script = client.get("/sw.js").content.decode()
    assert "unregister()" in script
    assert "fetch" not in re.sub(r"//.*", "", script)
    assert client.get(PACKS[0]).status_code == 404
    assert 'data-worker="off"' in client.get("/").content.decode()


def test_a_kept_car_has_pages_that_exist_and_every_file_that_they_name(client: Client) -> None:
    for pack in PACKS:
        addresses = client.get(pack).json()["addresses"]
        assert addresses[0] == pack.removesuffix("pack.json")
        assert len(set(addresses)) == len(addresses)
        assert {"/", "/check/", "/offline/"} < set(addresses)
        answers = {address: client.get(address) for address in addresses if not address.startswith("/static/")}
        assert [address for address, answer in answers.items() if answer.status_code != 200] == []
        texts = [answer.content.decode() for answer in answers.values()]
        named = {name for text in texts for name in re.findall(r'(/static/[^"#]+\.(?:css|js|svg))', text)}
        assert len(named) > 10
        assert named - set(addresses) == set()


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
