"""Generations of the Focus, their phases, the years they share, and their fuses."""

from collections.abc import Iterator

from django.core.validators import RegexValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from .base import (
    MAX_SHORT,
    Claim,
    NamedModel,
    Refusal,
    Years,
    YearsInGeneration,
    listed,
    years_in_order,
)
from .choices import CarDrawing

#: A month as text, which sorts by time.
MONTH = RegexValidator(r"^(?:19|20)\d\d-(?:0[1-9]|1[0-2])\Z", _("Write year and month: 2004-09."))


class Generation(Claim, Years, NamedModel):
    """Mk1 to Mk4."""

    names_field = "other_names"

    slug = models.SlugField(_("name in the address"), unique=True)
    name = models.CharField(_("name"), max_length=40)
    other_names = models.CharField(
        _("other names"),
        max_length=300,
        blank=True,
        help_text=_("What owners type, separated by commas: Mark 2, Mk2 facelift. The reader knows them."),
    )
    recognise = models.TextField(_("how to recognise it"), max_length=MAX_SHORT)

    class Meta(Claim.Meta):
        verbose_name = _("generation")
        verbose_name_plural = _("generations")
        constraints = [*Claim.Meta.constraints, years_in_order()]

    def __str__(self) -> str:
        return f"{self.name} ({self.years})"

    @property
    def names_by_field(self) -> dict[str, list[str]]:
        return {"name": [self.name], "other_names": listed(self.other_names, ",")}

    def get_absolute_url(self) -> str:
        return reverse("guides:generation", args=[self.slug])

    @property
    def drawings(self) -> tuple[str, ...]:
        """The drawings of its phases, or one empty name if there are none: the plain car."""
        return tuple(phase.drawing for phase in self.phases.all() if phase.drawing) or ("",)


class Phase(Claim, YearsInGeneration):
    """A generation as launched or after its facelift, because people recognise phases (A1)."""

    natural_key_fields = ("generation__slug", "slug")
    published_with = ("generation",)
    order_within = "generation"

    generation = models.ForeignKey(
        Generation, on_delete=models.CASCADE, related_name="phases", verbose_name=_("generation")
    )
    slug = models.SlugField(_("name in the address"))
    name = models.CharField(_("name"), max_length=60)
    recognise = models.TextField(_("how to recognise it"), max_length=MAX_SHORT)
    drawing = models.CharField(
        _("drawing"),
        max_length=20,
        choices=CarDrawing,
        blank=True,
        help_text=_("Only its own. Empty if there is none: a plain car."),
    )

    class Meta(Claim.Meta):
        verbose_name = _("launch or facelift")
        verbose_name_plural = _("launches and facelifts")
        ordering = ["generation__order", "order", "pk"]
        constraints = [
            *Claim.Meta.constraints,
            years_in_order(),
            models.UniqueConstraint(fields=["generation", "slug"], name="phase_unique_in_generation"),
        ]

    def __str__(self) -> str:
        return f"{self.generation.name}, {self.name} ({self.years})"

    def get_absolute_url(self) -> str:
        return f"{self.generation.get_absolute_url()}#{self.slug}"


class Overlap(Claim, Years):
    """Years in which two generations were sold, and a visual question that tells them apart (A2)."""

    natural_key_fields = ("earlier__slug", "later__slug")
    published_with = ("earlier", "later")

    earlier = models.ForeignKey(
        Generation, on_delete=models.CASCADE, related_name="overlaps_with_later", verbose_name=_("earlier generation")
    )
    later = models.ForeignKey(
        Generation, on_delete=models.CASCADE, related_name="overlaps_with_earlier", verbose_name=_("later generation")
    )
    first_month = models.CharField(
        _("first month"),
        max_length=7,
        blank=True,
        validators=[MONTH],
        help_text=_("Number plates and VINs tell months: the first in which they may be of either. Such as 2004-09."),
    )
    last_month = models.CharField(_("last month"), max_length=7, blank=True, validators=[MONTH])
    question = models.CharField(_("question"), max_length=200, help_text=_("One question about what can be seen."))
    earlier_answer = models.CharField(_("answer for the earlier one"), max_length=200)
    later_answer = models.CharField(_("answer for the later one"), max_length=200)

    class Meta(Claim.Meta):
        verbose_name = _("shared years")
        verbose_name_plural = _("shared years of two generations")
        constraints = [
            *Claim.Meta.constraints,
            years_in_order(),
            models.UniqueConstraint(fields=["earlier", "later"], name="overlap_unique"),
            models.CheckConstraint(
                name="overlap_months_in_order",
                condition=models.Q(first_month="", last_month="")
                | (~models.Q(first_month="") & models.Q(first_month__lte=models.F("last_month"))),
                violation_error_message=_("Name both months, the first one first, or neither."),
            ),
            models.CheckConstraint(
                name="overlap_of_two_generations",
                condition=~models.Q(earlier=models.F("later")),
                violation_error_message=_("An overlap is between two different generations."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.earlier.name} / {self.later.name} ({self.years})"

    def get_absolute_url(self) -> str:
        return f"{self.later.get_absolute_url()}#which"

    def refusals(self) -> Iterator[Refusal]:
        yield from super().refusals()
        earlier, later = getattr(self, "earlier", None), getattr(self, "later", None)
        if not self.last_year and earlier and later and earlier.last_year and later.last_year:
            yield "last_year", gettext("Fill it in: both generations have an end.")


class Fuse(Claim):
    """A fuse of the radio's power supply."""

    natural_key_fields = ("phase__generation__slug", "phase__slug", "box", "number")
    published_with = ("phase", "phase__generation")
    order_within = "phase"

    phase = models.ForeignKey(
        Phase, on_delete=models.CASCADE, related_name="fuses", verbose_name=_("launch or facelift")
    )
    box = models.CharField(_("fuse box"), max_length=80, help_text=_("Where the box is."))
    number = models.CharField(_("number"), max_length=10)
    amps = models.DecimalField(_("rating in amperes"), max_digits=4, decimal_places=1)
    protects = models.CharField(_("protects"), max_length=120)

    class Meta(Claim.Meta):
        verbose_name = _("fuse")
        verbose_name_plural = _("fuses")
        ordering = ["phase__order", "order", "pk"]
        constraints = [
            *Claim.Meta.constraints,
            models.UniqueConstraint(fields=["phase", "box", "number"], name="fuse_unique_in_box"),
            models.CheckConstraint(
                name="fuse_has_a_rating",
                condition=models.Q(amps__gt=0),
                violation_error_message=_("A fuse has a rating above zero."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.phase.generation.name}, {self.phase.name}: {self.number} ({self.amps.normalize():f} A)"

    def get_absolute_url(self) -> str:
        return self.phase.get_absolute_url()
