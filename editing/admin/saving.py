"""How the admin saves a row of content, and previews one.

A POST to a form goes through five steps:

1. recorded() opens the transaction and locks the content.
2. The form finds what other editors changed meanwhile (ContentForm.clean()).
3. Django saves.
4. save_related() raises Refused if that would publish errors that were not there before.
5. recorded() stores the content as a version of the history.

A preview goes the same way up to step 3, renders the pages that the change affects, and rolls back.
"""

from typing import Any

from django.contrib import admin, messages
from django.contrib.admin import helpers
from django.contrib.admin.options import IS_POPUP_VAR, TO_FIELD_VAR
from django.contrib.admin.utils import unquote
from django.db import models
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from editing.checks.publishing import new_blocking_findings
from editing.conflicts import RowGone
from editing.history.record import current_version, recorded
from editing.preview.affected import pages_showing
from editing.preview.dry_run import TEXT, DryRun, DryRunDone, comparison, look
from editing.preview.seen import PAGE, page_seen, place_in_guide
from guides.models import Version
from guides.models.base import OrderedModel

from . import deleting
from .forms import PREVIEW, ContentForm
from .history_views import history_of_row
from .ordering import separate


class Refused(Exception):  # noqa: N818 (an answer to the editor, not a fault)
    """Raised after a save that may not stay. Rolls it back and carries the bound form, to be shown with the reasons."""

    def __init__(self, form: ContentForm, formsets: Any, reasons: list[str]) -> None:
        self.form, self.formsets, self.reasons = form, formsets, reasons


class SavingAdmin(admin.ModelAdmin):
    """Forms that can be previewed, and whose changes are checked and recorded. The form is a RowForm, the formsets of
    inlines are ContentFormSets."""

    class Media:
        css = {"all": ["css/preview.css"]}

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        context = extra_context or {}
        if request.method != "POST":
            # The number is read before the row: a version stored in between then counts as later.
            return super().changeform_view(request, object_id, form_url, {"version": current_version(), **context})
        try:
            with recorded(request.user, _reason(request)):
                if object_id and not self.get_object(request, unquote(object_id)):
                    raise RowGone
                context = {"version": Version.objects.newest_number(), **context}
                return super().changeform_view(request, object_id, form_url, context)
        except Refused as refused:
            return self._refused_response(request, object_id, form_url, refused)
        except DryRunDone as done:
            return self._preview_response(request, done.dry_run)
        except RowGone:
            return self._gone_response(request)

    def construct_change_message(self, request: HttpRequest, form: Any, formsets: Any, add: bool = False) -> Any:
        found = super().construct_change_message(request, form, formsets, add)
        request.nothing_changed = not found  # type: ignore[attr-defined]
        return found

    def message_user(
        self, request: HttpRequest, message: Any, level: Any = messages.INFO, *args: Any, **kw: Any
    ) -> None:
        """Without a claim of success after a save of a form in which nothing was changed."""
        if level == messages.SUCCESS and getattr(request, "nothing_changed", False):
            level, message = messages.INFO, _("Nothing was changed.")
        super().message_user(request, message, level, *args, **kw)

    def save_model(self, request: HttpRequest, obj: models.Model, form: Any, change: bool) -> None:
        if PREVIEW not in request.POST:  # there save_related() does it, after a look at the pages without the change
            super().save_model(request, obj, form, change)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        if PREVIEW in request.POST:
            before = pages_showing(self.model._default_manager.get(pk=form.instance.pk)) if change else {}
            super().save_model(request, form.instance, form, change)
        super().save_related(request, form, formsets, change)
        if isinstance(form.instance, OrderedModel):
            separate(form.instance)
        if PREVIEW in request.POST:
            raise DryRunDone(look(request, form, formsets, before))
        # Drafts are not checked: larger changes are made in them, and withdrawing a row must always work.
        if getattr(form.instance, "is_published", False) and (found := new_blocking_findings()):
            advice = _("It cannot be published like this. Put it right, or save it as a draft: untick “published”.")
            raise Refused(form, formsets, [advice, *found])

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any) -> Any:
        formsets = [inline.formset for inline in context["inline_admin_formsets"]]
        forms = [context["adminform"].form, *(form for formset in formsets for form in formset.forms)]
        context["conflicts"] = [conflict for form in forms for conflict in form.conflicts]
        response: Any = super().render_change_form(request, context, *args, **kwargs)
        seen, shown = page_seen(request), response.context_data
        if seen and shown["has_absolute_url"] and (place := place_in_guide(seen, shown["original"])):
            shown["absolute_url"] = place
        return response

    def delete_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        if request.method == "POST" and not _reason(request):
            messages.error(request, _("Say why; other editors read it in the history. Nothing was deleted."))
            return HttpResponseRedirect(request.get_full_path())
        with recorded(request.user, _reason(request)):
            return super().delete_view(request, object_id, extra_context)

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        return deleting.in_words(super().get_deleted_objects(objs, request), objs, self.model)

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        if request.method != "POST":
            return super().changelist_view(request, {"version": current_version(), **(extra_context or {})})
        with recorded(request.user, _reason(request)):
            return super().changelist_view(request, extra_context)

    def history_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        return history_of_row(self, request, object_id)

    def _preview_response(self, request: HttpRequest, dry_run: DryRun) -> HttpResponse:
        """What the dry run saw, beside what is there without the change."""
        not_typed = {PAGE, "csrfmiddlewaretoken"}
        context = {
            **self.admin_site.each_context(request),
            "is_nav_sidebar_enabled": False,
            "title": _("Preview: %(row)s") % {"row": dry_run.title},
            "dry_run": dry_run,
            "tried": request.POST.get(TEXT, ""),
            "typed": [(name, value) for name, value in _posted(request) if name not in not_typed],
            **comparison(request, dry_run),
        }
        return TemplateResponse(request, "admin/guides/preview.html", context)

    def _refused_response(
        self, request: HttpRequest, object_id: str | None, form_url: str, refused: Refused
    ) -> HttpResponse:
        """The bound form once more, with the reasons, as Django shows a form that is not valid."""
        form, row = refused.form, refused.form.instance if object_id else None
        form.add_error(None, refused.reasons)
        fieldsets: Any = list(self.get_fieldsets(request, row))
        prepopulated = self.get_prepopulated_fields(request, row)
        admin_form = helpers.AdminForm(
            form, fieldsets, prepopulated, self.get_readonly_fields(request, row), model_admin=self
        )
        inlines = self.get_inline_formsets(request, refused.formsets, self.get_inline_instances(request, row), row)
        title = _("Change %s") if row else _("Add %s")
        context = {
            **self.admin_site.each_context(request),
            "title": title % self.opts.verbose_name,
            "subtitle": str(row) if row else None,
            "adminform": admin_form,
            "inline_admin_formsets": inlines,
            "object_id": object_id,
            "original": row,
            "is_popup": IS_POPUP_VAR in request.POST or IS_POPUP_VAR in request.GET,
            "to_field": request.POST.get(TO_FIELD_VAR, request.GET.get(TO_FIELD_VAR)),
            "media": sum((inline.media for inline in inlines), self.media + admin_form.media),
            "errors": helpers.AdminErrorList(form, refused.formsets),
            "preserved_filters": self.get_preserved_filters(request),
            # Not the newest, which was rolled back if it recorded a change made outside the admin.
            "version": request.POST.get("version"),
        }
        return self.render_change_form(request, context, add=not row, change=bool(row), form_url=form_url, obj=row)

    def _gone_response(self, request: HttpRequest) -> HttpResponse:
        """What was typed into a form of which a row was deleted meanwhile, to be copied."""
        not_typed = {"csrfmiddlewaretoken", "version"}
        context = {
            **self.admin_site.each_context(request),
            "title": _("This row is gone"),
            "opts": self.opts,
            "typed": [
                (name, value)
                for name, value in _posted(request)
                if value and not name.startswith("_") and name not in not_typed
            ],
        }
        return TemplateResponse(request, "admin/guides/gone.html", context, status=409)


def _reason(request: HttpRequest) -> str:
    return request.POST.get("why", "").strip()


def _posted(request: HttpRequest) -> list[tuple[str, str]]:
    return [(name, value) for name, values in request.POST.lists() for value in values]
