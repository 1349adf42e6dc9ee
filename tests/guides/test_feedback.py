"""“Did your radio do this?”: an answer is counted, or the driver is told that it was not. Nothing else is stored."""

import datetime
from collections import Counter
from typing import Any

import pytest
from django.core.cache import cache
from django.db import IntegrityError, OperationalError, connection, transaction
from django.test import Client
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from guides.feedback import counting
from guides.feedback.report import summaries, worth_a_look
from guides.models import Answer, ErrorMessage, RadioUnit, Step, StepFeedback
from guides.public import selectors
from tests.guides.helpers import STEP, answers, checked
from tests.helpers import get_page

pytestmark = [pytest.mark.django_db, pytest.mark.services]

ADDRESS = "/did-it/"
OURS = {"Sec-Fetch-Site": "same-origin"}
HTMX = {"HX-Request": "true"}
WHERE = {"radio": "6000-cd", "car": "mk2", "step": STEP}


@pytest.fixture(autouse=True)
def _empty_cache() -> None:
    cache.clear()


def send(answer: Any = "yes", headers: dict[str, str] = OURS, **changes: Any) -> str:
    """Send an answer and return the page that the driver gets."""
    response = Client(enforce_csrf_checks=True).post(ADDRESS, {**WHERE, "answer": answer, **changes}, headers=headers)
    assert response.status_code == 200
    assert response["Cache-Control"] == "no-store"
    assert not response.cookies
    assert "Cookie" not in response["Vary"]
    return response.content.decode()


def counted() -> list[tuple[str, str, int]]:
    return list(StepFeedback.objects.order_by("pk").values_list("answer", "message", "count"))


def thanked(page: str) -> bool:
    return "Counted, thank you" in page


@pytest.mark.parametrize("headers", [OURS, OURS | HTMX], ids=["page", "htmx"])
@pytest.mark.parametrize(
    ("sent", "stored"),
    [
        ("yes", ("yes", "")),
        ("no", ("no", "")),
        ("other", ("other", "")),
        ("shows-wait", ("other", "wait")),
        ("shows-locked10", ("other", "locked10")),
    ],
)
def test_an_answer_is_counted(headers: dict[str, str], sent: str, stored: tuple[str, str]) -> None:
    assert thanked(send(sent, headers))
    assert thanked(send(sent, headers))
    assert counted() == [(*stored, 2)]


def test_what_is_stored_is_step_radio_answer_day_and_a_number() -> None:
    send("shows-wait")
    assert StepFeedback.objects.values().get() == {
        "id": StepFeedback.objects.get().pk,
        "day": timezone.localdate(),
        "procedure": "serial-on-display",
        "step": "hold",
        "radio": "6000-cd",
        "answer": "other",
        "message": "wait",
        "count": 1,
    }


def test_a_message_leads_to_what_it_means() -> None:
    assert 'href="/messages/wait/"' in send("shows-wait", OURS | HTMX)


def test_only_pages_of_this_site_may_send_an_answer(client: Client) -> None:
    requests: list[tuple[bool, dict[str, str]]] = [
        (True, {"Sec-Fetch-Site": "same-origin"}),
        (True, {"Sec-Fetch-Site": "same-origin", "Origin": "http://testserver"}),
        (True, {"Origin": "http://testserver"}),
        (False, {}),
        (False, {"Sec-Fetch-Site": ""}),
        (False, {"Sec-Fetch-Site": "none"}),
        (False, {"Sec-Fetch-Site": "same-site"}),
        (False, {"Sec-Fetch-Site": "cross-site"}),
        (False, {"Sec-Fetch-Site": "cross-site", "Origin": "http://testserver"}),
        (False, {"Origin": "null"}),
        (False, {"Origin": "https://testserver"}),
        (False, {"Origin": "http://testserver.example"}),
        (False, {"Origin": "http://other.example"}),
        (False, {"Referer": "http://testserver/focus/mk2/6000-cd/"}),
    ]
    for accepted, sent in requests:
        StepFeedback.objects.all().delete()
        response = client.post(ADDRESS, {**WHERE, "answer": "yes"}, headers=sent)
        assert response.status_code == (200 if accepted else 403), sent
        assert response["Cache-Control"] == "no-store", sent
        assert len(counted()) == accepted, sent
        assert ("not sent from this site" in response.content.decode()) != accepted, sent


def test_what_our_pages_never_send_is_not_counted() -> None:
    wrong: list[dict[str, Any]] = [
        {"radio": "no-such-radio"},
        {"radio": ""},
        {"radio": "x" * 100_000},
        {"radio": "\x00"},
        {"radio": "' OR 1=1 --"},
        {"car": "mk9"},
        {"car": "mk4"},  # exists, but not with this radio
        {"step": "serial-on-display/no-such-step"},
        {"step": "hold"},
        {"step": ""},
        {"step": "x" * 100_000},
        {"step": "find-label/../hold"},
        {"step": "enter-on-screen/type"},  # a step of other radios
        {"answer": "maybe"},
        {"answer": "YES"},
        {"answer": ""},
        {"answer": "shows-"},
        {"answer": "shows-no-such-message"},
        {"answer": "<script>alert(1)</script>"},
        {"answer": "x" * 100_000},
        {"answer": ["yes", "no"]},
        {"answer": ["yes", "yes"]},
    ]
    for changes in wrong:
        for headers in (OURS, OURS | HTMX):
            page = send(**{"headers": headers, **changes})
            assert "Not counted" in page, changes
            assert not thanked(page), changes
            assert "<script>alert" not in page, changes
    assert counted() == []


SENT = {**WHERE, "answer": "yes"}


@given(st.fixed_dictionaries({name: st.just(value) | st.text(max_size=40) for name, value in SENT.items()}))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_page_says_counted_exactly_when_an_answer_was_counted(data: dict[str, str]) -> None:
    cache.clear()
    before = sum(number for *_, number in counted())
    sent: dict[str, Any] = {name: text.encode("utf-8", "replace").decode() for name, text in data.items()}
    page = send(**sent)
    assert sum(number for *_, number in counted()) - before == thanked(page)


def test_answers_to_a_withdrawn_step_message_or_radio_are_not_counted() -> None:
    ErrorMessage.objects.filter(slug="wait").update(is_published=False)
    assert "choose one of the answers" in send("shows-wait")
    Step.objects.filter(slug="hold").update(is_published=False)
    assert "no longer in the guide" in send()
    RadioUnit.objects.filter(slug="6000-cd").update(is_published=False)
    assert "no longer in the guide" in send()
    assert counted() == []


def test_answers_are_limited_per_minute(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(counting, "time", lambda: 120.0)
    monkeypatch.setattr(counting, "MAX_PER_MINUTE", 3)
    assert [thanked(send()) for _ in range(5)] == [True, True, True, False, False]
    assert "too many answers at the moment" in send()
    assert counted() == [("yes", "", 3)]
    monkeypatch.setattr(counting, "time", lambda: 180.0)
    assert thanked(send())


def test_answers_to_one_step_are_limited_per_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(counting, "MAX_PER_DAY", 2)
    assert [thanked(send(answer)) for answer in ("yes", "no", "no", "shows-wait")] == [True, True, False, False]
    assert thanked(send(radio="sony-dab", car=""))
    StepFeedback.objects.update(day=timezone.localdate() - datetime.timedelta(days=1))
    assert thanked(send())


def test_the_page_says_so_when_the_database_cannot_be_written_to(caplog: pytest.LogCaptureFixture) -> None:
    def refuse(execute: Any, sql: str, *arguments: Any) -> Any:
        if not sql.startswith(("SELECT", "SAVEPOINT", "ROLLBACK", "RELEASE")):
            raise OperationalError("attempt to write a read-only database")
        return execute(sql, *arguments)

    with connection.execute_wrapper(refuse):
        page = send()
    assert "cannot store anything at the moment" in page
    assert not thanked(page)
    assert "was not counted" in caplog.text
    assert thanked(send())


def test_counts_are_deleted_after_a_year() -> None:
    today = timezone.localdate()
    days = [today - counting.RETENTION - datetime.timedelta(days=1), today - counting.RETENTION, today]
    for day in days:
        StepFeedback.objects.create(day=day, procedure="p", step="s", radio="r", answer="no", count=1)
    send()
    assert set(StepFeedback.objects.values_list("day", flat=True)) == {*days[1:]}


@pytest.mark.parametrize(
    "wrong", [{}, {"answer": "maybe"}, {"answer": "yes", "message": "wait"}], ids=["twice", "answer", "message"]
)
def test_the_database_refuses_rows_that_are_no_answer(wrong: dict[str, str]) -> None:
    row = {"day": timezone.localdate(), "procedure": "p", "step": "s", "radio": "r", "answer": "no", "message": ""}
    StepFeedback.objects.create(**row)
    with pytest.raises(IntegrityError), transaction.atomic():
        StepFeedback.objects.create(**row | wrong)


class TestTheQuestion:
    @pytest.mark.parametrize("path", ["/focus/mk2/6000-cd/", "/radios/sony/", "/focus/mk4/sync-3/"])
    def test_stands_under_every_step_of_a_guide(self, client: Client, path: str) -> None:
        page = get_page(client, path)
        steps = [each for each in page.elements if each.tag == "li" and each.id.startswith("step-")]
        buttons = [each for each in page.elements if each.attributes.get("form") == "did"]
        *_, radio = path.strip("/").split("/")
        guide = selectors.get_guide(radio, path.split("/")[2] if path.startswith("/focus/") else "")
        assert [button.attributes["value"] for button in buttons] == [item.key for item in guide.steps]
        assert len(steps) == len(buttons)
        assert page.ids.count("did") == 1

    def test_takes_the_place_of_its_button(self, client: Client) -> None:
        response = client.get(ADDRESS, WHERE, headers=HTMX)
        assert response["HX-Retarget"] == f'[form][value="{STEP}"]'
        assert response["Cache-Control"] == "no-store"
        assert "<html" not in response.content.decode()

    @pytest.mark.parametrize("step", ['x"], body, [a="', "ä/ö", "a/b\n", "", "x" * 5000])
    def test_does_not_replace_anything_but_a_button(self, client: Client, step: str) -> None:
        response = client.get(ADDRESS, {**WHERE, "step": step}, headers=HTMX)
        assert response.status_code == 200
        assert "HX-Retarget" not in response

    def test_has_a_page_with_the_step_and_the_way_back(self, client: Client) -> None:
        response = client.get(ADDRESS, WHERE)
        assert response["Cache-Control"] == "no-store"
        page = response.content.decode()
        assert Step.objects.get(slug="hold", procedure__slug="serial-on-display").text in page
        assert "/focus/mk2/6000-cd/#step-" in page
        assert counted() == []

    def test_offers_the_messages_of_this_radio(self, client: Client) -> None:
        page = client.get(ADDRESS, WHERE).content.decode()
        offered = {part.split('"')[0] for part in page.split('name="answer" value="')[1:]}
        assert offered == set(counting.choices(selectors.get_guide("6000-cd")))
        assert "shows-wait" in offered

    @pytest.mark.parametrize("data", [{}, {"radio": "no-such"}, {**WHERE, "step": "gone/gone"}])
    def test_says_so_when_there_is_no_such_step(self, client: Client, data: dict[str, str]) -> None:
        response = client.get(ADDRESS, data)
        assert response.status_code == 200
        assert "no longer in the guide" in response.content.decode()

    def test_other_methods_are_refused(self, client: Client) -> None:
        assert client.put(ADDRESS, headers=OURS).status_code == 405
        assert client.head(ADDRESS).status_code == 200


class TestTheSummary:
    @pytest.mark.parametrize(
        ("yes", "no", "other", "expected"),
        [
            (0, 0, 0, False),
            (0, 4, 0, False),  # too few
            (0, 5, 0, True),
            (0, 0, 5, True),
            (3, 1, 1, True),
            (6, 1, 1, False),  # a quarter, not more
            (5, 1, 1, True),
            (100, 0, 33, False),
            (100, 0, 34, True),
        ],
    )
    def test_a_step_is_worth_a_look_by_its_number_of_answers(
        self, yes: int, no: int, other: int, expected: bool
    ) -> None:
        assert worth_a_look(Counter({Answer.YES: yes, Answer.NO: no, Answer.OTHER: other})) is expected

    @pytest.mark.parametrize(
        ("ago", "checked_ago", "recent"),
        [(0, 1, 5), (1, 1, 0), (2, 1, 0), (0, 0, 0), (89, 365, 5), (90, 365, 0), (89, 80, 0)],
    )
    def test_recent_is_90_days_and_after_the_step_was_checked(self, ago: int, checked_ago: int, recent: int) -> None:
        checked(checked_ago)
        answers(ago=ago, no=5)
        (summary,) = summaries()
        assert summary.recent["no"] == recent
        assert summary.kept["no"] == 5
        assert summary.worth_a_look is bool(recent)

    def test_is_for_each_radio_with_those_worth_a_look_first(self) -> None:
        for step in (STEP, "find-label/look"):
            checked(100, step)
        answers(yes=50)
        answers(radio="sony", yes=2, no=4)
        answers(radio="sony", message="wait", other=2)
        answers(radio="sony", ago=1, message="wait", other=1)
        answers(radio="sony", message="code", other=1)
        first, second = summaries()
        assert (first.radio.slug, first.worth_a_look, first.shown) == ("sony", True, (("WAIT", 3), ("CODE", 1)))
        assert (second.radio.slug, second.worth_a_look, second.recent["yes"]) == ("6000-cd", False, 50)

    def test_takes_a_fixed_number_of_queries(self, django_assert_num_queries: Any) -> None:
        for radio in ("6000-cd", "sony", "gone"):
            answers(radio=radio, yes=3, no=3)
            answers(radio=radio, message="gone", other=1)
        with django_assert_num_queries(4):
            assert {summary.radio.slug for summary in summaries()} == {"6000-cd", "sony"}


def test_an_answer_is_not_stored_while_another_thread_waits_for_the_database(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(counting, "LOCK_TIMEOUT", 0.01)
    with counting._storing:
        assert counting.count(None, None, None) == counting.Outcome.NOT_STORED  # type: ignore[arg-type]
