"""What drivers report of each step on each radio, and which steps an editor should look at."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, TypeAlias

from django.db.models import F, OuterRef, Q, QuerySet, Subquery, Sum
from django.utils import timezone

from guides.models import Answer, ErrorMessage, RadioUnit, Step, StepFeedback

#: Answers are recent for this long, and only after the day on which the step was last checked.
RECENT_PERIOD = timedelta(days=90)
#: With fewer answers a step is not worth a look.
MIN_ANSWERS = 5

#: The number of each answer.
Counts: TypeAlias = Counter[str]
#: The natural keys of a step and of a radio.
Key: TypeAlias = tuple[tuple[str, ...], str]


@dataclass(frozen=True)
class Summary:
    """The answers to one step on one radio: the recent ones, and all that are stored."""

    step: Step
    radio: RadioUnit
    recent: Counts
    kept: Counts
    #: The recent messages that the display showed instead, with their numbers; the most frequent first.
    shown: tuple[tuple[str, int], ...]

    @property
    def worth_a_look(self) -> bool:
        return worth_a_look(self.recent)


def worth_a_look(counts: Counts) -> bool:
    """Whether there are at least MIN_ANSWERS, and more than a quarter of them are not "yes"."""
    total = counts.total()
    return total >= MIN_ANSWERS and (total - counts[Answer.YES]) * 4 > total


def summaries() -> list[Summary]:
    """A summary for each step and radio with answers: first those worth a look, then by the number of recent answers.

    Answers for steps, radios and messages that do not exist any more are left out. Takes four queries.
    """
    steps = {step.natural_key(): step for step in Step.objects.select_related("procedure")}
    radios = {radio.slug: radio for radio in RadioUnit.objects.all()}
    messages = {message.slug: message.display for message in ErrorMessage.objects.all()}
    recent: dict[Key, Counts] = defaultdict(Counter)
    kept: dict[Key, Counts] = defaultdict(Counter)
    shown: dict[Key, Counter[str]] = defaultdict(Counter)
    for row in _totals():
        step, radio = key = ((row["procedure"], row["step"]), row["radio"])
        if step in steps and radio in radios:
            recent[key][row["answer"]] += row["recent"] or 0
            kept[key][row["answer"]] += row["total"]
            if row["recent"] and row["message"] in messages:
                shown[key][messages[row["message"]]] += row["recent"]
    found = [
        Summary(steps[step], radios[radio], recent[step, radio], counts, tuple(shown[step, radio].most_common()))
        for (step, radio), counts in kept.items()
    ]
    return sorted(found, key=lambda summary: (not summary.worth_a_look, -summary.recent.total(), -summary.kept.total()))


def _totals() -> QuerySet[Any, Any]:
    """The sums over all days, of all answers and of recent ones."""
    step = Step.objects.filter(procedure__slug=OuterRef("procedure"), slug=OuterRef("step"))
    recent = Q(day__gt=timezone.localdate() - RECENT_PERIOD) & Q(day__gt=F("checked_on"))
    return (
        StepFeedback.objects.alias(checked_on=Subquery(step.values("checked_on")))
        .values("procedure", "step", "radio", "answer", "message")
        .annotate(total=Sum("count"), recent=Sum("count", filter=recent))
        .order_by("procedure", "step", "radio", "answer", "message")
    )
