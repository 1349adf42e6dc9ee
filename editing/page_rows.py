"""The rows of content that make a public page, drafts too: the other way round from editing/preview/affected.py."""

from collections.abc import Iterable, Iterator

from django.core.exceptions import ObjectDoesNotExist
from django.db.models import Model
from django.urls import Resolver404, resolve

from guides.models import (
    FAQ,
    CarGuide,
    CodeSource,
    ErrorMessage,
    Fitment,
    Generation,
    Make,
    Overlap,
    Phase,
    Procedure,
    RadioUnit,
    SerialFormat,
    Source,
    Step,
)
from guides.models.base import NaturalKeyModel
from guides.public import selectors

#: The kinds of row of which a page shows all. Some pages are made of no rows.
LISTS: dict[str, list[type[NaturalKeyModel]]] = {
    "find_my_focus": [Overlap, Generation, Phase],
    "radios": [RadioUnit, Generation, Fitment, SerialFormat],
    "messages": [ErrorMessage],
    "get_the_code": [CodeSource],
    "questions": [FAQ],
    "cars": [Make, CarGuide],
    "sources": [Source],
    "check": [],
    "about": [],
    "offline": [],
}


class NoPage(Exception):  # noqa: N818 (an answer to the editor, not a fault)
    """There is no page at the address, and no draft that would get it."""


def rows_of_page(path: str) -> list[Model]:
    """The rows that make the page at this path, in its order. Raises NoPage."""
    try:
        page = resolve(path)
    except Resolver404 as error:
        raise NoPage from error
    if page.namespace != "guides":
        raise NoPage
    if page.url_name in LISTS:
        return [row for model in LISTS[page.url_name] for row in _rows(model)]
    rows = list(dict.fromkeys(_rows_by_name(page.url_name, **page.kwargs)))
    if not rows:
        raise NoPage
    return rows


def _rows(model: type[NaturalKeyModel], **lookups: object) -> Iterable[NaturalKeyModel]:
    return model.objects.filter(**lookups).with_parents()


def _rows_by_name(page: str | None, **slugs: str) -> Iterator[Model]:
    match page:
        case "home":
            yield from [*_rows(Generation), *_rows(Phase), *selectors.messages_to_tap()]
        case "guide" | "radio":
            yield from _of_guide(**slugs)
        case "generation":
            yield from _of_generation(**slugs)
        case "message":
            slug = slugs["message"]
            yield from [*_rows(ErrorMessage, slug=slug), *_rows(RadioUnit, messages__slug=slug)]
        case "practice":
            slug = slugs["radio"]
            for radio in RadioUnit.objects.filter(slug=slug):
                if radio.can_be_practised:
                    yield from [radio, *_rows(ErrorMessage, radios=radio)]
        case "source":
            yield from _rows(Source, slug=slugs["source"])
            try:
                yield from selectors.get_source(slugs["source"])[1]
            except ObjectDoesNotExist:
                return  # nothing published rests on it


def _of_guide(radio: str, generation: str = "") -> Iterator[Model]:
    """What the guide shows, and the drafts of this radio and car."""
    cars = list(_rows(Fitment, radio__slug=radio, generation__slug=generation))
    if generation and not cars:
        return
    try:
        guide = selectors.get_guide(radio, generation)
        yield from [*guide.claims, *guide.rows]
    except ObjectDoesNotExist:
        pass  # the radio or the car is a draft
    yield from [*_rows(RadioUnit, slug=radio), *cars]
    yield from _rows(Procedure, radios__slug=radio, is_published=False)
    yield from _rows(Step, procedure__radios__slug=radio, is_published=False)
    yield from _rows(ErrorMessage, radios__slug=radio, is_published=False)


def _of_generation(generation: str) -> Iterator[Model]:
    yield from _rows(Generation, slug=generation)
    yield from _rows(Phase, generation__slug=generation)
    yield from _rows(Fitment, generation__slug=generation)
    yield from _rows(RadioUnit, fitments__generation__slug=generation)
    yield from _rows(Overlap, earlier__slug=generation)
    yield from _rows(Overlap, later__slug=generation)
