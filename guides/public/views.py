"""The public pages: which selector fills which template. Rules are in the reader, the models and the selectors."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import TypeVar

from csp.decorators import csp_replace
from django.conf import settings
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from guides.drawings import qr as qr_code
from guides.models import Controls
from guides.offline import pages
from guides.offline.reader import offline_reader
from guides.practice.screens import START
from guides.reader import MAX_LENGTH, changed, read

from . import selectors
from .answer import answer as answer_to
from .errors import returns_unread_text
from .evidence import evidence
from .forms import QuestionsFilter, text_box
from .guide import Guide, worst_first
from .rendering import DAY, answer, page, public
from .vocabulary import current_content
from .words import WORDS

#: A number of presses as links have it: without sign or leading zero, so that a state has one address.
PRESSES = re.compile("[0-9]|[1-9][0-9]")

T = TypeVar("T")
View = Callable[..., HttpResponse]


def reads_text(view: View) -> View:
    """For pages with the text box. Reading a text changes nothing and uses no session, so the POST needs no CSRF token,
    and public pages need no cookie."""
    return csrf_exempt(require_http_methods(["GET", "HEAD", "POST"])(returns_unread_text(view)))


def _or_404(selector: Callable[..., T], *slugs: str) -> T:
    try:
        return selector(*slugs)
    except ObjectDoesNotExist as error:
        raise Http404 from error


def _answer(request: HttpRequest, template: str, guide: Guide | None = None) -> HttpResponse:
    """The page, or for htmx the card, with the answer to the posted text, which a button of the card may change."""
    typed = request.POST.get("text", "")  # not from the form, which would refuse some texts
    change = request.POST.get("change", "")
    text = changed(typed, change) if len(typed) <= 2 * MAX_LENGTH else typed  # a line end may be two characters
    vocabulary, rows = current_content()
    inside = (guide.radio.slug, guide.generation.slug if guide.generation else "") if guide else None
    context = {"answer": answer_to(read(text, vocabulary), rows, inside), "rows": rows, "words": WORDS["card"]}
    return answer(
        request, template, {**text_box(guide, text, is_changed=bool(change)), **context}, "guides/_answered.html"
    )


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    context = {"generations": selectors.generations(), "shown": selectors.messages_to_tap()}
    return page(request, "guides/home.html", {**text_box(), **context})


@reads_text
def check(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        return _answer(request, "guides/check.html")
    return page(request, "guides/check.html", text_box())


@require_safe
def find_my_focus(request: HttpRequest) -> HttpResponse:
    """How to tell which Focus it is."""
    overlaps = selectors.every_overlap()
    context = {"generations": selectors.generations(), "overlaps": overlaps, "evidence": evidence(overlaps)}
    return page(request, "guides/find_my_focus.html", {**text_box(), **context})


@require_safe
def generation(request: HttpRequest, generation: str) -> HttpResponse:
    found = _or_404(selectors.get_generation, generation)
    overlaps, fitments = selectors.overlaps(found), found.fitments.all()
    radios = [fitment.radio for fitment in fitments]
    context = {
        "generation": found,
        "overlaps": overlaps,
        "no_code": all(fitment.needs_no_code for fitment in fitments),
        "evidence": evidence([found, *overlaps, *fitments, *radios, *found.phases.all()]),
    }
    return page(request, "guides/generation.html", context)


@require_safe
def radios(request: HttpRequest) -> HttpResponse:
    radios, generations = selectors.radios(), selectors.generations_with_radios()
    fitments = [fitment for generation in generations for fitment in generation.fitments.all()]
    context = {"radios": radios, "generations": generations, "evidence": evidence([*radios, *generations, *fitments])}
    return page(request, "guides/radios.html", context)


@reads_text
def guide(request: HttpRequest, radio: str, generation: str = "") -> HttpResponse:
    """The guide for a radio, in one car or in any."""
    guide = _or_404(selectors.get_guide, radio, generation)
    if request.method == "POST":
        return _answer(request, "guides/guide.html", guide)
    if request.GET.get("view") == "steps" and guide.actions:
        return _step(request, guide, request.GET.get("step", ""))
    context = text_box(guide) | {"sheet": request.GET.get("view") == "sheet"}
    if "clock" in request.GET:  # without script the server works out when a WAIT ends
        wait = timedelta(minutes=guide.radio.wait_minutes)
        return page(request, "guides/guide.html", {**context, "wait_until": timezone.localtime() + wait}, store=False)
    return page(request, "guides/guide.html", context)


def _step(request: HttpRequest, guide: Guide, wanted: str) -> HttpResponse:
    """One action, by its number, or the end of a procedure. A number out of range gives the nearest action."""
    for way in guide.asked:
        if wanted == way.end and way.actions:
            return page(request, "guides/steps_end.html", {"guide": guide, "way": way, "last": way.actions[-1]})
    try:
        number = min(max(int(wanted), 1), len(guide.actions))
    except ValueError:
        number = 1
    action = guide.actions[number - 1]
    way = next(way for way in guide.procedures if action in way.actions)
    place = way.actions.index(action) + 1
    context = {
        "guide": guide,
        "way": way,
        "action": action,
        "notes": (*way.notes, *action.notes) if place == 1 else action.notes,
        "place": place,
        "places": len(way.actions),
    }
    return page(request, "guides/step.html", context)


@require_safe
@public(DAY)
def qr(request: HttpRequest, radio: str, generation: str = "") -> HttpResponse:
    """The address of a guide as a QR code, on its page and on the printed sheet."""
    row = _or_404(selectors.get_fitment, radio, generation) if generation else _or_404(selectors.get_radio, radio)
    return HttpResponse(qr_code.svg(f"{settings.SITE_URL}{row.get_absolute_url()}"), content_type="image/svg+xml")


@csp_replace({"connect-src": ["'none'"], "form-action": ["'none'"], "worker-src": ["'none'"]})  # type: ignore[arg-type]  # it takes views with arguments too
@require_safe
def practice(request: HttpRequest, radio: str) -> HttpResponse:
    """The practice radio. Without script each of its states is a page, and keys are links between them."""
    practice = _or_404(selectors.get_practice, radio)
    presses = request.GET.get("presses", "0")
    if not PRESSES.fullmatch(presses):
        raise Http404
    try:
        snapshot = practice.snapshot(request.GET.get("screen", START), int(presses))
    except (KeyError, ValueError) as error:
        raise Http404 from error
    return page(request, "guides/practice.html", {"practice": practice, "snapshot": snapshot})


@require_safe
@public()
def pack(request: HttpRequest, radio: str, generation: str = "") -> HttpResponse:
    """The addresses that a phone fetches to keep this car. 404 while the service worker is switched off."""
    if not settings.OFFLINE:
        raise Http404
    guide = _or_404(selectors.get_guide, radio, generation)
    return JsonResponse({"addresses": [*pages.pack(guide), *pages.files()]})


@require_safe
def offline_page(request: HttpRequest) -> HttpResponse:
    """What the service worker shows for a page that is not on the phone."""
    return page(request, "guides/offline.html", {})


@require_safe
def last_car(request: HttpRequest) -> HttpResponse:
    """The shortcut to the last guide that was opened. The service worker answers it; without one, choose a car."""
    return redirect(f"{reverse('guides:home')}#cars")


@require_safe
@public()
def reader(request: HttpRequest, radio: str = "", generation: str = "") -> HttpResponse:
    """What the browser needs to read texts itself when the site cannot be reached, on a guide or on other pages."""
    guide = _or_404(selectors.get_guide, radio, generation) if radio else None
    return JsonResponse(offline_reader(guide), json_dumps_params={"ensure_ascii": False, "separators": (",", ":")})


@require_safe
def messages(request: HttpRequest) -> HttpResponse:
    return page(request, "guides/messages.html", {"messages": worst_first(selectors.messages())})


@require_safe
def message(request: HttpRequest, message: str) -> HttpResponse:
    found = _or_404(selectors.get_message, message)
    radios = selectors.radios_that_show(found)
    context = {
        "message": found,
        "with_buttons": [(radio, url) for radio, url in radios if radio.controls == Controls.BUTTONS],
        "with_screen": [(radio, url) for radio, url in radios if radio.controls != Controls.BUTTONS],
        "tries": min((radio.tries for radio, _url in radios), default=0),
        "evidence": evidence([found]),
    }
    return page(request, "guides/message.html", context)


@require_safe
def get_the_code(request: HttpRequest) -> HttpResponse:
    ways = selectors.code_sources()
    return page(request, "guides/get_the_code.html", {"ways": ways, "evidence": evidence(ways)})


@require_safe
def questions(request: HttpRequest) -> HttpResponse:
    form = QuestionsFilter(request.GET)
    form.is_valid()  # leaves only known values in cleaned_data
    chosen = form.cleaned_data
    found = selectors.questions_by_section(chosen.get("radio", ""), chosen.get("car", ""))
    claims = evidence(faq for _section, faqs in found for faq in faqs)
    return page(request, "guides/questions.html", {"form": form, "sections": found, "evidence": claims})


@require_safe
def cars(request: HttpRequest) -> HttpResponse:
    makes = selectors.directory()
    claims = evidence(car for make in makes for car in make.car_guides.all())
    return page(request, "guides/cars.html", {"makes": makes, "evidence": claims})


@require_safe
def about(request: HttpRequest) -> HttpResponse:
    return page(request, "guides/about.html", {})


@require_safe
def sources(request: HttpRequest) -> HttpResponse:
    return page(request, "guides/sources.html", {"sources": selectors.sources()})


@require_safe
def source(request: HttpRequest, source: str) -> HttpResponse:
    """One source, and what rests on it."""
    found, claims = _or_404(selectors.get_source, source)
    return page(request, "guides/source.html", {"source": found, "claims": claims})
