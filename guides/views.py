"""HTTP only: which selector, which template. Rules live in the reader, the models and the selectors."""

from collections.abc import Callable
from typing import Any, TypeVar

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from . import selectors
from .forms import CheckForm, QuestionsFilter
from .reader import MAX_LENGTH, Kind, read
from .rendering import answer, page
from .selectors import Guide

T = TypeVar("T")
View = Callable[..., HttpResponse]


def reads_text(view: View) -> View:
    """For pages that carry the reader. A reading changes nothing and uses no session, so it needs no CSRF token:
    that is why public pages need no cookie."""
    return csrf_exempt(require_http_methods(["GET", "HEAD", "POST"])(view))


def _or_404(selector: Callable[..., T], *slugs: str) -> T:
    try:
        return selector(*slugs)
    except ObjectDoesNotExist as error:
        raise Http404 from error


def _reader(guide: Guide | None = None) -> dict[str, Any]:
    """The context of a page with an empty reader on it; on a guide the reader answers on the guide."""
    return {"form": CheckForm(), "action": guide.url if guide else reverse("guides:check"), "guide": guide}


def _reading(request: HttpRequest, guide: Guide | None = None) -> dict[str, Any]:
    """The context of a page with the verdict on what was posted."""
    form = CheckForm(request.POST)
    form.full_clean()
    verdict = read(form.cleaned_data["text"], selectors.vocabulary())
    context = {**_reader(guide), "form": form, "verdict": verdict, "max_length": MAX_LENGTH}
    if verdict.kind == Kind.MESSAGE:
        context["message"] = selectors.get_message(verdict.slug)
    if verdict.kind == Kind.RADIO_NAME:
        context["radio"] = selectors.radios().get(slug=verdict.slug)
    if verdict.year:
        context["year_generations"], context["year_overlaps"] = selectors.generations_of_year(verdict.year)
    return context


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    context = {**_reader(), "generations": selectors.generations(), "messages": selectors.messages()}
    return page(request, "guides/home.html", context)


@reads_text
def check(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        return answer(request, "guides/check.html", _reading(request))
    return page(request, "guides/check.html", _reader())


@require_safe
def generation(request: HttpRequest, generation: str) -> HttpResponse:
    found = _or_404(selectors.get_generation, generation)
    return page(request, "guides/generation.html", {"generation": found, "overlaps": selectors.overlaps(found)})


@reads_text
def guide(request: HttpRequest, generation: str, radio: str) -> HttpResponse:
    return _guide(request, _or_404(selectors.get_fitment_guide, generation, radio))


@require_safe
def radios(request: HttpRequest) -> HttpResponse:
    return page(request, "guides/radios.html", {"radios": selectors.radios()})


@reads_text
def radio(request: HttpRequest, radio: str) -> HttpResponse:
    return _guide(request, _or_404(selectors.get_radio_guide, radio))


def _guide(request: HttpRequest, guide: Guide) -> HttpResponse:
    if request.method == "POST":
        return answer(request, "guides/guide.html", _reading(request, guide))
    return page(request, "guides/guide.html", _reader(guide))


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
    form = QuestionsFilter(request.GET or None)
    chosen = form.cleaned_data if form.is_valid() else {}
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
