"""A save that is taken back when something speaks against it, with everything typed still in the form."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest, HttpResponse


class Refused(ValidationError):  # noqa: N818 (it is an answer, not a fault)
    """Raised at any point of saving a form. Its messages come to stand at the top of the form."""


class RefusingAdmin(admin.ModelAdmin):
    """The form must be a ContentForm, which says what was refused.

    changeform_view() saves in one transaction, so what is raised in it takes everything back. Then the form is shown as
    every invalid one is: it is asked a second time, and this time does not pass.
    """

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except Refused as refused:
            request.refused = refused  # type: ignore[attr-defined]
            return super().changeform_view(request, object_id, form_url, extra_context)

    def get_form(
        self, request: HttpRequest, obj: models.Model | None = None, change: bool = False, **kwargs: Any
    ) -> Any:
        form = super().get_form(request, obj, change, **kwargs)  # a class of its own for this request
        form.refused = getattr(request, "refused", None)  # type: ignore[attr-defined]
        return form
