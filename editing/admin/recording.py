"""Whatever is written at the desk becomes a version, in one transaction; and no form is saved over others’ work."""

from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.utils import model_format_dict
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from editing import conflicts
from editing.content_file import ContentFileError
from editing.history.record import number_now, recorded

from .history_views import history_of_row


class RecordedAdmin(admin.ModelAdmin):
    """Screens whose changes are recorded, each with its reason; an action on a list stands for its own."""

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        context = extra_context or {}
        if request.method != "POST":
            # The number before the row is read: what is stored in between then counts as later.
            return super().changeform_view(request, object_id, form_url, {"version": number_now(), **context})
        with recorded(request.user, _why(request)), transaction.atomic():
            if object_id is not None:
                try:
                    found, request.unwanted = conflicts.settle(self, request, object_id)  # type: ignore[attr-defined]
                except ContentFileError as error:
                    return conflicts.show_typed(self, request, error)
                context = {**context, **found}
            response = super().changeform_view(request, object_id, form_url, context)
            if isinstance(response, TemplateResponse) and "adminform" in (response.context_data or {}):
                response.render()  # the form again: nothing is saved, nor what was put back only for it
                transaction.set_rollback(True)
        return response

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        for row in getattr(request, "unwanted", ()):
            row.delete()

    def delete_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        if request.method != "POST":
            return super().delete_view(request, object_id, extra_context)
        if not _why(request):
            messages.error(request, _("Say why; other editors read it in the history. Nothing was deleted."))
            return HttpResponseRedirect(request.get_full_path())
        with recorded(request.user, _why(request)):
            return super().delete_view(request, object_id, extra_context)

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        if request.method != "POST":
            return super().changelist_view(request, extra_context)
        action = self.get_actions(request).get(request.POST.get("action", ""))
        with recorded(request.user, action[2] % model_format_dict(self.opts) if action else ""):
            return super().changelist_view(request, extra_context)

    def history_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        return history_of_row(self, request, object_id)


def _why(request: HttpRequest) -> str:
    return request.POST.get("why", "").strip()
