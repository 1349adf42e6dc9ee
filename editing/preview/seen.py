"""The guide in which an editor saw what is to be changed: previews open in it, and “View on site” leads to it.

It is the page last chosen in a preview, or the one that the link to the form names. The session keeps it.
"""

from django.core.exceptions import ObjectDoesNotExist
from django.db.models import Model
from django.http import HttpRequest
from django.urls import Resolver404, resolve

from editing.links import SEEN_ON
from guides.models import FAQ, CodeSource, ErrorMessage, Fuse, Procedure, Step
from guides.public import selectors
from guides.public.guide import CARD

#: The name of the button that asks a preview for one page.
PAGE = "_preview_page"


def page_seen(request: HttpRequest) -> str:
    """The address of that page; empty if none is known."""
    if seen := request.POST.get(PAGE) or request.GET.get(SEEN_ON):
        request.session[SEEN_ON] = seen.partition("#")[0]
    return str(request.session.get(SEEN_ON, ""))


def place_in_guide(address: str, row: Model) -> str:
    """Where the guide at the address shows the row, with its anchor; empty if it does not, or is no guide."""
    try:
        found = resolve(address)
        guide = selectors.get_guide(found.kwargs["radio"], found.kwargs.get("generation", ""))
    except (Resolver404, KeyError, ObjectDoesNotExist):
        return ""
    if row not in guide.rows:
        return ""
    anchor = _anchor(row)
    return f"{guide.url}#{anchor}" if anchor else guide.url


def _anchor(row: Model) -> str:
    match row:
        case Procedure():
            return row.anchor
        case Step():
            return row.procedure.anchor
        case ErrorMessage():
            return f"m-{row.slug}"
        case Fuse():
            return "fuses"
        case FAQ():
            return row.slug
        case CodeSource():
            return "card" if row.slug == CARD else "code"
    return ""
