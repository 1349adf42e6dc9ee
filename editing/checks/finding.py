"""What a rule finds."""

from dataclasses import dataclass

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


class Level(models.TextChoices):
    """An error leaves a driver without help, or with advice that nobody can check; a warning is worth a look."""

    ERROR = "error", _("Error")
    WARNING = "warning", _("Warning")


@dataclass(frozen=True)
class Finding:
    """What is wrong with one row, and by which rule."""

    level: Level
    rule: str
    row: models.Model
    words: str

    @property
    def kind(self) -> str:
        return str(self.row._meta.verbose_name)

    @property
    def url(self) -> str:
        """Where an editor puts it right."""
        return change_url(self.row)


def change_url(row: models.Model) -> str:
    """The page of the admin on which the row is changed."""
    return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_change", args=[row.pk])
