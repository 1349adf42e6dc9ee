"""What drivers report of each procedure on each radio, and which of them an editor should look at."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, TypeAlias

from django.db.models import F, Model, OuterRef, Q, QuerySet, Subquery, Sum
from django.utils import timezone

from guides.models import FAQ, Answer, Claim, CodeSource, ErrorMessage, Procedure, ProcedureFeedback, RadioUnit
from guides.public import selectors
from guides.public.guide import Guide

#: Answers are recent for this long, and only after the day on which the procedure was last checked.
RECENT_PERIOD = timedelta(days=90)
#: With fewer answers a procedure is not worth a look.
MIN_ANSWERS = 5

#: The number of each answer, message or place.
Counts: TypeAlias = Counter[str]


@dataclass
class Summary:
    """The answers to one procedure on one radio: the recent ones, and all that are stored."""

    procedure: Procedure
    radio: RadioUnit
    #: What sources dispute about this radio and its procedures.
    disputed: list[Claim]
    recent: Counts = field(default_factory=Counter)
    kept: Counts = field(default_factory=Counter)
    #: Of the recent answers: the messages that the display showed instead, and where the serial was read.
    shown: Counts = field(default_factory=Counter)
    serial_from: Counts = field(default_factory=Counter)

    @property
    def worth_a_look(self) -> bool:
        return worth_a_look(self.recent)

    @property
    def most_shown(self) -> list[tuple[str, int]]:
        """The messages that the display showed instead, the most frequent first."""
        return self.shown.most_common()


def worth_a_look(counts: Counts) -> bool:
    """Whether there are at least MIN_ANSWERS, and more than a quarter of them are not "yes"."""
    total = counts.total()
    return total >= MIN_ANSWERS and (total - counts[Answer.YES]) * 4 > total


def summaries() -> list[Summary]:
    """A summary for each procedure and radio with answers: those worth a look first, then by the number of answers.

    Answers about procedures, radios and messages that do not exist any more are left out.
    """
    procedures = {procedure.slug: procedure for procedure in Procedure.objects.all()}
    radios = {radio.slug: radio for radio in RadioUnit.objects.all()}
    messages = {message.slug: message.display for message in ErrorMessage.objects.all()}
    disputed: dict[str, list[Claim]] = defaultdict(list)
    disputed |= {guide.radio.slug: _disputed(guide) for guide in selectors.every_guide() if not guide.fitment}
    found: dict[tuple[str, str], Summary] = {}
    for row in _totals():
        procedure, radio = key = row["procedure"], row["radio"]
        if procedure not in procedures or radio not in radios:
            continue
        summary = found.setdefault(key, Summary(procedures[procedure], radios[radio], disputed[radio]))
        summary.kept[row["answer"]] += row["total"]
        if row["recent"]:
            summary.recent[row["answer"]] += row["recent"]
            if row["serial_from"]:
                summary.serial_from[row["serial_from"]] += row["recent"]
            if row["message"] in messages:
                summary.shown[messages[row["message"]]] += row["recent"]
    return sorted(found.values(), key=lambda each: (not each.worth_a_look, -each.recent.total(), -each.kept.total()))


def answers_about(summaries: Iterable[Summary]) -> dict[Model, Counts]:
    """All stored answers by the procedure, and by the radio, that they are about."""
    answers: dict[Model, Counts] = defaultdict(Counter)
    for summary in summaries:
        answers[summary.procedure] += summary.kept
        answers[summary.radio] += summary.kept
    return answers


def _disputed(guide: Guide) -> list[Claim]:
    """What sources dispute about the radio of this guide and its procedures, and not about all radios."""
    contested = (statement for statement in guide.evidence.contested if statement.is_disputed)
    return [statement.claim for statement in contested if not isinstance(statement.claim, FAQ | CodeSource)]


def _totals() -> QuerySet[Any, Any]:
    """The sums over all days, of all answers and of recent ones."""
    procedure = Procedure.objects.filter(slug=OuterRef("procedure"))
    recent = Q(day__gt=timezone.localdate() - RECENT_PERIOD) & Q(day__gt=F("checked_on"))
    fields = ("procedure", "radio", "answer", "message", "serial_from")
    return (
        ProcedureFeedback.objects.alias(checked_on=Subquery(procedure.values("checked_on")))
        .values(*fields)
        .annotate(total=Sum("count"), recent=Sum("count", filter=recent))
        .order_by(*fields)
    )
