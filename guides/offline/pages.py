"""What a phone keeps of one car: its pages, and the files that they need."""

from functools import lru_cache
from pathlib import Path
from urllib.parse import urlencode

from django.conf import settings
from django.templatetags.static import static
from django.urls import reverse

from guides.public.guide import Guide

#: The names of the pages that are kept with every car.
PAGES = ("home", "check", "reader", "messages", "get_the_code", "offline")
#: Styles and scripts that only the admin uses.
NOT_FOR_PAGES = {"admin.css", "preview.css", "recovery-codes.js", "sign_in.css"}


def pack(guide: Guide) -> list[str]:
    """The addresses of every page for one car, its guide first."""
    radio, car = guide.radio, guide.generation
    questions = urlencode({"car": car.slug if car else "", "radio": radio.slug})
    return [
        guide.url,
        f"{guide.url}reader.json",
        f"{guide.url}qr.svg",
        *(reverse(f"guides:{name}") for name in PAGES),
        *([radio.practice_url] if radio.can_be_practised else []),
        *(message.get_absolute_url() for message in guide.messages),
        f"{reverse('guides:questions')}?{questions}",
        *(f"{guide.url}?view=steps&step={action.number}" for action in guide.actions),
        *(f"{guide.url}?view=steps&step={way.end}" for way in guide.asked if way.actions),
    ]


@lru_cache
def files() -> list[str]:
    """The addresses of the static files that pages use, without pictures for shared links and home screens."""
    own = Path(settings.BASE_DIR, "static")
    found = [*own.glob("css/*.css"), *own.glob("js/*.js"), *own.glob("img/*.svg")]
    names = sorted(str(path.relative_to(own)) for path in found if path.name not in NOT_FOR_PAGES)
    return [static(name) for name in ("django_htmx/htmx-2.min.js", *names)]
