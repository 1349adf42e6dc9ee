"""What the browser needs to read a text without the site: the reader's knowledge as data."""

from typing import Any

from django.templatetags.static import static
from django.utils.translation import gettext

from guides.public.guide import Guide
from guides.public.vocabulary import stored_vocabulary
from guides.reader import data


def offline_reader(guide: Guide | None = None) -> dict[str, Any]:
    """What the browser needs to read texts and to answer, on this guide or on other pages, ready for JSON."""
    return {
        "modules": [static("js/reader.js")],
        "data": data(stored_vocabulary()),
        "note": gettext("The site did not answer, so your phone has read this by itself."),
    }
