"""The pages that a phone keeps: those that every phone gets, and those of one car."""

from urllib.parse import urlencode

from django.urls import reverse

from guides.public.guide import Guide

#: The names of the pages that every phone gets.
PAGES = ("home", "check", "reader", "messages", "get_the_code", "offline")


def pack(guide: Guide) -> list[str]:
    """The addresses of everything for one car, its guide first. Only keep.js fetches those with a query."""
    radio, car = guide.radio, guide.generation
    questions = urlencode({"car": car.slug if car else "", "radio": radio.slug})
    return [
        guide.url,
        f"{guide.url}reader.json",
        f"{guide.url}qr.svg",
        *([radio.practice_url] if radio.can_be_practised else []),
        *(message.get_absolute_url() for message in guide.messages),
        f"{reverse('guides:questions')}?{questions}",
        *(f"{guide.url}?view=steps&step={step.number}" for step in guide.actions),
    ]
