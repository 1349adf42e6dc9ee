"""“Did it work?”: an answer is counted, or the driver is told that it was not. Nothing else is stored."""

import datetime
from collections import Counter
from typing import Any

import pytest
from django.core.cache import cache
from django.db import IntegrityError, OperationalError, connection, transaction
from django.test import Client
from django.utils import timezone
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from pytest_django import Settings

from guides.feedback import counting
from guides.feedback.report import summaries, worth_a_look
from guides.models import Answer, ErrorMessage, Procedure, ProcedureFeedback, RadioUnit
from tests.guides.helpers import PROCEDURE, answers, checked

pytestmark = [pytest.mark.django_db, pytest.mark.services]

ADDRESS = "/did-it/"
OURS = {"Sec-Fetch-Site": "same-origin"}
HTMX = {"HX-Request": "true"}
SENT = {"radio": "6000-cd", "car": "mk2", "procedure": PROCEDURE, "answer": "yes"}
RESTART = {"radio": "sync-3", "car": "mk4", "procedure": "soft-reset-sync-3"}


@pytest.fixture(autouse=True)
def _empty_cache() -> None:
    cache.clear()


def send(headers: dict[str, str] = OURS, *, address: str = "192.0.2.1", **changes: Any) -> str:
    """Send an answer and return the page that the driver gets."""
    client = Client(enforce_csrf_checks=True)
    response = client.post(ADDRESS, SENT | changes, headers=headers, REMOTE_ADDR=address)
    assert response.status_code == 200
    assert response["Cache-Control"] == "no-store"
    assert not response.cookies
    assert "Cookie" not in response["Vary"]
    return response.content.decode()


def counted() -> list[tuple[str, str, str, int]]:
    rows = ProcedureFeedback.objects.order_by("pk")
    return list(rows.values_list("answer", "message", "serial_from", "count"))


def thanked(page: str) -> bool:
    return "Counted, thank you" in page


def test_a_read_only_host_does_not_ask(client: Client, settings: Settings, caplog: pytest.LogCaptureFixture) -> None:
    guide = "/focus/mk2/6000-cd/"
    assert ADDRESS in client.get(guide).content.decode()
    settings.DATABASE_READ_ONLY = True
    assert ADDRESS not in client.get(guide).content.decode()
    assert "Not counted" in send()  # from a page that another host made
    assert caplog.messages == []


def test_answers_are_counted() -> None:
    sent: list[tuple[dict[str, str], tuple[str, str, str]]] = [
        ({"answer": "yes"}, ("yes", "", "")),
        ({"answer": "yes", "serial_from": "label", "message": ""}, ("yes", "", "label")),
        ({"answer": "yes", "serial_from": "display", "message": "wait"}, ("yes", "", "display")),  # the other button's
        ({"answer": "no", "serial_from": "neither"}, ("no", "", "neither")),
        ({"answer": "no", "message": "locked10"}, ("no", "locked10", "")),
        (RESTART | {"answer": "no"}, ("no", "", "")),
    ]
    for changes, stored in sent:
        cache.clear()
        ProcedureFeedback.objects.all().delete()
        assert thanked(send(OURS, **changes)), changes
        assert thanked(send(OURS | HTMX, **changes)), changes
        assert counted() == [(*stored, 2)], changes


def test_what_is_stored_is_the_answer_the_day_and_a_number() -> None:
    send(answer="no", message="wait", serial_from="display")
    assert ProcedureFeedback.objects.values().get() == {
        "id": ProcedureFeedback.objects.get().pk,
        "day": timezone.localdate(),
        "procedure": PROCEDURE,
        "radio": "6000-cd",
        "answer": "no",
        "message": "wait",
        "serial_from": "display",
        "count": 1,
    }


def test_a_message_leads_to_its_entry_in_the_guide() -> None:
    assert 'href="/focus/mk2/6000-cd/#m-wait"' in send(OURS | HTMX, answer="no", message="wait")


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
        ProcedureFeedback.objects.all().delete()
        response = client.post(ADDRESS, SENT, headers=sent)
        assert response.status_code == (200 if accepted else 403), sent
        assert response["Cache-Control"] == "no-store", sent
        assert len(counted()) == accepted, sent
        assert ("not sent from this site" in response.content.decode()) != accepted, sent
    assert client.get(ADDRESS, SENT).status_code == 405


def test_what_our_pages_never_send_is_not_counted() -> None:
    wrong: list[dict[str, Any]] = [
        {"radio": "no-such-radio"},
        {"radio": ""},
        {"radio": "x" * 100_000},
        {"radio": "\x00"},
        {"radio": "' OR 1=1 --"},
        {"car": "mk9"},
        {"car": "mk4"},  # exists, but not with this radio
        {"procedure": "no-such-procedure"},
        {"procedure": "find-label"},  # is not asked about
        {"procedure": "enter-on-screen-sync"},  # is of other radios
        {"procedure": "x" * 100_000},
        {"answer": "may"},
        {"answer": "YES"},
        {"answer": ""},
        {"answer": "<script>alert(1)</script>"},
        {"answer": "x" * 100_000},
        {"message": "no-such-message"},
        {"message": "<script>alert(1)</script>"},
        {"serial_from": "memory"},
        RESTART | {"serial_from": "label"},  # has no serial
    ]
    for changes in wrong:
        for headers in (OURS, OURS | HTMX):
            page = send(headers, **changes)
            assert "Not counted" in page, changes
            assert not thanked(page), changes
            assert "<script>alert" not in page, changes
    assert counted() == []


@given(st.fixed_dictionaries({name: st.just(value) | st.text(max_size=40) for name, value in SENT.items()}))
@hypothesis_settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_page_says_counted_exactly_when_an_answer_was_counted(data: dict[str, str]) -> None:
    cache.clear()
    before = sum(number for *_, number in counted())
    sent: dict[str, Any] = {name: text.encode("utf-8", "replace").decode() for name, text in data.items()}
    page = send(**sent)
    assert sum(number for *_, number in counted()) - before == thanked(page)


def test_answers_about_what_was_withdrawn_are_not_counted() -> None:
    ErrorMessage.objects.filter(slug="wait").update(is_published=False)
    assert "choose one of the answers" in send(answer="no", message="wait")
    Procedure.objects.filter(slug=PROCEDURE).update(is_published=False)
    assert "no longer in the guide" in send()
    RadioUnit.objects.filter(slug="6000-cd").update(is_published=False)
    assert "no longer in the guide" in send()
    assert counted() == []


class TestTheLimits:
    def test_one_address_gives_a_few_answers_to_a_procedure_a_day(self, monkeypatch: pytest.MonkeyPatch) -> None:
        limit = counting.MAX_PER_ADDRESS
        sent = [send(radio=radio, car="") for radio in ("6000-cd", "sony", "6000-cd", "sony") * limit]
        assert [thanked(page) for page in sent] == [True] * limit + [False] * 3 * limit
        assert "too many answers" in sent[-1]
        assert thanked(send(address="192.0.2.2"))
        assert thanked(send(OURS, **RESTART))
        tomorrow = timezone.localtime() + datetime.timedelta(days=1)
        monkeypatch.setattr(timezone, "localtime", lambda *of: tomorrow)
        assert thanked(send())

    def test_what_the_cache_has_does_not_tell_the_address_and_ends_with_the_day(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        noon = timezone.localtime().replace(hour=12, minute=0, second=0)
        monkeypatch.setattr(timezone, "localtime", lambda *of: noon)
        added: list[tuple[str, Any, int]] = []
        add = cache.add

        def spy(key: str, value: Any, timeout: int, **kwargs: Any) -> bool:
            added.append((key, value, timeout))
            return add(key, value, timeout, **kwargs)

        monkeypatch.setattr(cache, "add", spy)
        send()
        cache.clear()
        send()
        ours = [entry for entry in added if entry[0].startswith("feedback:")]
        assert {timeout for *_, timeout in ours} == {12 * 3600}
        assert not any("192.0.2" in f"{key} {value}" for key, value, _ in ours)
        hashes = [key for key, *_ in ours if "salt" not in key]
        assert len(set(hashes)) == 2, "the same address has another hash when the salt is gone"

    def test_a_procedure_on_a_radio_has_a_limit_for_all_addresses(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(counting, "MAX_PER_DAY", 2)
        assert [thanked(send(answer=answer)) for answer in ("yes", "no", "no")] == [True, True, False]
        assert thanked(send(radio="sony-dab", car=""))
        ProcedureFeedback.objects.update(day=timezone.localdate() - datetime.timedelta(days=1))
        assert thanked(send())

    def test_without_a_cache_answers_are_counted(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def fail(*args: object, **kwargs: object) -> None:
            raise ConnectionError

        monkeypatch.setattr(cache, "get_or_set", fail)
        assert thanked(send())


def test_the_page_says_so_when_the_database_cannot_be_written_to(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(execute: Any, sql: str, *arguments: Any) -> Any:
        if not sql.startswith(("SELECT", "SAVEPOINT", "ROLLBACK", "RELEASE")):
            raise OperationalError("attempt to write a read-only database")
        return execute(sql, *arguments)

    with connection.execute_wrapper(refuse):
        page = send()
    assert "cannot store anything at the moment" in page
    assert not thanked(page)
    assert "was not counted" in caplog.text
    monkeypatch.setattr(counting, "LOCK_TIMEOUT", 0.01)
    with counting._storing:  # another thread waits for the database
        assert "cannot store anything at the moment" in send()
    assert thanked(send())


def test_counts_are_deleted_after_a_year() -> None:
    today = timezone.localdate()
    days = [today - counting.RETENTION - datetime.timedelta(days=1), today - counting.RETENTION, today]
    for day in days:
        ProcedureFeedback.objects.create(day=day, procedure="p", radio="r", answer="no", count=1)
    send()
    assert set(ProcedureFeedback.objects.values_list("day", flat=True)) == {*days[1:]}


def test_the_database_refuses_rows_that_are_no_answer() -> None:
    row = {"day": timezone.localdate(), "procedure": "p", "radio": "r", "answer": "no"}
    ProcedureFeedback.objects.create(**row)
    for wrong in ({}, {"answer": "may"}, {"answer": "yes", "message": "wait"}, {"serial_from": "memory"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            ProcedureFeedback.objects.create(**row | wrong)


class TestTheSummary:
    @pytest.mark.parametrize(
        ("yes", "no", "expected"),
        [
            (0, 0, False),
            (0, 4, False),  # too few
            (0, 5, True),
            (6, 2, False),  # a quarter, not more
            (5, 2, True),
            (100, 33, False),
            (100, 34, True),
        ],
    )
    def test_a_procedure_is_worth_a_look_by_its_number_of_answers(self, yes: int, no: int, expected: bool) -> None:
        assert worth_a_look(Counter({Answer.YES: yes, Answer.NO: no})) is expected

    def test_recent_is_90_days_and_after_the_procedure_was_checked(self) -> None:
        recent = {(0, 1): 5, (1, 1): 0, (2, 1): 0, (0, 0): 0, (89, 365): 5, (90, 365): 0, (89, 80): 0}
        for (ago, checked_ago), number in recent.items():
            ProcedureFeedback.objects.all().delete()
            checked(checked_ago)
            answers(ago=ago, no=5)
            (summary,) = summaries()
            assert summary.recent["no"] == number, (ago, checked_ago)
            assert summary.kept["no"] == 5, (ago, checked_ago)
            assert summary.worth_a_look is bool(number), (ago, checked_ago)

    def test_is_for_each_radio_with_those_worth_a_look_first(self) -> None:
        checked(100)
        answers(yes=50, serial_from="display")
        answers(radio="sony", yes=2, no=4)
        answers(radio="sony", message="wait", serial_from="label", no=2)
        answers(radio="sony", ago=1, message="wait", serial_from="neither", no=1)
        answers(radio="sony", message="code", no=1)
        first, second = summaries()
        assert (first.radio.slug, first.worth_a_look) == ("sony", True)
        assert first.shown == {"WAIT": 3, "CODE": 1}
        assert first.serial_from == {"label": 2, "neither": 1}
        assert (second.radio.slug, second.worth_a_look, second.recent["yes"]) == ("6000-cd", False, 50)

    def test_names_what_sources_dispute_about_the_radio(self) -> None:
        answers(yes=1)
        (summary,) = summaries()
        assert Procedure.objects.get(slug="serial-on-display") in summary.disputed
        assert Procedure.objects.get(slug="serial-on-display-sony") not in summary.disputed

    def test_takes_a_fixed_number_of_queries(self, django_assert_max_num_queries: Any) -> None:
        for radio in ("6000-cd", "sony", "gone"):
            answers(radio=radio, yes=3, no=3)
            answers(radio=radio, message="gone", no=1)
        with django_assert_max_num_queries(30) as some:
            assert {summary.radio.slug for summary in summaries()} == {"6000-cd", "sony"}
        for slug in ("4000-rds", "4500-rds", "sony-dab"):
            answers(radio=slug, yes=3, no=3)
        with django_assert_max_num_queries(len(some)):
            summaries()
