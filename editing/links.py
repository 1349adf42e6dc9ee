"""Addresses of the admin for rows of content."""

from django.db.models import Model
from django.urls import reverse
from django.utils.http import urlencode

#: The parameter of a form's address that names the public page from which one came.
SEEN_ON = "seen_on"


def change_url(row: Model, seen_on: str = "") -> str:
    """The admin page on which the row is changed; with the public page on which it was seen, if one is known."""
    address = reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_change", args=[row.pk])
    return f"{address}?{urlencode({SEEN_ON: seen_on})}" if seen_on else address


def add_url(model: type[Model], **values: str | int) -> str:
    """The admin page on which a row is added, with these fields filled in."""
    return f"{reverse(f'admin:{model._meta.app_label}_{model._meta.model_name}_add')}?{urlencode(values)}"
