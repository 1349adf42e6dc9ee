"""The one public form, and the filter of the questions page."""

from django import forms
from django.utils.translation import gettext_lazy as _

from guides.models import Generation, RadioUnit


class CheckForm(forms.Form):
    """The box of the reader. It takes any text at all; what it is, the reader says."""

    text = forms.CharField(
        label=_("What does your radio show?"),
        help_text=_("Type or paste it all, as it stands: the serial, a message, or every line of what scrolls past."),
        required=False,
        widget=forms.Textarea(
            attrs={"rows": 2, "autocapitalize": "characters", "autocomplete": "off", "spellcheck": "false"}
        ),
    )


class QuestionsFilter(forms.Form):
    """Questions of one car and radio; an unknown value means all."""

    _UNKNOWN = {"invalid_choice": _("We do not know this one, so here are the questions of all.")}
    car = forms.ChoiceField(label=_("Car"), required=False, error_messages=_UNKNOWN)
    radio = forms.ChoiceField(label=_("Radio"), required=False, error_messages=_UNKNOWN)

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        cars = [(car.slug, str(car)) for car in Generation.objects.published()]
        radios = [(radio.slug, radio.name) for radio in RadioUnit.objects.published()]
        self.fields["car"].choices = [("", _("Every car")), *cars]  # type: ignore[attr-defined]
        self.fields["radio"].choices = [("", _("Every radio")), *radios]  # type: ignore[attr-defined]
