"""What a rule finds."""

from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from editing.links import change_url


class Level(models.TextChoices):
    """An error leaves a driver without help, or with advice that has no source; a warning is worth a look."""

    ERROR = "error", gettext_lazy("Error")
    WARNING = "warning", gettext_lazy("Warning")


@dataclass(frozen=True)
class Finding:
    """What is wrong with one row, and by which rule."""

    level: Level
    rule: str
    row: models.Model
    words: str
    blocks_publishing: bool

    @property
    def kind(self) -> str:
        return str(self.row._meta.verbose_name)

    @property
    def key(self) -> str:
        """The same text as long as the same is wrong with the same row, whatever the row is called by then."""
        return f"{self.row._meta.model_name} {self.row.pk}: {self.words}"

    @property
    def sentence(self) -> str:
        return _("%(row)s (%(kind)s): %(words)s") % {"row": self.row, "kind": self.kind, "words": self.words}

    @property
    def url(self) -> str:
        """The admin page on which it is corrected."""
        return change_url(self.row)
