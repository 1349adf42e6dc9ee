"""The page that finds rows of every kind, by words or by the address of a public page."""

import pytest
from django.contrib.auth.models import Permission, User
from django.test import Client
from django.urls import reverse

from editing.page_rows import rows_of_page
from editing.preview.affected import pages_showing
from guides.models import FAQ, ErrorMessage, Fitment, Procedure, RadioUnit, Source
from tests.accounts.helpers import signed_in, text

from .helpers import CONTENT, change_url

pytestmark = pytest.mark.django_db

FIND = "/admin/guides/find/"
GUIDE = "/focus/mk2/6000-cd/"


def links(client: Client, words: str) -> list[str]:
    """The addresses of the forms to which the page leads, without the page on which a row was seen."""
    response = client.get(FIND, {"q": words})
    assert response.status_code == 200, words
    return [url.partition("?")[0] for each in response.context["found"] for _row, url in each.rows]


def test_words_are_searched_in_every_kind(editor: Client) -> None:
    wait, radio = ErrorMessage.objects.get(slug="wait"), RadioUnit.objects.get(slug="6000-cd")
    source = Source.objects.exclude(url="").first()
    assert source
    expected = {
        "WAIT": [wait],
        "  wait ": [wait],
        "6000 CD": [radio, Fitment.objects.get(radio=radio, generation__slug="mk2")],
        source.title: [source],
        source.url: [source],  # the address of another site
    }
    missed = {words for words, rows in expected.items() if not {*map(change_url, rows)} <= {*links(editor, words)}}
    assert missed == set()
    assert links(editor, "6000 CD").count(change_url(radio)) == 1
    assert "No row has these words" in text(editor.get(FIND, {"q": "xyzzy"}))


def test_a_kind_shows_ten_rows_and_leads_to_the_rest(editor: Client) -> None:
    found = {each.kind: each for each in editor.get(FIND, {"q": "radio"}).context["found"]}
    steps = found["steps"]
    assert len(steps.rows) == 10
    assert steps.list_url == f"{reverse('admin:guides_step_changelist')}?q=radio"
    count = editor.get(steps.list_url).context["cl"].result_count
    assert steps.more == count - 10 > 0
    assert f"{steps.more} more" in text(editor.get(FIND, {"q": "radio"}))


def test_an_address_leads_to_the_rows_of_its_page(editor: Client) -> None:
    wait, radio = ErrorMessage.objects.get(slug="wait"), RadioUnit.objects.get(slug="6000-cd")
    fitment = Fitment.objects.get(radio=radio, generation__slug="mk2")
    procedure = Procedure.objects.get(slug="serial-on-display")
    steps = list(procedure.steps.published())[:1]
    expected = {
        GUIDE: [radio, fitment, fitment.generation, procedure, wait, *steps],
        f"http://testserver{GUIDE}?view=steps&step=2#m-wait": [fitment, wait],
        "https://TESTSERVER:8443/messages/wait": [wait, radio],
        "/radios/6000-cd/": [radio, wait],
        "/focus/mk2/": [fitment.generation, fitment, radio],
        "/practice/6000-cd/": [radio, wait],
        "/questions/": list(FAQ.objects.all()),
        "/": [fitment.generation, wait],
    }
    missed = {words for words, rows in expected.items() if not {*map(change_url, rows)} <= {*links(editor, words)}}
    assert missed == set()
    page = editor.get(FIND, {"q": f"http://testserver{GUIDE}#m-wait"})
    assert f'href="{change_url(wait)}?seen_on=%2Ffocus%2Fmk2%2F6000-cd%2F"' in page.content.decode()


def test_the_rows_of_a_page_and_the_pages_of_a_row_agree() -> None:
    missed = set()
    for model in CONTENT:
        row = ErrorMessage.objects.get(slug="wait") if model is ErrorMessage else model._default_manager.all()[0]
        missed |= {(page, row) for page in pages_showing(row) if row not in rows_of_page(page)}
    assert missed == set()


def test_drafts_are_found(editor: Client, new_radio: RadioUnit) -> None:
    ErrorMessage.objects.filter(slug="wait").update(is_published=False)
    wait = ErrorMessage.objects.get(slug="wait")
    expected = {"7000": new_radio, "/radios/7000-cd/": new_radio, "/messages/wait/": wait, GUIDE: wait}
    assert {words for words, row in expected.items() if change_url(row) not in links(editor, words)} == set()
    assert "7000 CD (draft)" in text(editor.get(FIND, {"q": "7000"}))


def test_odd_input_gets_a_sentence(editor: Client) -> None:
    no_page, other_site = "This site has no page at this address", "This address is on another site"
    expected = {
        "/nothing/": no_page,
        "/messages/nothing/": no_page,
        "/focus/mk1/nothing/": no_page,
        "/focus/nothing/6000-cd/": no_page,
        "/practice/nothing/": no_page,
        "/about/sources/nothing/": no_page,
        "/admin/guides/step/": no_page,
        "/healthz": no_page,
        "/%zz/": no_page,
        "/messages/%00/": no_page,
        "/messages/wait%0A/": no_page,
        "/" + "x" * 499: no_page,
        "/messages/wait/?q=%zz": "These rows make this page",
        "/about/": "No row that you may see is on this page",
        "https://example.org/messages/wait/": other_site,
        "//example.org/messages/wait/": other_site,
        "https://testserver@example.org/": other_site,
        "http://[/": other_site,
        "http://testserver:port/": other_site,
        "://": no_page,
        "nul \0": "Null characters are not allowed",
        "/messages/\0/": "Null characters are not allowed",
        "x" * 2000: "at most 500 characters",
        "a " * 249: "",
        "%zz 100% _ ' \" \\": "No row has these words",
        "<script>": "No row has these words",
        "   ": "",
        "": "",
    }
    wrong = set()
    for words, sentence in expected.items():
        response = editor.get(FIND, {"q": words})
        if response.status_code != 200 or sentence not in text(response):
            wrong.add((words, response.status_code))
    assert wrong == set()
    assert editor.get(FIND).status_code == 200
    assert editor.get(f"{FIND}?q=%zz%ff%ed%a0%80").status_code == 200


def test_it_shows_the_kinds_that_the_user_may_view(client: Client, reviewer: Client) -> None:
    assert client.get(FIND).status_code == 302
    assert links(reviewer, "WAIT")
    assert f'action="{FIND}"' in reviewer.get("/admin/").content.decode()
    assert reviewer.post(FIND).status_code == 405
    user = User.objects.create_user("somebody", is_staff=True)
    somebody = signed_in(user)
    assert somebody.get(FIND).status_code == 403
    assert FIND not in somebody.get("/admin/").content.decode()
    user.user_permissions.add(Permission.objects.get(codename="view_errormessage"))
    for words in ["WAIT", GUIDE]:
        kinds = {each.kind for each in signed_in(user).get(FIND, {"q": words}).context["found"]}
        assert kinds == {"messages"}, words


def test_its_queries_do_not_grow_with_the_rows(
    editor: Client, django_assert_max_num_queries: pytest.FixtureRequest
) -> None:
    for words in ["radio", "a", GUIDE, "/radios/", "/questions/"]:
        with django_assert_max_num_queries(60):  # type: ignore[operator]
            links(editor, words)
