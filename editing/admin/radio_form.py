"""The form of a radio with its parts: the messages, questions and ways to the code that name it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from guides.models import FAQ, CodeSource, ErrorMessage, RadioUnit
from guides.models.base import listed, taken_names
from guides.reader import match_key

from .forms import RowForm


class PartsField(forms.ModelMultipleChoiceField):
    """Rows that name this radio, each a box to tick. The page keeps which were ticked when it was opened."""

    def __init__(self, queryset: Any, **kwargs: Any) -> None:
        boxes = forms.CheckboxSelectMultiple({"class": "parts"})
        super().__init__(queryset, required=False, widget=boxes, show_hidden_initial=True, **kwargs)


class RadioForm(RowForm):
    """Saves what was ticked and unticked since the page was opened, so that it takes back nothing that another editor
    stored meanwhile. The history shows it as changes of the messages, questions and ways."""

    #: The names are those of the relations.
    parts = ("messages", "faqs", "code_sources")

    messages = PartsField(ErrorMessage.objects.all(), label=_("Messages that it shows"))
    faqs = PartsField(
        FAQ.objects.filter(radios__isnull=False).distinct(),
        label=_("Questions"),
        help_text=_("Those that are for some radios only; the others are in every guide."),
    )
    code_sources = PartsField(
        CodeSource.objects.filter(radios__isnull=False).distinct(),
        label=_("Ways to the code"),
        help_text=_("Those that are for some radios only; the others are in every guide."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial.update({name: list(getattr(self.instance, name).all()) for name in self.parts})

    def clean_other_names(self) -> str:
        """A copy leaves out the names of the original, because two radios cannot share one."""
        names = self.cleaned_data["other_names"]
        if not self.is_copy:
            return names
        taken = taken_names(RadioUnit.objects.all())
        return ", ".join(name for name in listed(names, ",") if match_key(name) not in taken)

    def clean(self) -> dict[str, Any] | None:
        """Refuse to leave a question or way without a radio: it would be for all of them."""
        data = super().clean()
        for name in ("faqs", "code_sources"):
            for part in self._unticked(name):
                if list(part.radios.all()) == [self.instance]:
                    words = _(
                        "“%(part)s” names only this radio; without it, it would be for all. Change it on its page."
                    )
                    self.add_error(name, words % {"part": part})
        return data

    def _opened_with(self, name: str) -> set[str]:
        """The keys of the rows that were ticked when the page was opened; of a copy none."""
        data: Any = self.data
        return set() if self.is_copy or not data else set(data.getlist(self[name].html_initial_name))

    def _unticked(self, name: str) -> list[Any]:
        ticked, opened = self.cleaned_data.get(name, ()), self._opened_with(name)
        offered: Any = self.fields[name]
        return [part for part in offered.queryset if str(part.pk) in opened and part not in ticked]

    def _save_m2m(self) -> None:
        super()._save_m2m()  # type: ignore[misc]  # Django’s stubs leave it out
        for name in self.parts:
            related, opened = getattr(self.instance, name), self._opened_with(name)
            related.remove(*self._unticked(name))
            related.add(*(part for part in self.cleaned_data[name] if str(part.pk) not in opened))
