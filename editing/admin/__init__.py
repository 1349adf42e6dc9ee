"""Django's admin for the content. Every kind of row that states a fact has its own list, with a column that says what
is missing before the row is ready."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from . import content

__all__ = ["content"]  # imported for its registrations

admin.site.site_header = _("Focus Help: admin")
admin.site.site_title = _("Focus Help")
admin.site.index_title = _("What would you like to change?")
