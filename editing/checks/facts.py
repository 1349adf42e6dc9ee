"""Published facts that sources dispute, and by the day on which they were last compared with their sources.

A step without a day of its own is checked with its procedure, and is not among them.
"""

from datetime import date
from typing import Any

from django.db.models import QuerySet

from guides.models import Claim, Confidence


def oldest_facts(number: int) -> list[Claim]:
    """The published facts of all kinds that have not been checked for the longest time, at most so many."""
    oldest = [row for model in Claim.__subclasses__() for row in _by_age(model)[:number]]
    return sorted(oldest, key=lambda fact: fact.checked_on or date.min)[:number]


def count_checked_before(day: date) -> int:
    """How many published facts were last checked before that day."""
    return sum(_by_age(model).filter(checked_on__lt=day).count() for model in Claim.__subclasses__())


def disputed_facts() -> list[Claim]:
    """The published facts of all kinds that sources dispute."""
    published = (model.objects.published().with_addresses() for model in Claim.__subclasses__())
    return [row for rows in published for row in rows.filter(confidence=Confidence.DISPUTED)]


def _by_age(model: type[Claim]) -> QuerySet[Any]:
    dated = model.objects.published().filter(checked_on__isnull=False)
    of_parent = [f"{model.evidence_from}__sources"] if model.evidence_from else []
    return dated.with_addresses().prefetch_related("sources", *of_parent).order_by("checked_on", "pk")
