"""A guide as one file: the script in it, its policy, and that nothing in it leads to what is not there."""

import json
import re
from base64 import b64encode
from functools import cache
from hashlib import sha256
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from guides.bundle import BundleError, bundle
from guides.models import ErrorMessage, Fitment, RadioUnit
from guides.public.selectors import get_guide
from tests.helpers import Page, get_page

SITE = "http://localhost"  # SITE_URL, whatever name was asked
GUIDE = "/focus/mk2/6000-cd/"
SCRIPT = re.compile(r'<script type="module">(.*?)</script>', re.DOTALL)
STYLE = re.compile(r"<style>(.*?)</style>", re.DOTALL)
#: Attributes by which an element fetches or sends.
ASKS = {"src", "srcset", "poster", "data", "action", "formaction", "ping", "background"}


# ---- The bundle


def test_modules_stand_in_the_order_in_which_they_need_each_other() -> None:
    modules = {
        "a.js": 'import { one } from "./tools.js";\nimport b from "./b.js";\nexport default function a() {}\n',
        "b.js": 'import { one, three } from "./tools.js";\nexport default function b() {}\n',
        "tools.js": "export const one = 1;\nexport function three() {}\n",
    }
    script = bundle(["a.js", "b.js"], modules.__getitem__)
    assert re.findall(r'^modules\["(.+?)"\] = ', script, re.MULTILINE) == ["tools.js", "b.js", "a.js"]
    assert 'const { one } = modules["tools.js"];\nconst { default: b } = modules["b.js"];\n' in script
    assert "return { one, three };" in script
    assert "return { default: a };" in script
    assert not re.search(r"\b(import|export)\b", script)


@pytest.mark.parametrize(
    "form",
    [
        'import * as all from "./x.js";',
        'import "./x.js";',
        'import { a as b } from "./x.js";',
        'import a, { b } from "./x.js";',
        'import a from "https://example.org/x.js";',
        'import a from "../x.js";',
        "import a from './x.js';",
        'import {\n  a,\n} from "./x.js";',
        "export let a = 1;",
        "export { a };",
        "export { a as default };",
        'export * from "./x.js";',
        'export { a } from "./x.js";',
        "export class A {}",
        "export default a;",
        "export default () => 1;",
        "export default function () {}",
        "export default const a = 1;",
        "export async function a() {}",
        "export const { a } = b;",
        'const a = await import("./x.js");',
        "const here = import.meta.url;",
        "const end = '</script>';",
        "const comment = '<!-- ';",
    ],
)
def test_a_form_that_it_does_not_know_is_refused(form: str) -> None:
    modules = {"x.js": "export const a = 1;\n", "page.js": f"// First.\n{form}\nconst last = 1;\n"}
    with pytest.raises(BundleError, match=r"page\.js"):
        bundle(["page.js"], modules.__getitem__)


def test_modules_in_a_circle_are_refused() -> None:
    modules = {"a.js": 'import b from "./b.js";\n', "b.js": 'import a from "./a.js";\n'}
    with pytest.raises(BundleError, match=r"a\.js imports itself"):
        bundle(["a.js"], modules.__getitem__)


def test_words_that_only_look_like_imports_stay() -> None:
    modules = {"page.js": '// What is important, we export nothing of it.\nconst exported = "import";\n'}
    assert modules["page.js"] in bundle(["page.js"], modules.__getitem__)


# ---- The file of every guide

pytestmark = pytest.mark.django_db


@cache
def files() -> list[Page]:
    """The files of every guide, in a car and by radio alone."""
    rows = [*Fitment.objects.published().select_related("generation", "radio"), *RadioUnit.objects.published()]
    return [get_page(Client(), f"{row.get_absolute_url()}offline.html") for row in rows]


def policy(page: Page) -> dict[str, list[str]]:
    (content,) = (
        element.attributes["content"]
        for element in page.elements
        if element.attributes.get("http-equiv") == "Content-Security-Policy"
    )
    return {name: values for name, *values in (part.split() for part in content.split(";"))}


def digest(text: str) -> str:
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"


def test_every_guide_has_its_file() -> None:
    assert len(files()) > 25
    assert sum('id="practice"' in page.html for page in files()) > 10


def test_the_policy_names_what_is_written_in_the_file_and_nothing_else() -> None:
    for page in files():
        assert policy(page) == {
            "default-src": ["'none'"],
            "script-src": [
                digest(script) for script in re.findall(r'<script type="module">(.*?)</script>', page.html, re.S)
            ],
            "style-src": [digest(style) for style in re.findall(r"<style>(.*?)</style>", page.html, re.S)],
            "img-src": ["data:"],
            "base-uri": ["'none'"],
            "form-action": ["'none'"],
        }, page.url
        assert page.html.index("http-equiv") < min(page.html.index("<style"), page.html.index("<link"))


def test_no_file_asks_for_anything() -> None:
    for page in files():
        for element in page.elements:
            asked = {element.attributes[name] for name in ASKS & element.attributes.keys()}
            assert all(address.startswith("data:") for address in asked), (page.url, asked)
            inline = {name for name in element.attributes if name == "style" or name.startswith(("on", "data-hx"))}
            assert inline == set(), (page.url, element.tag)
            if element.tag == "link":
                assert (element.attributes["rel"], urlsplit(element.attributes["href"]).scheme) in [
                    ("canonical", "http"),
                    ("icon", "data"),
                ]
        assert "@import" not in page.html
        assert "url(" not in page.html


def test_ids_are_unique_and_every_anchor_exists() -> None:
    for page in files():
        assert len(page.ids) == len(set(page.ids)), page.url
        for element in page.elements:
            address = element.attributes.get("href", "")
            if element.tag == "use" or address.startswith("#"):
                assert address.removeprefix("#") in page.ids, (page.url, address)


def test_other_links_lead_to_the_site() -> None:
    leads = {
        element.attributes["href"] for page in files() for element in page.elements if element.tag in {"a", "area"}
    }
    away = {address for address in leads if not address.startswith("#")}
    assert len(away) > 30
    assert {address for address in away if not address.startswith(f"{SITE}/")} == set()
    client = Client()
    paths = {urlsplit(address)._replace(scheme="", netloc="", fragment="").geturl() for address in away}
    assert {path for path in paths if client.get(path).status_code != 200} == set()


def test_its_messages_and_its_practice_radio_are_in_it() -> None:
    page = next(page for page in files() if page.url == f"{GUIDE}offline.html")
    leads = {element.attributes["href"] for element in page.elements if element.tag == "a"}
    assert "#practice" in leads
    assert "#message-wait" in leads
    assert not [address for address in leads if "/practice/" in address]
    slugs = ErrorMessage.objects.published().filter(radios__slug="6000-cd").values_list("slug", flat=True)
    assert {f"message-{slug}" for slug in slugs} <= set(page.ids)
    assert not [address for address in leads for slug in slugs if f"/messages/{slug}/" in address]


def test_the_readers_answers_lead_within_the_file_or_to_the_site() -> None:
    for page in files():
        data = page.html.split('<script id="reader-data" type="application/json">')[1].split("</script>")[0]
        answers = "\n".join(json.loads(data)["words"]["lines"])
        assert 'id="check-result"' in answers
        assert not re.search(r"data-hx|action=|method=", answers)
        for address in re.findall(r'href="(.*?)"', answers):
            assert address.startswith(f"{SITE}/") or address.removeprefix("#") in page.ids, (page.url, address)


def test_every_part_finds_its_module_in_the_file() -> None:
    for page in files():
        wanted = {element.attributes.get("data-module") for element in page.elements} - {None}
        assert wanted <= set(re.findall(r'^modules\["(.+?)"\] = ', page.html, re.MULTILINE)), page.url


def test_under_hashed_names_it_is_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        "django.contrib.staticfiles.storage.staticfiles_storage.url",
        lambda name: f"/static/{name.replace('.', '.0123456789ab.')}",
    )
    page = get_page(Client(), f"{GUIDE}offline.html")
    assert page.html == next(known for known in files() if known.url == page.url).html


def test_it_says_which_version_it_is(client: Client) -> None:
    today = timezone.localdate()
    page = get_page(client, f"{GUIDE}offline.html")
    footer = next(element for element in page.elements if element.id == "file")
    assert f"Focus Help {settings.VERSION}" in footer.text
    assert f"Made on {today.day} {today:%B %Y}" in footer.text
    checked = get_guide("6000-cd", "mk2").checked_on
    assert f"Facts last checked on {checked.day} {checked:%B %Y}" in footer.text
    assert f'href="{SITE}{GUIDE}"' in page.html


# ---- How it is served


def test_it_is_served_like_a_page_under_its_own_policy(client: Client) -> None:
    response = client.get(f"{GUIDE}offline.html", headers={"Accept-Encoding": "br"})
    assert response["Content-Type"] == "text/html; charset=utf-8"
    assert response["Cache-Control"] == client.get(GUIDE)["Cache-Control"]
    assert response["Vary"] == "Accept-Encoding"
    assert "Content-Disposition" not in response
    assert not response.cookies
    page = get_page(client, f"{GUIDE}offline.html")
    assert response["Content-Security-Policy"] == f"{written_policy(page)}; frame-ancestors 'none'"
    assert client.get(f"{GUIDE}offline.html", headers={"If-None-Match": response["ETag"]}).status_code == 304


def written_policy(page: Page) -> str:
    return "; ".join(" ".join([name, *values]) for name, values in policy(page).items())


@pytest.mark.parametrize("path", ["/focus/mk9/6000-cd/", "/focus/mk4/4000-rds/", "/radios/none/"])
def test_there_is_no_file_without_a_guide(client: Client, path: str) -> None:
    assert client.get(f"{path}offline.html").status_code == 404


@pytest.mark.parametrize("path", [GUIDE, "/radios/sony/"])
def test_its_guide_offers_it(client: Client, path: str) -> None:
    (link,) = (element for element in get_page(client, path).elements if "download" in element.attributes)
    assert link.attributes["href"] == f"{path}offline.html"
    assert re.fullmatch(r"focus-help(-mk2)?-(6000-cd|sony)\.html", link.attributes["download"])
