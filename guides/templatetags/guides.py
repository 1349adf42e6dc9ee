"""What the templates need beyond Django's own."""

from django import template
from django.conf import settings
from django.db.models import Model
from django.templatetags.static import static
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

from guides.models import Generation
from guides.public.guide import Guide
from guides.reader import Kind, Tidy

register = template.Library()

#: tools/pictures.py makes one for each; a generation that an editor adds has the site's own at first.
GENERATIONS_WITH_PICTURE = {"mk1", "mk2", "mk3", "mk4"}

#: What one line of several is, in a word or two.
KIND_WORDS: dict[str, Promise] = {
    Kind.SERIAL: _("the serial"),
    Kind.SERIAL_IN_TEXT: _("the serial is in it"),
    Kind.SEVERAL_SERIALS: _("several serials"),
    Kind.LOOKALIKE: _("nearly a serial: a letter for a digit"),
    Kind.WRONG_FIRST_LETTER: _("nearly a serial: another first letter"),
    Kind.MISSING_LETTER: _("digits without a letter"),
    Kind.EXTRA_ZERO: _("a serial with one zero too many"),
    Kind.TOO_LONG: _("nearly a serial: too long"),
    Kind.TOO_SHORT: _("nearly a serial: too short"),
    Kind.SOFTWARE_DATA: _("software data"),
    Kind.NOT_SHOWN: _("“serial not shown”"),
    Kind.NAVIGATION_SERIAL: _("the number of a navigation radio"),
    Kind.OLDER_SERIAL: _("the serial of an older radio"),
    Kind.PART_NUMBER: _("a part number"),
    Kind.MODEL_NAME: _("the name of a model"),
    Kind.RADIO_NAME: _("the name of a radio"),
    Kind.KEYCODE: _("four digits, as long as a code"),
    Kind.NUMBER_PLATE: _("a number plate"),
    Kind.VIN: _("the car’s VIN"),
    Kind.YEAR: _("a year"),
    Kind.MESSAGE: _("a message"),
    Kind.EMPTY: _("nothing"),
    Kind.UNKNOWN: _("unknown"),
}


#: What was changed or dropped before a text was judged.
TIDY_WORDS: dict[str, Promise] = {
    Tidy.CASE: _("small letters made capital"),
    Tidy.SPACES: _("spaces dropped"),
    Tidy.PUNCTUATION: _("dashes and other signs dropped"),
    Tidy.LABEL_WORDS: _("words in front dropped"),
    Tidy.DIGITS: _("digits of another script written as ours"),
    Tidy.INVISIBLE: _("invisible characters dropped"),
}


@register.simple_tag
def href(target: Model | str, *args: str) -> SafeString:
    """The attributes of a link inside the site: a plain address, and the same for htmx, which swaps <main>.

    Takes a row with a page of its own, or the name of a page ("check") with its arguments.
    """
    return _link(reverse(f"guides:{target}", args=args) if isinstance(target, str) else target.get_absolute_url())  # type: ignore[attr-defined]


@register.simple_tag
def step_href(guide: Guide, number: int) -> SafeString:
    """The attributes of a link to one step of a guide."""
    return _link(f"{guide.url}?view=steps&step={number}")


def _link(url: str) -> SafeString:
    return format_html(
        'href="{0}" data-hx-get="{0}" data-hx-target="main" data-hx-swap="outerHTML show:window:top" '
        'data-hx-push-url="true"',
        url,
    )


@register.simple_tag
def site_url() -> str:
    """What the full address of a page begins with."""
    return settings.SITE_URL


@register.simple_tag
def worker_switch() -> SafeString:
    """Tells scripts that the service worker is switched off: none is wanted, and one that is there shall go."""
    return mark_safe("" if settings.OFFLINE else ' data-worker="off"')  # noqa: S308 (ours)


@register.simple_tag
def preview_picture(generation: Generation | None = None) -> str:
    """The address of the picture that goes with a shared link: the generation's own, or the site's."""
    slug = generation.slug if generation else ""
    return static(f"img/og-{slug if slug in GENERATIONS_WITH_PICTURE else 'site'}.png")


@register.filter
def tidy_words(tidy: str) -> object:
    return TIDY_WORDS.get(tidy, tidy)  # a mark of offline_reader.py stays a mark


@register.filter
def kind_words(kind: str) -> object:
    return KIND_WORDS.get(kind, kind)
