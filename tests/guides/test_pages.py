"""What browsers, caches and htmx rely on in the public pages."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.utils.html import strip_tags
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytest_django import Settings

from guides.models import CodeSource, ErrorMessage, Fitment, Generation, RadioUnit
from tests.helpers import Page, get_page

pytestmark = pytest.mark.django_db

PAGES = [
    "/",
    "/focus/mk2/",
    "/focus/mk2/6000-cd/",
    "/radios/",
    "/radios/sony/",
    "/messages/",
    "/messages/code/",
    "/check/",
    "/find-my-focus/",
    "/get-the-code/",
    "/questions/",
    "/cars/",
    "/about/",
    "/about/sources/",
    "/about/sources/foc3/",
]
POSTS = ["/check/", "/focus/mk2/6000-cd/", "/radios/sony/", "/focus/mk3/sync-1/", "/focus/mk4/sync-3/"]
HTMX = {"HX-Request": "true"}


CACHE_CONTROL = {
    "public",
    "max-age=60",
    "stale-while-revalidate=60",
    "stale-if-error=86400",
}


def parts(header: str) -> set[str]:
    return {part.strip() for part in header.split(",")}


def test_a_public_page_may_be_cached_by_anybody(client: Client) -> None:
    for path in PAGES:
        response = client.get(path, headers={"Accept-Encoding": "gzip"})
        assert response.status_code == 200, path
        assert parts(response["Cache-Control"]) == CACHE_CONTROL, path
        assert parts(response["Vary"]) == {"HX-Request", "Accept-Encoding"}, path
        assert not response.cookies, path
        assert client.get(path, headers={"If-None-Match": client.get(path)["ETag"]}).status_code == 304, path


def test_htmx_gets_main_and_title_of_the_same_page(client: Client) -> None:
    for path in PAGES:
        page, fragment = client.get(path), client.get(path, headers=HTMX)
        assert fragment["Vary"] == page["Vary"], path
        assert fragment["ETag"] != page["ETag"], path
        whole, part = page.content.decode(), fragment.content.decode()
        assert "<html" not in part, path
        title = part.split("<title>")[1].split("</title>")[0]
        assert f"<title>{title}</title>" in whole, path
        assert part[part.index("<main") :].strip() in whole, path


POLICY = {
    "default-src": "'none'",
    **dict.fromkeys(
        ["script-src", "style-src", "font-src", "connect-src", "manifest-src", "worker-src", "form-action"], "'self'"
    ),
    "img-src": "'self' data: blob:",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
}


def test_every_answer_carries_the_security_headers(client: Client) -> None:
    for path in (*PAGES, "/nothing/", "/admin/login/", "/healthz"):
        response = client.get(path)
        policy = dict(part.strip().partition(" ")[::2] for part in response["Content-Security-Policy"].split(";"))
        assert policy == POLICY, path
        assert response["X-Content-Type-Options"] == "nosniff", path
        assert response["Referrer-Policy"] == "same-origin", path
        assert response["Cross-Origin-Opener-Policy"] == "same-origin", path
        assert response["Cross-Origin-Resource-Policy"] == "same-origin", path
        assert "camera=()" in response["Permissions-Policy"], path
        content = response.content.decode()
        assert " style=" not in content, path
        assert " onclick=" not in content, path


@pytest.mark.parametrize("path", ["/check/", "/focus/mk2/6000-cd/"])
@pytest.mark.parametrize(
    ("text", "kind", "serial"),
    [
        ("", "empty", ""),
        ("FD12ABC V123456", "serial-in-text", "V123456"),
        ("WAIT", "message", ""),
        ("<script>alert(1)</script>", "unknown", ""),
    ],
)
def test_the_reader_answers_with_the_page_or_with_the_fragment(
    client: Client, path: str, text: str, kind: str, serial: str
) -> None:
    for headers in ({}, HTMX):
        response = client.post(path, {"text": text}, headers=headers)
        assert response.status_code == 200
        assert response["Cache-Control"] == "no-store"
        assert not response.cookies
        page = Page(path, response.content.decode())
        (result,) = (element for element in page.elements if element.id == "check-result")
        assert result.attributes["data-verdict"] == kind
        assert result.attributes["data-serial"] == serial
        assert "<script>alert" not in page.html


@given(text=st.text(max_size=100))
@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_reader_answers_any_text(client: Client, text: str) -> None:
    response = client.post("/check/", {"text": text.encode("utf-8", "replace").decode()}, headers=HTMX)
    assert response.status_code == 200


def test_the_reader_needs_no_token_because_it_uses_no_session() -> None:
    client = Client(enforce_csrf_checks=True)
    assert client.post("/check/", {"text": "V123456"}).status_code == 200


def test_a_body_without_the_field_counts_as_empty(client: Client) -> None:
    response = client.post("/check/", "{}", content_type="application/json")
    assert 'data-verdict="empty"' in response.content.decode()


def test_the_guide_adds_advice_on_an_unusual_letter_and_never_refuses(client: Client) -> None:
    responses = [client.post("/focus/mk2/6000-cd/", {"text": text}) for text in ("V123456", "M123456")]
    usual, unusual = (response.content.decode() for response in responses)
    assert 'data-verdict="serial"' in usual
    assert 'data-verdict="serial"' in unusual
    assert "yours starts with M" not in usual
    assert "yours starts with M" in unusual


def said(client: Client, guide: str, typed: str) -> str:
    return strip_tags(client.post(guide, {"text": typed}, headers={"HX-Request": "true"}).content.decode())


@pytest.mark.parametrize("typed", ["V123456", "V12345S", "FDB30N5 V123456"])
def test_a_serial_is_not_of_a_radio_that_has_none(client: Client, typed: str) -> None:
    assert "that of another radio" in said(client, "/focus/mk2/travelpilot/", typed)
    assert "that of another radio" not in said(client, "/focus/mk2/6000-cd/", typed)
    assert "that of another radio" not in said(client, "/radios/travelpilot/", typed), "in which car is not known"


@pytest.mark.parametrize(
    ("guide", "keys"),
    [
        ("/check/", "Hold 2 and 6"),
        ("/focus/mk2/6000-cd/", "Hold 2 + 6"),
        ("/focus/mk1/4500-rds/", "Hold 6 + 2"),
        ("/focus/mk2/travelpilot/", "The label"),
    ],
)
def test_software_data_leads_to_the_other_keys_of_this_radio(client: Client, guide: str, keys: str) -> None:
    answered = said(client, guide, "50702000")
    assert "software data" in answered
    assert [each for each in ("Hold 2 and 6", "Hold 2 + 6", "Hold 6 + 2", "The label") if each in answered] == [keys]


def test_only_reading_is_allowed(client: Client) -> None:
    for path in (*PAGES, "/readyz", "/robots.txt"):
        assert client.head(path).status_code == 200, path
        assert client.put(path).status_code == 405, path
        assert client.post(path).status_code == (200 if path in POSTS else 405), path


def test_an_unknown_address_gets_a_page_that_helps(client: Client) -> None:
    for path in (
        "/focus/mk9/",
        "/focus/mk4/4000-rds/",
        "/radios/none/",
        "/messages/none/",
        "/about/sources/none/",
        "/nothing/",
        "/check/x",
    ):
        response = client.get(path)
        assert response.status_code == 404, path
        assert response["Cache-Control"] == "no-store", path
        assert {"/", "/radios/", "/messages/", "/get-the-code/"} <= set(Page(path, response.content.decode()).links)


def test_a_step_that_does_not_exist_leads_to_one_that_does(client: Client) -> None:
    for step in ("0", "-5", "99999", "x", "", "9" * 5000):
        response = client.get("/focus/mk2/sony/", {"view": "steps", "step": step}, follow=True)
        assert response.status_code == 200, step
        assert any("now" in element.classes for element in Page("/", response.content.decode()).elements), step


def test_a_page_that_fails_says_so_without_a_trace(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail() -> None:
        raise RuntimeError("a secret of the house")

    monkeypatch.setattr("guides.public.selectors.directory", fail)
    client.raise_request_exception = False
    response = client.get("/cars/")
    assert response.status_code == 500
    content = response.content.decode()
    assert "secret of the house" not in content
    assert 'href="/"' in content


#: Pages that state facts, the guides left out.
WITH_EVIDENCE = [
    "/focus/mk1/",
    "/focus/mk4/",
    "/radios/",
    "/messages/wait/",
    "/messages/no-display/",
    "/find-my-focus/",
    "/get-the-code/",
    "/questions/",
    "/cars/",
]


def test_evidence_stands_in_the_last_row_to_which_each_disputed_statement_leads(client: Client) -> None:
    for path in WITH_EVIDENCE:
        page = get_page(client, path)
        assert page.ids.count("sources") == 1, path
        in_row = {element.id for element in page.inside("sources")}
        doubts = [each.attributes["href"] for each in page.elements if each.tag == "a" and "doubt" in each.classes]
        assert {doubt.removeprefix("#") for doubt in doubts} <= in_row, path
        assert any(link.startswith("/about/sources/") for link in page.links), path


def test_closed_rows_hold_what_links_lead_to(client: Client) -> None:
    """A browser opens a row if the target is inside."""
    for path, anchors in {
        "/focus/mk2/": ["which", "launch", "facelift"],
        "/radios/": ["practise"],
        "/get-the-code/": ["card-and-papers", "ford-dealer", "specialist-or-used-radio"],
    }.items():
        page = get_page(client, path)
        rows = [each for each in page.elements if each.tag == "details" and "menu" not in each.classes]
        assert all("row" in each.classes and not each.id for each in rows), path
        assert set(anchors) <= set(page.ids), path
        assert all(each.text for each in page.elements if each.id in anchors), path


def test_a_message_leads_to_its_one_way_or_to_what_comes_next(client: Client) -> None:
    ErrorMessage.objects.filter(slug="locked13").update(way=CodeSource.objects.get(slug="specialist-or-used-radio"))
    ErrorMessage.objects.filter(slug="locked").update(way=None, leads_to="code")
    for message, leads in [
        ("locked13", "/get-the-code/#specialist-or-used-radio"),
        ("locked", "/get-the-code/"),
        ("wait", "/check/"),
        ("wait", "/radios/sony/#m-wait"),
    ]:
        assert leads in get_page(client, f"/messages/{message}/").links, message


def test_a_screen_that_can_be_restarted_is_asked_for_before_the_fuse(client: Client) -> None:
    page = get_page(client, "/messages/no-display/")
    assert page.links.index("/radios/sync-3/#restart") < page.links.index("/radios/6000-cd/#fuses")
    assert {"screen", "buttons"}.isdisjoint(get_page(client, "/messages/wait/").ids)


def test_home_offers_what_a_radio_shows_and_every_focus(client: Client) -> None:
    shown = [f"/messages/{slug}/" for slug in ("code", "wait", "locked", "no-display")]
    cars = [f"/focus/mk{number}/" for number in (1, 2, 3, 4)]
    links = get_page(client, "/").links
    assert [link for link in links if link in (*shown, *cars)] == [*shown, *cars]


def test_one_table_holds_every_radio_in_its_car_with_its_usual_serial(client: Client) -> None:
    page = get_page(client, "/radios/")
    (table,) = (each for each in page.elements if each.tag == "table")
    for fitment in Fitment.objects.select_related("generation", "radio", "serial_format"):
        assert fitment.get_absolute_url() in page.links
        assert fitment.usual_serial in table.text
    mk3 = {each.radio.slug: each.usual_serial for each in Fitment.objects.filter(generation__slug="mk3")}
    assert mk3["sony-dab"] == "V and 6 digits"
    assert "touchscreen" in mk3["sync-2"]
    assert "VIN-linked, by touchscreen" in get_page(client, "/focus/mk4/").main.text


def test_the_gallery_of_practice_radios_is_that_of_all_radios(client: Client) -> None:
    response = client.get("/practice/")
    assert (response.status_code, response["Location"]) == (301, "/radios/")
    practised = {radio.practice_url for radio in RadioUnit.objects.all() if radio.can_be_practised}
    assert practised <= set(get_page(client, "/radios/").links)


def test_questions_filter_ignores_values_that_it_does_not_know(client: Client) -> None:
    def found(query: str) -> object:
        return client.get(f"/questions/{query}").context["sections"]

    assert found("?car=mk9&radio=nonsense") == found("")
    assert found("?car=mk9&radio=sony") == found("?radio=sony") != found("")
    assert found("?car=mk4&radio=nonsense") == found("?car=mk4") != found("")


def test_a_draft_is_nowhere_to_be_seen(client: Client) -> None:
    Generation.objects.filter(slug="mk1").update(is_published=False)
    assert client.get("/focus/mk1/").status_code == 404
    assert client.get("/focus/mk1/6000-cd/").status_code == 404
    for path in ("/", "/radios/6000-cd/", "/sitemap.xml", "/radios/", "/cars/", "/about/sources/"):
        assert "/focus/mk1/" not in client.get(path).content.decode()


def test_machines_find_what_they_ask_for(client: Client) -> None:
    assert "Sitemap: http://localhost/sitemap.xml" in client.get("/robots.txt").content.decode()
    assert client.get("/manifest.webmanifest")["Content-Type"] == "application/manifest+json"
    assert "/focus/mk2/6000-cd/" in client.get("/sitemap.xml").content.decode()


def test_security_txt_names_the_contact_of_the_settings(client: Client, settings: Settings) -> None:
    path = "/.well-known/security.txt"
    assert client.get(path).status_code == 404
    settings.SECURITY_CONTACT = "mailto:security@example.org"
    response = client.get(path)
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    fields = dict(line.split(": ", 1) for line in response.content.decode().splitlines())
    assert fields["Contact"] == "mailto:security@example.org"
    assert fields["Canonical"] == f"http://localhost{path}"  # SITE_URL, whatever name was asked
    left = datetime.fromisoformat(fields["Expires"]) - datetime.now(UTC)
    assert timedelta(days=30) < left < timedelta(days=365)


def test_healthz_lives_and_readyz_tells_what_is_missing(client: Client) -> None:
    assert client.get("/readyz").status_code == 200
    Fitment.objects.all().delete()
    assert client.get("/healthz").status_code == 200
    response = client.get("/readyz")
    assert response.status_code == 503
    assert "load_content" in response.content.decode()
