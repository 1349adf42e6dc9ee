"""What drivers report of each step on each radio, and what of it is worth an editor’s look."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, TypeAlias

from django.db.models import F, OuterRef, Q, QuerySet, Subquery, Sum
from django.utils import timezone

from guides.models import Answer, ErrorMessage, RadioUnit, Step, StepFeedback

#: Older answers count no more; nor do those up to the day on which somebody last checked the step.
RECENT = timedelta(days=90)
#: Fewer answers say nothing.
ENOUGH = 5

#: How many drivers gave which answer.
Counts: TypeAlias = Counter[str]
#: The natural keys of a step and of a radio.
Key: TypeAlias = tuple[tuple[str, ...], str]


@dataclass(frozen=True)
class Summary:
    """What drivers say of one step on one radio: lately, and as long as answers are kept."""

    step: Step
    radio: RadioUnit
    recent: Counts
    kept: Counts
    #: What the display showed instead, lately; the commonest first.
    shown: tuple[tuple[str, int], ...]

    @property
    def worth_a_look(self) -> bool:
        return worth_a_look(self.recent)


def worth_a_look(counts: Counts) -> bool:
    """Whether enough drivers answered, and for more than a quarter of them the radio did not do it."""
    total = counts.total()
    return total >= ENOUGH and (total - counts[Answer.YES]) * 4 > total


def summaries() -> list[Summary]:
    """Every step with answers, once for each radio; first what is worth a look, then by the number of answers lately.

    Answers to a step, radio or message that is no longer there are left out. Takes four queries.
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
            recent[key][row["answer"]] += row["lately"] or 0
            kept[key][row["answer"]] += row["in_all"]
            if row["lately"] and row["message"] in messages:
                shown[key][messages[row["message"]]] += row["lately"]
    found = [
        Summary(steps[step], radios[radio], recent[step, radio], counts, tuple(shown[step, radio].most_common()))
        for (step, radio), counts in kept.items()
    ]
    return sorted(found, key=lambda summary: (not summary.worth_a_look, -summary.recent.total(), -summary.kept.total()))


def _totals() -> QuerySet[Any, Any]:
    """Sums over the days, of all answers and of recent ones."""
    step = Step.objects.filter(procedure__slug=OuterRef("procedure"), slug=OuterRef("step"))
    lately = Q(day__gt=timezone.localdate() - RECENT) & Q(day__gt=F("checked_on"))
    return (
        StepFeedback.objects.alias(checked_on=Subquery(step.values("checked_on")))
        .values("procedure", "step", "radio", "answer", "message")
        .annotate(in_all=Sum("count"), lately=Sum("count", filter=lately))
        .order_by("procedure", "step", "radio", "answer", "message")
    )
