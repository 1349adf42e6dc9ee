"""The answer to what somebody typed: what to do now, where that stands, and the one thing that is missing.

Pure: a reading and the site's rows in, an Answer out. static/js/answer.js does the same on a phone without signal,
with the same rows and words.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils.dates import MONTHS

from guides.reader import MAX_LENGTH, Found, Kind, Reading, Severity, Topic, match_key
from guides.reader.kinds import GOOD_SERIAL, LEADING

from .answer_rows import FitmentRow, GenerationRow, MessageRow, OverlapRow, RadioRow, Rows, TopicRow
from .words import WORDS

#: What may be tapped as shown by the display, and the line that says so.
SHOWN = {
    "code": "display says CODE",
    "wait": "display says WAIT",
    "locked": "display says LOCKED",
    "no-display": "display shows nothing",
}
DARK = "no-display"
#: Kinds that only tell which car or radio it is, so that what they ask about says what to do.
ONLY_NAMES = {Kind.RADIO_NAME, Kind.GENERATION, Kind.YEAR, Kind.NUMBER_PLATE, Kind.VIN, Kind.QUESTION}
#: Kinds after which the serial is read again, and those after which the label is looked for.
TO_SERIAL = {Kind.WRONG_FIRST_LETTER, Kind.MISSING_LETTER, Kind.TOO_LONG, Kind.TOO_SHORT, Kind.OLDER_SERIAL}
TO_LABEL = {Kind.SOFTWARE_DATA, Kind.NOT_SHOWN, Kind.PART_NUMBER, Kind.MODEL_NAME}
#: Of these the reader may propose a serial with other characters.
CORRECTED = {Kind.LOOKALIKE, Kind.WRONG_FIRST_LETTER, Kind.EXTRA_ZERO}
NAVIGATION_RADIO = "travelpilot"
#: Words that the reader takes with a plate (guides/reader/plates.py).
AROUND_A_PLATE = {
    *("NUMBER", "NUMBERPLATE", "PLATE", "PLATED", "REG", "REGISTRATION", "NO", "IS", "A", "AN", "ON", "WITH"),
    *("START", "STARTS", "STARTING", "BEGINS", "BEGINNING", ":", ","),
}
MAX_QUESTIONS = 3
#: Where to go from what was not understood: the words and the page.
EXITS = {
    "all-radios": "radios",
    "all-messages": "messages",
    "get-the-code": "get_the_code",
    "all-questions": "questions",
}


@dataclass(frozen=True)
class Link:
    """A link, or with ``change`` a button that sends the text with that change (guides/reader/edit.py)."""

    label: str
    href: str = ""
    change: str = ""
    #: What it shows: "car mk2", "radio sony", or "display" for a label as the radio shows it.
    picture: str = ""


@dataclass(frozen=True)
class Missing:
    """The one thing to ask for, with its answers and with ways out."""

    question: str
    choices: tuple[Link, ...]
    others: tuple[Link, ...] = ()


@dataclass(frozen=True)
class Suggestion:
    """A question that fits, with the first words of its answer."""

    label: str
    href: str
    short: str


@dataclass(frozen=True)
class Answer:
    """The card, from top to bottom."""

    verdict: Kind
    serial: str
    messages: tuple[str, ...]
    asks: tuple[str, ...]
    radio: str
    generations: tuple[str, ...]
    questions: tuple[str, ...]
    #: The path of the guide, if car and radio are certain.
    guide: str
    #: The message to stop or to wait for.
    alert: MessageRow | None
    #: The question that the sentence answers, or ''.
    question: str
    sentence: str
    #: The rest of what to do, where it takes more than a sentence.
    more: str
    notes: tuple[str, ...]
    button: Link | None
    understood: tuple[Link, ...]
    missing: Missing | None
    suggestions: tuple[Suggestion, ...]
    #: Where else to go from what was not understood.
    exits: tuple[Link, ...]


def answer(reading: Reading, rows: Rows, guide: tuple[str, str] | None = None) -> Answer:
    """Give the answer, on a page of its own or inside a guide: that of a radio (its slug) in a generation (or '')."""
    return _Answering(reading, rows, guide).answer()


def data() -> dict[str, Any]:
    """What this module goes by, ready for JSON, for the same answers in the browser."""
    return {
        "shown": SHOWN,
        "dark": DARK,
        "onlyNames": sorted(ONLY_NAMES),
        "toSerial": sorted(TO_SERIAL),
        "toLabel": sorted(TO_LABEL),
        "corrected": sorted(CORRECTED),
        "navigationRadio": NAVIGATION_RADIO,
        "aroundAPlate": sorted(AROUND_A_PLATE),
        "mostQuestions": MAX_QUESTIONS,
        "exits": EXITS,
        "goodSerial": sorted(GOOD_SERIAL),
        "leading": LEADING,
        "maxLength": f"{MAX_LENGTH:,}",
        "months": [str(MONTHS[number]) for number in range(1, 13)],
    }


def say(group: str, name: str, /, **values: object) -> str:
    return str(WORDS[group][name]) % values


@dataclass(frozen=True)
class _Answering:
    reading: Reading
    rows: Rows
    inside: tuple[str, str] | None

    def answer(self) -> Answer:
        reading, led_by = self.reading, self._topic_that_leads
        asked = [topic for topic in reading.topics if topic.kind == "question" and self._key(topic) in self.rows.topics]
        return Answer(
            verdict=reading.kind,
            serial=reading.serial,
            messages=reading.messages,
            asks=reading.asks,
            radio=self.radio.slug if self.radio else "",
            generations=tuple(row.slug for row in self.generations),
            questions=tuple(topic.slug for topic in asked),
            guide=self.fitment.url if self.fitment else "",
            alert=self.message if self._is_grave else None,
            question=self._row_of(led_by).name if led_by and led_by.kind == "question" else "",
            sentence=self._sentence,
            more=self._leading_message.action_more if self._leading_message else "",
            notes=tuple(self._notes()),
            button=self._button(),
            understood=tuple(self._understood()),
            missing=self._missing(),
            suggestions=tuple(
                Suggestion(row.name, row.url, row.short)
                for row in map(self._row_of, [topic for topic in asked if topic != led_by][:MAX_QUESTIONS])
            ),
            exits=tuple(self._exits()),
        )

    # ---- Which car, which radio

    @cached_property
    def radios(self) -> list[RadioRow]:
        if self.inside:
            return [self.rows.radios[self.inside[0]]]
        return [self.rows.radios[slug] for slug in self.reading.radios if slug in self.rows.radios]

    @property
    def radio(self) -> RadioRow | None:
        return self.radios[0] if len(self.radios) == 1 else None

    @cached_property
    def generations(self) -> list[GenerationRow]:
        slugs = (self.inside[1],) if self.inside and self.inside[1] else self.reading.generations
        return [self.rows.generations[slug] for slug in slugs if slug in self.rows.generations]

    @property
    def generation(self) -> GenerationRow | None:
        return self.generations[0] if len(self.generations) == 1 else None

    @cached_property
    def fitment(self) -> FitmentRow | None:
        radio, generation = self.radio, self.generation
        if not radio or not generation:
            return None
        pair = (generation.slug, radio.slug)
        return next((row for row in self.rows.fitments if (row.generation, row.radio) == pair), None)

    def _fitted(self, *, generation: str = "", radio: str = "") -> list[FitmentRow]:
        return [row for row in self.rows.fitments if generation in ("", row.generation) and radio in ("", row.radio)]

    # ---- What to do

    @cached_property
    def message(self) -> MessageRow | None:
        return next((self.rows.messages[slug] for slug in self.reading.messages if slug in self.rows.messages), None)

    @property
    def _is_grave(self) -> bool:
        return self.message is not None and self.message.severity in LEADING

    @cached_property
    def _topic_that_leads(self) -> Topic | None:
        """What they ask about, where nothing seen says better what to do."""
        kind, message = self.reading.kind, self.message
        if kind in ONLY_NAMES or (kind is Kind.MESSAGE and message and message.severity == Severity.GO):
            return next((topic for topic in self.reading.topics if self._key(topic) in self.rows.topics), None)
        return None

    @property
    def _leading_message(self) -> MessageRow | None:
        return self.message if self.reading.kind is Kind.MESSAGE and not self._topic_that_leads else None

    @cached_property
    def _sentence(self) -> str:
        reading = self.reading
        if self._topic_that_leads:
            return self._row_of(self._topic_that_leads).short
        if self._leading_message:
            return self._leading_message.action
        if reading.over_limit:
            return say("sentences", "over-limit", characters=f"{MAX_LENGTH:,}")
        if reading.kind in (Kind.SERIAL, Kind.SERIAL_IN_TEXT):
            return say("sentences", Kind.SERIAL, serial=reading.serial)
        if reading.kind is Kind.QUESTION and reading.cars:
            car = self.rows.cars[reading.cars[0]]
            return say("sentences", "other-car" if car.radios else "car-without-guide", car=car.name)
        if reading.months and reading.kind in (Kind.GENERATION, Kind.NUMBER_PLATE, Kind.VIN):
            return next(self._told_months())
        if reading.kind in (Kind.RADIO_NAME, Kind.GENERATION, Kind.YEAR):
            return self._names()
        return say("sentences", reading.kind)

    def _told_months(self) -> Iterator[str]:
        return (self._months(found) for found in self.reading.found if found.what == "months")

    def _names(self) -> str:
        """Which car and radio they have."""
        radio, generation = self.radio, self.generation
        if self.inside and radio:
            name = "this-guide" if self.inside[1] and generation else "this-radio"
            return say("sentences", name, radio=radio.name, car=generation.name if generation else "")
        if len(self.radios) > 1:
            return say("sentences", "several-radios")
        if radio and generation:
            return say(
                "sentences", "guide" if self.fitment else "no-such-fitment", radio=radio.name, car=generation.name
            )
        if radio:
            return say("sentences", Kind.RADIO_NAME, radio=radio.name)
        if generation:
            return say("sentences", Kind.GENERATION, car=generation.name)
        if not self.generations:
            return say("sentences", "no-such-year")
        return say("sentences", "year" if self._overlap and not self._is_named else "unclear")

    @property
    def _is_named(self) -> bool:
        return any(found.what == "generation" for found in self.reading.found)

    @property
    def _overlap(self) -> OverlapRow | None:
        """The years that the generations share that are still possible, if they are two neighbours."""
        slugs = [row.slug for row in self.generations]
        return next((row for row in self.rows.overlaps if [row.earlier, row.later] == slugs), None)

    def _notes(self) -> Iterator[str]:
        reading = self.reading
        for swap in reading.swaps:
            yield say("notes", "swap" if swap.meant.isdecimal() else "swap-letter", **swap._asdict())
        if self._is_grave and reading.serial and reading.serial_kind in GOOD_SERIAL:
            yield say("notes", "serial", serial=reading.serial)
        leads = self._leading_message
        if leads and self._is_spelled_otherwise(leads):
            yield leads.meaning
        if reading.kind is Kind.SOFTWARE_DATA:
            yield from self._other_keys()
        if reading.serial and self.fitment:
            yield from self._usual_letter(self.fitment)
        yield from self._also()
        if self.inside and reading.radios and self.inside[0] not in reading.radios and self._names() != self._sentence:
            yield self._names()
        yield from (told for told in self._told_months() if told != self._sentence)
        if reading.months and not self._topic_that_leads and reading.kind in (Kind.NUMBER_PLATE, Kind.VIN):
            yield say("sentences", reading.kind)
        if leads and self.radio and f"m-{leads.slug}" not in self.radio.anchors:
            yield say("notes", "other-radio", radio=self.radio.name, display=leads.display)

    def _is_spelled_otherwise(self, message: MessageRow) -> bool:
        """Whether no word that was read is its display or an everyday word for it."""
        words = [match_key(each.words) for each in self.reading.found if each[:2] == ("message", message.slug)]
        return not any(word.endswith(name) for word in words for name in message.names)

    def _other_keys(self) -> Iterator[str]:
        if not self.radio:
            yield say("notes", "hold-2-6")
        elif not self.radio.serial_keys:
            if "label" in self.radio.anchors:
                yield say("notes", "label-has-it")
        else:
            for keys in self.radio.serial_keys:
                if keys != "1 + 6":
                    yield say("notes", "hold", keys=keys)

    def _usual_letter(self, fitment: FitmentRow) -> Iterator[str]:
        if not fitment.usual_letter:
            yield say("notes", "no-serial-here", radio=self.rows.radios[fitment.radio].name)
        elif fitment.usual_letter != self.reading.serial[0]:
            yield say("notes", "usual-letter", usual=fitment.usual_letter, seen=self.reading.serial[0])

    def _also(self) -> Iterator[str]:
        also = self.reading.also
        if Kind.NUMBER_PLATE in also:
            yield say("notes", "plate-too")
        if Kind.KEYCODE in also:
            yield say("notes", "keycode-too")
        if self.reading.kind is Kind.MISSING_LETTER:
            if Kind.SOFTWARE_DATA in also:
                yield say("notes", "software-too")
            else:
                yield say("notes", "navigation-too" if Kind.NAVIGATION_SERIAL in also else "digits-alone")

    def _months(self, found: Found) -> str:
        """What a plate or a VIN tells of the car."""
        first, last = found.which.split(" ")
        cars = " / ".join(row.name for row in self.generations)
        name = "months" if first != last else "month"
        if not cars:
            name = "months-no-car"
        return say("notes", name, words=_plate(found.words), first=_month(first), last=_month(last), cars=cars)

    # ---- Where that stands

    def _button(self) -> Link | None:
        reading = self.reading
        if reading.kind in CORRECTED and reading.serial:
            return self._confirm()
        if self._topic_that_leads:
            return self._button_of_topic(self._topic_that_leads)
        if self._leading_message:
            return self._button_of_message(self._leading_message)
        if reading.kind in (Kind.SERIAL, Kind.SERIAL_IN_TEXT):
            return self._place("code")
        if reading.kind is Kind.KEYCODE:
            return self._place("enter")
        if reading.kind is Kind.NAVIGATION_SERIAL and NAVIGATION_RADIO in self.rows.radios and not self.inside:
            radio = self.rows.radios[NAVIGATION_RADIO]
            return Link(say("buttons", "radio", radio=radio.name), radio.url)
        if reading.kind in TO_SERIAL:
            return self._place("serial")
        if reading.kind in TO_LABEL:
            return self._place("label")
        if reading.kind is Kind.VIN:
            return self._own_guide() or self._place("code")
        if reading.kind is Kind.QUESTION and reading.cars and not self.radio:
            return Link(say("buttons", "other-car"), self.rows.cars[reading.cars[0]].url)
        if reading.kind in (*ONLY_NAMES, Kind.UNKNOWN):
            return self._own_guide()
        return None

    def _confirm(self) -> Link:
        """Send the serial as the person confirms it, in the place of what was read."""
        reading = self.reading
        seen = list(reading.serial)
        for swap in reading.swaps:
            seen[swap.position - 1] = swap.seen
        if Kind.EXTRA_ZERO in (reading.kind, reading.serial_kind):
            seen.insert(1, "0")
        return Link(say("buttons", "sure", serial=reading.serial), change=f"-{''.join(seen)}\n+{reading.serial}")

    def _button_of_topic(self, topic: Topic) -> Link | None:
        row = self._row_of(topic)
        place = self._known_place(row.anchor)
        if not place:  # the question belongs to no row of the guide: perhaps one of the others does
            rows = (self._row_of(each) for each in self.reading.topics if self._key(each) in self.rows.topics)
            place = next(filter(None, (self._known_place(each.anchor) for each in rows)), None)
        if not place and self.message:
            place = self._known_place("restart")
        if place:
            return place
        if not self.radio and row.only_radio in self.rows.radios:
            radio = self.rows.radios[row.only_radio]
            return Link(say("buttons", "radio", radio=radio.name), f"{radio.url}#{row.anchor}")
        if self._on_each_radio(row):
            return None
        if row.url:
            return Link(say("buttons", "questions") if topic.kind == "question" else row.name, row.url)
        return self._place(row.anchor)

    def _button_of_message(self, message: MessageRow) -> Link:
        anchor = f"m-{message.slug}"
        if not self._is_grave and message.anchor:
            if message.anchor == "fuses" and (restart := self._known_place("restart")):
                return restart
            if place := self._known_place(message.anchor):
                return place
        label = (
            say("buttons", "message", display=message.display) if message.is_literal else say("buttons", "described")
        )
        guide = self._own_guide()
        place = self._known_place(anchor)
        if place:
            return Link(label if self.inside or not guide else guide.label, place.href)
        return Link(label, message.url)

    def _own_guide(self) -> Link | None:
        """The page that goes furthest with what is known of car and radio."""
        radio, generation = self.radio, self.generation
        if self.inside:
            return self._other_guide(*self.inside)
        if radio and generation and self.fitment:
            return Link(say("buttons", "guide", radio=radio.name, car=generation.name), self.fitment.url)
        if radio:
            return Link(say("buttons", "radio", radio=radio.name), radio.url)
        if generation:
            return Link(say("buttons", "generation", car=generation.name), generation.url)
        return None

    def _other_guide(self, radio: str, generation: str) -> Link | None:
        """The guide of what they name, if it is not the one in which they ask."""
        radios = [slug for slug in self.reading.radios if slug != radio] or [radio]
        generations = [slug for slug in self.reading.generations if slug != generation] or [generation]
        if (radios, generations) == ([radio], [generation]) or len(radios) > 1 or len(generations) > 1:
            return None
        unit = self.rows.radios[radios[0]]
        fitted = self._fitted(radio=unit.slug, generation=generations[0]) if generations[0] else []
        if fitted:
            car = self.rows.generations[generations[0]].name
            return Link(say("buttons", "guide", radio=unit.name, car=car), fitted[0].url)
        return Link(say("buttons", "radio", radio=unit.name), unit.url) if unit.slug != radio else None

    def _place(self, anchor: str) -> Link:
        """The row of a guide, or the page that stands for it as long as the radio is unknown."""
        if place := self._known_place(anchor):
            return place
        if anchor in ("code", "card"):
            return Link(say("buttons", "code"), self.rows.pages["get_the_code"])
        if self.generation and not self.radio:
            return Link(say("buttons", "generation", car=self.generation.name), self.generation.url)
        return Link(say("buttons", "radios"), self.rows.pages["radios"])

    def _known_place(self, anchor: str) -> Link | None:
        guide = self.fitment or self.radio
        if not anchor or not guide or anchor not in guide.anchors:
            return None
        label = say("buttons", "messages" if anchor.startswith("m-") else anchor)
        return Link(label, f"#{anchor}" if self.inside else f"{guide.url}#{anchor}")

    # ---- What was understood

    def _understood(self) -> Iterator[Link]:
        reading = self.reading
        if reading.serial and reading.serial_kind in GOOD_SERIAL:
            yield Link(reading.serial, change=f"-{reading.serial}")
        words: dict[tuple[str, str], list[str]] = {}
        for found in reading.found:
            words.setdefault((found.what, found.which), []).append(found.words)
        for (what, which), said in words.items():
            label, picture = self._label(Found(what, which, said[0]))
            if label:
                longest_first = sorted(said, key=len, reverse=True)
                yield Link(label, change="\n".join(f"-{each}" for each in longest_first), picture=picture)
        if reading.kind is Kind.KEYCODE and not any(found.what == "digits" for found in reading.found):
            yield Link(say("taken", "digits"), change=f"-{reading.text}")

    def _label(self, found: Found) -> tuple[str, str]:
        """What a thing that was found is called, and its picture."""
        match found.what:
            case "message" if found.which in self.rows.messages:
                message = self.rows.messages[found.which]
                return message.display, "display" if message.is_literal else ""
            case "radio" if found.which in self.rows.radios:
                return self.rows.radios[found.which].name, ""
            case "generation" if found.which in self.rows.generations:
                return say("taken", "generation", name=self.rows.generations[found.which].name), ""
            case "car" if found.which in self.rows.cars:
                return self.rows.cars[found.which].name, ""
            case "year":
                return found.which.replace(" TO ", "–"), ""
            case "months":
                return _plate(found.words), ""
            case "digits":
                return say("taken", "digits"), ""
        return "", ""

    # ---- What is missing

    def _missing(self) -> Missing | None:
        reading = self.reading
        if reading.kind is Kind.SEVERAL_SERIALS:
            return Missing(say("asks", "serials"), tuple(map(self._only, reading.serials)))
        if reading.serial and reading.serial_kind in CORRECTED:
            confirm = (self._confirm(),) if self._is_grave else ()
            again = Link(say("asks", "look-again"), self._place("serial").href)
            return Missing(say("sentences", "sure" if confirm else "other", serial=reading.serial), confirm, (again,))
        if not self._is_grave and (asked := self._asked):
            return self._display(asked)
        if self._topic_that_leads and (place := self._on_each_radio(self._row_of(self._topic_that_leads))):
            return place
        if self.inside and self.inside[1]:
            return None if self.message or reading.serial else self._what_it_shows()
        if self.inside and self.generation:
            return None
        if not self.radio and (reading.serial or reading.cars or len(self.radios) > 1 or self.generation):
            return self._which_radio()
        if not self.generation and not reading.cars:
            return self._which_car()
        if self.radio and self.generation and not self.fitment:
            return self._which_radio()
        return None if self.message or reading.serial or reading.topics else self._what_it_shows()

    @property
    def _asked(self) -> str:
        """The message to ask about. Where something else leads, only one to stop or to wait for."""
        asks = (self.rows.messages[slug] for slug in self.reading.asks if slug in self.rows.messages)
        may_ask = self.reading.kind in ONLY_NAMES and not self._topic_that_leads
        return next((row.slug for row in asks if row.severity in LEADING or may_ask), "")

    def _on_each_radio(self, row: TopicRow) -> Missing | None:
        """Where this stands in the guide of each radio, for what has no page of its own."""
        if row.url or self.radio or row.only_radio in self.rows.radios:
            return None
        guides: list[tuple[str, FitmentRow | RadioRow]] = (
            [(each.radio, each) for each in self._fitted(generation=self.generation.slug)]
            if self.generation
            else [(each.slug, each) for each in self.rows.radios.values()]
        )
        choices = tuple(
            Link(self.rows.radios[slug].name, f"{guide.url}#{row.anchor}", picture=f"radio {slug}")
            for slug, guide in guides
            if row.anchor in guide.anchors
        )
        return Missing(say("asks", "radio"), choices) if choices else None

    def _only(self, serial: str) -> Link:
        others = [each for each in self.reading.serials if each != serial]
        return Link(serial, change="\n".join(f"-{each}" for each in others))

    def _display(self, asked: str) -> Missing:
        """Ask whether an everyday word is what the display shows."""
        out = "\n".join(f"-{each.words}" for each in self.reading.found if each[:2] == ("ask", asked))
        message = self.rows.messages[asked]
        likelier = ("wait", DARK) if asked == "code" else ("code", DARK)
        others = [slug for slug in likelier if slug in self.rows.messages and slug != asked]
        choices = [Link(say("asks", "yes"), change=f"+{_shown(message)}")]
        for slug in others:
            label = (
                say("asks", "no-dark")
                if slug == DARK
                else say("asks", "no-says", display=self.rows.messages[slug].display)
            )
            choices.append(Link(label, change=f"{out}\n+{SHOWN[slug]}"))
        choices.append(Link(say("asks", "no"), change=out))
        name = "dark" if asked == DARK else "says" if message.is_literal else "described"
        return Missing(say("asks", name, display=message.display), tuple(choices))

    def _which_radio(self) -> Missing:
        slugs = [row.slug for row in self.radios]
        if len(slugs) < 2 and self.generation:
            slugs = [row.radio for row in self._fitted(generation=self.generation.slug)]
        elif len(slugs) < 2 and self.reading.cars:
            slugs = list(self.rows.cars[self.reading.cars[0]].radios)
        elif len(slugs) < 2:
            slugs = [row.slug for row in self.rows.radios.values() if row.has_code]
        out = [found.words for found in self.reading.found if found.what == "radio"]
        choices = (
            Link(row.name, change=_change(row.name, *out), picture=f"radio {row.slug}")
            for row in (self.rows.radios[slug] for slug in slugs)
        )
        return Missing(
            say("asks", "radio"), tuple(choices), (Link(say("asks", "other-radio"), self.rows.pages["radios"]),)
        )

    def _which_car(self) -> Missing:
        slugs = [row.slug for row in self.generations]
        overlap = self._overlap
        others: tuple[Link, ...] = (Link(say("asks", "find"), f"{self.rows.pages['find_my_focus']}#cars"),)
        if overlap:
            labels = (overlap.earlier_answer, overlap.later_answer)
            choices = tuple(map(self._car, slugs, labels))
            return Missing(overlap.question, choices, others)
        if not slugs and self.radio:
            slugs = [row.generation for row in self._fitted(radio=self.radio.slug)]
        if not self.radio:
            others = (*others, Link(say("asks", "only-radio"), self.rows.pages["radios"]))
        return Missing(say("asks", "car"), tuple(map(self._car, slugs or self.rows.generations)), others)

    def _car(self, slug: str, look: str = "") -> Link:
        row = self.rows.generations[slug]
        label = f"{look}: {row.name}" if look else f"{row.name} {row.years}"
        told = [found for found in self.reading.found if found.what in ("generation", "year", "months")]
        out = [found.words for found in told if self._is_named and found.which != slug]
        return Link(label, change=_change(say("taken", "generation", name=row.name), *out), picture=f"car {slug}")

    def _what_it_shows(self) -> Missing:
        choices = []
        for slug, line in SHOWN.items():
            if slug in self.rows.messages and (not self.radio or self.radio.has_code or slug == DARK):
                label = say("asks", "dark-chip") if slug == DARK else self.rows.messages[slug].display
                choices.append(Link(label, change=f"+{line}", picture="" if slug == DARK else "display"))
        other = "#messages" if self.inside and self._known_place("messages") else self.rows.pages["messages"]
        return Missing(say("asks", "message"), tuple(choices), (Link(say("asks", "other-message"), other),))

    def _exits(self) -> Iterator[Link]:
        if self.reading.kind in (Kind.UNKNOWN, Kind.EMPTY):
            for name, page in EXITS.items():
                yield Link(say("asks", name), self.rows.pages[page])

    # ---- Topics

    def _key(self, topic: Topic) -> str:
        return f"{topic.kind} {topic.slug}"

    def _row_of(self, topic: Topic) -> TopicRow:
        return self.rows.topics[self._key(topic)]


def _change(line: str, *words: str) -> str:
    return "\n".join([*(f"-{each}" for each in words), f"+{line}"])


def _shown(message: MessageRow) -> str:
    return SHOWN.get(message.slug, f"display says {message.display}")


def _plate(words: str) -> str:
    """The plate, the VIN or its age, without the words around it: "57 PLATE" is 57."""
    return " ".join(word for word in words.split() if word not in AROUND_A_PLATE) or words


def _month(month: str) -> str:
    year, number = month.split("-")
    return f"{MONTHS[int(number)]} {year}"
