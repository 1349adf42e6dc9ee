"""Forms of the admin opened, filled in and sent as a browser does."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.contrib import admin
from django.db.models import Model
from django.forms import BaseForm
from django.test import Client
from django.urls import reverse

from editing.content_file.schema import links
from guides.models import Source

#: The models of content that have an admin.
CONTENT = [model for model in admin.site._registry if model._meta.app_label == "guides"]


def url(model: type[Model], page: str, *args: Any) -> str:
    return reverse(f"admin:guides_{model._meta.model_name}_{page}", args=args)


def change_url(row: Model) -> str:
    return url(type(row), "change", row.pk)


def name(model: type[Model]) -> str:
    return model.__name__


def _values(form: BaseForm) -> Iterator[tuple[str, Any]]:
    """What a browser would send back from an untouched form."""
    for field in form:
        value = field.value()
        if not field.field.disabled and value is not None and value is not False:
            yield field.html_name, "on" if value is True else value


def form_data(client: Client, address: str) -> dict[str, Any]:
    """Everything that the page's form would send back untouched, with its inlines."""
    response = client.get(address)
    assert response.status_code == 200
    data = dict(_values(response.context["adminform"].form)) | {"why": "A reason."}
    data["version"] = response.context["version"]
    for inline in response.context["inline_admin_formsets"]:
        data |= _values(inline.formset.management_form)
        for form in inline.formset.forms:
            data |= _values(form)
    return data


def post(client: Client, address: str, changes: Mapping[str, Any]) -> Any:
    """Open a form, change some of it, save. A key that starts with + is for a new row in that inline; None empties."""
    data = form_data(client, address)
    for prefix in {key[1:].partition("-")[0] for key in changes if key.startswith("+")}:
        number = data[f"{prefix}-TOTAL_FORMS"]
        data |= {f"{prefix}-TOTAL_FORMS": number + 1, f"{prefix}-{number}-order": 990}
        changes = {key.replace(f"+{prefix}-", f"{prefix}-{number}-"): value for key, value in changes.items()}
    data |= changes
    return client.post(address, {key: value for key, value in data.items() if value is not None})


def preview(client: Client, address: str, changes: Mapping[str, Any]) -> Any:
    """Open a form, change some of it, and press Preview."""
    return post(client, address, {"why": None, "_preview": "Preview", **changes})


def publishable(**changes: Any) -> dict[str, Any]:
    """The fields of a new row that may be published."""
    evidence = {"confidence": "reported", "sources": [Source.objects.all()[0].pk], "checked_on": "2026-11-01"}
    return {**evidence, "order": 500, **changes}


def inline(prefix: str, fields: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of a new row in an inline, for post() and preview()."""
    return {f"+{prefix}-{field}": value for field, value in fields.items()}


def new_steps(*slugs: str, **fields: Any) -> dict[str, Any]:
    """New steps as a browser sends them: all with the number that the form fills in."""
    data = {"steps-TOTAL_FORMS": len(slugs), "steps-INITIAL_FORMS": 0}
    for number, slug in enumerate(slugs):
        step = publishable(slug=slug, text=f"Now {slug}.", severity="go", is_published="on", order=10, **fields)
        data |= {f"steps-{number}-{name}": value for name, value in step.items()}
    return data


def rows_with_keys() -> dict[str, list[dict[str, Any]]]:
    """All stored rows, with their primary keys and with the rows of many-to-many tables."""
    tables = {links(field) for model in CONTENT for field in model._meta.many_to_many} | set(CONTENT)
    return {table._meta.db_table: list(table._default_manager.order_by("pk").values()) for table in tables}
