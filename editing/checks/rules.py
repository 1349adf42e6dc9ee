"""What the content has to be. A rule is a function that yields each row at fault with words for it; its docstring says
what it demands, and RULES its level. Give a rule another name when it demands more: see publishing.py."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations, permutations, takewhile
from typing import Any, TypeAlias

from django.db.models import Model, TextField
from django.urls import Resolver404, resolve
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from guides.drawings.faceplates import LAYOUTS
from guides.models import (
    FAQ,
    Claim,
    CodeNeeded,
    CodeSource,
    ErrorMessage,
    Generation,
    Overlap,
    Procedure,
    ProcedureUse,
    RadioUnit,
    Section,
    Severity,
    Step,
    Task,
)
from guides.models.base import LAST_YEAR
from guides.models.keys import UNIT_KEYS, presses
from guides.models.procedures import MAX_LINE
from guides.public.guide import can_do, leads_to
from guides.reader import EVERYDAY, Phrases
from guides.reader.topics import Word, topics_of

from . import readability
from .content import Published, asks_for_code
from .finding import Level

Faults: TypeAlias = Iterator[tuple[Model, str]]

#: Words of a step that uses force and can break a part.
FORCE = re.compile(r"\b(?:pull|prise|pry|lever|force|unscrew)\b", re.IGNORECASE)
WARNINGS = (Severity.CAREFUL, Severity.STOP)
#: Text that is a list or what a display shows, not sentences.
NOT_SENTENCES = {"asked_as", "bring", "everyday_words", "serial_screens", "synonyms"}
#: An address of this site within a text; of another site it would follow a letter.
ADDRESS = re.compile(r"(?<![\w./])(?:/[a-z0-9-]+)+/")


def missing(content: Published) -> Faults:
    """Every fact has a source and the day it was checked, and each kind of row what it needs: a radio with buttons
    that asks for a code its confirm keys, a procedure its steps. The missing() of each model lists them."""
    for row in content.facts:
        if gaps := row.missing():
            yield row, _("Missing: %(gaps)s.") % {"gaps": ", ".join(gaps)}


def fields(content: Published) -> Faults:
    """No field holds what its form refuses: what never enters, a text that is too long, years outside the generation,
    keys that the front has not, words that the reader finds in everyday texts. The refusals() of each model list
    them."""
    for row in (*content.facts, *content.helpers, *content.sources):
        for name, words in row.refusals():
            label = capfirst(row._meta.get_field(name).verbose_name)  # type: ignore[union-attr]
            yield row, _("%(field)s: %(words)s") % {"field": label, "words": words}


def dead_end(content: Published) -> Faults:
    """The guide of every radio in a car leads to an end: where a code may be needed it says where to get one, how to
    enter it, and what the messages mean; where none is, how one knows that."""
    for guide, fitment in content.car_guides:
        if not asks_for_code(guide):
            if not (fitment.code_advice or any(faq.section == Section.NEEDED for faq in guide.questions)):
                yield fitment, _("Its guide ends without a word on why no code is needed.")
            continue
        if not guide.code_sources:
            yield fitment, _("Its guide names no way to get the code.")
        if not any(way.actions for way in guide.entering):
            yield fitment, _("Its guide has no step to enter the code.")
        if not guide.messages:
            yield fitment, _("Its guide explains no message.")


def actions(content: Published) -> Faults:
    """A procedure in a guide has an action that the public sees: notes alone do not say what to do."""
    idle = {way.procedure for guide in content.guides for way in guide.procedures if not way.actions}
    for procedure in idle:
        yield procedure, _("A guide shows it without a single action.")


def row(content: Published) -> Faults:
    """Each procedure of a radio has its own row in the guide, with a line that fits on a phone once the radio's keys
    are in it."""
    for guide in content.radio_guides:
        names: dict[str, str] = {}
        for way in guide.procedures:
            procedure = way.procedure
            if other := names.get(procedure.anchor):
                yield (
                    guide.radio,
                    _("Two procedures in one row of its guide: %(one)s, %(other)s.")
                    % {
                        "one": other,
                        "other": procedure.name,
                    },
                )
            names[procedure.anchor] = procedure.name
            if len(way.line) > MAX_LINE:
                yield (
                    procedure,
                    _("Its line is %(length)d characters long on the %(radio)s, %(most)d fit.")
                    % {
                        "length": len(way.line),
                        "radio": guide.radio,
                        "most": MAX_LINE,
                    },
                )


def unit(content: Published) -> Faults:
    """A unit that needs a code has a way to read its serial and a way to enter the code. (Confirm keys: missing.)"""
    for guide in content.radio_guides:
        if guide.radio.code_needed == CodeNeeded.YES:
            if not guide.reading:
                yield guide.radio, _("It needs a code, but no procedure reads its serial.")
            if not guide.entering:
                yield guide.radio, _("It needs a code, but no procedure enters it.")


def keys(content: Published) -> Faults:
    """A radio has the keys that its procedures name: a procedure with an action that it cannot do is left out of its
    guide, and the keys of each step are on its front."""
    for guide in content.radio_guides:
        radio = guide.radio
        for use in radio.uses.all():
            if not can_do(radio, use.procedure):
                yield radio, _("It has no keys for “%(name)s”: its guide leaves that out.") % {"name": use.procedure}
        if radio.faceplate not in LAYOUTS:
            continue  # its keys are not known
        front = {key.name for key in LAYOUTS[radio.faceplate].keys}
        for step in (step for way in guide.procedures for step in way.steps if step.keys not in UNIT_KEYS):
            for key in sorted({key for press in presses(step.keys) for key in press} - front):
                yield step, _("The %(radio)s has no key %(key)s on its front.") % {"radio": radio, "key": key}


def message(content: Published) -> Faults:
    """A message has one next action, in one paragraph."""
    for row in content.public(ErrorMessage):
        if not row.next_action.strip():
            yield row, _("It does not say what to do next.")
        elif "\n\n" in row.next_action.strip():
            yield row, _("It names more than one next action.")


def warning_first(content: Published) -> Faults:
    """Before a step that sends a code, which can cost a try, its procedure has a step marked careful or stop. Before
    one that uses force, which can break a part, it has one too, or the step itself or a note to it is one."""
    confirming = {keys for radio in content.public(RadioUnit) for keys in radio.confirm_keys.split()}
    for procedure in content.public(Procedure):
        warned = False
        steps = [step for step in content.public(Step) if step.procedure_id == procedure.pk]
        for place, step in enumerate(steps):
            warned = warned or step.severity in WARNINGS
            entering = procedure.task in (Task.ENTER_CODE, Task.ENTER_ON_SCREEN)
            sends = entering and ("CONFIRM" in step.keys or step.keys in confirming)
            if not warned and sends:
                yield step, _("It sends a code, which can cost a try, and no warning comes before it.")
            elif not warned and FORCE.search(step.text):
                notes = takewhile(lambda each: each.is_note, steps[place + 1 :])
                if not any(note.severity in WARNINGS for note in notes):
                    yield step, _("It can break a part, and no warning comes with it.")


def overlap(content: Published) -> Faults:
    """Where two generations share years, an overlap covers all of them, with a question and both answers."""
    overlaps = content.public(Overlap)
    for one, other in combinations(content.public(Generation), 2):
        end = min(row.last_year or LAST_YEAR for row in (one, other))
        shared = range(max(one.first_year, other.first_year), end + 1)
        asked = [row for row in overlaps if {row.earlier_id, row.later_id} == {one.pk, other.pk}]
        if not all(any(row.covers(year) for row in asked) for year in shared):
            yield (
                max(one, other, key=lambda each: each.first_year),
                _("It shares years with %(other)s, but no question tells them apart.")
                % {"other": min(one, other, key=lambda each: each.first_year).name},
            )
    for row in overlaps:
        if not all(words.strip() for words in (row.question, row.earlier_answer, row.later_answer)):
            yield row, _("The question, or an answer to it, is empty.")


def orphan(content: Published) -> Faults:
    """What is published can be reached: a procedure from a published radio, a radio from a car, a generation by a
    radio; a message from a published radio; a question or way to the code from one of those that it names, if any."""
    for procedure in content.public(Procedure):
        if not procedure.get_absolute_url():
            yield procedure, _("No published radio uses it.")
    fitted = {row for guide, fitment in content.car_guides for row in (guide.radio, fitment.generation)}
    for row in (*content.public(RadioUnit), *content.public(Generation)):
        if row not in fitted:
            yield row, _("No published radio in a car leads to it.")
    for shown in content.public(ErrorMessage):
        if not any(radio.is_published for radio in shown.radios.all()):
            yield shown, _("No published radio shows it.")
    limited = [
        *((question, (question.radios.all(), question.generations.all())) for question in content.public(FAQ)),
        *((way, (way.radios.all(),)) for way in content.public(CodeSource)),
    ]
    for named, limits in limited:
        if any(rows and not any(row.is_published for row in rows) for rows in limits):
            yield named, _("All that it is for are drafts.")


def unused(content: Published) -> Faults:
    """Every serial format and make is used, and nothing published hangs from a draft."""
    for row in content.helpers:
        if row not in content.used_helpers:
            yield row, _("Nothing uses it.")
    for rows in content.marked.values():
        for row in rows:
            if drafts := row.drafts_above():
                yield row, _("It is published, but hidden by a draft: %(row)s.") % {"row": drafts[0]}


def link(content: Published) -> Faults:
    """A message leads to a part that a guide of its radios has, and an address of this site in a text has a page."""
    for shown in content.public(ErrorMessage):
        guides = [guide for guide in content.guides if shown in guide.messages]
        if shown.leads_to and guides and not any(leads_to(shown, guide.anchors) for guide in guides):
            yield (
                shown,
                _("It leads to “%(part)s”, which no guide of its radios has.") % {"part": shown.get_leads_to_display()},
            )
    for row, text in _texts(content):
        for address in ADDRESS.findall(text):
            if address not in content.addresses and not _is_fixed(address):
                yield row, _("%(address)s is no page of this site.") % {"address": address}


def everyday_spelling(content: Published) -> Faults:
    """No spelling besides the display is an everyday word: the reader would take “hold 1 and 6” for a display."""
    for shown in content.public(ErrorMessage):
        for spelling in shown.spellings[1:]:
            if spelling.rstrip("+!. ").upper() in EVERYDAY:
                yield shown, _("“%(word)s” is an everyday word: move it to those.") % {"word": spelling}


def swallowed_phrase(content: Published) -> Faults:
    """By no phrase do all texts that ask for another row ask for this one too."""
    askable: list[Any] = [*content.public(Procedure), *content.public(FAQ), *content.public(CodeSource)]
    asked = topics_of([Phrases(row._meta.model_name or "", row.slug, tuple(row.phrases)) for row in askable])
    for topic, phrase, other in _swallowed(asked.phrases):
        words = " ".join("/".join(forms) for forms in phrase).lower()
        yield askable[topic], _("“%(phrase)s” also asks for “%(row)s”.") % {"phrase": words, "row": askable[other]}


@lru_cache(maxsize=2)  # half the time of all checks, and most saves change no phrase
def _swallowed(phrases: tuple[tuple[int, tuple[Word, ...]], ...]) -> list[tuple[int, tuple[Word, ...], int]]:
    """The topics that ask for another too: the topic, its phrase, the other."""
    return [
        (topic, phrase, other)
        for (topic, phrase), (other, longer) in permutations(phrases, 2)
        if topic != other and all(any(_covers(word, each) for each in longer) for word in phrase)
    ]


def _covers(word: Word, other: Word) -> bool:
    """Whether all forms of the other word of a phrase are forms of this one."""
    stems = tuple(form.rstrip("*") for form in word if form.endswith("*"))
    return all(form in word or form.rstrip("*").startswith(stems) for form in other)


def same_order(content: Published) -> Faults:
    """No two rows of one list have the same order: which of them comes first is then a matter of chance."""
    for rows in map(content.public, content.marked):
        first: dict[tuple[int | None, int], Claim] = {}
        for row in rows:
            other = first.setdefault((row.list_parent, row.order), row)
            if other is not row:
                yield row, _("It has the same order as “%(other)s”.") % {"other": other}
    for guide in content.radio_guides:
        used: dict[int, ProcedureUse] = {}
        for use in guide.radio.uses.all():
            if (before := used.setdefault(use.order, use)) is not use:
                yield (
                    guide.radio,
                    _("Two of its procedures have the same order: %(one)s, %(other)s.")
                    % {"one": before.procedure, "other": use.procedure},
                )


def plain_language(content: Published) -> Faults:
    """No sentence is longer than 30 words, and no text asks for over nine years of school by the Flesch–Kincaid
    formula; twelve where it has fewer than 25 words, because then the formula swings (readability.py)."""
    for row, text in _texts(content):
        start = f"{text[:40]}…"
        if (words := readability.longest_sentence(text)) > readability.MAX_SENTENCE:
            yield row, _("A sentence of %(words)d words: “%(text)s”") % {"words": words, "text": start}
        if readability.is_too_hard(text):
            grade = round(readability.grade(text), 1)
            yield row, _("Hard to read, grade %(grade)s: “%(text)s”") % {"grade": grade, "text": start}


def _texts(content: Published) -> Iterator[tuple[Model, str]]:
    """Every text in sentences that the public reads."""
    for row in content.facts:
        for field in row._meta.fields:
            if isinstance(field, TextField) and field.name not in NOT_SENTENCES:
                yield row, getattr(row, field.name)


def _is_fixed(address: str) -> bool:
    """Whether it is the address of a page that is not made of a row."""
    try:
        return not resolve(address).kwargs
    except Resolver404:
        return False


@dataclass(frozen=True)
class Rule:
    level: Level
    demand: Callable[[Published], Faults]
    blocks_publishing: bool = False

    @property
    def name(self) -> str:
        return self.demand.__name__.replace("_", "-")


_BLOCKING = (
    missing,
    fields,
    dead_end,
    actions,
    row,
    unit,
    keys,
    message,
    warning_first,
    overlap,
    link,
    everyday_spelling,
    swallowed_phrase,
)

RULES = (
    *(Rule(Level.ERROR, demand, blocks_publishing=True) for demand in _BLOCKING),
    Rule(Level.ERROR, orphan),  # in a larger change a row is published before anything leads to it; harms no driver
    Rule(Level.WARNING, unused),
    Rule(Level.WARNING, plain_language),
    Rule(Level.WARNING, same_order),  # forms and files keep the order that the site shows
)
