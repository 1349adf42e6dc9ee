"""“Did your radio do this?”: an answer is counted or the driver is told that it was not, and nothing else is kept."""

import datetime
from collections import Counter
from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from django.core.cache import cache
from django.db import IntegrityError, OperationalError, connection, transaction
from django.test import Client
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from editing.content_file import apply, export, load
from editing.content_file.schema import models as content_models
from guides.feedback import counting
from guides.feedback.report import summaries, worth_a_look
from guides.models import Answer, ErrorMessage, Procedure, RadioUnit, Step, StepFeedback
from guides.public import selectors
from tests.editing.test_admin import browser_of
from tests.helpers import get_page

pytestmark = [pytest.mark.django_db, pytest.mark.services]

ADDRESS = "/did-it/"
STEP = "serial-on-display/hold"
OURS = {"Sec-Fetch-Site": "same-origin"}
HTMX = {"HX-Request": "true"}
WHERE = {"radio": "6000-cd", "car": "mk2", "step": STEP}
REPORT = "/admin/guides/feedback/"


@pytest.fixture(autouse=True)
def _nothing_came_before() -> None:
    cache.clear()


def say(answer: Any = "yes", headers: dict[str, str] = OURS, **changes: Any) -> str:
    """The page that a driver gets for an answer."""
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
    assert thanked(say(sent, headers))
    assert thanked(say(sent, headers))
    assert counted() == [(*stored, 2)]


def test_what_is_stored_is_step_radio_answer_day_and_a_number() -> None:
    say("shows-wait")
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
    assert 'href="/messages/wait/"' in say("shows-wait", OURS | HTMX)


@pytest.mark.parametrize(
    ("headers", "accepted"),
    [
        ({"Sec-Fetch-Site": "same-origin"}, True),
        ({"Sec-Fetch-Site": "same-origin", "Origin": "http://testserver"}, True),
        ({"Origin": "http://testserver"}, True),
        ({}, False),
        ({"Sec-Fetch-Site": ""}, False),
        ({"Sec-Fetch-Site": "none"}, False),
        ({"Sec-Fetch-Site": "same-site"}, False),
        ({"Sec-Fetch-Site": "cross-site"}, False),
        ({"Sec-Fetch-Site": "cross-site", "Origin": "http://testserver"}, False),
        ({"Origin": "null"}, False),
        ({"Origin": "https://testserver"}, False),
        ({"Origin": "http://testserver.example"}, False),
        ({"Origin": "http://other.example"}, False),
        ({"Referer": "http://testserver/focus/mk2/6000-cd/"}, False),
    ],
)
def test_only_our_own_pages_may_send_an_answer(client: Client, headers: dict[str, str], accepted: bool) -> None:
    response = client.post(ADDRESS, {**WHERE, "answer": "yes"}, headers=headers)
    assert response.status_code == (200 if accepted else 403)
    assert response["Cache-Control"] == "no-store"
    assert len(counted()) == accepted
    if not accepted:
        assert "not sent from this site" in response.content.decode()


@pytest.mark.parametrize(
    "changes",
    [
        {"radio": "no-such-radio"},
        {"radio": ""},
        {"radio": "x" * 100_000},
        {"radio": "\x00"},
        {"radio": "' OR 1=1 --"},
        {"car": "mk9"},
        {"car": "mk4"},  # there is a Mk4, but not with this radio
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
    ],
)
def test_what_no_page_of_ours_sends_is_not_counted_and_not_thanked_for(changes: dict[str, Any]) -> None:
    for headers in (OURS, OURS | HTMX):
        page = say(**changes) if headers is OURS else say(headers=headers, **changes)
        assert "Not counted" in page
        assert not thanked(page)
        assert "<script>alert" not in page
    assert counted() == []


SENT = {**WHERE, "answer": "yes"}


@given(st.fixed_dictionaries({name: st.just(value) | st.text(max_size=40) for name, value in SENT.items()}))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_is_sent_thanks_are_said_for_what_was_counted_alone(data: dict[str, str]) -> None:
    cache.clear()
    before = sum(number for *_, number in counted())
    sent: dict[str, Any] = {name: text.encode("utf-8", "replace").decode() for name, text in data.items()}
    page = say(**sent)
    assert sum(number for *_, number in counted()) - before == thanked(page)


def test_a_withdrawn_step_message_or_radio_gets_no_answers() -> None:
    ErrorMessage.objects.filter(slug="wait").update(is_published=False)
    assert "choose one of the answers" in say("shows-wait")
    Step.objects.filter(slug="hold").update(is_published=False)
    assert "no longer in the guide" in say()
    RadioUnit.objects.filter(slug="6000-cd").update(is_published=False)
    assert "no longer in the guide" in say()
    assert counted() == []


def test_a_flood_is_let_go_by(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(counting, "time", lambda: 120.0)
    monkeypatch.setattr(counting, "MOST_A_MINUTE", 3)
    assert [thanked(say()) for _ in range(5)] == [True, True, True, False, False]
    assert "more answers just now than we take" in say()
    assert counted() == [("yes", "", 3)]
    monkeypatch.setattr(counting, "time", lambda: 180.0)
    assert thanked(say())


def test_one_step_takes_only_so_many_answers_in_a_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(counting, "MOST_A_DAY", 2)
    assert [thanked(say(answer)) for answer in ("yes", "no", "no", "shows-wait")] == [True, True, False, False]
    assert thanked(say(radio="sony", car=""))
    StepFeedback.objects.update(day=timezone.localdate() - datetime.timedelta(days=1))
    assert thanked(say())


def test_a_database_that_takes_nothing_is_owned_up_to(caplog: pytest.LogCaptureFixture) -> None:
    def refuse(execute: Any, sql: str, *arguments: Any) -> Any:
        if not sql.startswith(("SELECT", "SAVEPOINT", "ROLLBACK", "RELEASE")):
            raise OperationalError("attempt to write a read-only database")
        return execute(sql, *arguments)

    with connection.execute_wrapper(refuse):
        page = say()
    assert "cannot store anything just now" in page
    assert not thanked(page)
    assert "was not counted" in caplog.text
    assert thanked(say())


def test_counts_are_deleted_after_a_year() -> None:
    today = timezone.localdate()
    days = [today - counting.KEPT_FOR - datetime.timedelta(days=1), today - counting.KEPT_FOR, today]
    for day in days:
        StepFeedback.objects.create(day=day, procedure="p", step="s", radio="r", answer="no", count=1)
    say()
    assert set(StepFeedback.objects.values_list("day", flat=True)) == {*days[1:]}


@pytest.mark.parametrize(
    "wrong", [{}, {"answer": "maybe"}, {"answer": "yes", "message": "wait"}], ids=["twice", "answer", "message"]
)
def test_the_database_refuses_what_no_answer_is(wrong: dict[str, str]) -> None:
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

    def test_is_not_in_a_file_that_has_no_connection(self, client: Client) -> None:
        page = client.get("/focus/mk2/6000-cd/offline.html").content.decode()
        assert "Did your radio do this" not in page
        assert "did-it" not in page

    def test_takes_the_place_of_its_button(self, client: Client) -> None:
        response = client.get(ADDRESS, WHERE, headers=HTMX)
        assert response["HX-Retarget"] == f'[form][value="{STEP}"]'
        assert response["Cache-Control"] == "no-store"
        assert "<html" not in response.content.decode()

    @pytest.mark.parametrize("step", ['x"], body, [a="', "ä/ö", "a/b\n", "", "x" * 5000])
    def test_lets_nobody_choose_another_place(self, client: Client, step: str) -> None:
        response = client.get(ADDRESS, {**WHERE, "step": step}, headers=HTMX)
        assert response.status_code == 200
        assert "HX-Retarget" not in response

    def test_has_a_page_of_its_own_with_the_step_and_the_way_back(self, client: Client) -> None:
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


class TestContent:
    def test_answers_are_none(self) -> None:
        assert StepFeedback.__name__ not in {model.__name__ for model in content_models()}
        before = export()
        say()
        assert export() == before

    def test_comes_and_goes_without_them(self) -> None:
        """A row that is changed, deleted or restored leaves the answers alone."""
        say("no")
        whole = export()
        Procedure.objects.get(slug="serial-on-display").delete()
        assert counted() == [("no", "", 1)]
        assert summaries() == []
        apply(load(whole.encode()))
        assert [summary.kept["no"] for summary in summaries()] == [1]


def answers(step: str = STEP, radio: str = "6000-cd", ago: int = 0, message: str = "", **counts: int) -> None:
    """Store so many answers of each kind, given so many days ago."""
    procedure, slug = step.split("/")
    day = timezone.localdate() - datetime.timedelta(days=ago)
    for answer, number in counts.items():
        StepFeedback.objects.create(
            day=day, procedure=procedure, step=slug, radio=radio, answer=answer, message=message, count=number
        )


def checked(ago: int, step: str = STEP) -> None:
    procedure, slug = step.split("/")
    day = timezone.localdate() - datetime.timedelta(days=ago)
    Step.objects.filter(procedure__slug=procedure, slug=slug).update(checked_on=day)


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
    def test_rule(self, yes: int, no: int, other: int, expected: bool) -> None:
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

    def test_is_for_each_radio_and_puts_first_what_is_worth_a_look(self) -> None:
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

    def test_takes_as_many_queries_whatever_was_answered(self, django_assert_num_queries: Any) -> None:
        for radio in ("6000-cd", "sony", "gone"):
            answers(radio=radio, yes=3, no=3)
            answers(radio=radio, message="gone", other=1)
        with django_assert_num_queries(4):
            assert {summary.radio.slug for summary in summaries()} == {"6000-cd", "sony"}


def of_group(group: str = "") -> Client:
    person = User.objects.create_user("somebody", is_staff=True)
    person.groups.add(*Group.objects.filter(name=group))
    return browser_of(person)


class TestTheReport:
    @pytest.mark.parametrize("group", ["Editors", "Reviewers"])
    def test_says_what_drivers_report_and_leads_to_the_step(self, group: str) -> None:
        checked(10)
        answers(yes=1, no=5)
        answers(message="wait", other=2)
        client = of_group(group)
        page = " ".join(client.get(REPORT).content.decode().split())
        assert "1 yes, 5 no, 2 something else" in page
        assert "WAIT 2" in page
        step = Step.objects.get(slug="hold", procedure__slug="serial-on-display")
        assert f'href="/admin/guides/step/{step.pk}/change/"' in page
        front = client.get("/admin/").content.decode()
        assert "1 step worth a look" in front
        assert f'href="{REPORT}"' in front

    def test_says_so_when_nobody_answered(self) -> None:
        client = of_group("Editors")
        assert "Nobody has answered yet" in client.get(REPORT).content.decode()
        assert "nothing that needs a look" in client.get("/admin/").content.decode()

    def test_is_for_those_who_may_view_steps(self, client: Client) -> None:
        assert client.get(REPORT).status_code == 302
        somebody = of_group()
        assert somebody.get(REPORT).status_code == 403
        assert REPORT not in somebody.get("/admin/").content.decode()
