"""The order of rows: kept as an editor gave it, through forms and files."""

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.db.models import Model
from django.test import Client

from editing.content_file.schema import models
from guides.models import FAQ, Fitment, Generation, Procedure, ProcedureUse, RadioUnit, Step
from guides.models.base import OrderedModel
from tests.focushelp.helpers import manage

from .helpers import change_url, form_data, inline, new_steps, post, publishable, url

pytestmark = [pytest.mark.django_db, pytest.mark.services]


def numbers(row: Any) -> list[tuple[str, int]]:
    """The key and the number of every row in the list of this one."""
    return [(each.natural_key()[-1], each.order) for each in row.its_list()]


class TestOneForm:
    def test_new_rows_stand_as_in_the_form(self, editor: Client) -> None:
        way = publishable(task="soft-reset", name="Made-up", slug="made-up", in_short="Press")
        assert post(editor, url(Procedure, "add"), way | new_steps("c", "a", "b")).status_code == 302
        step = Step.objects.filter(procedure__slug="made-up")[0]
        assert numbers(step) == [("c", 10), ("a", 20), ("b", 30)]

    def test_numbers_sort_rows(self, editor: Client) -> None:
        procedure = Procedure.objects.get(slug="serial-on-display")
        before = [slug for slug, _order in numbers(procedure.steps.all()[0])]
        moved = {"steps-0-order": 25} | inline("steps", {"slug": "new", "text": "New.", "severity": "go"})
        moved |= inline("steps", {"confidence": "reported", "order": 15})
        assert post(editor, change_url(procedure), moved).status_code == 302
        second, *rest = before[1:]
        expected = ["new", second, before[0], *rest]
        assert numbers(procedure.steps.all()[0]) == [(slug, 10 * (place + 1)) for place, slug in enumerate(expected)]

    def test_nothing_moved_leaves_the_numbers(self, editor: Client) -> None:
        use = RadioUnit.objects.get(slug="6000-cd").uses.all()[0]
        before = numbers(use)
        assert post(editor, change_url(use.radio), {"maker": "Somebody"}).status_code == 302
        assert numbers(use) == before

    def test_a_form_of_its_own_puts_the_row_after_one_with_its_number(self, editor: Client) -> None:
        first, second, third = FAQ.objects.all()[:3]
        assert post(editor, change_url(third), {"order": first.order}).status_code == 302
        assert [row.pk for row in FAQ.objects.all()[:3]] == [first.pk, third.pk, second.pk]
        assert len({row.order for row in FAQ.objects.all()}) == FAQ.objects.count()


class TestANewFitment:
    """It comes last in the list of its car."""

    @pytest.fixture
    def car(self) -> Generation:
        return Generation.objects.get(slug="mk2")

    def last(self, car: Generation) -> str:
        return numbers(car.fitments.all()[0])[-1][0]

    def fields(self, **parents: Any) -> dict[str, Any]:
        return {"first_year": 2005, "last_year": 2006, "confidence": "reported", **parents}

    def test_from_the_radio(self, editor: Client, new_radio: RadioUnit, car: Generation) -> None:
        order = form_of_new(editor, new_radio, "fitments")
        new = inline("fitments", self.fields(generation=car.pk, order=order))
        assert post(editor, change_url(new_radio), new).status_code == 302
        assert self.last(car) == "7000-cd"

    def test_from_the_car(self, editor: Client, new_radio: RadioUnit, car: Generation) -> None:
        order = form_of_new(editor, car, "fitments")
        new = inline("fitments", self.fields(radio=new_radio.pk, order=order))
        assert post(editor, change_url(car), new).status_code == 302
        assert self.last(car) == "7000-cd"

    def test_from_its_own_form(self, editor: Client, new_radio: RadioUnit, car: Generation) -> None:
        address = url(Fitment, "add")
        order = form_data(editor, address)["order"]
        assert post(editor, address, self.fields(radio=new_radio.pk, generation=car.pk, order=order)).status_code == 302
        assert self.last(car) == "7000-cd"


def form_of_new(client: Client, row: Model, prefix: str) -> int:
    """The number that the page of the row fills in for a new row."""
    inlines = client.get(change_url(row)).context["inline_admin_formsets"]
    return next(each.formset.empty_form["order"].value() for each in inlines if each.formset.prefix == prefix)


#: Adds a procedure with steps in the admin, and gives all radios of one car the same number.
WRITE = """
from django.test.utils import setup_test_environment
setup_test_environment()
from guides.models import Fitment, Procedure, RadioUnit
from tests.accounts.helpers import signed_in_as
from tests.editing.helpers import inline, new_steps, post, publishable, url
radio = RadioUnit.objects.get(slug="6000-cd")
radio.uses.filter(procedure__task="soft-reset").delete()
way = publishable(task="soft-reset", name="Made-up", slug="made-up", in_short="Press", is_published="on")
way |= new_steps("switch-on", "compare", "touch") | inline("uses", {"radio": radio.pk})
assert post(signed_in_as("Editors"), url(Procedure, "add"), way).status_code == 302
Fitment.objects.filter(generation__slug="mk2").update(order=10)
"""
#: Prints each guide, and that of the car whose radios have the same number.
READ = """
from hashlib import sha256
from django.test import Client
from guides.public.selectors import every_guide
for address in ["/focus/mk2/", *(guide.url for guide in every_guide())]:
    page = Client().get(address).content
    print(address, sha256(page).hexdigest(), b"Now compare." in page)
"""


@pytest.fixture
def other_database(tmp_path: Path) -> Iterator[str]:
    """An empty one: on the server that the tests run on, or SQLite."""
    server = os.environ.get("DATABASE_URL")
    if not server:
        yield f"sqlite:///{tmp_path}/other.sqlite3"
        return
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute("CREATE DATABASE moved")
        yield server.replace("/postgres?", "/moved?")
        connection.execute("DROP DATABASE moved WITH (FORCE)")


def test_guides_are_the_same_after_a_move_to_another_database(tmp_path: Path, other_database: str) -> None:
    """By file, as docs/deployment.md says: from SQLite, with steps in an order unlike that of their slugs."""
    first, file = f"sqlite:///{tmp_path}/first.sqlite3", str(tmp_path / "content.yaml")

    def run(database: str, *arguments: str) -> str:
        return manage(database, *arguments, DEBUG="1", ALLOWED_HOSTS="testserver")

    for database in (first, other_database):
        run(database, "migrate", "-v0")
    run(first, "load_content")
    run(first, "shell", "-v0", "-c", WRITE)
    run(first, "content", "export", file)
    run(other_database, "content", "import", "--yes", file)
    guides = run(first, "shell", "-v0", "-c", READ)
    assert re.search(r"^/focus/mk2/6000-cd/ \w+ True$", guides, re.MULTILINE)
    assert run(other_database, "shell", "-v0", "-c", READ) == guides
    steps = re.findall(r"procedure: made-up\n  slug: (\S+)", Path(file).read_text())
    assert steps == ["switch-on", "compare", "touch"]


def test_every_list_has_a_parent_that_its_rows_are_named_by() -> None:
    ordered = [model for model in models() if issubclass(model, OrderedModel)]
    named = {model: {path.partition("__")[0] for path in model.natural_key_fields if "__" in path} for model in ordered}
    wrong = [model for model in ordered if model.order_within and model.order_within not in named[model]]
    assert wrong == []
    assert ProcedureUse.order_within == "radio"
