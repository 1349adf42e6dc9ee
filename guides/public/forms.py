"""The text box that the reader answers, and the filter of the questions page."""

from typing import Any

from django import forms
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from . import selectors
from .guide import Guide


class CheckForm(forms.Form):
    """The text box. Its text is not validated: the reader takes any."""

    text = forms.CharField(
        label=_("What do you know?"),
        help_text=_("Car, radio, what it shows, serial, plate, year: any of it, in any order."),
        required=False,
        widget=forms.Textarea(
            attrs={"rows": 2, "autocapitalize": "none", "autocomplete": "off", "spellcheck": "false"}
        ),
    )


def text_box(guide: Guide | None = None, text: str = "", *, is_changed: bool = False) -> dict[str, Any]:
    """The context of a page with the text box, and a text that was typed into it. A guide answers on its own page.

    A text that the site changed is put into the box by htmx too.
    """
    action = guide.url if guide else reverse("guides:check")
    form = CheckForm(initial={"text": text})
    if is_changed:
        form.fields["text"].widget.attrs["data-hx-swap-oob"] = "true"
    return {"form": form, "action": action, "guide": guide, "is_changed": is_changed}


class QuestionsFilter(forms.Form):
    """Questions for one car and one radio; an unknown value means all."""

    _UNKNOWN = {"invalid_choice": _("We do not know this one, so here are the questions for all.")}
    car = forms.ChoiceField(label=_("Car"), required=False, error_messages=_UNKNOWN)
    radio = forms.ChoiceField(label=_("Radio"), required=False, error_messages=_UNKNOWN)

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        cars = [(car.slug, str(car)) for car in selectors.generations()]
        radios = [(radio.slug, radio.name) for radio in selectors.radios()]
        self.fields["car"].choices = [("", _("Every car")), *cars]  # type: ignore[attr-defined]
        self.fields["radio"].choices = [("", _("Every radio")), *radios]  # type: ignore[attr-defined]
