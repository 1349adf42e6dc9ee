"""HTTP only: which selector, which template. Rules live in the reader, the models and the selectors."""

import logging
import re
import sys
from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import Any, TypeVar

from csp.decorators import csp_replace
from django.conf import settings
from django.core.exceptions import ObjectDoesNotExist
from django.db import DataError, Error, IntegrityError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe
from django.views.defaults import server_error

from guides.drawings import qr as qr_code
from guides.offline import worker
from guides.offline.verdicts import offline_reader
from guides.offline_file import OfflineFile
from guides.practice.screens import START
from guides.public.limits import seconds_to_wait
from guides.reader import MAX_LENGTH, Kind, read

from . import selectors, vocabulary
from .forms import CheckForm, QuestionsFilter
from .guide import Guide
from .rendering import DAY, answer, page, public

#: As links write it.
PLAIN_NUMBER = re.compile("[0-9]|[1-9][0-9]")

#: When to try again what failed because of something behind the site.
AGAIN = 30  # seconds

logger = logging.getLogger(__name__)

T = TypeVar("T")
View = Callable[..., HttpResponse]


def reads_text(view: View) -> View:
    """For pages that carry the reader. A reading changes nothing and uses no session, so it needs no CSRF token:
    that is why public pages need no cookie."""
    return csrf_exempt(require_http_methods(["GET", "HEAD", "POST"])(_read_if_possible(view)))


def _read_if_possible(view: View) -> View:
    @wraps(view)
    def limited(request: HttpRequest, **slugs: str) -> HttpResponse:
        if request.method != "POST":
            return view(request, **slugs)
        if seconds := seconds_to_wait(request):
            return _not_read(request, 429, seconds)
        try:
            return view(request, **slugs)
        except Error:
            logger.exception("A text was not read: the database does not answer.")
            return _not_read(request, 503, AGAIN)

    return limited


def _not_read(request: HttpRequest, status: int, seconds: int) -> HttpResponse:
    """The text is still in the box; with script, the phone reads it by itself."""
    context = {**_reader(text=request.POST.get("text", "")[:MAX_LENGTH]), "action": request.path, "seconds": seconds}
    response = page(request, "guides/not_read.html", {**context, "too_many": status == 429}, store=False)
    response.status_code = status
    response["Retry-After"] = str(seconds)
    return response


def _or_404(selector: Callable[..., T], *slugs: str) -> T:
    try:
        return selector(*slugs)
    except ObjectDoesNotExist as error:
        raise Http404 from error


def _reader(guide: Guide | None = None, text: str = "") -> dict[str, Any]:
    """The context of a page with the reader on it, and the text as it was typed; on a guide it answers on the guide."""
    action = guide.url if guide else reverse("guides:check")
    return {"form": CheckForm(initial={"text": text}), "action": action, "guide": guide}


def _reading(request: HttpRequest, guide: Guide | None = None) -> dict[str, Any]:
    """The context of a page with the verdict on what was posted."""
    text = request.POST.get("text", "")  # as it came: a form would refuse some texts, and the reader refuses none
    verdict = read(text, vocabulary.vocabulary())
    context = {**_reader(guide, text), "verdict": verdict, "max_length": MAX_LENGTH}
    if verdict.kind == Kind.MESSAGE:
        context["message"] = selectors.get_message(verdict.slug)
    if verdict.kind == Kind.RADIO_NAME:
        context["radio"] = selectors.radios().get(slug=verdict.slug)
    if verdict.year:
        by_year = selectors.generations_by_year([verdict.year])
        context["year_generations"], context["year_overlaps"] = by_year[verdict.year]
    return context


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    context = {**_reader(), "generations": selectors.generations(), "messages": selectors.messages()}
    return page(request, "guides/home.html", context)


@reads_text
def check(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        return answer(request, "guides/check.html", _reading(request), "guides/_verdict.html")
    return page(request, "guides/check.html", _reader())


@require_safe
def generation(request: HttpRequest, generation: str) -> HttpResponse:
    found = _or_404(selectors.get_generation, generation)
    return page(request, "guides/generation.html", {"generation": found, "overlaps": selectors.overlaps(found)})


@require_safe
def radios(request: HttpRequest) -> HttpResponse:
    return page(request, "guides/radios.html", {"radios": selectors.radios()})


@reads_text
def guide(request: HttpRequest, radio: str, generation: str = "") -> HttpResponse:
    """The guide for a radio, in one car or in any."""
    guide = _or_404(selectors.get_guide, radio, generation)
    if request.method == "POST":
        return answer(request, "guides/guide.html", _reading(request, guide), "guides/_verdict.html")
    if request.GET.get("view") == "steps" and guide.steps:
        return page(request, "guides/step.html", _step(guide, request.GET.get("step", "")))
    context = _reader(guide)
    if "clock" in request.GET:  # for those without script: a time that is right only now
        wait = timedelta(minutes=guide.radio.wait_minutes)
        return page(request, "guides/guide.html", {**context, "wait_until": timezone.localtime() + wait}, store=False)
    return page(request, "guides/guide.html", context)


def _step(guide: Guide, wanted: str) -> dict[str, Any]:
    """One step of the guide and its place in its procedure; a number that makes no sense leads to the nearest."""
    steps = guide.steps
    try:
        current = steps[min(max(int(wanted), 1), len(steps)) - 1]
    except ValueError:
        current = steps[0]
    numbers = [step.number for step in steps if step.procedure == current.procedure]
    return {"guide": guide, "current": current, "place": numbers.index(current.number) + 1, "places": len(numbers)}


@require_safe
@public(DAY)
def qr(request: HttpRequest, radio: str, generation: str = "") -> HttpResponse:
    """The address of a guide as a QR code, for the phone in the car and for the printed sheet."""
    row = _or_404(selectors.get_fitment, radio, generation) if generation else _or_404(selectors.get_radio, radio)
    return HttpResponse(qr_code.svg(f"{settings.SITE_URL}{row.get_absolute_url()}"), content_type="image/svg+xml")


@require_safe
@public()
def offline_file(request: HttpRequest, radio: str, generation: str = "") -> HttpResponse:
    """The guide as a single file, which carries its own policy; served, it keeps to the same one."""
    guide = _or_404(selectors.get_guide, radio, generation)
    file = OfflineFile(guide, settings.SITE_URL, made_on=timezone.localdate())
    context = {**_reader(guide), "file": file, "base_template": "base_file.html"}
    response = render(request, "guides/guide.html", context)
    response["Content-Security-Policy"] = f"{file.policy}; frame-ancestors 'none'"
    return response


@require_safe
def practice_radios(request: HttpRequest) -> HttpResponse:
    return page(request, "guides/practice_radios.html", {"radios": selectors.practice_radios()})


@csp_replace({"connect-src": ["'none'"], "form-action": ["'none'"], "worker-src": ["'none'"]})  # type: ignore[arg-type]  # it takes views with arguments too
@require_safe
def practice(request: HttpRequest, radio: str) -> HttpResponse:
    """The practice radio. Without script it is a set of stills, each at an address of its own."""
    rehearsal = _or_404(selectors.get_practice, radio)
    presses = request.GET.get("presses", "0")
    if not PLAIN_NUMBER.fullmatch(presses):  # one address for each still
        raise Http404
    try:
        still = rehearsal.still(request.GET.get("screen", START), int(presses))
    except (KeyError, ValueError) as error:
        raise Http404 from error
    return page(request, "guides/practice.html", {"practice": rehearsal, "still": still})


@require_safe
@public()
def pack(request: HttpRequest, radio: str, generation: str = "") -> HttpResponse:
    """What a phone fetches to keep this car, and how heavy it is. None while the worker is switched off."""
    if not settings.OFFLINE:
        raise Http404
    addresses = worker.pack(_or_404(selectors.get_guide, radio, generation))
    return JsonResponse({"bytes": worker.weight(request, addresses), "addresses": addresses})


@require_safe
def offline_page(request: HttpRequest) -> HttpResponse:
    """What the service worker shows instead of a page that the phone does not have."""
    return page(request, "guides/worker.html", {})


@require_safe
def last_car(request: HttpRequest) -> HttpResponse:
    """The shortcut to the car that was last looked at: the phone alone knows it, and its service worker answers."""
    return redirect(f"{reverse('guides:home')}#cars")


@require_safe
@public()
def reader(request: HttpRequest, radio: str = "", generation: str = "") -> HttpResponse:
    """The reader for the browser, which answers on a guide or on its own when the site cannot be reached."""
    guide = _or_404(selectors.get_guide, radio, generation) if radio else None
    return JsonResponse(offline_reader(guide), json_dumps_params={"ensure_ascii": False, "separators": (",", ":")})


@require_safe
def messages(request: HttpRequest) -> HttpResponse:
    return page(request, "guides/messages.html", {"messages": selectors.worst_first(selectors.messages())})


@require_safe
def message(request: HttpRequest, message: str) -> HttpResponse:
    found = _or_404(selectors.get_message, message)
    context = {"message": found, "radios": selectors.radios_to_go_on_with(found)}
    return page(request, "guides/message.html", context)


@require_safe
def get_the_code(request: HttpRequest) -> HttpResponse:
    return page(request, "guides/get_the_code.html", {"code_sources": selectors.code_sources()})


@require_safe
def questions(request: HttpRequest) -> HttpResponse:
    form = QuestionsFilter(request.GET)
    form.is_valid()  # from here on cleaned_data has what it knows
    chosen = form.cleaned_data
    found = selectors.questions_by_section(chosen.get("radio", ""), chosen.get("car", ""))
    return page(request, "guides/questions.html", {"form": form, "sections": found})


@require_safe
def cars(request: HttpRequest) -> HttpResponse:
    return page(request, "guides/cars.html", {"makes": selectors.directory()})


@require_safe
def about(request: HttpRequest) -> HttpResponse:
    return page(request, "guides/about.html", {})


@require_safe
def sources(request: HttpRequest) -> HttpResponse:
    return page(request, "guides/sources.html", {"sources": selectors.sources_with_claims()})


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The 404 page, kept nowhere: what is a draft now may be published in a minute."""
    response = render(request, "404.html", status=404)
    response["Cache-Control"] = "no-store"
    return response


def failed(request: HttpRequest) -> HttpResponse:
    """In the place of a page that raised something. When it was the database, the fault passes: 503, and at the desk a
    page that still has what was typed, to be sent once more."""
    error = sys.exc_info()[1]
    if not isinstance(error, Error) or isinstance(error, DataError | IntegrityError):
        return server_error(request)
    at_desk = request.path.startswith("/admin/")
    response = render(request, "admin/not_saved.html" if at_desk else "503.html", _typed(request), status=503)
    response["Cache-Control"] = "no-store"
    response["Retry-After"] = str(AGAIN)
    return response


def _typed(request: HttpRequest) -> dict[str, Any]:
    """What an editor sent with a form of content. Passwords and codes are not shown to anybody again."""
    sent = request.method == "POST"
    fields = list(request.POST.lists()) if sent and request.path.startswith("/admin/guides/") else []
    return {"sent": sent, "fields": fields, "files": sent and bool(request.FILES)}
