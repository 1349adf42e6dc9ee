"""“Did your radio do this?”: what can be answered, how it is counted, and what of it is worth an editor’s look."""

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

#: A flood is let go by: so many answers are taken in a minute, by each process of the server.
MOST_A_MINUTE = 60
#: And so many in a day for one step on one radio. Who wants to can fill them alone: nothing is kept by which to tell.
MOST_A_DAY = 50
#: After this, counts are deleted.
KEPT_FOR = timedelta(days=365)


#: One thread of each process stores, and the others wait for it no longer than this: while somebody keeps the database
#: locked, answers must not take the threads away from those who read.
PATIENCE = 1  # seconds
_storing = Lock()


class Outcome(StrEnum):
    """What became of an answer."""

    COUNTED = "counted"
    TOO_MANY = "too-many"
    NOT_STORED = "not-stored"  # the database takes nothing just now
    UNCLEAR = "unclear"  # none of the answers that there are
    GONE = "gone"  # no such step in that guide


@dataclass(frozen=True)
class Said:
    """An answer, and for something else what the display showed, if it is a message of this radio."""

    answer: Answer
    message: ErrorMessage | None = None


def choices(guide: Guide) -> dict[str, Said]:
    """Every answer that a step of this guide can get, by what the page sends for it."""
    messages = {f"shows-{message.slug}": Said(Answer.OTHER, message) for message in guide.messages}
    return {answer.value: Said(answer) for answer in Answer} | messages


def count(item: GuideStep, radio: RadioUnit, said: Said) -> Outcome:
    """Count one answer for this step on this radio, today; or say why it was not counted."""
    if count_in_cache(f"feedback:{int(time()) // WINDOW}") > MOST_A_MINUTE:
        return Outcome.TOO_MANY
    if not _storing.acquire(timeout=PATIENCE):
        return Outcome.NOT_STORED
    try:
        with transaction.atomic():
            return _count(item, radio, said)
    except DatabaseError as error:
        logger.warning("An answer to a step was not counted: %s", error)
        return Outcome.NOT_STORED
    finally:
        _storing.release()


def _count(item: GuideStep, radio: RadioUnit, said: Said) -> Outcome:
    today = timezone.localdate()
    procedure, step = item.step.natural_key()
    of_step = StepFeedback.objects.filter(day=today, procedure=procedure, step=step, radio=radio.slug)
    if (of_step.aggregate(total=Sum("count"))["total"] or 0) >= MOST_A_DAY:
        return Outcome.TOO_MANY
    row, is_first = StepFeedback.objects.get_or_create(
        day=today,
        procedure=procedure,
        step=step,
        radio=radio.slug,
        answer=said.answer,
        message=said.message.slug if said.message else "",
    )
    StepFeedback.objects.filter(pk=row.pk).update(count=F("count") + 1)
    if is_first:  # now and then, and no job to set up
        StepFeedback.objects.filter(day__lt=today - KEPT_FOR).delete()
    return Outcome.COUNTED
