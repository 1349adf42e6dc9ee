"""Content as a file: what is written is read back to the byte, and what is wrong changes nothing."""

import re
from collections.abc import Callable, Iterator
from datetime import date
from functools import cache
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.core.management import CommandError, call_command
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from editing.checks.publishing import dry_run
from editing.content_file import ContentFileError, Difference, apply, export, load
from editing.content_file.plain_yaml import MAX_BYTES, MAX_NODES
from editing.content_file.schema import Content, fields, models, name_of, target
from editing.content_file.write import dump
from guides.models import CarGuide, ErrorMessage, Fitment, Generation, RadioUnit, SerialFormat, Source, base
from guides.reader import match_key

from .helpers import rows_with_keys

pytestmark = [pytest.mark.django_db, pytest.mark.services]


def read_back(text: str) -> None:
    apply(load(text.encode()))


@cache
def start() -> str:
    """The starting content as a file."""
    return export()


@pytest.fixture(autouse=True)
def _starting_content(db: None) -> None:
    start()


def difference_of(text: str) -> Difference:
    """What importing that text would change."""
    return dry_run(load(text.encode()))[0]


def counts() -> dict[str, int]:
    return {name_of(model): model.objects.count() for model in models()}


# ---- Out and in again


def test_every_model_comes_after_those_that_it_refers_to_by_one_reference() -> None:
    for model in models():
        for field in fields(model):
            if field.many_to_one:
                assert models().index(target(field)) < models().index(model)


def test_the_starting_content_is_read_back_to_the_byte_into_an_empty_database() -> None:
    text, before = export(), counts()
    for model in reversed(models()):
        model.objects.all().delete()
    read_back(text)
    assert export() == text
    assert counts() == before


def test_what_was_just_exported_makes_no_difference_and_writes_nothing() -> None:
    before = rows_with_keys()
    difference = apply(load(export().encode()))
    assert not difference
    assert list(difference.lines()) == ["No difference."]
    assert rows_with_keys() == before


#: What YAML has another idea of than the person who typed it.
# fmt: off
TRAPS = st.sampled_from([
    "yes", "no", "null", "~", "1", "1.0", "0x1f", "12:30", "2026-11-22", "#", "&a", "*a", "%", "@", "`", "---", "...",
    "=", "<<", "[a", "{a}", "a,b", ">-", "|", "", "- a", "? a", "a: b", "a #b", "!!str a", "'", '"', '"a"', "\\n",
    " a", "a ", "a\n", "\na", "\n", "\n\n a", "a\n\n", "a\tb", "a\r\nb", "a\rb", "a\x85b", "a\u2028b", "\ufeffa",
    "a\x1bb", "Ω≈ç", "🚗",
])
# fmt: on
SENTENCES = st.lists(
    st.sampled_from(
        ["Press 5.", "- Hold 1 and 6!", "Is it:", "  two blanks", "# no comment.", "yes", "v" * 90, "“So.”", "\n", "\t"]
    ),
    max_size=30,
).map(" ".join)
NO_TEXT = st.characters(exclude_categories=["Cs"], exclude_characters="\0")
TEXTS = TRAPS | SENTENCES | st.text(NO_TEXT, max_size=200) | st.text(" \n\r.-#:a", max_size=120)


def one_generation(**changes: Any) -> Content:
    """A content of one row, in memory."""
    record = {
        "slug": "mk1",
        "other_names": "",
        "first_year": 1998,
        "last_year": 2004,
        "confidence": "reported",
        "sources": (),
    }
    return {model: {} for model in models()} | {Generation: {("mk1",): record | changes}}


@settings(max_examples=300, deadline=None)
@given(long=TEXTS, short=TEXTS, order=st.integers(0, 99), published=st.booleans(), day=st.none() | st.dates())
def test_whatever_a_text_is_it_is_read_back_to_the_byte(
    long: str, short: str, order: int, published: bool, day: date | None
) -> None:
    content = one_generation(
        recognise=f"x{long}x", name=short, others_say=long, order=order, is_published=published, checked_on=day
    )
    text = dump(content)
    assert load(text.encode()).content == content
    assert dump(load(text.encode()).content) == text


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(long=TEXTS, short=TEXTS, year=st.integers(1990, 2004))
def test_whatever_the_database_holds_it_is_stored_again_to_the_byte(long: str, short: str, year: int) -> None:
    with transaction.atomic():
        Generation.objects.filter(slug="mk1").update(recognise=f"x{long}", others_say=short, first_year=year)
        text, stored = export(), rows_with_keys()
        read_back(start())
        read_back(text)
        assert export() == text
        assert rows_with_keys() == stored
        transaction.set_rollback(True)


def first(model: Any) -> Any:
    return model.objects.earliest("pk")


# ---- One change, one line


def set_fields(model: Any, **changes: Any) -> Callable[[], None]:
    def change() -> None:
        row = first(model)
        for name, value in changes.items():
            setattr(row, name, value)
        row.save()

    return change


@pytest.mark.parametrize(
    ("change", "removed", "added"),
    [
        (set_fields(Generation, first_year=1999), "  first_year: 1998", "  first_year: 1999"),
        (set_fields(Generation, name="Mk 1: “one”"), "  name: Mk1", "  name: 'Mk 1: “one”'"),
        (set_fields(Generation, is_published=False), "  is_published: true", "  is_published: false"),
        (set_fields(Generation, order=15), "  order: 10", "  order: 15"),
        (
            lambda: first(Generation).sources.remove(Source.objects.get(slug="mb")),
            "  sources: [base-article, fca, mb, wtc]",
            "  sources: [base-article, fca, wtc]",
        ),
    ],
)
def test_a_changed_field_is_one_changed_line(change: Callable[[], None], removed: str, added: str) -> None:
    before = export().splitlines()
    change()
    after = export().splitlines()
    assert [(old, new) for old, new in zip(before, after, strict=True) if old != new] == [(removed, added)]


def test_a_changed_sentence_leaves_the_others_in_their_lines() -> None:
    before = export().splitlines()
    row = first(Generation)
    row.recognise = row.recognise.replace("tall rear lamps", "high rear lamps of red glass and chrome")
    row.save()
    assert sum(old != new for old, new in zip(before, export().splitlines(), strict=True)) == 1


def test_long_texts_are_blocks_and_references_are_in_the_words_of_the_site() -> None:
    text = export()
    assert "  recognise: >-\n    Sharp angles and creases, outside and inside.\n" in text
    assert re.search(r"\n  synonyms: \|-?\n    \S", text)
    assert re.search(r"^- phase: \[mk\d, [a-z-]+\]$", text, re.M)
    assert "radio: 6000-cd" in text
    assert not re.search(r" $", text, re.M)


# ---- The difference


def edited(*replacements: tuple[str, str]) -> str:
    text = start()
    for old, new in replacements:
        assert text.count(old) >= 1, old
        text = text.replace(old, new, 1)
    return text


def row_of(text: str, start: str) -> str:
    """The row that begins with these lines, with the empty line after it."""
    return text[text.index(start) : text.index("\n\n", text.index(start)) + 2]


def test_the_difference_says_what_is_added_removed_and_changed() -> None:
    text = edited(("name: Mk1", "name: Mk one"), ("tall rear lamps", "high rear lamps"))
    source = row_of(text, "- slug: ax1\n")
    message = row_of(text, "- slug: locked13\n")
    text = text.replace(source, source + source.replace("ax1", "ax1-new", 1)).replace(message, "")
    assert list(difference_of(text).lines()) == [
        "- errormessage locked13",
        "+ source ax1-new",
        "~ generation mk1, name: “Mk1” → “Mk one”",
        "~ generation mk1, recognise: "
        "“…. The hatchback has tall rear lamps beside t…” → “…. The hatchback has high rear lamps beside t…”",
        "1 added, 1 removed, 1 changed.",
    ]
    assert ErrorMessage.objects.filter(slug="locked13").exists()
    apply(load(text.encode()))
    assert not ErrorMessage.objects.filter(slug="locked13").exists()
    assert export() == text


def test_the_difference_cannot_write_to_a_terminal_what_a_terminal_would_obey() -> None:
    lines = list(difference_of(edited(("name: Mk1", r'name: "\e[2J\nMk1"'))).lines())
    assert lines[0] == r"~ generation mk1, name: “Mk1” → “\x1b[2J\nMk1”"


# ---- Storing


def test_rows_that_stay_keep_their_number_and_all_that_hangs_from_them() -> None:
    before = rows_with_keys()
    read_back(edited(("name: Mk1", "name: Mk one")))
    after = rows_with_keys()
    assert after["guides_generation"][0].pop("name") == "Mk one"
    assert before["guides_generation"][0].pop("name") == "Mk1"
    assert after == before


def test_two_rows_can_swap_what_only_one_can_have() -> None:
    one, two = SerialFormat.objects.all()[:2]
    text = export()
    swapped = text.replace(f"mask: '{one.mask}'", "mask: X").replace(f"mask: '{two.mask}'", f"mask: '{one.mask}'")
    swapped = swapped.replace(f"mask: {one.mask}", "mask: X").replace(f"mask: {two.mask}", f"mask: {one.mask}")
    swapped = swapped.replace("mask: X", f"mask: '{two.mask}'")
    read_back(swapped)
    assert SerialFormat.objects.get(pk=one.pk).mask == two.mask
    assert SerialFormat.objects.get(pk=two.pk).mask == one.mask


def test_a_row_can_get_another_key_with_all_that_hangs_from_it() -> None:
    old = Fitment.objects.exclude(serial_format=None).first().serial_format
    text, before = export(), counts()
    renamed = text.replace(f"- slug: {old.slug}\n", "- slug: zz-new\n").replace(
        f"serial_format: {old.slug}\n", "serial_format: zz-new\n"
    )
    difference = apply(load(renamed.encode()))
    assert [key for _, key in difference.removed] == [(old.slug,)]
    assert Fitment.objects.filter(serial_format__slug="zz-new").exists()
    assert counts() == before


def test_a_draft_that_leads_nowhere_any_more_stays() -> None:
    """The generation of a car in the directory may be empty; deleting the generation must not delete the car."""
    car = CarGuide.objects.exclude(generation=None).first()
    text = row_of(export(), f"- make: {car.make.slug}\n  slug: {car.slug}\n")
    read_back(export().replace(text, text.replace(f"  generation: {car.generation.slug}\n", "")))
    assert CarGuide.objects.get(pk=car.pk).generation is None


def test_users_are_not_touched(django_user_model: Any) -> None:
    django_user_model.objects.create_user("editor")
    read_back("\n".join(["format: 1", *(f"{name_of(model)}: []" for model in models()), "..."]))
    assert sum(counts().values()) == 0
    assert django_user_model.objects.count() == 1


def test_what_somebody_agreed_to_must_still_be_the_difference() -> None:
    file = load(edited(("name: Mk1", "name: Mk one")).encode())
    agreed = dry_run(file)[0].digest
    set_fields(Generation, first_year=1999)()
    with pytest.raises(ContentFileError, match="changed meanwhile"):
        apply(file, agreed)
    assert first(Generation).name == "Mk1"


# ---- Refused, and nothing happened

FIRST = "- slug: mk1\n"
BOMB = "".join(f"{chr(97 + n)}: &{chr(97 + n)} [{f'*{chr(96 + n)},' * 9}]\n" for n in range(1, 9))


def wrong(old: str, new: str) -> Callable[[], bytes]:
    return lambda: edited((old, new)).encode()


def only(text: str) -> Callable[[], bytes]:
    return lambda: text.encode()


def cut(at: int) -> Callable[[], bytes]:
    return lambda: start().encode()[:at]


REFUSED: dict[str, tuple[Callable[[], bytes], str]] = {
    # Damaged
    "nothing": (only(""), "This is not a content file"),
    "only blanks": (only(" \n\n"), "This is not a content file"),
    "only a comment": (only("# hello"), "This is not a content file"),
    "something else": (only("{\\rtf1 hello}"), "This is not a content file"),
    "a picture": (lambda: b"\x89PNG\r\n\x1a\n\x00\x00", "line 1: The file is not UTF-8."),
    "UTF-16": (lambda: start().encode("utf-16"), "line 1: The file is not UTF-8."),
    "Latin-1": (lambda: edited((FIRST, "- slug: é\n")).encode("latin-1", "replace"), "line 6: The file is not UTF-8."),
    "cut at a line": (lambda: start()[: start().rindex("\n- slug")].encode(), "The file is cut off"),
    "cut in the middle": (cut(5000), "The file is cut off|is missing|not YAML"),
    "a NUL": (wrong("Mk1", "M\0k1"), "This is not YAML: (control|special) characters are not allowed"),
    "a NUL in disguise": (wrong("name: Mk1", r'name: "\0"'), "line 9: generation, name: a character that no text has"),
    "half a character": (wrong("name: Mk1", r'name: "\ud83d"'), "line 9: "),
    "a tab": (wrong("  name: Mk1", "\tname: Mk1"), "line 9: This is not YAML"),
    "a quote not closed": (wrong("name: Mk1", 'name: "Mk1'), "line .*: This is not YAML"),
    "a colon too many": (wrong("name: Mk1", "name: Mk1: one"), "line 9: This is not YAML"),
    "two documents": (lambda: (start() + "---\na: 1\n...\n").encode(), "There is more after the end"),
    "a conflict of git": (wrong(FIRST, f"<<<<<<< HEAD\n{FIRST}"), "line .*: This is not YAML"),
    # Hostile
    "an alias": (wrong("name: Mk1", "name: *a"), "line 9: Anchors and aliases"),
    "an anchor": (wrong("name: Mk1", "name: &a Mk1"), "line 9: Anchors and aliases"),
    "a billion laughs": (only(f"format: 1\n{BOMB}..."), "line 2: Anchors and aliases"),
    "a tag": (wrong("name: Mk1", "name: !!str Mk1"), "line 9: Tags"),
    "a tag of Python": (wrong("name: Mk1", "name: !!python/object/apply:os.system [id]"), "line 9: Tags"),
    "a tag on a list": (wrong("sources: [", "sources: !!set ["), "line .*: Tags"),
    "deep": (only("format: 1\na: " + "[" * 100_000), "line 2: (Lists within lists|This is not YAML)"),
    "deep in blocks": (only("format: 1\na:\n" + "".join(" " * n + "-\n" for n in range(2000))), "nested too deeply"),
    "enormous": (lambda: b"a" * (MAX_BYTES + 1), "The file is larger than 5 MB."),
    "many values": (
        only("format: 1\na: [" + "a," * (2 * MAX_NODES) + "]\n..."),
        "line 2: The file has more than 250000",
    ),
    "a list as a name": (wrong(FIRST, "- slug: mk1\n  ? [a]\n  : b\n"), "line 7: A name is expected"),
    # A format of later
    "a newer format": (
        wrong("format: 1", "format: 2"),
        "The file is of format 2, and this release reads format 1. Upgrade",
    ),
    "much newer, and unlike": (only("# new\nformat: 30\n!x &y what: ever"), "The file is of format 30"),
    "no such format": (wrong("format: 1", "format: 0"), "This is not a content file"),
    "format as a text": (wrong("format: 1", "format: one"), "This is not a content file"),
    # Not the site's words
    "no such section": (wrong("...\n", "user: []\n...\n"), "There is no section “user”."),
    "a section missing": (
        only("format: 1\n..."),
        "The section “generation” is missing. If no row is meant to stay, write",
    ),
    "a section twice": (wrong("...\n", "source: []\n...\n"), "“source” stands here twice"),
    "no such field": (wrong("name: Mk1", "nam: Mk1"), "line 9: generation has no field “nam”"),
    "the number of a row": (wrong("name: Mk1", "id: 7"), "line 9: generation has no field “id”"),
    "a field twice": (wrong("name: Mk1", "name: Mk1\n  name: Mk2"), "line 10: “name” stands here twice"),
    "a field missing": (wrong("  name: Mk1\n", ""), "line 6: generation, name: this is missing"),
    "a row twice": (lambda: edited(("- slug: mk2\n", FIRST)).encode(), "generation mk1 is in the file twice"),
    "no such reference": (wrong("generation: mk1", "generation: mk9"), "there is no generation mk9"),
    "no such source": (
        wrong("sources: [base", "sources: [baser"),
        "generation mk1, sources: there is no source baser",
    ),
    "a source twice": (wrong("sources: [base-article,", "sources: [fca, "), "generation, sources: one is named twice"),
    # Not what the models allow
    "a choice": (
        wrong("confidence: confirmed", "confidence: sure"),
        "line 6: generation mk1, confidence: Value 'sure'",
    ),
    "no number": (wrong("first_year: 1998", "first_year: MCM"), "line 7: generation, first_year: “MCM” value must be"),
    "a number too large": (
        wrong("first_year: 1998", "first_year: 1" + "0" * 30),
        "line 6: generation mk1, first_year: ",
    ),
    "no number at all": (wrong("first_year: 1998", "first_year: 1" + "0" * 9000), "line 7: generation, first_year: "),
    "no truth": (wrong("is_published: true", "is_published: yes"), "line .*: generation, is_published: write true or"),
    "no day": (wrong("checked_on: 2026-11-22", "checked_on: 2026-02-30"), "line .*: generation, checked_on: "),
    "a day to come": (
        wrong("checked_on: 2026-11-22", "checked_on: 2999-01-01"),
        "checked_on: This day has not come yet.",
    ),
    "a slug": (wrong(FIRST, "- slug: ../mk1\n"), "there is no generation mk1"),
    "years out of order": (
        wrong("first_year: 1998", "first_year: 2005"),
        "line 6: generation mk1: The last year cannot",
    ),
    "too long": (
        wrong("name: Mk1", "name: " + "x" * 99),
        "line 6: generation mk1, name: Ensure this value has at most 40",
    ),
    "not a fuse": (wrong("amps: ", "amps: NaN #"), "line .*: fuse, amps: "),
    "a fuse without a rating": (wrong("amps: ", "amps: -1 #"), "line .*: fuse .*: A fuse has a rating above zero"),
    "published without a source": (
        wrong("  sources: [base-article, fca, mb, wtc]\n", ""),
        "line 6: generation mk1, sources: Name a source before you publish.",
    ),
    "a name of another": (
        lambda: edited((f"  other_names: {first(RadioUnit).other_names}", "  other_names: Sony")).encode(),
        "line .*: radiounit .* is a name of",
    ),
}


def test_what_is_wrong_is_refused_in_one_line_and_changes_nothing() -> None:
    before, wrong = rows_with_keys(), {}
    for case, (make, told) in REFUSED.items():
        words = refusal(make()) or ""
        if not re.search(told, words) or "\n" in words or len(words) >= 350:
            wrong[case] = words
    assert wrong == {}
    assert rows_with_keys() == before


def test_a_hostile_file_is_read_no_further_than_its_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    """The number of events that are taken from the parser is bounded, whatever the file holds."""
    taken, parse = 0, yaml.parse

    def counting(*args: Any, **kwargs: Any) -> Iterator[yaml.Event]:
        nonlocal taken
        for event in parse(*args, **kwargs):
            taken += 1
            yield event

    monkeypatch.setattr(yaml, "parse", counting)
    bounds = {"many values": 2 * MAX_NODES + 2, "deep": 40, "a billion laughs": 40}
    for case, most in bounds.items():
        taken = 0
        assert refusal(REFUSED[case][0]())
        assert taken <= most, case


def one_of_each() -> Content:
    """The first row of every model, with one of each reference and whatever these need."""
    whole = load(start().encode()).content
    content: Content = {model: {} for model in models()}
    waiting = [(model, min(rows)) for model, rows in whole.items()]
    while waiting:
        model, key = waiting.pop()
        record = content[model][key] = dict(whole[model][key])
        for field in fields(model):
            if field.is_relation and record[field.name]:
                record[field.name] = record[field.name][:1] if field.many_to_many else record[field.name]
                others = record[field.name] if field.many_to_many else [record[field.name]]
                waiting += [(target(field), other) for other in others if other not in content[target(field)]]
    return content


def places(text: str) -> Iterator[tuple[int, int]]:
    """Where each value of each kind of field stands, from and to; what every model has is taken once."""
    seen = set()
    section = ""
    for found in re.finditer(r"^(?:(\w+):\n|(?:- |  )(\w+): (.*(?:\n    .*)*))$", text, re.M):
        section = found[1] or section
        kind = found[2] if found[2] in COMMON else (section, found[2])
        if found[2] and kind not in seen:
            seen.add(kind)
            yield found.span(3)


COMMON = ("order", "is_published", "confidence", "checked_on", "others_say", "sources")


WRONG_VALUES = ["[a, b, c, d]", "{a: b}", "[[a], [b]]", "''", "'-'", r"'\ud800'", "9" * 25, "a" * 5000]


def test_a_wrong_value_anywhere_is_refused_or_fits() -> None:
    """Whatever stands in a field, the answer is a content or one line, never a trace."""
    text = dump(one_of_each())
    apply(load(text.encode()))  # so that each file below changes one row
    spans = list(places(text))
    assert len(spans) > 80
    for value in WRONG_VALUES:
        refused = [refusal((text[:begin] + value + text[end:]).encode()) for begin, end in spans]
        assert len(list(filter(None, refused))) > 30, value
        assert not any("\n" in words for words in refused if words), value


def refusal(data: bytes) -> str | None:
    """Why the file is not imported; None if it could be. Nothing is stored."""
    try:
        with transaction.atomic():
            apply(load(data))
            transaction.set_rollback(True)
    except ContentFileError as refused:
        return str(refused)
    return None


def with_messages(*displays: str) -> bytes:
    """The starting content with a message more for each of these."""
    rows = [
        f"- slug: odd-{number}\n  display: {display}\n  meaning: Odd.\n  next_action: Wait.\n  severity: wait\n"
        "  order: 990\n  is_published: false\n  confidence: reported\n\n"
        for number, display in enumerate(displays)
    ]
    return edited(("\nerrormessage:\n\n", f"\nerrormessage:\n\n{''.join(rows)}")).encode()


def test_no_two_rows_of_the_file_share_a_name() -> None:
    with pytest.raises(ContentFileError, match="errormessage odd-1: “odd one” is a name of “ODD-ONE” already"):
        apply(load(with_messages("ODD-ONE", "odd one")))


def test_names_are_looked_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """And not all of them for each row: that would take hours for a large file."""
    looked_at: list[str] = []

    def look(name: str) -> str:
        looked_at.append(name)
        return match_key(name)

    monkeypatch.setattr(base, "match_key", look)
    apply(load(with_messages(*(f"ODD {number}" for number in range(40)))))
    assert len(looked_at) <= 2 * sum(len(message.names) for message in ErrorMessage.objects.all())


def test_a_bad_last_row_changes_nothing() -> None:
    before = rows_with_keys()
    text = edited(("name: Mk1", "name: Mk one"))
    last = text.rindex("read_on: ")
    with pytest.raises(ContentFileError):
        apply(load(f"{text[:last]}read_on: 2026-11-31\n\n...\n".encode()))
    with pytest.raises(ContentFileError):
        apply(load(f"{text[:last]}read_on: 2026-11-22\n  url: nowhere\n\n...\n".encode()))
    assert rows_with_keys() == before


def test_windows_may_have_touched_the_file() -> None:
    assert not dry_run(load(b"\xef\xbb\xbf" + export().replace("\n", "\r\n").encode()))[0]


# ---- The command


def command(*args: str) -> str:
    out = StringIO()
    call_command("content", *args, stdout=out)
    return out.getvalue()


def test_the_command_writes_compares_and_reads(tmp_path: Path) -> None:
    file = tmp_path / "content.yaml"
    assert command("export", str(file)) == ""
    assert file.read_text() == command("export") == export()
    assert command("diff", str(file)) == command("import", str(file)) == "No difference.\n"
    file.write_text(edited(("name: Mk1", "name: Mk one")))
    told = "~ generation mk1, name: “Mk1” → “Mk one”\n0 added, 0 removed, 1 changed.\n"
    assert command("diff", str(file)) == told
    assert first(Generation).name == "Mk1"
    assert command("import", str(file), "--yes") == f"{told}Imported.\n"
    assert first(Generation).name == "Mk one"


def test_the_command_publishes_no_errors_either(tmp_path: Path) -> None:
    file, out = tmp_path / "content.yaml", StringIO()
    file.write_text(edited(("last_year: 2004", "last_year: 2013")))
    broken = "but no question tells them apart."
    assert broken in command("diff", str(file))
    before = rows_with_keys()
    with pytest.raises(CommandError, match="Nothing was imported: it would publish errors"):
        call_command("content", "import", str(file), "--yes", stdout=out)
    assert broken in out.getvalue()
    assert rows_with_keys() == before


@pytest.mark.parametrize(("answer", "name"), [("y", "Mk one"), ("", "Mk1"), ("no", "Mk1")])
def test_a_person_at_a_terminal_is_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, answer: str, name: str
) -> None:
    file = tmp_path / "content.yaml"
    file.write_text(edited(("name: Mk1", "name: Mk one")))
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    monkeypatch.setattr("builtins.input", lambda question: answer)
    if name == "Mk1":
        with pytest.raises(CommandError, match=r"^Nothing was imported\.$"):
            command("import", str(file))
    else:
        command("import", str(file))
    assert first(Generation).name == name


def test_without_a_terminal_yes_is_needed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "content.yaml"
    file.write_text(edited(("name: Mk1", "name: Mk one")))
    monkeypatch.setattr("sys.stdin.isatty", lambda: False, raising=False)
    with pytest.raises(CommandError, match="there is no terminal to ask on"):
        command("import", str(file))
    assert first(Generation).name == "Mk1"


@pytest.mark.parametrize("what", ["import", "diff"])
def test_a_file_that_cannot_be_read_is_one_line(tmp_path: Path, what: str) -> None:
    for file, reason in ((tmp_path / "none", "No such file or directory"), (tmp_path, "Is a directory")):
        with pytest.raises(CommandError, match=f"^{re.escape(str(file))}: {reason}$"):
            command(what, str(file))
    with pytest.raises(CommandError, match=r"^/dev/zero: The file is larger than 5 MB\.$"):
        command(what, "/dev/zero")
