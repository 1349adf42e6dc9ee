"""Answers to steps, for tests of the counts and of the report."""

import datetime

from django.utils import timezone

from guides.models import Step, StepFeedback

STEP = "serial-on-display/hold"


def answers(step: str = STEP, radio: str = "6000-cd", ago: int = 0, message: str = "", **counts: int) -> None:
    """Store these numbers of answers for a day in the past."""
    procedure, slug = step.split("/")
    day = timezone.localdate() - datetime.timedelta(days=ago)
    for answer, number in counts.items():
        StepFeedback.objects.create(
            day=day, procedure=procedure, step=slug, radio=radio, answer=answer, message=message, count=number
        )


def checked(ago: int, step: str = STEP) -> None:
    procedure, slug = step.split("/")
    day = timezone.localdate() - datetime.timedelta(days=ago)
    Step.objects.filter(procedure__slug=procedure, slug=slug).update(checked_on=day)
