"""Base classes of content: natural keys, publication, and the evidence for a fact."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date
from functools import reduce
from typing import Any, ClassVar, TypeAlias

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Q, Value
from django.db.models.functions import Trim
from django.db.models.lookups import Exact
from django.db.models.sql.compiler import SQLCompiler
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from guides.reader import match_key
from guides.reader.everyday import text_with_name, text_with_phrase

from . import never
from .choices import Confidence
from .never import Never

#: Refuses typing errors such as 20011.
LAST_YEAR = 2100
YEAR = [MinValueValidator(1990), MaxValueValidator(LAST_YEAR)]
#: Holds a thousand rows in steps of ten.
MAX_ORDER = 9999
#: How long a text may be, so that a guide stays short: two to three times the longest text of its kind today.
MAX_SHORT = 500  # characters: an action, how to recognise something, a list
MAX_TEXT = 1_000  # characters: advice, a meaning, what others say
MAX_LONG = 1_500  # characters: an answer of several paragraphs

#: What is wrong with one field of a row: the name of the field, and words for the editor.
Refusal: TypeAlias = tuple[str, str]

_NEVER = {
    Never.MARKUP: _("“%(text)s” is markup, which readers would see as you typed it."),
    Never.ADDRESS: _("“%(text)s” is an address of another site: it belongs into a source."),
    Never.TELEPHONE: _("“%(text)s” looks like a telephone number: leave it out."),
    Never.VIN: _("“%(text)s” looks like a VIN or a long serial: leave it out, even as an example."),
    Never.PLATE: _("“%(text)s” looks like a number plate: leave it out, even as an example."),
    Never.SERIAL: _("“%(text)s” may be a real serial: write V123456, M123456, V012345 or M012345."),
    Never.CODE: _("“%(text)s” may be a real code: leave it out."),
}


def not_in_the_future(day: date) -> None:
    if day > timezone.localdate():
        raise ValidationError(_("This day has not come yet."))


class ContentQuerySet(models.QuerySet[Any]):
    def with_parents(self) -> "ContentQuerySet":
        """With the rows that are part of the natural key, without a query for each."""
        parents = [path.rpartition("__")[0] for path in self.model.natural_key_fields if "__" in path]
        return self.select_related(*parents) if parents else self  # without a name it would follow every relation

    def with_addresses(self) -> "ContentQuerySet":
        """With what str() and get_absolute_url() read, without a query for each row."""
        return self.with_parents().prefetch_related(*self.model.address_prefetch)

    def published(self) -> "ContentQuerySet":
        """Rows that are public: they and all their parents are published."""
        return self.filter(*map(self._public, self.model.published_with), is_published=True)

    def _public(self, parent: str) -> Q:
        """That the parent is published or, where it is optional, that there is none."""
        published = Q(**{f"{parent}__is_published": True})
        optional = self.model._meta.get_field(parent.split("__")[0]).null
        return published | Q(**{parent: None}) if optional else published


class ContentManager(models.Manager.from_queryset(ContentQuerySet)):  # type: ignore[misc]
    def get_by_natural_key(self, *key: Any) -> Any:
        return self.get(**dict(zip(self.model.natural_key_fields, key, strict=True)))


class ByCodePoint(models.Func):
    """A text to be sorted by its code points, because databases sort texts differently."""

    template = '(%(expressions)s) COLLATE "C"'
    arity = 1

    def as_sqlite(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **context: Any) -> Any:
        return self.as_sql(compiler, connection, template="%(expressions)s", **context)  # SQLite sorts by code points


class NaturalKeyModel(models.Model):
    """A row that is identified by fields with a meaning, not by its primary key."""

    #: Lookups that together identify one row; "__" leads to a parent.
    natural_key_fields: ClassVar[tuple[str, ...]] = ("slug",)
    #: Relations that get_absolute_url() reads, besides those of the natural key.
    address_prefetch: ClassVar[tuple[str, ...]] = ()
    #: What these rows may hold, and no other kind.
    may_hold: ClassVar[frozenset[Never]] = frozenset()

    objects = ContentManager()

    class Meta:
        abstract = True

    def natural_key(self) -> tuple[Any, ...]:
        return tuple(reduce(getattr, field.split("__"), self) for field in self.natural_key_fields)

    def clean_fields(self, exclude: Collection[str] | None = None) -> None:
        """Refuse what the fields refuse, and what refusals() names."""
        errors: dict[str, list[Any]] = {}
        try:
            super().clean_fields(exclude)
        except ValidationError as error:
            errors = error.update_error_dict(errors)
        broken = {*errors, *(exclude or ())}
        for name, words in self.refusals():
            if name not in broken:
                errors.setdefault(name, []).append(words)
        if errors:
            raise ValidationError(errors)

    def refusals(self) -> Iterator[Refusal]:
        """What no field may hold. Forms, content files and the checks all ask this.

        Other fields may be empty or wrong: a form shows all that is wrong at once.
        """
        for field in self._meta.fields:
            if isinstance(field, models.CharField | models.TextField) and not isinstance(field, models.URLField):
                text = getattr(self, field.name) or ""
                yield from ((field.name, words) for words in self._refused_in(text))
                if field.max_length and len(text) > field.max_length:
                    yield field.name, _too_long(len(text), field.max_length)

    def _refused_in(self, text: str) -> Iterator[str]:
        for found in never.find(text):
            if found.what not in self.may_hold:
                yield _NEVER[found.what] % {"text": found.text}


class OrderedModel(NaturalKeyModel):
    """A row with a place in a list."""

    #: The parent in whose list the row stands; empty where all rows of its kind are one list.
    order_within: ClassVar[str] = ""

    order = models.PositiveSmallIntegerField(
        _("order"),
        default=0,
        validators=[MaxValueValidator(MAX_ORDER)],
        help_text=_("Small numbers come first. To move a row between 10 and 20, give it 15."),
    )

    class Meta:
        abstract = True
        ordering: ClassVar[list[str]] = ["order", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            # SQLite accepts larger numbers than the column of PostgreSQL holds.
            models.CheckConstraint(name="%(app_label)s_%(class)s_order_fits", condition=Q(order__lte=MAX_ORDER))
        ]

    @property
    def list_parent(self) -> int | None:
        """The primary key of the parent in whose list the row stands."""
        return getattr(self, f"{self.order_within}_id") if self.order_within else None

    def its_list(self) -> ContentQuerySet:
        """All rows of the list in which the row stands, in its order."""
        parent = {self.order_within: self.list_parent} if self.order_within else {}
        return type(self).objects.filter(**parent).order_by("order", "pk")


class PublishedModel(OrderedModel):
    """A row that can be a draft."""

    #: Parents that must be published too.
    published_with: ClassVar[tuple[str, ...]] = ()

    is_published = models.BooleanField(
        _("published"), default=False, help_text=_("Only published rows are on the public site.")
    )

    class Meta(OrderedModel.Meta):
        abstract = True

    def drafts_above(self) -> list["PublishedModel"]:
        """The parents that are drafts, so that this row is not public."""
        parents = (reduce(getattr, parent.split("__"), self) for parent in self.published_with)
        return [parent for parent in parents if parent and not parent.is_published]


def disputed_says_what_others_say() -> models.CheckConstraint:
    """The constraint for all claims."""
    return models.CheckConstraint(
        name="%(app_label)s_%(class)s_disputed_says_what_others_say",
        condition=~Q(confidence=Confidence.DISPUTED) | ~Q(Exact(Trim("others_say"), Value(""))),
        violation_error_message=_("A disputed claim must say what others say."),
    )


class Claim(PublishedModel):
    """A row that states a fact, with its evidence."""

    #: The parent whose sources and day count for a row that names none; "" if each row names them.
    evidence_from: ClassVar[str] = ""

    confidence = models.CharField(
        _("confidence"),
        max_length=10,
        choices=Confidence,
        default=Confidence.REPORTED,
        help_text=_(
            "Confirmed: two or more independent sources. Base article: no other source. Reported: owners "
            "report it, or one source. Disputed: sources contradict each other; fill in what others say."
        ),
    )
    sources = models.ManyToManyField(
        "guides.Source", related_name="%(class)s_claims", blank=True, verbose_name=_("sources")
    )
    checked_on = models.DateField(
        _("checked on"),
        null=True,
        blank=True,
        validators=[not_in_the_future],
        help_text=_("The day somebody last compared this with its sources."),
    )
    others_say = models.TextField(
        _("what others say"),
        blank=True,
        max_length=MAX_TEXT,
        help_text=_("Where sources disagree: what each side says. The main text leads with the safe action."),
    )

    class Meta(PublishedModel.Meta):
        abstract = True
        #: Django’s own permissions, and one to confirm that an unchanged row is still true.
        default_permissions = ("add", "change", "delete", "view", "confirm")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            *PublishedModel.Meta.constraints,
            disputed_says_what_others_say(),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_published_was_checked",
                condition=Q(is_published=False) | Q(checked_on__isnull=False),
                violation_error_message=_("Fill in “checked on” before you publish."),
            ),
        ]

    @property
    def named_sources(self) -> list[Any]:
        """Its sources, or those of the parent that it shares."""
        own = list(self.sources.all())
        return own or (list(getattr(self, self.evidence_from).sources.all()) if self.evidence_from else [])

    @property
    def last_checked(self) -> date | None:
        """The day it was compared with its sources, or the parent was."""
        return self.checked_on or (getattr(self, self.evidence_from).checked_on if self.evidence_from else None)

    def missing(self) -> list[str]:
        """What an editor has to fill in before the row can be published."""
        gaps = []
        if not self.named_sources:
            gaps.append(gettext("a source"))
        if not self.last_checked:
            gaps.append(gettext("date checked"))
        return gaps


class NamedModel(NaturalKeyModel):
    """A row with several names. Two rows cannot share a name, because the reader must know which one it means.

    The names are a list in one column, which no database constraint can check, so validation does.
    """

    #: The field with the other names.
    names_field: ClassVar[str]

    class Meta:
        abstract = True

    @property
    def names_by_field(self) -> dict[str, list[str]]:
        """All its names, by the fields that hold them, the main one first."""
        raise NotImplementedError

    @property
    def names(self) -> list[str]:
        return [name for names in self.names_by_field.values() for name in names]

    def refusals(self) -> Iterator[Refusal]:
        yield from super().refusals()
        for field, names in self.names_by_field.items():
            for name in names:
                if text := text_with_name(name):
                    yield field, _takes_everyday_text(name, text)

    def validate_unique(self, exclude: Collection[str] | None = None) -> None:
        super().validate_unique(exclude)
        if self.names_field not in (exclude or ()):
            self.refuse_shared_names(taken_names(type(self)._default_manager.exclude(pk=self.pk)))

    def refuse_shared_names(self, taken: Mapping[str, "NamedModel"]) -> None:
        """Raises ValidationError if another row has a name of this one."""
        for name in self.names:
            if other := taken.get(match_key(name)):
                raise ValidationError(
                    _("“%(name)s” is a name of “%(other)s” already."), params={"name": name, "other": other}
                )


def listed(text: str, separator: str = "\n") -> list[str]:
    """The parts of a text that holds a list, without blanks and empty ones."""
    return [part for part in map(str.strip, text.split(separator)) if part]


class AskedForModel(NaturalKeyModel):
    """A row that the reader finds by the words in which people ask for it."""

    asked_as = models.TextField(
        _("how people ask for it"),
        blank=True,
        help_text=_(
            "One phrase to a line. All its words must be in what somebody types, in any order. A stroke is “or”, a "
            "star any ending: lost/lose* code."
        ),
        max_length=MAX_TEXT,
    )

    class Meta:
        abstract = True

    @property
    def phrases(self) -> list[str]:
        return listed(self.asked_as)

    def refusals(self) -> Iterator[Refusal]:
        yield from super().refusals()
        for phrase in self.phrases:
            if text := text_with_phrase(phrase):
                yield "asked_as", _takes_everyday_text(phrase, text)


def _takes_everyday_text(words: str, text: str) -> str:
    return gettext("“%(words)s” says too little: the reader would take “%(text)s” for this row.") % {
        "words": words,
        "text": text,
    }


def _too_long(length: int, most: int) -> str:
    return gettext("%(length)d characters are too long; at most %(most)d fit.") % {"length": length, "most": most}


def taken_names(rows: Iterable[NamedModel]) -> dict[str, NamedModel]:
    """The row with each name, in the form in which the reader compares names."""
    return {match_key(name): row for row in rows for name in row.names}


def years_in_order() -> models.CheckConstraint:
    """The constraint for models with Years."""
    return models.CheckConstraint(
        name="%(app_label)s_%(class)s_years_in_order",
        condition=Q(first_year__lte=models.F("last_year")),
        violation_error_message=_("The last year cannot come before the first."),
    )


class Years(NaturalKeyModel):
    """First and last calendar year, both inclusive. Without a last year there is no end yet."""

    first_year = models.PositiveSmallIntegerField(_("first year"), validators=YEAR)
    last_year = models.PositiveSmallIntegerField(
        _("last year"), validators=YEAR, null=True, blank=True, help_text=_("Empty as long as there is no end.")
    )

    class Meta:
        abstract = True

    def covers(self, year: int) -> bool:
        return self.first_year <= year and (self.last_year is None or year <= self.last_year)

    @property
    def years(self) -> str:
        """The years as text: "1998–2004", one year, or "2018–" without an end."""
        if self.first_year == self.last_year:
            return str(self.first_year)
        return f"{self.first_year}–{self.last_year or ''}"


class YearsInGeneration(Years):
    """Years within those of the row's generation."""

    class Meta:
        abstract = True

    def refusals(self) -> Iterator[Refusal]:
        yield from super().refusals()
        generation: Years | None = getattr(self, "generation", None)
        if generation and generation.first_year:
            words = gettext("Outside the years of %(generation)s.") % {"generation": generation}
            if self.first_year and not generation.covers(self.first_year):
                yield "first_year", words
            if generation.last_year and not self.last_year:
                yield "last_year", gettext("Fill it in: %(generation)s has an end.") % {"generation": generation}
            elif self.last_year and not generation.covers(self.last_year):
                yield "last_year", words
