"""What the browser needs to read and answer a text without the site: knowledge, rows and words as data."""

from dataclasses import asdict, replace
from typing import Any

from django.templatetags.static import static
from django.utils.dates import MONTHS
from django.utils.translation import gettext

from guides.public import answer
from guides.public.answer_rows import Rows, answer_rows
from guides.public.guide import Guide
from guides.public.vocabulary import stored_vocabulary
from guides.public.words import WORDS
from guides.reader import MAX_LENGTH, data
from guides.reader.kinds import GOOD_SERIAL, LEADING

MODULES = ("reader", "edit", "answer", "card")


def offline_reader(guide: Guide | None = None) -> dict[str, Any]:
    """What the browser needs to read texts and to answer, on this guide or on other pages, ready for JSON."""
    return {
        "modules": [static(f"js/{name}.js") for name in MODULES],
        "data": data(stored_vocabulary()),
        "rows": _plain(answer_rows()),
        "words": {group: {name: str(text) for name, text in texts.items()} for group, texts in WORDS.items()},
        "tables": _tables(),
        "inside": {"radio": guide.radio.slug, "generation": guide.generation.slug if guide.generation else ""}
        if guide
        else None,
        "note": gettext("The site did not answer, so your phone has read this by itself."),
    }


def _plain(rows: Rows) -> dict[str, Any]:
    """The rows without what is for pictures only."""
    return asdict(replace(rows, units={}), dict_factory=_without_pictures)


def _tables() -> dict[str, Any]:
    """What answer.py writes down, by the names that static/js/answer.js has for it."""
    return {
        "shown": answer.SHOWN,
        "dark": answer.DARK,
        "leading": LEADING,
        "kinds": {
            "goodSerial": sorted(GOOD_SERIAL),
            "corrected": sorted(answer.CORRECTED),
            "onlyNames": sorted(answer.ONLY_NAMES),
            "toSerial": sorted(answer.TO_SERIAL),
            "toLabel": sorted(answer.TO_LABEL),
        },
        "navigationRadio": answer.NAVIGATION_RADIO,
        "aroundAPlate": sorted(answer.AROUND_A_PLATE),
        "months": [str(MONTHS[number]) for number in sorted(MONTHS)],
        "mostQuestions": answer.MOST_QUESTIONS,
        "exits": answer.EXITS,
        "characters": f"{MAX_LENGTH:,}",
    }


def _without_pictures(fields: list[tuple[str, Any]]) -> dict[str, Any]:
    return {name: value for name, value in fields if name not in ("units", "drawings")}
