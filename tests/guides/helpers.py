"""Answers of drivers, for tests of the counts and of the report."""

import datetime

from django.utils import timezone

from guides.models import Procedure, ProcedureFeedback

PROCEDURE = "enter-code-buttons"


def answers(
    procedure: str = PROCEDURE,
    radio: str = "6000-cd",
    ago: int = 0,
    message: str = "",
    serial_from: str = "",
    **counts: int,
) -> None:
    """Store these numbers of answers for a day in the past."""
    day = timezone.localdate() - datetime.timedelta(days=ago)
    asked = {"procedure": procedure, "radio": radio, "message": message, "serial_from": serial_from}
    for answer, number in counts.items():
        ProcedureFeedback.objects.create(day=day, answer=answer, count=number, **asked)


def checked(ago: int) -> None:
    """Set the day on which the procedure was last checked."""
    day = timezone.localdate() - datetime.timedelta(days=ago)
    Procedure.objects.filter(slug=PROCEDURE).update(checked_on=day)
