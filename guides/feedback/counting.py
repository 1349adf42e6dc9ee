"""“Did it work?”: the answers to a procedure, and how they are counted."""

import logging
import secrets
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from threading import Lock

from django.conf import settings
from django.core.cache import cache
from django.db import DatabaseError, transaction
from django.db.models import F, Sum
from django.utils import timezone
from django.utils.crypto import salted_hmac

from guides.models import Answer, ProcedureFeedback, SerialFrom
from guides.public.guide import Guide, GuideProcedure
from guides.public.limits import count_in_cache

logger = logging.getLogger(__name__)

MAX_PER_ADDRESS = 5  # answers of one address to one procedure a day
#: Answers to one procedure on one radio a day. It holds without a cache too.
MAX_PER_DAY = 200
#: How long counts are stored.
RETENTION = timedelta(days=365)
DAY = 24 * 3600  # seconds
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
    GONE = "gone"  # the guide has no such procedure


@dataclass(frozen=True)
class Given:
    """An answer as it is counted: slugs and choices, or ""."""

    answer: str
    message: str = ""
    serial_from: str = ""

    def fits(self, guide: Guide) -> bool:
        """Whether the form of this guide can send it."""
        return (
            self.answer in Answer.values
            and self.message in {"", *(message.slug for message in guide.messages)}
            and self.serial_from in {"", *(SerialFrom.values if guide.reading else ())}
        )


def count(guide: Guide, way: GuideProcedure, given: Given, address: str) -> Outcome:
    """Add one to today's count of this answer for this procedure on this radio, or tell why it was not counted."""
    if settings.DATABASE_READ_ONLY:  # of a page that another host made
        return Outcome.NOT_STORED
    if not given.fits(guide):
        return Outcome.UNCLEAR
    if _count_of(address, way) > MAX_PER_ADDRESS:
        return Outcome.TOO_MANY
    if not _storing.acquire(timeout=LOCK_TIMEOUT):
        return Outcome.NOT_STORED
    try:
        with transaction.atomic():
            return _store(guide, way, given)
    except DatabaseError as error:
        logger.warning("An answer to “Did it work?” was not counted: %s", error)
        return Outcome.NOT_STORED
    finally:
        _storing.release()


def _count_of(address: str, way: GuideProcedure) -> int:
    """Count one more answer of this address to this procedure today; how many there were.

    The address is hashed with a salt that is random each day, and that only the cache has: when it is gone, nothing
    tells which addresses answered. 0 if the cache does not answer.
    """
    now = timezone.localtime()
    seconds_left = DAY - (now.hour * 3600 + now.minute * 60 + now.second)
    try:
        salt = cache.get_or_set(f"feedback:salt:{now.date()}", secrets.token_hex, seconds_left)
    except Exception:  # the errors of a cache are those of its client library
        return 0
    hashed = salted_hmac(f"guides.feedback {salt}", f"{address} {way.procedure.slug}").hexdigest()
    return count_in_cache(f"feedback:{hashed}", seconds_left)


def _store(guide: Guide, way: GuideProcedure, given: Given) -> Outcome:
    today = timezone.localdate()
    counts = ProcedureFeedback.objects.filter(day=today, procedure=way.procedure.slug, radio=guide.radio.slug)
    if (counts.aggregate(total=Sum("count"))["total"] or 0) >= MAX_PER_DAY:
        return Outcome.TOO_MANY
    row, is_first = ProcedureFeedback.objects.get_or_create(
        day=today,
        procedure=way.procedure.slug,
        radio=guide.radio.slug,
        answer=given.answer,
        message=given.message if given.answer == Answer.NO else "",
        serial_from=given.serial_from,
    )
    ProcedureFeedback.objects.filter(pk=row.pk).update(count=F("count") + 1)
    if is_first:  # often enough, and without a scheduled job
        ProcedureFeedback.objects.filter(day__lt=today - RETENTION).delete()
    return Outcome.COUNTED
