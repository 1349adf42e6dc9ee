"""The editor's desk: Django's own admin over the content. Every kind of row that states a fact has a list of its own,
with a column that says what is missing before the row is ready."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

# Imported so that the admin finds them.
from . import cars, code_sources, directory, fitments, messages, procedures, questions, radios, sources

__all__ = [
    "cars",
    "code_sources",
    "directory",
    "fitments",
    "messages",
    "procedures",
    "questions",
    "radios",
    "sources",
]

admin.site.site_header = _("Focus Help: editor’s desk")
admin.site.site_title = _("Focus Help")
admin.site.index_title = _("What would you like to change?")
