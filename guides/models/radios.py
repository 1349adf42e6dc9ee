"""Radio units and their fitments in cars."""

from collections.abc import Iterator

from django.core.validators import MaxValueValidator, RegexValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from guides.drawings.faceplates import LAYOUTS, Layout
from guides.practice.screens import DIGIT_KEYS

from .base import (
    MAX_SHORT,
    MAX_TEXT,
    ByCodePoint,
    Claim,
    NamedModel,
    NaturalKeyModel,
    Refusal,
    YearsInGeneration,
    listed,
    years_in_order,
)
from .cars import Generation
from .choices import CodeNeeded, Controls, Faceplate
from .keys import Press, presses, validate_presses


class SerialFormat(NaturalKeyModel):
    """The form of a serial as a mask: "#" is one digit."""

    slug = models.SlugField(_("name in the address"), unique=True)
    name = models.CharField(_("name"), max_length=40)
    mask = models.CharField(
        _("pattern"),
        max_length=20,
        unique=True,
        validators=[RegexValidator(r"^[A-Z]#+\Z", _("One capital letter, then a # for each digit: M######."))],
        help_text=_("One capital letter, then a # for each digit: M######."),
    )

    class Meta:
        verbose_name = _("serial format")
        verbose_name_plural = _("serial formats")
        ordering = [ByCodePoint("mask")]
        constraints = [
            # Less than the validator, because not every database has regular expressions.
            models.CheckConstraint(
                name="serialformat_mask_has_a_digit",
                condition=models.Q(mask__contains="#") & ~models.Q(mask__startswith="#"),
                violation_error_message=_("A pattern starts with a letter and has at least one #."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.mask})"

    @property
    def letter(self) -> str:
        return self.mask[0]

    @property
    def digits(self) -> int:
        return self.mask.count("#")


class RadioUnit(Claim, NamedModel):
    """A radio unit, which can be in several cars."""

    names_field = "other_names"

    slug = models.SlugField(_("name in the address"), unique=True)
    name = models.CharField(_("name"), max_length=40)
    other_names = models.CharField(
        _("other names"),
        max_length=200,
        blank=True,
        help_text=_("What owners type or read on the front, separated by commas. The reader knows them."),
    )
    maker = models.CharField(_("maker"), max_length=40)
    controls = models.CharField(_("controls"), max_length=12, choices=Controls)
    code_needed = models.CharField(_("code needed"), max_length=12, choices=CodeNeeded)
    recognise = models.TextField(_("how to recognise it"), max_length=MAX_SHORT)
    faceplate = models.CharField(
        _("drawing of its front"),
        max_length=12,
        choices=Faceplate,
        blank=True,
        help_text=_("Only its own. Empty if there is none: a plain front without keys, and no practice radio."),
    )
    serial_keys = models.CharField(
        _("keys that show the serial"),
        max_length=40,
        blank=True,
        validators=[validate_presses],
        help_text=_("Held together, first choice first: 1+6 2+6. Empty if the display cannot show the serial."),
    )
    confirm_keys = models.CharField(
        _("keys that confirm the code"),
        max_length=40,
        blank=True,
        validators=[validate_presses],
        help_text=_("First choice first: 5 OK *."),
    )
    serial_screens = models.TextField(
        _("what the serial keys show"),
        blank=True,
        max_length=MAX_SHORT,
        help_text=_(
            "For the practice radio, made up: one line for each choice of serial keys, in the same order; / between "
            "screens. Only what the display shows, such as: 50701234 / FD12ABC V012345."
        ),
    )
    tries = models.PositiveSmallIntegerField(_("tries in all"), default=10, help_text=_("Wrong codes before the lock."))
    free_tries = models.PositiveSmallIntegerField(
        _("tries without a wait"), default=3, help_text=_("From this wrong code on, each is followed by a wait.")
    )
    wait_minutes = models.PositiveSmallIntegerField(
        _("minutes of WAIT"), default=30, validators=[MaxValueValidator(24 * 60)]
    )

    class Meta(Claim.Meta):
        verbose_name = _("radio")
        verbose_name_plural = _("radios")
        constraints = [
            *Claim.Meta.constraints,
            models.CheckConstraint(
                name="radiounit_tries_in_order",
                condition=models.Q(
                    free_tries__gte=1, free_tries__lte=models.F("tries"), tries__lte=20, wait_minutes__gte=1
                ),
                violation_error_message=_(
                    "From 1 to 20 tries in all, no more of them without a wait, and a wait of a minute or more."
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def refusals(self) -> Iterator[Refusal]:
        yield from super().refusals()
        if len(self.scrolls) > len(self.serial_presses):
            yield "serial_screens", gettext("More lines than there are choices of serial keys.")
        if layout := LAYOUTS.get(self.faceplate):
            yield from self._keys_that_cannot_be_pressed(layout)

    def _keys_that_cannot_be_pressed(self, layout: Layout) -> Iterator[Refusal]:
        if any(len(press) < 2 or not all(map(layout.key, press)) for press in self.serial_presses):
            yield "serial_keys", gettext("Two keys that are on the front, held together: 1+6.")
        if any(len(press) > 1 or press[0] in DIGIT_KEYS or not layout.key(press[0]) for press in self.confirm_presses):
            yield "confirm_keys", gettext("Single keys that are on the front, and not 1 to 4: 5 OK *.")

    def get_absolute_url(self) -> str:
        return reverse("guides:radio", args=[self.slug])

    @property
    def names_by_field(self) -> dict[str, list[str]]:
        return {"name": [self.name], "other_names": listed(self.other_names, ",")}

    @property
    def serial_presses(self) -> tuple[Press, ...]:
        return presses(self.serial_keys)

    @property
    def confirm_presses(self) -> tuple[Press, ...]:
        return presses(self.confirm_keys)

    @property
    def scrolls(self) -> tuple[tuple[str, ...], ...]:
        """The screens in order that each alternative of the serial keys shows; an empty line has none."""
        lines = self.serial_screens.splitlines()
        return tuple(tuple(filter(None, map(str.strip, line.split("/")))) for line in lines)

    @property
    def can_be_practised(self) -> bool:
        """Whether it has a practice radio, which needs buttons on its drawing and a key that confirms."""
        return self.controls == Controls.BUTTONS and self.faceplate in LAYOUTS and bool(self.confirm_keys)

    @property
    def practice_url(self) -> str:
        return reverse("guides:practice", args=[self.slug])

    def missing(self) -> list[str]:
        gaps = super().missing()
        if self.controls == Controls.BUTTONS and self.code_needed != CodeNeeded.NO:
            if not self.confirm_keys:
                gaps.append(gettext("confirm keys"))
            if len(list(filter(None, self.scrolls))) < len(self.serial_presses):
                gaps.append(gettext("what the serial keys show"))
            if not self.procedures.all():
                gaps.append(gettext("procedures"))
        return gaps


class Fitment(Claim, YearsInGeneration):
    """One unit in one generation."""

    natural_key_fields = ("generation__slug", "radio__slug")
    published_with = ("generation", "radio")
    order_within = "generation"

    generation = models.ForeignKey(
        Generation, on_delete=models.CASCADE, related_name="fitments", verbose_name=_("generation")
    )
    radio = models.ForeignKey(RadioUnit, on_delete=models.CASCADE, related_name="fitments", verbose_name=_("radio"))
    serial_format = models.ForeignKey(
        SerialFormat,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="fitments",
        verbose_name=_("usual form of the serial"),
        help_text=_("What is usual in this car; other letters are never refused. Empty: no printed serial is used."),
    )
    code_needed = models.CharField(
        _("code needed"),
        max_length=12,
        choices=CodeNeeded,
        blank=True,
        help_text=_("Only where this car differs from what the radio does elsewhere."),
    )
    code_advice = models.TextField(
        _("about the code in this car"),
        blank=True,
        max_length=MAX_TEXT,
        help_text=_("Leads the guide: is a code needed at all?"),
    )
    serial_advice = models.TextField(
        _("about the serial in this car"),
        blank=True,
        max_length=MAX_TEXT,
        help_text=_("Leads the serial steps of this guide."),
    )

    class Meta(Claim.Meta):
        verbose_name = _("radio in a car")
        verbose_name_plural = _("radios in cars")
        ordering = ["generation__order", "order", "pk"]
        constraints = [
            *Claim.Meta.constraints,
            years_in_order(),
            models.UniqueConstraint(fields=["generation", "radio"], name="fitment_unique"),
        ]

    def __str__(self) -> str:
        return f"{self.generation.name}, {self.radio.name}"

    def get_absolute_url(self) -> str:
        return reverse("guides:guide", args=[self.generation.slug, self.radio.slug])

    @property
    def needs_no_code(self) -> bool:
        return (self.code_needed or self.radio.code_needed) == CodeNeeded.NO

    @property
    def usual_serial(self) -> str:
        """What is usual in this car, in a few words."""
        if mask := self.serial_format:
            count = ngettext("%(letter)s and %(digits)s digit", "%(letter)s and %(digits)s digits", mask.digits)
            return count % {"letter": mask.letter, "digits": mask.digits}
        if self.radio.controls == Controls.BUTTONS:
            return gettext("of another kind, on its label")
        if self.radio.controls == Controls.TOUCHSCREEN:
            return gettext("none (VIN-linked, by touchscreen)")
        return gettext("none (VIN-linked)")
