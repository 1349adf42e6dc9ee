"""Forms for rows of content: names that stay, conflicts with other editors, and the reason for a change."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib.admin.widgets import AdminTextareaWidget
from django.core.exceptions import ValidationError
from django.forms.formsets import DELETION_FIELD_NAME
from django.utils.functional import cached_property
from django.utils.text import get_text_list
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from editing import conflicts

from .ordering import order_after, renumber
from .slugs import free_slug

#: The name of Django’s button that saves a form as a new row.
SAVE_AS_NEW = "_saveasnew"
#: The fields of which a slug can be made; the first that a row has counts.
SLUG_FROM = ("name", "title", "question", "text", "display")
#: The name of the submit button that previews a form instead of saving it.
PREVIEW = "_preview"


class ContentForm(forms.ModelForm):
    """A form that keeps the names of an existing row, its slug and its parents, and finds conflicts."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.conflicts: list[conflicts.Conflict] = []
        #: Slugs given to new rows of the same formset.
        self.given_slugs: set[str] = set()
        named_by = {name.partition("__")[0] for name in self.instance.natural_key_fields if name.endswith("slug")}
        for name in named_by & self.fields.keys():
            field = self.fields[name]
            if self.instance.pk:
                # Disabled, not left out: Django does not check a constraint over a field that the form lacks.
                field.disabled = True
                field.help_text = _("Fixed, because addresses on the site are made of it.")
            elif name == "slug":
                field.required = False
                field.help_text = _("It cannot be changed later. Empty: it is made of the words above.")

    @property
    def is_copy(self) -> bool:
        """Whether the form of an existing row is saved as a new one."""
        return SAVE_AS_NEW in self.data

    @property
    def deletes(self) -> bool:
        """Whether the row is to be deleted; only in a formset."""
        return bool(self.cleaned_data.get(DELETION_FIELD_NAME))

    def clean_slug(self) -> str:
        """What was typed, or a slug made of the text of the row."""
        if slug := self.cleaned_data.get("slug"):
            return slug
        source = next(name for name in SLUG_FROM if name in self.fields)
        text = self.data.get(self.add_prefix(source), "")
        taken = set(type(self.instance)._default_manager.values_list("slug", flat=True))
        slug = free_slug(text, taken | self.given_slugs)
        if not slug:
            raise ValidationError(_("Type a few small letters or digits: none can be made from the text."))
        self.given_slugs.add(slug)
        return slug

    def clean(self) -> dict[str, Any] | None:
        """Require a source of a published row, which no constraint can, because sources are rows of another table; and
        find conflicts."""
        data = super().clean()
        if self.is_copy:  # a draft, which still has to be compared with its sources
            self.cleaned_data |= {"is_published": False, "checked_on": None}
        lacks_source = "sources" in self.fields and not self.cleaned_data.get("sources")
        if self.cleaned_data.get("is_published") and lacks_source and not self.instance.evidence_from:
            self.add_error("sources", _("Name a source before you publish."))
        if self.instance.pk:
            self.conflicts = conflicts.find(self, deletes=self.deletes)
        if self.conflicts:
            self.add_error(None, conflicts.MESSAGE)
        return data


class RowForm(ContentForm):
    """The form of a row on its own page, which asks for the reason of a change."""

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
        self.fields["why"].required = bool(self.instance.pk) and PREVIEW not in self.data

    @cached_property
    def changed_data(self) -> list[str]:
        """The changed fields of the row, of which the reason is none."""
        return [name for name in super().changed_data if name != "why"]


class LinesWidget(AdminTextareaWidget):
    """A box for several lines, stored with the line ends of Unix: with those of browsers every save would change it."""

    def value_from_datadict(self, *args: Any) -> Any:
        text = super().value_from_datadict(*args)
        return text and text.replace("\r\n", "\n")


class ContentFormSet(forms.BaseInlineFormSet):
    """The forms of rows within another row's page."""

    def get_form_kwargs(self, index: int | None) -> dict[str, Any]:
        """A new row starts at the end of the list."""
        kwargs = super().get_form_kwargs(index)
        if index is None or index >= self.initial_form_count():
            kwargs["initial"] = {"order": order_after(max((row.order for row in self.get_queryset()), default=0))}
        return kwargs

    def save(self, commit: bool = True) -> Any:
        """Save, and number again each list in which a row was added, moved or deleted."""
        saved = super().save(commit)
        moved = [row for row, fields in self.changed_objects if "order" in fields]
        renumber([*self.new_objects, *moved, *self.deleted_objects], self._place)
        return saved

    def _place(self, row: Any) -> tuple[bool, int, int, int]:
        """By the number, rows with the same number as they stand in the form; new rows come last unless an editor gave
        them a number."""
        place = next((place for place, form in enumerate(self.forms) if form.instance.pk == row.pk), len(self.forms))
        is_last = row in self.new_objects and "order" not in self.forms[place].changed_data
        return is_last, row.order, place, row.pk

    def add_fields(self, form: Any, index: int | None) -> None:
        super().add_fields(form, index)
        form.given_slugs = self._given_slugs
        if self.save_as_new and index is not None:
            self._copy_names(form)

    def _copy_names(self, form: Any) -> None:
        """Put into the data of a copy what names the original: those fields are disabled, so no browser sends them."""
        model = type(form.instance)
        key = form.data.get(form.add_prefix("id")) or ""
        original = model._default_manager.filter(pk=key).first() if key.isdecimal() else None
        parents = {path.partition("__")[0] for path in model.natural_key_fields if "__" in path}
        for name in parents & form.fields.keys() if original else ():
            form.data.setdefault(form.add_prefix(name), getattr(original, f"{name}_id"))

    @cached_property
    def _given_slugs(self) -> set[str]:
        return set()

    def clean(self) -> None:
        if any(not form.instance.pk for form in self.initial_forms):
            raise conflicts.RowGone
        super().clean()
        for form in self.initial_forms:
            if form.has_changed() and form.is_valid() and form not in self.deleted_forms:
                # Rows are saved one after the other: two that swap their names would collide after the first.
                try:
                    form.instance.validate_constraints()
                except ValidationError as error:
                    form.add_error(None, error)
        if any(form.conflicts and form.deletes for form in self.initial_forms):  # type: ignore[attr-defined]
            raise ValidationError(conflicts.MESSAGE)  # Django ignores the errors of a form that deletes its row

    def delete_existing(self, obj: Any, commit: bool = True) -> None:
        """Delete without clearing obj.pk, so that a form that is refused afterwards can be shown again."""
        if commit:
            type(obj)._default_manager.filter(pk=obj.pk).delete()

    def get_unique_error_message(self, unique_check: Sequence[str]) -> str:
        """In the labels of the fields instead of their names."""
        names = [str(self.form.base_fields[name].label) for name in unique_check if name != self.fk.name]
        same = get_text_list(names, gettext("and"))
        return gettext("Two rows have the same %(same)s; only one of them can stay.") % {"same": same}
