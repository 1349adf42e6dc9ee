"""The public site as files: every link leads to a file, and nothing in them needs a server that decides."""

import json
import re
from pathlib import Path
from urllib.parse import urldefrag

import pytest
from django.core.management import CommandError, call_command
from pytest_django import DjangoDbBlocker, Settings

from guides import static_export
from guides.public.addresses import public_addresses
from tests.helpers import Page

GUIDE = "/focus/mk2/6000-cd/"
STEP = f"{GUIDE}?view=steps&step=3"


def run(folder: Path) -> None:
    call_command("export_static", folder)


@pytest.fixture(scope="module")
def site(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, str]:
    """The text of each file, by its address. Of single steps only those of one guide: they are many, and much alike."""
    folder = tmp_path_factory.mktemp("export")
    with pytest.MonkeyPatch.context() as patch, django_db_blocker.unblock():
        static = folder / "collected"
        static.mkdir()
        patch.setattr("django.conf.settings.STATIC_ROOT", static)
        addresses = [each for each in public_addresses() if "view=steps" not in each or each.startswith(GUIDE)]
        patch.setattr(static_export, "public_addresses", lambda: addresses)
        run(folder / "site")
    files = [path for path in (folder / "site").rglob("*") if path.is_file()]
    names = {f"/{path.relative_to(folder / 'site')}": path for path in files}
    return {re.sub(r"(?<=/)index\.html$", "", name): path.read_text() for name, path in names.items()}


@pytest.fixture
def pages(site: dict[str, str]) -> list[Page]:
    return [Page(name, text) for name, text in site.items() if name.endswith(("/", "404.html")) and "<main" in text]


def test_every_link_leads_to_a_file(site: dict[str, str], pages: list[Page]) -> None:
    ids = {page.url: {"", *page.ids} for page in pages}
    links = [(page.url, *urldefrag(link)) for page in pages for link in page.links]
    assert len(links) > 1000
    # Steps of the other guides stay a query, which a static host does not look at.
    dead = [link for link in links if link[2] not in ids.get(link[1].partition("?")[0], ())]
    assert dead == []


def test_a_query_is_a_folder(site: dict[str, str]) -> None:
    folder = f"{GUIDE}view-steps/step-3/"
    assert "Step 3 of" in site[folder]
    assert f'href="{GUIDE}view-steps/step-4/"' in site[folder]
    assert static_export.static_address(STEP) == folder
    assert static_export.file_of("/") == "index.html"


def test_each_page_carries_its_policy(pages: list[Page]) -> None:
    found = {}
    for page in pages:
        policies = [each for each in page.elements if each.attributes.get("http-equiv") == "Content-Security-Policy"]
        assert len(policies) == 1, page.url
        found[page.url] = policies[0].attributes["content"]
        assert "default-src 'none'" in found[page.url]
        assert "frame-ancestors" not in found[page.url]  # a <meta> may not say it
    assert "connect-src 'none'" in found["/practice/6000-cd/"]
    assert "connect-src 'self'" in found["/"]


def test_links_are_plain_and_typed_texts_still_wait_for_an_answer(site: dict[str, str]) -> None:
    for name, text in site.items():
        assert not re.search(r"<a [^>]*data-hx", text), name
    assert 'data-hx-post="/check/"' in site["/check/"]  # its failure is what the reader in the browser answers


def test_no_answer_is_asked_for_that_nobody_counts(site: dict[str, str]) -> None:
    html = {name: text for name, text in site.items() if name.endswith(("/", ".html"))}
    assert [name for name, text in html.items() if "did-it" in text or 'form="did"' in text] == []


def test_what_a_phone_keeps_is_there(site: dict[str, str]) -> None:
    assert "SITE" in site["/sw.js"] or "unregister" in site["/sw.js"]
    for name in ("/reader.json", f"{GUIDE}reader.json", "/manifest.webmanifest"):
        assert json.loads(site[name])
    for name in (f"{GUIDE}offline.html", f"{GUIDE}qr.svg", "/robots.txt", "/sitemap.xml", "/404.html", "/last-car/"):
        assert site[name]


@pytest.mark.django_db
def test_it_says_what_stands_in_its_way(tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.STATIC_ROOT = tmp_path / "nothing"
    with pytest.raises(CommandError, match="collectstatic"):
        run(tmp_path / "site")
    settings.STATIC_ROOT.mkdir()
    with pytest.raises(CommandError, match="is not empty"):
        run(tmp_path)
    monkeypatch.setattr(static_export, "public_addresses", lambda: ["/nothing/"])
    with pytest.raises(CommandError, match="/nothing/ answers 404"):
        run(tmp_path / "site")
