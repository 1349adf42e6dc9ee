"""The page that finds rows of every kind: by words, or by the address of a public page."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote, urlsplit

from django import forms
from django.conf import settings
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.http.request import split_domain_port, validate_host
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from editing.links import change_url
from editing.page_rows import NoPage, rows_of_page
from guides.models.base import NaturalKeyModel

ROWS_SHOWN = 10  # of each kind


class FindForm(forms.Form):
    """Refuses NUL, and texts that are too long for a search in a database."""

    q = forms.CharField(required=False, max_length=500)


@dataclass(frozen=True)
class Found:
    """The rows of one kind that were found."""

    kind: str
    #: Each with the address of its form.
    rows: list[tuple[Model, str]]
    #: How many more there are, and the list that shows them all.
    more: int = 0
    list_url: str = ""


@require_safe
def find(request: HttpRequest) -> HttpResponse:
    """For users with any permission on the content. They find the kinds of row that they may view."""
    if not request.user.has_module_perms("guides"):
        raise PermissionDenied
    form = FindForm(request.GET)
    text = form.cleaned_data["q"] if form.is_valid() else ""
    answer, found = _answer(request, text) if text else ("", [])
    context = {
        **admin.site.each_context(request),
        "title": _("Find"),
        "text": text,
        "errors": form.errors.get("q", []),
        "answer": answer,
        "found": found,
    }
    return TemplateResponse(request, "admin/guides/find.html", context)


def _answer(request: HttpRequest, text: str) -> tuple[str, list[Found]]:
    """What the page says of the text, as a sentence, and what it found."""
    if not (text.startswith("/") or "://" in text):
        found = list(_with_words(request, text))
        return "" if found else _("No row has these words."), found
    path = _own_path(text)
    if path is None:
        found = list(_with_words(request, text))  # a source may have it
        if found:
            return _("This address is on another site. These rows name it."), found
        return _("This address is on another site, and no row names it."), found
    try:
        found = _of_page(request, path)
    except NoPage:
        return _("This site has no page at this address."), []
    return _("These rows make this page.") if found else _("No row that you may see is on this page."), found


def _own_path(address: str) -> str | None:
    """The path of an address of this site, without query and anchor; None if it is on another site."""
    try:
        url = urlsplit(address)
    except ValueError:
        return None
    if url.netloc and not validate_host(split_domain_port(url.netloc)[0], settings.ALLOWED_HOSTS):
        return None
    return f"{unquote(url.path).rstrip('/')}/"


def _kinds(request: HttpRequest) -> dict[type[NaturalKeyModel], "admin.ModelAdmin[Any]"]:
    """The kinds of content that can be searched and that the user may view."""
    return {
        model: model_admin
        for model, model_admin in admin.site._registry.items()
        if issubclass(model, NaturalKeyModel)
        and model_admin.get_search_fields(request)
        and model_admin.has_view_permission(request)
    }


def _with_words(request: HttpRequest, words: str) -> Iterator[Found]:
    for model, model_admin in _kinds(request).items():
        every_row: Any = model_admin.get_queryset(request).prefetch_related(None)
        rows, may_have_duplicates = model_admin.get_search_results(request, every_row.with_parents(), words)
        if may_have_duplicates:
            rows = rows.distinct()
        shown = [(row, change_url(row)) for row in rows[:ROWS_SHOWN]]
        if shown:
            more = rows.count() - len(shown) if len(shown) == ROWS_SHOWN else 0
            list_url = f"{reverse(f'admin:guides_{model._meta.model_name}_changelist')}?{urlencode({'q': words})}"
            yield Found(str(model._meta.verbose_name_plural), shown, more, list_url)


def _of_page(request: HttpRequest, path: str) -> list[Found]:
    kinds = _kinds(request)
    found: dict[type[Model], list[tuple[Model, str]]] = defaultdict(list)
    for row in rows_of_page(path):
        if type(row) in kinds:
            found[type(row)].append((row, change_url(row, seen_on=path)))
    return [Found(str(model._meta.verbose_name_plural), rows) for model, rows in found.items()]
