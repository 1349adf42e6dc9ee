"""Links, pictures and words of the public pages."""

from collections.abc import Iterable
from typing import Any
from urllib.parse import quote, urlencode

from django import template
from django.conf import settings
from django.db.models import Model
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from guides.models import Claim, Generation, Severity
from guides.models.keys import Press
from guides.public.answer_rows import Rows
from guides.public.evidence import Statement
from guides.public.guide import Guide
from guides.public.sentences import first_sentence

register = template.Library()

#: tools/pictures.py draws them. Other generations have the picture of the site.
GENERATIONS_WITH_PICTURE = {"mk1", "mk2", "mk3", "mk4"}


@register.simple_tag
def href(target: Model | str, *args: str) -> SafeString:
    """The attributes of a link within the site: its address, and the same for htmx, which swaps <main>.

    `target` is a row that has a page, or the name of a page, such as "check", with its arguments.
    """
    return _link(reverse(f"guides:{target}", args=args) if isinstance(target, str) else target.get_absolute_url())  # type: ignore[attr-defined]


@register.simple_tag
def step_href(guide: Guide, step: int | str) -> SafeString:
    """The attributes of a link to one page of step mode: the number of an action, or GuideProcedure.end."""
    return _link(f"{guide.url}?view=steps&step={step}")


def _link(url: str) -> SafeString:
    if "#" in url:  # the browser itself scrolls to a place in a page, and opens its row
        return format_html('href="{}"', url)
    return format_html(
        'href="{0}" data-hx-get="{0}" data-hx-target="main" data-hx-swap="outerHTML show:window:top" '
        'data-hx-push-url="true"',
        url,
    )


#: The signs of severities, so that colour is never alone: a tick, a clock, a triangle, an octagon.
SIGNS = {
    Severity.GO_ON: "M5 12.5 10 17.5 19 7",
    Severity.WAIT: "M12 6v6l4 3M12 2.5a9.5 9.5 0 1 0 0 19 9.5 9.5 0 0 0 0-19Z",
    Severity.CAREFUL: "M12 3 22 20.5H2ZM12 10v4.5M12 17.2v.6",
    Severity.STOP: "M8 2.5h8L21.5 8v8L16 21.5H8L2.5 16V8ZM8.5 8.5l7 7M15.5 8.5l-7 7",
}


@register.simple_tag
def sign(severity: str) -> SafeString:
    """The sign of a severity, beside words that say the same."""
    return format_html(
        '<svg class="sign" viewBox="0 0 24 24" aria-hidden="true"><path d="{}"/></svg>', SIGNS[Severity(severity)]
    )


@register.simple_tag
def keys(presses: Iterable[Press]) -> SafeString:
    """The keys to press: those held together with a plus, choices with "or"."""
    choices = (format_html_join(" + ", "<kbd>{}</kbd>", ((key,) for key in press)) for press in presses)
    return format_html_join(f" {gettext('or')} ", '<span class="keys">{}</span>', ((choice,) for choice in choices))


@register.simple_tag
def doubt(claim: Claim | None, costs: bool = False, page: str = "") -> SafeString:
    """A small link from a disputed statement to its entry in the last row of the page, or of the page at that address;
    where being wrong costs a try or money, two words beside a statement of one source; else nothing."""
    if not claim:
        return SafeString()
    statement = Statement(claim)
    if statement.is_disputed:
        return format_html('<a class="doubt" href="{}#{}">{}</a>', page, statement.id, gettext("disputed"))
    if costs and statement.has_one_source:
        return format_html('<span class="doubt">{}</span>', gettext("one source"))
    return SafeString()


@register.simple_tag(takes_context=True)
def report_link(context: dict[str, Any]) -> str:
    """The address for reporting a wrong fact, with the page in a mail's subject; "" if the operator has set none."""
    contact: str = settings.CONTACT
    if contact.startswith("mailto:"):
        subject = f"Focus Help: {context['request'].path}"
        return f"{contact}?{urlencode({'subject': subject}, quote_via=quote)}"
    return contact


@register.simple_tag
def answers_are_counted() -> bool:
    """Whether this host can store an answer to “Did it work?”; if not, it does not ask."""
    return not settings.DATABASE_READ_ONLY


@register.simple_tag
def site_url() -> str:
    """The beginning of the full address of a page: "https://example.org"."""
    return settings.SITE_URL


@register.simple_tag
def worker_switch() -> SafeString:
    """An attribute that tells scripts to remove the service worker, if the setting OFFLINE is off; else nothing."""
    return mark_safe("" if settings.OFFLINE else ' data-worker="off"')  # noqa: S308 (a constant)


@register.simple_tag
def preview_picture(generation: Generation | None = None) -> str:
    """The address of the picture for a shared link: of the generation, or of the site."""
    slug = generation.slug if generation else ""
    return static(f"img/og-{slug if slug in GENERATIONS_WITH_PICTURE else 'site'}.png")


@register.filter(name="first_sentence")
def first_sentence_of(text: str) -> str:
    return first_sentence(text)[0]


@register.filter
def other_sentences(text: str) -> str:
    return first_sentence(text)[1]


@register.filter
def pictured(picture: str, rows: Rows) -> Any:
    """What a picture of a choice shows: the radio of "radio sony", the drawings of "car mk2"."""
    kind, _space, slug = picture.partition(" ")
    return rows.units.get(slug) if kind == "radio" else rows.generations[slug].drawings
