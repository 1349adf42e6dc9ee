"""What drivers say of the steps: numbers, and nothing about anybody."""

from django.db import models
from django.db.models import Q

from .choices import Answer


class StepFeedback(models.Model):
    """How often, on one day, "Did your radio do this?" got this answer for a step on a radio.

    It is no content. It names rows by their slugs and hangs from none of them: content may be taken out, put back or
    deleted as if nobody had answered, and a step that is restored has its answers still.
    """

    day = models.DateField()
    procedure = models.SlugField()
    step = models.SlugField()
    radio = models.SlugField()
    answer = models.CharField(max_length=5, choices=Answer)
    message = models.SlugField(blank=True)  # what the display showed instead; empty if it is none of ours
    count = models.PositiveIntegerField(default=0)

    class Meta:
        default_permissions = ()  # nobody writes it by hand; whoever may view steps reads it
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
