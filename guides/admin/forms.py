"""How a row is edited: what names it stays, and a new one goes to the end."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

#: Room to put another row in between.
ORDER_STEP = 10


class ContentForm(forms.ModelForm):
    """A form in which the names of an existing row are fixed: its slug, and the rows that it hangs from."""

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


class ContentFormSet(forms.BaseInlineFormSet):
    """Rows within another row's page; a new one starts at the end of the list, not before everything else."""

    def get_form_kwargs(self, index: int | None) -> dict[str, Any]:
        kwargs = super().get_form_kwargs(index)
        if index is None or index >= self.initial_form_count():
            last = max((row.order for row in self.get_queryset()), default=0)
            kwargs["initial"] = {"order": last + ORDER_STEP}
        return kwargs
