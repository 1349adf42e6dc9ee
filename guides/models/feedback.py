"""Counts of drivers' answers to "Did it work?", with nothing about the drivers."""

from django.db import models
from django.db.models import Q

from .choices import Answer, SerialFrom


class ProcedureFeedback(models.Model):
    """The number of one answer to "Did it work?" for a procedure on a radio, on one day.

    It is not content. It has slugs in place of foreign keys, so that content can be deleted and restored without
    changing the counts.
    """

    day = models.DateField()
    procedure = models.SlugField()
    radio = models.SlugField()
    answer = models.CharField(max_length=3, choices=Answer)
    message = models.SlugField(blank=True)  # what the display showed instead, if it is one of our messages
    serial_from = models.CharField(max_length=7, choices=SerialFrom, blank=True)
    count = models.PositiveIntegerField(default=0)

    class Meta:
        default_permissions = ()  # not edited in the admin; the report needs the permission to view procedures
        constraints = [
            models.UniqueConstraint(
                fields=["day", "procedure", "radio", "answer", "message", "serial_from"],
                name="procedurefeedback_unique",
            ),
            models.CheckConstraint(name="procedurefeedback_answer_known", condition=Q(answer__in=Answer.values)),
            models.CheckConstraint(
                name="procedurefeedback_serial_from_known", condition=Q(serial_from__in=["", *SerialFrom.values])
            ),
            models.CheckConstraint(
                name="procedurefeedback_message_only_with_no", condition=Q(message="") | Q(answer=Answer.NO)
            ),
        ]

    def __str__(self) -> str:
        words = [self.day, self.procedure, self.radio, self.count, self.answer, self.message, self.serial_from]
        return " ".join(str(word) for word in words if word != "")
