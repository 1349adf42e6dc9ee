"""The history of the content: every change stores a version, which holds all of it as one file."""

import zlib
from hashlib import sha256
from typing import Any, ClassVar, NamedTuple

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Change(NamedTuple):
    """What happened to one row; of a changed row, also to which fields."""

    what: str  # "added", "removed" or "changed"
    model: str  # as Model._meta.model_name has it
    key: tuple[str, ...]  # natural key
    fields: tuple[str, ...] = ()


class VersionManager(models.Manager["Version"]):
    """Newest first, without the content itself until it is asked for."""

    def get_queryset(self) -> models.QuerySet["Version"]:
        return super().get_queryset().defer("packed", "numbers")

    def newest(self) -> "Version | None":
        return self.first()

    def newest_number(self) -> int | None:
        return self.values_list("pk", flat=True).first()

    def newest_digest(self) -> str:
        """The digest of the stored content, in one small query; empty before the first version."""
        return self.values_list("digest", flat=True).first() or ""

    def numbered(self, text: str | None) -> "Version | None":
        """The version whose number an address or a form gives as text; None if that is no number of a version.

        Nine digits at most: a longer number fits no column, and Python refuses to read one of thousands of digits.
        """
        if text and text.isascii() and text.isdecimal() and len(text) < 10:
            return self.filter(pk=int(text)).first()
        return None


class Version(models.Model):
    """The content as a file (editing.content_file), with its author, time and reason. Never changed afterwards."""

    made_at = models.DateTimeField(_("made at"), default=timezone.now)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("made by"),
        help_text=_("Empty if the change was made by a command, or outside the admin."),
    )
    note = models.TextField(_("why"), blank=True)
    digest = models.CharField(_("digest"), max_length=64, help_text=_("SHA-256 of the text, in hexadecimal digits."))
    packed = models.BinaryField(_("content"), help_text=_("The text as UTF-8, compressed by zlib."))
    #: The primary keys of each model's rows, in the order of their natural keys: deleted rows get them back.
    numbers = models.JSONField(_("numbers"), default=dict)
    #: What differs from the version before, as lists; read it through changed_rows.
    changes = models.JSONField(_("changes"), default=list)
    #: What the checks found that blocks publishing: editing.checks.publishing.findings_to_store().
    findings = models.JSONField(_("findings"), default=dict)

    objects = VersionManager()

    class Meta:
        verbose_name = _("version")
        verbose_name_plural = _("versions")
        ordering: ClassVar[list[str]] = ["-pk"]
        default_permissions = ()  # the history of a row is open to those who may view or change the row

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

    @property
    def changed_rows(self) -> list[Change]:
        """What differs from the version before."""
        return [Change(what, model, tuple(key), tuple(fields)) for what, model, key, fields in self.changes]
