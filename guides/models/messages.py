"""The messages on the display."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from .base import MAX_SHORT, MAX_TEXT, Claim, NamedModel, listed
from .choices import Section, Severity
from .code_sources import CodeSource
from .radios import RadioUnit


class ErrorMessage(Claim, NamedModel):
    """One message with its spellings, its meaning and the next action."""

    names_field = "synonyms"

    slug = models.SlugField(_("name in the address"), unique=True)
    display = models.CharField(_("the display shows"), max_length=20)
    synonyms = models.TextField(
        _("also shown as"),
        blank=True,
        max_length=MAX_SHORT,
        help_text=_("One to a line, as on the display; # is one digit: WAIT ##."),
    )
    everyday_words = models.TextField(
        _("everyday words"),
        blank=True,
        max_length=MAX_SHORT,
        help_text=_(
            "One to a line: words for it that people use in other senses too, such as HOLD. The reader takes them for "
            "the display only alone, with their number, or after “it says”; else it asks back."
        ),
    )
    meaning = models.TextField(_("meaning"), max_length=MAX_TEXT)
    next_action = models.TextField(_("next action"), max_length=MAX_SHORT, help_text=_("The one thing to do now."))
    leads_to = models.CharField(
        _("leads to"), max_length=10, choices=Section, blank=True, help_text=_("The part of the guide to go to next.")
    )
    way = models.ForeignKey(
        CodeSource,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="messages",
        verbose_name=_("way to the code"),
        help_text=_("The one way that helps with this message, such as a specialist; empty: any."),
    )
    severity = models.CharField(_("severity"), max_length=10, choices=Severity)
    radios = models.ManyToManyField(RadioUnit, related_name="messages", blank=True, verbose_name=_("radios"))

    class Meta(Claim.Meta):
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        constraints = [
            *Claim.Meta.constraints,
            models.CheckConstraint(
                name="errormessage_severity_known",
                condition=models.Q(severity__in=Severity.values),
                violation_error_message=_("Choose one of the severities."),
            ),
        ]

    def __str__(self) -> str:
        return self.display

    def get_absolute_url(self) -> str:
        return reverse("guides:message", args=[self.slug])

    @property
    def is_literal(self) -> bool:
        """Whether the display shows these characters; "No display" is a description."""
        return self.display.isupper()

    @property
    def spellings(self) -> list[str]:
        """Every spelling of the message, the main one first."""
        return [self.display, *listed(self.synonyms)]

    @property
    def everyday(self) -> list[str]:
        return listed(self.everyday_words)

    @property
    def names_by_field(self) -> dict[str, list[str]]:
        return {"display": [self.display], "synonyms": listed(self.synonyms), "everyday_words": self.everyday}

    @property
    def also_shown_as(self) -> list[str]:
        """The other spellings as the display may show them."""
        return list(map(_example, self.spellings[1:]))


def _example(spelling: str) -> str:
    """The spelling with a digit for each #: "WAIT ##:##" as "WAIT 29:59"."""
    for digit in "2959":
        spelling = spelling.replace("#", digit, 1)
    return spelling
