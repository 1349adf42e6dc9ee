"""Counts of drivers' answers to steps, with nothing about the drivers."""

from django.db import models
from django.db.models import Q

from .choices import Answer


class StepFeedback(models.Model):
    """The number of one answer to "Did your radio do this?" for a step on a radio, on one day.

    It is not content. It has slugs in place of foreign keys, so that content can be deleted and restored without
    changing the counts.
    """

    day = models.DateField()
    procedure = models.SlugField()
    step = models.SlugField()
    radio = models.SlugField()
    answer = models.CharField(max_length=5, choices=Answer)
    message = models.SlugField(blank=True)  # what the display showed instead, if it is one of our messages
    count = models.PositiveIntegerField(default=0)

    class Meta:
        default_permissions = ()  # not edited in the admin; the report needs the permission to view steps
        constraints = [
            models.UniqueConstraint(
                fields=["day", "procedure", "step", "radio", "answer", "message"], name="stepfeedback_unique"
            ),
            models.CheckConstraint(name="stepfeedback_answer_known", condition=Q(answer__in=Answer.values)),
            models.CheckConstraint(
                name="stepfeedback_message_is_something_else", condition=Q(message="") | Q(answer=Answer.OTHER)
            ),
        ]

    def __str__(self) -> str:
        return (
            f"{self.day} {self.procedure}/{self.step} {self.radio}: {self.count} {self.answer} {self.message}".strip()
        )
