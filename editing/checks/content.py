"""What the rules read, fetched once: all that is published, and the guides made of it."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeVar
from urllib.parse import urldefrag

from django.db.models import Model

from guides.models import (
    FAQ,
    Claim,
    CodeNeeded,
    CodeSource,
    ErrorMessage,
    Fitment,
    Make,
    Procedure,
    RadioUnit,
    SerialFormat,
    Source,
)
from guides.public import selectors
from guides.public.guide import Guide

ClaimT = TypeVar("ClaimT", bound=Claim)

#: Relations that missing() and the rules read, besides sources and addresses.
_PREFETCH: dict[type[Claim], list[str]] = {
    Procedure: ["steps"],
    RadioUnit: ["procedures"],
    ErrorMessage: ["radios"],
    FAQ: ["radios", "generations"],
    CodeSource: ["radios"],
}


@dataclass(frozen=True)
class Published:
    #: Every row marked as published, of each kind that states a fact; a draft above it may hide it.
    marked: dict[type[Claim], list[Any]]
    #: The guide of every radio, alone and in each of its cars.
    guides: list[Guide]
    #: Rows that state no fact and serve others: sources, serial formats, makes.
    helpers: list[Model]
    #: Those of them that another row uses.
    used_helpers: set[Model]

    @cached_property
    def _public(self) -> dict[type[Claim], list[Any]]:
        return {model: [row for row in rows if not row.drafts_above()] for model, rows in self.marked.items()}

    def public(self, model: type[ClaimT]) -> list[ClaimT]:
        """The rows of that kind that the public sees."""
        return self._public[model]

    @property
    def facts(self) -> Iterator[Claim]:
        """Every row that the public sees."""
        for rows in self._public.values():
            yield from rows

    @property
    def car_guides(self) -> list[tuple[Guide, Fitment]]:
        """The guides of radios in a car, each with its fitment."""
        return [(guide, guide.fitment) for guide in self.guides if guide.fitment]

    @property
    def radio_guides(self) -> list[Guide]:
        """The guides of radios alone, one for each unit."""
        return [guide for guide in self.guides if not guide.fitment]

    @cached_property
    def addresses(self) -> set[str]:
        """The pages that rows have."""
        found = {urldefrag(row.get_absolute_url() or "").url for row in self.facts}  # type: ignore[attr-defined]
        return found | {radio.practice_url for radio in self.public(RadioUnit) if radio.can_be_practised}


def asks_for_code(guide: Guide) -> bool:
    """Whether this radio can ask for a code in this car."""
    return guide.code_needed != CodeNeeded.NO


def read_published() -> Published:
    marked = {}
    for model in Claim.__subclasses__():
        rows = model.objects.with_addresses().filter(is_published=True).select_related(*model.published_with)
        marked[model] = list(rows.prefetch_related("sources", *_PREFETCH.get(model, [])))
    sources = list(Source.objects.all())
    cited = set().union(*(model.objects.values_list("sources", flat=True) for model in Claim.__subclasses__()))
    used: set[Model] = {source for source in sources if source.pk in cited}
    used.update(SerialFormat.objects.filter(fitments__isnull=False))
    used.update(Make.objects.filter(car_guides__isnull=False))
    return Published(
        marked=marked,
        guides=selectors.every_guide(),
        helpers=[*sources, *SerialFormat.objects.all(), *Make.objects.filter(is_published=True)],
        used_helpers=used,
    )
