"""Where the facts come from."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from .base import ByCodePoint, NaturalKeyModel
from .never import Never


class Source(NaturalKeyModel):
    """A publication that supports facts. Services that sell or compute codes are not sources."""

    class Kind(models.TextChoices):
        BASE = "base", _("Base article")
        FORUM = "forum", _("Owners’ forum")
        ADVICE = "advice", _("Questions and answers")
        PRESS = "press", _("Press")
        MANUAL = "manual", _("Workshop manual or handbook")
        REFERENCE = "reference", _("Reference")
        MAKER = "maker", _("Maker")

    may_hold: ClassVar[frozenset[Never]] = frozenset({Never.ADDRESS})

    slug = models.SlugField(_("name in the address"), unique=True)
    title = models.CharField(_("title"), max_length=200, help_text=_("What a reader sees in the list of sources."))
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    url = models.URLField(_("address"), blank=True)
    read_on = models.DateField(_("read on"))
    note = models.CharField(_("note"), max_length=300, blank=True, help_text=_("For example the age of a forum post."))

    class Meta:
        verbose_name = _("source")
        verbose_name_plural = _("sources")
        ordering = [ByCodePoint("title")]

    def __str__(self) -> str:
        return self.title

    @property
    def short_title(self) -> str:
        """Where it was published: the part of the title before the colon. The base article has its name on one page."""
        return gettext("an article") if self.kind == self.Kind.BASE else self.title.partition(":")[0]
