"""Procedures with steps, shared by the units that they apply to."""

from textwrap import shorten

from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from .base import MAX_SHORT, AskedForModel, Claim, OrderedModel, PublishedModel, disputed_says_what_others_say
from .choices import Severity, StepDrawing, Task
from .keys import validate_presses
from .radios import RadioUnit

#: The longest line of a row that fits on a phone of 390 px.
MAX_LINE = 36  # characters
#: The rows of a guide by the tasks of its procedures: the ids on the page.
ANCHORS = {
    Task.READ_SERIAL: "serial",
    Task.FIND_LABEL: "label",
    Task.ENTER_CODE: "enter",
    Task.ENTER_ON_SCREEN: "enter",
    Task.SOFT_RESET: "restart",
}


class Procedure(Claim, AskedForModel):
    """One way to do one task."""

    address_prefetch = ("uses__radio",)

    slug = models.SlugField(_("name in the address"), unique=True)
    task = models.CharField(_("task"), max_length=20, choices=Task)
    name = models.CharField(_("name"), max_length=80)
    in_short = models.CharField(
        _("in short"),
        max_length=MAX_LINE,
        blank=True,
        help_text=_(
            "The line of its row, for those who know how. SERIAL and CONFIRM stand for the radio’s own keys: Hold "
            "SERIAL for 3 seconds: no try."
        ),
    )
    intro = models.TextField(
        _("introduction"), blank=True, max_length=MAX_SHORT, help_text=_("When to use it, and how often it works.")
    )
    radios = models.ManyToManyField(
        RadioUnit, through="ProcedureUse", related_name="procedures", verbose_name=_("radios")
    )

    class Meta(Claim.Meta):
        verbose_name = _("procedure")
        verbose_name_plural = _("procedures")

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str | None:
        use = next((use for use in self.uses.all() if use.radio.is_published), None)
        return f"{use.radio.get_absolute_url()}#{self.anchor}" if use else None

    @property
    def anchor(self) -> str:
        """The id of its row in a guide."""
        return ANCHORS[Task(self.task)]

    def missing(self) -> list[str]:
        gaps = super().missing()
        if not self.steps.all():
            gaps.append(gettext("steps"))
        if not self.in_short:
            gaps.append(gettext("in short"))
        if not self.uses.all():
            gaps.append(gettext("a radio that uses it"))
        return gaps


class ProcedureUse(OrderedModel):
    """A procedure of one unit, in the order that works for that unit (A8)."""

    natural_key_fields = ("radio__slug", "procedure__slug")
    order_within = "radio"

    procedure = models.ForeignKey(Procedure, on_delete=models.CASCADE, related_name="uses", verbose_name=_("procedure"))
    radio = models.ForeignKey(RadioUnit, on_delete=models.CASCADE, related_name="uses", verbose_name=_("radio"))

    class Meta:
        verbose_name = _("procedure of a radio")
        verbose_name_plural = _("procedures of radios")
        ordering = ["radio__order", "order", "pk"]
        constraints = [
            *OrderedModel.Meta.constraints,
            models.UniqueConstraint(fields=["procedure", "radio"], name="procedureuse_unique"),
        ]

    def __str__(self) -> str:
        return f"{self.radio.name}: {self.procedure.name}"


class Step(Claim):
    """One action, the keys to press, and what the display then shows; or a note to the action before it.

    It rests on the sources of its procedure unless it names its own.
    """

    natural_key_fields = ("procedure__slug", "slug")
    address_prefetch = ("procedure__uses__radio",)
    published_with = ("procedure",)
    order_within = "procedure"
    evidence_from = "procedure"

    procedure = models.ForeignKey(
        Procedure, on_delete=models.CASCADE, related_name="steps", verbose_name=_("procedure")
    )
    slug = models.SlugField(_("name in the address"))
    text = models.TextField(_("text"), max_length=MAX_SHORT, help_text=_("What to do, in one or two short sentences."))
    keys = models.CharField(
        _("keys to press"),
        max_length=40,
        blank=True,
        validators=[validate_presses],
        help_text=_(
            "As on the radio: 5, or 1+6 for two held together. SERIAL stands for the keys that show the serial on each "
            "radio, CONFIRM for the key that confirms. OTHER-SERIAL and OTHER-CONFIRM stand for its other choices; a "
            "radio without any leaves the step out."
        ),
    )
    display = models.CharField(
        _("the display then shows"), max_length=40, blank=True, help_text=_("For example CODE, or V123456.")
    )
    is_note = models.BooleanField(
        _("note"), default=False, help_text=_("Not an action: it has no number and stands under the step before it.")
    )
    severity = models.CharField(_("severity"), max_length=10, choices=Severity, default=Severity.GO_ON)
    drawing = models.CharField(_("drawing"), max_length=20, choices=StepDrawing, blank=True)

    @property
    def display_is_example(self) -> bool:
        """Whether the driver's own display shows other characters: it does if there are digits."""
        return any(map(str.isdigit, self.display))

    class Meta(Claim.Meta):
        verbose_name = _("step")
        verbose_name_plural = _("steps")
        ordering = ["procedure__order", "order", "pk"]
        constraints = [
            *PublishedModel.Meta.constraints,
            disputed_says_what_others_say(),  # published without a day of its own, it has that of its procedure
            models.UniqueConstraint(fields=["procedure", "slug"], name="step_unique_in_procedure"),
        ]

    def __str__(self) -> str:
        return shorten(self.text, 60, placeholder="…")

    def get_absolute_url(self) -> str | None:
        return self.procedure.get_absolute_url()
