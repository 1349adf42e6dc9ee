"""“Did your radio do this?”: the answers to a step, and how they are counted."""

import logging
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from threading import Lock
from time import time

from django.db import DatabaseError, transaction
from django.db.models import F, Sum
from django.utils import timezone

from guides.models import Answer, ErrorMessage, RadioUnit, StepFeedback
from guides.public.guide import Guide, GuideStep
from guides.public.limits import WINDOW, count_in_cache

logger = logging.getLogger(__name__)

MAX_PER_MINUTE = 60  # answers counted
#: Answers counted for one step on one radio. One person can use them up: nothing stored tells people apart.
MAX_PER_DAY = 50
#: How long counts are stored.
RETENTION = timedelta(days=365)
#: How long a thread waits while another stores. Only one thread of a process stores at a time, so that a locked
#: database does not hold up the threads that serve pages.
LOCK_TIMEOUT = 1  # seconds

_storing = Lock()


class Outcome(StrEnum):
    """What happened to an answer."""

    COUNTED = "counted"
    TOO_MANY = "too-many"
    NOT_STORED = "not-stored"  # the database cannot be written to
    UNCLEAR = "unclear"  # it is none of the choices
    GONE = "gone"  # the guide has no such step


@dataclass(frozen=True)
class Choice:
    """An answer, and with "something else" the message that the display showed, if it is one of this radio."""

    answer: Answer
    message: ErrorMessage | None = None


def choices(guide: Guide) -> dict[str, Choice]:
    """The choices for every step of this guide, by the value in the form."""
    messages = {f"shows-{message.slug}": Choice(Answer.OTHER, message) for message in guide.messages}
    return {answer.value: Choice(answer) for answer in Answer} | messages


def count(item: GuideStep, radio: RadioUnit, choice: Choice) -> Outcome:
    """Add one to today's count of this answer for this step on this radio, or tell why it was not counted."""
    if count_in_cache(f"feedback:{int(time()) // WINDOW}") > MAX_PER_MINUTE:
        return Outcome.TOO_MANY
    if not _storing.acquire(timeout=LOCK_TIMEOUT):
        return Outcome.NOT_STORED
    try:
        with transaction.atomic():
            return _count(item, radio, choice)
    except DatabaseError as error:
        logger.warning("An answer to a step was not counted: %s", error)
        return Outcome.NOT_STORED
    finally:
        _storing.release()


def _count(item: GuideStep, radio: RadioUnit, choice: Choice) -> Outcome:
    today = timezone.localdate()
    procedure, step = item.step.natural_key()
    of_step = StepFeedback.objects.filter(day=today, procedure=procedure, step=step, radio=radio.slug)
    if (of_step.aggregate(total=Sum("count"))["total"] or 0) >= MAX_PER_DAY:
        return Outcome.TOO_MANY
    row, is_first = StepFeedback.objects.get_or_create(
        day=today,
        procedure=procedure,
        step=step,
        radio=radio.slug,
        answer=choice.answer,
        message=choice.message.slug if choice.message else "",
    )
    StepFeedback.objects.filter(pk=row.pk).update(count=F("count") + 1)
    if is_first:  # often enough, and without a scheduled job
        StepFeedback.objects.filter(day__lt=today - RETENTION).delete()
    return Outcome.COUNTED
