"""What a form would do to the public site, shown without storing anything."""

from dataclasses import dataclass
from typing import Any, NoReturn

from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.db import models
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _

from editing.checks import Finding
from editing.checks.publishing import errors, in_words
from editing.conflicts import opened_with
from editing.content_file import hold_writers
from editing.preview.drafts import show_drafts
from editing.preview.keeping import keep
from editing.preview.pages import Page, State, compare, framed, page_html
from editing.preview.places import places_of

#: So many pages are made, twice each, and compared; the others are made when somebody asks for them.
COMPARED = 6
#: What the preview's own buttons send, beside the form that it was asked for with.
PAGE, KEEP = "_preview_page", "_preview_keep"


@dataclass(frozen=True)
class Trial:
    """What there was to see while the change was in the database."""

    title: str
    #: Every page that the row is on, or was on: names by address.
    places: dict[str, str]
    #: The HTML of those that were made; "" for one that is not there.
    made: dict[str, str]
    drafts: list[str]
    errors: list[Finding]


class TrialOver(Exception):  # noqa: N818 (nothing is wrong)
    """Raised within the transaction of a save: takes everything back, and brings what was seen."""

    def __init__(self, trial: Trial) -> None:
        self.trial = trial


class TrialAdmin(admin.ModelAdmin):
    """Goes before the class of an admin, to save as that does, look, and take it back. Makes no note of anything."""

    def get_form(self, *args: Any, **kwargs: Any) -> Any:
        form = super().get_form(*args, **kwargs)
        form.asks_why = False  # type: ignore[attr-defined]
        return form

    def save_model(self, request: HttpRequest, obj: models.Model, form: Any, change: bool) -> None:
        hold_writers()  # as every save does first
        self.places_before = places_of(type(obj).objects.get(pk=obj.pk)) if change else {}  # type: ignore[attr-defined]
        obj.save()

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> NoReturn:
        admin.ModelAdmin.save_related(self, request, form, formsets, change)
        changed = [row for formset in formsets for row, _fields in formset.changed_objects]
        added = [row for formset in formsets for row in formset.new_objects]
        every_form = [form, *(each for formset in formsets for each in formset.forms)]
        withdrawn = [each.instance for each in every_form if "is_published" in each.changed_data]
        drafts = show_drafts([form.instance, *changed, *added], withdrawn)
        row = type(form.instance).objects.get(pk=form.instance.pk)
        places = places_of(row)
        places = {gone: name for gone, name in self.places_before.items() if gone not in places} | places
        wanted = [*list(places)[:COMPARED], request.POST.get(PAGE)]
        made = {address: page_html(request, address) for address in places if address in wanted}
        shown = [f"{draft} ({draft._meta.verbose_name})" for draft in drafts]
        raise TrialOver(Trial(str(row), places, made, shown, errors()))


class PreviewAdmin(admin.ModelAdmin):
    """A form that can be previewed, as it stands, with everything that is not saved yet."""

    class Media:
        css = {"all": ["css/preview.css"]}

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.preview_view)
        name = f"{self.opts.app_label}_{self.opts.model_name}"
        return [
            path("add/preview/", view, name=f"{name}_add_preview"),
            path("<path:object_id>/preview/", view, name=f"{name}_preview"),
            *super().get_urls(),
        ]

    def preview_view(self, request: HttpRequest, object_id: str | None = None) -> HttpResponse:
        """The pages with this change in them; the form with its errors, if it is not valid."""
        name = f"admin:{self.opts.app_label}_{self.opts.model_name}"
        form = reverse(f"{name}_change", args=[unquote(object_id)]) if object_id else reverse(f"{name}_add")
        if request.method != "POST":  # somebody loaded the address again
            return HttpResponseRedirect(form)
        trying = type("Trial", (TrialAdmin, type(self)), {})(self.model, self.admin_site)
        try:
            # Not the view of a subclass: what that records or refuses is for saves.
            return admin.ModelAdmin.changeform_view(trying, request, object_id, form, opened_with(request))
        except TrialOver as over:
            return self._show(request, over.trial)

    def _show(self, request: HttpRequest, trial: Trial) -> HttpResponse:
        """What the trial saw, beside what is there without it."""
        pages = [_page(request, address, name, trial) for address, name in trial.places.items()]
        made = [page for page in pages if page.state]
        telling = sorted(made, key=lambda page: (not page.html, page.state == State.SAME))
        shown = next((page for page in made if page.address == request.POST.get(PAGE)), next(iter(telling), None))
        if KEEP in request.POST and (kept := [page for page in made if page.html]):
            return HttpResponseRedirect(keep(trial.title, kept, request.user))  # type: ignore[arg-type]
        own = {PAGE, KEEP, "csrfmiddlewaretoken"}
        context = {
            **self.admin_site.each_context(request),
            "title": _("Preview: %(row)s") % {"row": trial.title},
            "trial": trial,
            "new_errors": in_words(trial.errors, errors()) if trial.errors else [],
            "made": made,
            "others": [page for page in pages if page.address not in trial.made],
            "shown": shown,
            "typed": [(key, value) for key, values in request.POST.lists() if key not in own for value in values],
        }
        return TemplateResponse(request, "admin/guides/preview.html", context)


def _page(request: HttpRequest, address: str, name: str, trial: Trial) -> Page:
    if address not in trial.made:
        return Page(address, name)
    then = trial.made[address]
    state = compare(then, page_html(request, address))
    return Page(address, name, state or "", framed(request, address, then))
