"""Questions, each in a part of the guide."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from .base import MAX_LONG, AskedForModel, Claim
from .cars import Generation
from .choices import Section
from .radios import RadioUnit


class FAQ(Claim, AskedForModel):
    """A question and its answer."""

    slug = models.SlugField(_("name in the address"), unique=True, max_length=80)
    question = models.CharField(_("question"), max_length=160)
    answer = models.TextField(_("answer"), max_length=MAX_LONG, help_text=_("An empty line starts a new paragraph."))
    section = models.CharField(_("part of the guide"), max_length=10, choices=Section)
    generations = models.ManyToManyField(
        Generation, related_name="faqs", blank=True, verbose_name=_("generations"), help_text=_("None: all of them.")
    )
    radios = models.ManyToManyField(
        RadioUnit, related_name="faqs", blank=True, verbose_name=_("radios"), help_text=_("None: all of them.")
    )

    in_guide = models.BooleanField(
        _("in guides"), default=True, help_text=_("No: only on the page of all questions, and as an answer to a text.")
    )

    class Meta(Claim.Meta):
        verbose_name = _("question")
        verbose_name_plural = _("questions")

    def __str__(self) -> str:
        return self.question

    def get_absolute_url(self) -> str:
        return f"{reverse('guides:questions')}#{self.slug}"
