"""What a change does to the public pages: looked at while it is stored, shown after it was rolled back."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.db.models import Model
from django.http import HttpRequest

from editing.checks.publishing import new_blocking_findings
from guides.models.base import PublishedModel
from guides.public.vocabulary import stored_vocabulary
from guides.reader import Reading, read

from .affected import pages_showing
from .drafts import publish, show_drafts
from .marks import MARK, marked
from .pages import Page, State, framed, html_of, state_of
from .seen import PAGE, page_seen

#: The name of the box for a text that the reader is to read with the words of the form.
TEXT = "_preview_text"
#: Pages that are rendered, with the change and without; the others are when asked for.
PAGES_RENDERED = 6


@dataclass(frozen=True)
class DryRun:
    """What the site looks like with a change that was rolled back."""

    title: str
    #: The pages that show the row with the change or without it: names by address.
    pages: dict[str, str]
    #: The HTML of those that were rendered, by address; empty if there is no such page.
    rendered: dict[str, str]
    #: Drafts that were shown as if published, in words.
    drafts: list[str]
    #: For what Save would refuse to publish the row, as sentences.
    findings: list[str]
    #: What the reader makes of a text, if one was typed.
    reading: Reading | None


class DryRunDone(Exception):  # noqa: N818 (an answer to the editor, not a fault)
    """Raised after the save of a preview. Rolls it back and carries what the site looked like."""

    def __init__(self, dry_run: DryRun) -> None:
        self.dry_run = dry_run


def look(request: HttpRequest, form: Any, formsets: Any, pages_before: dict[str, str]) -> DryRun:
    """The site with the saved form in it, drafts published; in a transaction that is rolled back."""
    changed = [row for formset in formsets for row, _fields in formset.changed_objects]
    added = [row for formset in formsets for row in formset.new_objects]
    every_form = [form, *(each for formset in formsets for each in formset.forms)]
    withdrawn = [each.instance for each in every_form if "is_published" in each.changed_data]
    findings = _refusals(form.instance, withdrawn)
    drafts = show_drafts([form.instance, *changed, *added], withdrawn)
    row = type(form.instance).objects.get(pk=form.instance.pk)
    pages = pages_showing(row)
    pages = {address: name for address, name in pages_before.items() if address not in pages} | pages
    if (seen := page_seen(request)) in pages:
        pages = {seen: pages[seen]} | pages
    wanted = [*list(pages)[:PAGES_RENDERED], request.POST.get(PAGE)]
    return DryRun(
        title=str(row),
        pages=pages,
        rendered={address: html_of(request, address) for address in pages if address in wanted},
        drafts=[f"{draft} ({draft._meta.verbose_name})" for draft in drafts],
        findings=findings,
        reading=read(text, stored_vocabulary()) if (text := request.POST.get(TEXT, "")) else None,
    )


def _refusals(row: Model, withdrawn: Collection[Model]) -> list[str]:
    """What Save says of the row if it is published or, of a draft, if it was: other drafts are not judged with it."""
    if not isinstance(row, PublishedModel):
        return []  # a row that is never a draft is not checked
    if not row.is_published:
        if row in withdrawn:
            return []  # withdrawing always works
        publish(row)
    return new_blocking_findings()


def comparison(request: HttpRequest, dry_run: DryRun) -> dict[str, Any]:
    """The pages of the dry run beside what the site answers now, for the template."""
    now = {address: html_of(request, address) for address in dry_run.rendered}
    states = {address: state_of(html, now[address]) for address, html in dry_run.rendered.items()}
    found = [Page(address, name, states.get(address) or "") for address, name in dry_run.pages.items()]
    rendered = [page for page in found if page.state]
    telling = sorted(rendered, key=lambda page: (page.state == State.GONE, page.state == State.SAME))
    asked_for = [page for page in rendered if page.address == request.POST.get(PAGE)]
    shown = next(iter([*asked_for, *telling]), None)
    html = ""
    if shown and shown.state != State.GONE:
        html = dry_run.rendered[shown.address]
        if shown.state == State.CHANGED:
            html = marked(now[shown.address], html)
    return {
        "rendered": rendered,
        "others": [page for page in found if page.address not in dry_run.rendered],
        "shown": shown,
        "html": shown and html and framed(request, shown.address, html),
        "is_marked": f" {MARK}" in html,
    }
