"""Addresses of the admin for rows of content."""

from django.db.models import Model
from django.urls import reverse
from django.utils.http import urlencode


def change_url(row: Model) -> str:
    """The admin page on which the row is changed."""
    return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_change", args=[row.pk])


def add_url(model: type[Model], **values: str | int) -> str:
    """The admin page on which a row is added, with these fields filled in."""
    return f"{reverse(f'admin:{model._meta.app_label}_{model._meta.model_name}_add')}?{urlencode(values)}"
