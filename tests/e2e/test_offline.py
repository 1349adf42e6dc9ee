"""Pages without signal: what was read is there, after a restart of the browser too, and never hides a newer page."""

import os
import re
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import BrowserContext, Page, Playwright, expect

from tests.conftest import FLAGS
from tests.site import Site

from .conftest import PHONE, TIMEOUT
from .helpers import fetch_reader, reload_until

GUIDE = "/focus/mk2/6000-cd/"
COPY = re.compile("You are reading the copy saved on")


with_worker = pytest.mark.parametrize("context", [{"service_workers": "allow"}], ids=["worker"], indirect=True)


@pytest.fixture
def phone(playwright: Playwright, chromium_path: str, tmp_path: Path, own_site: Site) -> Any:
    """Starts a browser with what it stored before. Stopping the site is what takes the signal away."""

    @contextmanager
    def start() -> Iterator[Page]:
        context = playwright.chromium.launch_persistent_context(
            str(tmp_path / "phone"),
            executable_path=chromium_path,
            args=FLAGS,
            base_url=own_site.address,
            reduced_motion="reduce",
            **PHONE,
        )
        context.set_default_timeout(TIMEOUT)
        empty_browser_cache(context.pages[0])
        yield context.pages[0]
        context.close()

    return start


def empty_browser_cache(page: Page) -> None:
    """As if the minute had passed for which the browser may show its own copy without asking the site."""
    page.context.new_cdp_session(page).send("Network.clearBrowserCache")


def wait_until(page: Page, condition: Callable[[], object]) -> None:
    for _ in range(120):
        if condition():
            return
        page.wait_for_timeout(250)
    pytest.fail("did not happen in 120 polls")


def has_copy(page: Page, address: str) -> bool:
    kept: bool = page.evaluate("address => caches.match(address, { ignoreVary: true }).then(Boolean)", address)
    return kept


def wait_for_copies(page: Page, *addresses: str) -> None:
    """Wait until the service worker has kept these."""
    wait_until(page, lambda: all(has_copy(page, address) for address in addresses))


def files_of(page: Page) -> list[str]:
    """The styles and scripts that the page has loaded."""
    names = "performance.getEntriesByType('resource').map(({ name }) => name)"
    return [name for name in page.evaluate(names) if "/static/" in name]


#: Whether no service worker is left, which is so only on the next page.
NO_WORKER = "!navigator.serviceWorker.controller && navigator.serviceWorker.getRegistration().then((found) => !found)"


def test_what_was_visited_works_without_signal_after_a_restart(phone: Any, own_site: Site) -> None:
    with phone() as page:
        page.goto(GUIDE)
        wait_for_copies(page, GUIDE)
        page.reload()  # now through the worker
        page.goto("/check/")
        fetch_reader(page)
        wait_for_copies(page, "/check/", "/reader.json", *files_of(page))
        page.goto("/practice/6000-cd/")
        expect(page.get_by_role("button", name="1", exact=True)).to_be_visible()
        wait_for_copies(page, "/practice/6000-cd/", *files_of(page))
    own_site.stop()
    with phone() as page:
        said: list[str] = []
        page.on("pageerror", lambda error: said.append(str(error)))
        page.goto(GUIDE)
        expect(page.get_by_text(COPY)).to_be_visible()
        expect(page.locator("link[rel=canonical]")).to_have_attribute("href", re.compile(f"{GUIDE}$"))
        assert page.evaluate("getComputedStyle(document.querySelector('main')).maxWidth") != "none"
        page.goto("/check/")
        page.locator("textarea").fill("FD12ABC V123456")
        page.locator(".reader > .main").click()
        expect(page.locator("#check-result")).to_have_attribute("data-serial", "V123456")
        page.goto("/practice/6000-cd/")
        page.get_by_role("button", name="1", exact=True).tap()
        expect(page.locator("[data-part=shows]")).to_have_text("1, empty, empty, empty")
        page.goto(f"{GUIDE}?view=steps&step=3")  # never seen: its guide answers
        expect(page.locator("link[rel=canonical]")).to_have_attribute("href", re.compile(f"{GUIDE}$"))
        expect(page.locator("progress")).to_have_count(0)
        page.goto("/last-car/")
        page.wait_for_url(f"**{GUIDE}")
        assert said == []


@with_worker
def test_a_first_visit_fetches_nothing_that_the_page_did_not_ask_for(page: Page, context: BrowserContext) -> None:
    """What the worker keeps of the page that installed it comes from the browser's own copies."""
    asked: dict[bool, set[str]] = {True: set(), False: set()}
    context.on("request", lambda request: asked[bool(request.service_worker)].add(urlsplit(request.url).path))
    page.goto(GUIDE)
    style = page.locator("link[rel=stylesheet]").get_attribute("href")
    assert style
    wait_for_copies(page, GUIDE, style)
    page.wait_for_load_state("networkidle")
    assert asked[True] - asked[False] == {"/sw.js"}
    kept = page.evaluate(
        """async () => {
            const caches_ = await Promise.all((await caches.keys()).map((name) => caches.open(name)));
            const keys = await Promise.all(caches_.map((cache) => cache.keys()));
            return keys.flat().map(({ url }) => new URL(url).pathname);
        }"""
    )
    assert set(kept) <= asked[False]


def test_a_page_never_seen_is_answered_by_what_is_kept(phone: Any, own_site: Site) -> None:
    with phone() as page:
        page.goto(GUIDE)
        wait_for_copies(page, GUIDE)
        page.goto(f"{GUIDE}?view=steps&step=1&utm_source=somewhere")
        wait_for_copies(page, f"{GUIDE}?view=steps&step=1")
        own_site.stop()
        empty_browser_cache(page)
        page.locator(".turn a").last.click()  # never the first step in place of the second
        expect(page.get_by_text(COPY)).to_have_count(1)
        expect(page.locator("progress")).to_have_count(0)
        page.goto("/focus/mk1/4000-rds/")
        expect(page.locator("h1")).to_contain_text("No signal")
        page.locator(f"#kept a[href$='{GUIDE}']").click()
        expect(page.get_by_text(COPY)).to_have_count(1)


def test_a_page_that_is_gone_is_forgotten_and_a_site_that_fails_replaced(phone: Any, own_site: Site) -> None:
    with phone() as page:
        page.goto(GUIDE)
        wait_for_copies(page, GUIDE)
        for path in ("/messages/wait/", "/practice/6000-cd/"):
            page.goto(path)
            wait_for_copies(page, path)
        assert page.goto("/practice/6000-cd/?screen=ready-19").status == 404
        own_site.change("ErrorMessage.objects.filter(slug='wait').update(is_published=False)")
        reload_until(page, "/messages/wait/", lambda: page.locator("link[rel=canonical]").count() == 0)
        wait_until(page, lambda: not has_copy(page, "/messages/wait/"))
        assert has_copy(page, "/practice/6000-cd/"), "a wrong query says nothing of the page"
        database = own_site.database
        own_site.stop()
        database.write_bytes(b"not a database")
        for extra in database.parent.glob(f"{database.name}-*"):
            extra.unlink()
        own_site.start(status=503, PAGES_PATH=str(database.with_name("no-pages")))
        empty_browser_cache(page)
        page.goto(GUIDE)
        expect(page.get_by_text(COPY)).to_be_visible()


def test_a_swapped_page_is_kept_and_the_admin_is_not(phone: Any, own_site: Site) -> None:
    with phone() as page:
        page.goto("/")
        wait_for_copies(page, "/")
        page.reload()
        page.locator("main a[href='/focus/mk2/']").first.click()
        page.wait_for_url("**/focus/mk2/")
        wait_for_copies(page, "/focus/mk2/")
        page.goto("/admin/login/")
        assert not has_copy(page, "/admin/login/")
        assert not has_copy(page, "/sw.js")
        own_site.stop()
        empty_browser_cache(page)
        page.goto("/")
        expect(page.get_by_text(COPY)).to_be_visible()
        page.locator("main a[href='/focus/mk2/']").first.click()
        page.wait_for_url("**/focus/mk2/")
        expect(page.get_by_text(COPY)).to_be_visible()
        assert page.locator("main").count() == 1
        with pytest.raises(Exception, match="ERR_CONNECTION_REFUSED"):
            page.goto("/admin/")


def test_a_change_shows_on_the_next_load_with_signal(phone: Any, own_site: Site) -> None:
    change = "RadioUnit.objects.filter(slug='6000-cd').update(name='Changed today.')"
    with phone() as page:
        page.goto(GUIDE)
        wait_for_copies(page, GUIDE)
        page.reload()
        own_site.change(change)
        page.reload()
        wait_until(page, lambda: "Changed today." in page.locator("h1").inner_text() or not page.reload())
        expect(page.get_by_text(COPY)).to_have_count(0)


def test_a_car_is_kept_and_taken_off_again(phone: Any, own_site: Site) -> None:
    with phone() as page:
        page.goto(GUIDE)
        page.get_by_role("button", name="Keep", exact=True).click()
        expect(page.get_by_role("button", name="Kept")).to_be_visible()
    own_site.stop()
    with phone() as page:
        page.goto(GUIDE)
        expect(page.get_by_role("button", name="Kept")).to_be_visible()
        for path in ("/", "/check/", "/messages/wait/", "/questions/?car=mk2&radio=6000-cd"):
            page.goto(path)
            expect(page.get_by_text(COPY)).to_be_visible()
        page.goto(f"{GUIDE}?view=steps&step=1")
        page.get_by_role("link", name="Next").click()
        expect(page.locator("h1")).to_contain_text("Step 2 of")
        page.goto("/focus/mk1/4000-rds/")
        page.locator(f"#kept a[href$='{GUIDE}']").click()
        page.get_by_role("button", name="Kept").click()
        expect(page.get_by_text(re.compile("Saved on .*: it opens without signal"))).to_be_visible()
        page.get_by_role("button", name="Take it off my phone").click()
        wait_until(page, lambda: not [name for name in page.evaluate("caches.keys()") if name.startswith("car:")])


@with_worker
def test_a_car_kept_by_an_earlier_release_is_brought_up_to_date(page: Page) -> None:
    """Its list has no files, and it has pages that are no longer in the list."""
    page.goto(GUIDE)
    page.evaluate(
        f"""async () => {{
            const cache = await caches.open("car:{GUIDE}");
            const addresses = ["{GUIDE}", "/gone/"];
            const headers = {{ Date: new Date().toUTCString() }};
            await cache.put("{GUIDE}pack.json", new Response(JSON.stringify({{ addresses }}), {{ headers }}));
            await cache.put("/gone/", new Response("gone"));
        }}"""
    )
    page.reload()
    wait_for_copies(page, "/offline/", "/messages/wait/")
    wait_until(page, lambda: not has_copy(page, "/gone/"))


@with_worker
def test_it_says_when_the_phone_has_no_space(page: Page) -> None:
    page.add_init_script("Cache.prototype.addAll = () => Promise.reject(new DOMException('', 'QuotaExceededError'))")
    page.goto(GUIDE)
    page.get_by_role("button", name="Keep", exact=True).click()
    expect(page.get_by_text("Not saved")).to_be_visible()
    expect(page.get_by_role("button", name="Keep", exact=True)).to_be_enabled()


def test_offline_0_removes_the_worker_and_its_pages(phone: Any, own_site: Site) -> None:
    with phone() as page:
        page.goto(GUIDE)
        wait_for_copies(page, GUIDE)
    own_site.stop()
    own_site.start(OFFLINE="0")
    with phone() as page:
        page.goto(GUIDE)
        wait_until(page, lambda: not page.evaluate("caches.keys()"))
        wait_until(page, lambda: page.evaluate(NO_WORKER) or not page.reload())
        assert page.evaluate("caches.keys()") == []
        expect(page.locator("[data-part=keep]")).to_be_hidden()


@with_worker
def test_a_new_release_removes_files_that_no_kept_page_names(page: Page) -> None:
    page.goto(GUIDE)
    wait_for_copies(page, GUIDE)
    page.evaluate(
        """async () => {
            const [assets, pages] = [await caches.open("assets"), await caches.open("pages")];
            const answer = (text, type) => new Response(text, { headers: { "Content-Type": type } });
            await assets.put("/static/js/gone.0123456789ab.js", answer("", "text/javascript"));
            await assets.put("/static/js/part.0123456789ab.js", answer("", "text/javascript"));
            const script = 'import "./part.0123456789ab.js"';
            await assets.put("/static/js/open.0123456789ab.js", answer(script, "text/javascript"));
            await pages.put("/old/", answer('<script src="/static/js/open.0123456789ab.js">', "text/html"));
            await (await navigator.serviceWorker.getRegistration()).unregister();
        }"""
    )
    page.goto("/check/")  # installs the worker anew, as a release does
    wait_until(page, lambda: not has_copy(page, "/static/js/gone.0123456789ab.js"))
    assert has_copy(page, "/static/js/open.0123456789ab.js")
    assert has_copy(page, "/static/js/part.0123456789ab.js")


def test_a_server_that_hangs_is_given_up(phone: Any, own_site: Site) -> None:
    """It accepts the connection and never answers. The copy comes after the worker's own timeout."""
    with phone() as page:
        page.goto(GUIDE)
        wait_for_copies(page, GUIDE)
        for path in ("/", "/check/"):
            page.goto(path)
            wait_for_copies(page, path)
        processes = [own_site.server.pid, *children_of(own_site.server.pid)]
        for process in processes:
            os.kill(process, signal.SIGSTOP)
        try:
            empty_browser_cache(page)
            page.goto("/check/", wait_until="commit")
            expect(page.get_by_text(COPY)).to_be_visible()
            page.locator(".brand").click()
            expect(page.locator("main a[href='/focus/mk2/']").first).to_be_visible()
        finally:
            for process in processes:
                os.kill(process, signal.SIGCONT)


def children_of(process: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{process}/task/{process}/children").read_text().split()]


def test_nothing_moves_while_a_guide_loads_over_a_weak_signal(page: Page) -> None:
    """400 kbit/s, and 400 ms there and back."""
    session = page.context.new_cdp_session(page)
    weak = {"offline": False, "latency": 400, "downloadThroughput": 50_000, "uploadThroughput": 50_000}
    session.send("Network.emulateNetworkConditions", weak)
    page.add_init_script(
        """new PerformanceObserver((list) => {
            for (const { value } of list.getEntries()) window.moved = (window.moved ?? 0) + value;
        }).observe({ type: "layout-shift", buffered: true })"""
    )
    page.goto(GUIDE, wait_until="networkidle")
    assert page.evaluate("window.moved ?? 0") < 0.01
