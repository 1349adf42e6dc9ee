"""How a row is edited: what names it stays, and a new one goes to the end."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms
from django.contrib.admin.widgets import AdminTextareaWidget
from django.core.exceptions import ValidationError
from django.utils.functional import cached_property
from django.utils.text import get_text_list
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

#: Room to put another row in between.
ORDER_STEP = 10


class ContentForm(forms.ModelForm):
    """A form in which the names of an existing row are fixed: its slug, and the rows that it hangs from."""

    #: What spoke against saving it (refusal.py).
    refused: ClassVar[ValidationError | None] = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named_by = {name.partition("__")[0] for name in self.instance.natural_key_fields if name.endswith("slug")}
        for name in named_by & self.fields.keys():
            field = self.fields[name]
            if self.instance.pk:
                # Disabled, not left out: Django does not check a constraint over a field that the form lacks.
                field.disabled = True
                field.help_text = _("Fixed, because addresses on the site are made of it.")
            elif name == "slug":
                field.help_text = field.help_text or _("Part of the address on the site; it cannot be changed later.")

    def clean(self) -> dict[str, Any] | None:
        """What the public reads has a source, and nothing spoke against it. (No constraint can say the first: sources
        are rows of another table.)"""
        data = super().clean()
        if self.refused:
            self.add_error(None, self.refused)
        if self.cleaned_data.get("is_published") and "sources" in self.fields and not self.cleaned_data.get("sources"):
            self.add_error("sources", _("Name a source before you publish."))
        return data


class RowForm(ContentForm):
    """The form of a row on its own page, which asks why."""

    #: Not where nothing is going to be saved.
    asks_why: ClassVar[bool] = True

    why = forms.CharField(
        label=_("Why?"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2, "class": "vLargeTextField"}),
        help_text=_("Other editors read it in the history: “The handbook of 2004 says so.”"),
        error_messages={"required": _("Say why; other editors read it in the history.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["why"].required = self.asks_why and bool(self.instance.pk)

    @cached_property
    def changed_data(self) -> list[str]:
        """Of the row: the reason is none of its fields."""
        return [name for name in super().changed_data if name != "why"]


class LinesWidget(AdminTextareaWidget):
    """A box for several lines. Browsers end them in their own way: left so, a row would change whenever it is saved."""

    def value_from_datadict(self, *args: Any) -> Any:
        text = super().value_from_datadict(*args)
        return text and text.replace("\r\n", "\n")


class ContentFormSet(forms.BaseInlineFormSet):
    """Rows within another row's page."""

    def get_form_kwargs(self, index: int | None) -> dict[str, Any]:
        """A new row starts at the end of the list, not before everything else."""
        kwargs = super().get_form_kwargs(index)
        if index is None or index >= self.initial_form_count():
            last = max((row.order for row in self.get_queryset()), default=0)
            kwargs["initial"] = {"order": last + ORDER_STEP}
        return kwargs

    def clean(self) -> None:
        super().clean()
        for form in self.initial_forms:
            if form.has_changed() and form.is_valid() and form not in self.deleted_forms:
                # Rows are saved one after the other: two that swap their names would collide half-way.
                try:
                    form.instance.validate_constraints()
                except ValidationError as error:
                    form.add_error(None, error)

    def get_unique_error_message(self, unique_check: Sequence[str]) -> str:
        """In the words that stand beside the fields, not in the names of columns."""
        names = [str(self.form.base_fields[name].label) for name in unique_check if name != self.fk.name]
        same = get_text_list(names, gettext("and"))
        return gettext("Two rows have the same %(same)s; only one of them can stay.") % {"same": same}
