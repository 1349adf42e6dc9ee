"""What the browser needs to read a text and to answer without the site: the reader's knowledge, rows and words."""

from dataclasses import asdict, replace
from typing import Any

from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.translation import gettext

from guides.models import Severity
from guides.public import answer
from guides.public.guide import Guide
from guides.public.vocabulary import current_content
from guides.public.words import WORDS
from guides.reader import data

MODULES = ("reader", "edit", "answer", "card")


def offline_reader(guide: Guide | None = None) -> dict[str, Any]:
    """What the browser needs to read texts and to answer, on this guide or on other pages, ready for JSON."""
    vocabulary, rows = current_content()
    inside = (guide.radio.slug, guide.generation.slug if guide.generation else "") if guide else None
    return {
        "modules": [static(f"js/{name}.js") for name in MODULES],
        "data": data(vocabulary),
        "site": {
            "rows": asdict(replace(rows, units={}), dict_factory=_without_pictures),
            "words": {group: {name: str(said) for name, said in words.items()} for group, words in WORDS.items()},
            "rules": answer.data(),
            "inside": inside,
            "severities": {severity: _severity(severity) for severity in (Severity.STOP, Severity.WAIT)},
        },
        "note": gettext("The site did not answer, so your phone has read this by itself."),
    }


def _without_pictures(fields: list[tuple[str, Any]]) -> dict[str, Any]:
    return {name: value for name, value in fields if name not in ("units", "drawings")}


def _severity(severity: Severity) -> str:
    context = {"severity": severity.value, "label": severity.label}
    return render_to_string("guides/_severity.html", context)
