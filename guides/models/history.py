"""The history of the content: after every change, all of it as one file."""

import zlib
from hashlib import sha256
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class VersionManager(models.Manager["Version"]):
    """Newest first, and without the content itself until somebody asks for it."""

    def get_queryset(self) -> models.QuerySet["Version"]:
        return super().get_queryset().defer("packed", "numbers")

    def newest(self) -> "Version | None":
        return self.first()

    def newest_number(self) -> int | None:
        return self.values_list("pk", flat=True).first()

    def newest_digest(self) -> str:
        """What the stored content is known by, in one small query; empty before the first version."""
        return self.values_list("digest", flat=True).first() or ""


class Version(models.Model):
    """The content as a file (guides.content_file), with who made it so, when and why. Never changed afterwards."""

    made_at = models.DateTimeField(_("made at"), default=timezone.now)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("made by"),
        help_text=_("Nobody: it was made by a command, or outside the desk."),
    )
    note = models.TextField(_("why"), blank=True)
    digest = models.CharField(_("digest"), max_length=64, help_text=_("SHA-256 of the text, in hexadecimal digits."))
    packed = models.BinaryField(_("content"), help_text=_("The text as UTF-8, compressed by zlib."))
    #: For each model the numbers of its rows, in the order of their keys: deleted rows come back under theirs.
    numbers = models.JSONField(_("numbers"), default=dict)
    #: What differs from the version before: guides.history.Change, as lists.
    changes = models.JSONField(_("changes"), default=list)

    objects = VersionManager()

    class Meta:
        verbose_name = _("version")
        verbose_name_plural = _("versions")
        ordering: ClassVar[list[str]] = ["-pk"]
        default_permissions = ()  # who may see and change the rows may do so with their history

    def __str__(self) -> str:
        return f"{self.pk}"

    @classmethod
    def of(cls, text: str, **more: Any) -> "Version":
        """A version of that content, not stored yet."""
        data = text.encode()
        return cls(digest=sha256(data).hexdigest(), packed=zlib.compress(data, 9), **more)

    @property
    def data(self) -> bytes:
        """The content file."""
        return zlib.decompress(self.packed)
