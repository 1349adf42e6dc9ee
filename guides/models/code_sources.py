"""Lawful ways to the code."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from .base import MAX_SHORT, MAX_TEXT, AskedForModel, Claim
from .radios import RadioUnit


class CodeSource(Claim, AskedForModel):
    """One lawful way to the code, with what to bring, what it costs and what to beware of."""

    slug = models.SlugField(_("name in the address"), unique=True)
    name = models.CharField(_("name"), max_length=80)
    how = models.TextField(_("how"), max_length=MAX_TEXT)
    bring = models.TextField(_("what to bring"), blank=True, max_length=MAX_SHORT, help_text=_("One thing to a line."))
    cost = models.TextField(
        _("cost"), blank=True, max_length=MAX_SHORT, help_text=_("A range with its dates and country.")
    )
    beware = models.TextField(_("beware of"), blank=True, max_length=MAX_TEXT)
    radios = models.ManyToManyField(
        RadioUnit,
        related_name="code_sources",
        blank=True,
        verbose_name=_("radios"),
        help_text=_("Only these; none: all of them."),
    )

    class Meta(Claim.Meta):
        verbose_name = _("way to the code")
        verbose_name_plural = _("ways to the code")

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return f"{reverse('guides:get_the_code')}#{self.slug}"
