"""Previews that an editor kept, to be looked at by somebody without an account. They are pages, not content."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

#: How long it can be looked at.
LIFETIME = timedelta(hours=48)


class Preview(models.Model):
    title = models.CharField(_("title"), max_length=200)
    #: The pages as guides/preview/pages.py has them: address, name, state, html.
    pages = models.JSONField(_("pages"))
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="previews", verbose_name=_("made by")
    )
    made_at = models.DateTimeField(_("made at"), auto_now_add=True)

    class Meta:
        verbose_name = _("preview")
        verbose_name_plural = _("previews")
        default_permissions = ()  # whoever may see the form may look at what it would do

    def __str__(self) -> str:
        return self.title

    @property
    def expires_at(self) -> datetime:
        return self.made_at + LIFETIME
