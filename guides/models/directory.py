"""The directory by make and model."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from .base import MAX_SHORT, Claim, NamedModel, PublishedModel, listed
from .cars import Generation
from .radios import RadioUnit


class Make(PublishedModel):
    slug = models.SlugField(_("name in the address"), unique=True)
    name = models.CharField(_("name"), max_length=40)

    class Meta(PublishedModel.Meta):
        verbose_name = _("make")
        verbose_name_plural = _("makes")

    def __str__(self) -> str:
        return self.name


class CarGuide(Claim, NamedModel):
    """A model in the directory, with its generation, its radios or a note."""

    names_field = "other_names"
    natural_key_fields = ("make__slug", "slug")
    published_with = ("make", "generation")
    order_within = "make"

    make = models.ForeignKey(Make, on_delete=models.CASCADE, related_name="car_guides", verbose_name=_("make"))
    slug = models.SlugField(_("name in the address"))
    name = models.CharField(_("name"), max_length=60)
    other_names = models.CharField(
        _("other names"),
        max_length=300,
        blank=True,
        help_text=_("What owners type, separated by commas: Kuga, Galaxy. The reader knows them."),
    )
    note = models.TextField(_("note"), blank=True, max_length=MAX_SHORT)
    generation = models.ForeignKey(
        Generation,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="car_guides",
        verbose_name=_("generation"),
    )
    radios = models.ManyToManyField(
        RadioUnit, related_name="car_guides", blank=True, verbose_name=_("radios that it shares")
    )

    class Meta(Claim.Meta):
        verbose_name = _("car in the directory")
        verbose_name_plural = _("cars in the directory")
        ordering = ["make__order", "order", "pk"]
        constraints = [
            *Claim.Meta.constraints,
            models.UniqueConstraint(fields=["make", "slug"], name="carguide_unique_in_make"),
        ]

    def __str__(self) -> str:
        return self.name if self.make.name in self.name else f"{self.make.name} {self.name}"

    @property
    def names_by_field(self) -> dict[str, list[str]]:
        return {"name": [self.name], "other_names": listed(self.other_names, ",")}

    @property
    def key(self) -> str:
        """What names it among the cars of all makes; also its anchor in the directory."""
        return f"{self.make.slug}-{self.slug}"

    def get_absolute_url(self) -> str:
        return f"{reverse('guides:cars')}#{self.key}"
