"""What a page says of its evidence: disputed statements, those that rest on one source, and the sources."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.text import slugify

from guides.models import Claim, Confidence, Source, Step


@dataclass(frozen=True)
class Statement:
    """A statement of the page, with what its last row says of it."""

    claim: Claim

    @property
    def id(self) -> str:
        """The id of its entry in the last row, which stays the same when the text changes."""
        return slugify(" ".join([self.claim._meta.model_name or "", *map(str, self.claim.natural_key())]))

    @property
    def text(self) -> str:
        return self.claim.text if isinstance(self.claim, Step) else str(self.claim)

    @property
    def is_disputed(self) -> bool:
        return self.claim.confidence == Confidence.DISPUTED

    @property
    def has_one_source(self) -> bool:
        """Whether it rests on one report, or on the base article alone."""
        if self.claim.confidence == Confidence.REPORTED:
            return len(self.claim.named_sources) < 2
        return self.claim.confidence == Confidence.BASE


@dataclass(frozen=True)
class Evidence:
    """The last row of a page."""

    #: Those about which sources say something else, the disputed ones first.
    contested: tuple[Statement, ...]
    of_one_source: tuple[Statement, ...]
    sources: tuple[Source, ...]
    #: The latest day on which one of the statements was checked.
    checked_on: date | None

    @property
    def disputed(self) -> int:
        return sum(statement.is_disputed for statement in self.contested)

    @property
    def others(self) -> list[tuple[str, list[Statement]]]:
        """What others say, each with the statements that it is about."""
        found: dict[str, list[Statement]] = {}
        for statement in self.contested:
            found.setdefault(statement.claim.others_say, []).append(statement)
        return list(found.items())

    @property
    def publishers(self) -> list[tuple[str, int]]:
        """Where the sources were published, with the number from each; the most first."""
        return Counter(source.short_title for source in self.sources).most_common()


def evidence(claims: Iterable[Claim | None], shared: Iterable[Claim] = ()) -> Evidence:
    """The evidence of these claims, which were prefetched with their sources. None is left out.

    What others say of `shared` ones stands on their own pages, unless it is a dispute.
    """
    elsewhere = list(shared)
    statements = [Statement(claim) for claim in dict.fromkeys([*claims, *elsewhere]) if claim]
    contested = [
        statement
        for statement in statements
        if statement.claim.others_say and (statement.is_disputed or statement.claim not in elsewhere)
    ]
    sources = dict.fromkeys(source for statement in statements for source in statement.claim.named_sources)
    return Evidence(
        contested=tuple(sorted(contested, key=lambda statement: not statement.is_disputed)),
        of_one_source=tuple(statement for statement in statements if statement.has_one_source),
        sources=tuple(sorted(sources, key=lambda source: source.short_title.lower())),
        checked_on=max((day for each in statements if (day := each.claim.last_checked)), default=None),
    )
