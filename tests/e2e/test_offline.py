"""Without signal: what was read is still there, after a cold start too; and it never hides what is new."""

import os
import re
import shutil
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, Playwright, expect

from tests.site import Site

from .conftest import FLAGS, PHONE

GUIDE = "/focus/mk2/6000-cd/"
COPY = re.compile("You are reading the copy saved on")


@pytest.fixture
def own_site(prepared: Path, pages: Path, tmp_path: Path) -> Iterator[Site]:
    """A site that a test may change, and switch off: then there is no signal, whatever a browser believes."""
    site = Site(Path(shutil.copy(prepared, tmp_path)), pages)
    site.start()
    yield site
    site.stop()


@pytest.fixture
def phone(playwright: Playwright, chromium_path: str, tmp_path: Path, own_site: Site) -> Any:
    """Starts a browser cold, each time with what the phone kept."""

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
        context.set_default_timeout(15_000)
        # As if the minute had passed for which a browser may answer by itself.
        context.new_cdp_session(context.pages[0]).send("Network.clearBrowserCache")
        yield context.pages[0]
        context.close()

    return start


def wait_for_copies(page: Page, *addresses: str) -> None:
    """Until the service worker has kept these."""
    missing = list(addresses)
    for _ in range(120):
        missing = page.evaluate(
            """async (addresses) => {
                const match = (address) => caches.match(address, { ignoreVary: true });
                const copies = await Promise.all(addresses.map(match));
                return addresses.filter((_, number) => !copies[number]);
            }""",
            missing,
        )
        if not missing:
            return
        page.wait_for_timeout(500)
    pytest.fail(f"not kept: {missing}")


def test_a_guide_once_read_works_without_signal_from_a_cold_start(phone: Any, own_site: Site) -> None:
    with phone() as page:
        page.goto(GUIDE)
        wait_for_copies(page, "/", GUIDE, "/check/", "/reader.json", "/messages/wait/", "/practice/6000-cd/")
    own_site.stop()
    with phone() as page:
        said: list[str] = []
        page.on("pageerror", lambda error: said.append(str(error)))
        page.goto(GUIDE)
        expect(page.get_by_text(COPY)).to_be_visible()
        expect(page.locator("#serial")).to_be_visible()
        page.get_by_role("link", name="WAIT", exact=True).click()
        expect(page.locator("h1")).to_contain_text("WAIT")
        page.goto("/check/")
        page.get_by_role("textbox").fill("FD12ABC V123456")
        page.get_by_role("button", name="Show my next step").click()
        expect(page.locator("#check-result")).to_have_attribute("data-serial", "V123456")
        page.goto("/practice/6000-cd/")
        page.get_by_role("button", name="1", exact=True).tap()
        expect(page.locator("[data-part=shows]")).to_have_text("1, empty, empty, empty")
        page.goto(f"{GUIDE}?view=steps&step=3")  # never seen: its guide answers
        expect(page.locator("#serial")).to_be_visible()
        page.goto("/last-car/")
        page.wait_for_url(f"**{GUIDE}")
        assert said == []


def test_a_step_is_never_answered_by_another(phone: Any, own_site: Site) -> None:
    with phone() as page:
        page.goto(GUIDE)
        wait_for_copies(page, GUIDE, "/offline/")
        page.goto(f"{GUIDE}?view=steps&step=1&utm_source=somewhere")
        wait_for_copies(page, f"{GUIDE}?view=steps&step=1")
        own_site.stop()
        page.get_by_role("link", name="Next").click()
        expect(page.locator("#serial")).to_be_visible()
        expect(page.get_by_text(COPY)).to_have_count(1)


def test_a_site_that_fails_is_stood_in_for_and_a_page_that_is_gone_goes(phone: Any, own_site: Site) -> None:
    withdraw = "ErrorMessage.objects.filter(slug='wait').update(is_published=False)"
    with phone() as page:
        page.goto(GUIDE)
        wait_for_copies(page, GUIDE, "/messages/wait/", "/practice/6000-cd/")
        page.reload()
        own_site.change(withdraw)
        page.goto("/messages/wait/")
        expect(page.locator("h1")).to_contain_text("no page")
        assert not page.evaluate("caches.match('/messages/wait/', { ignoreVary: true }).then(Boolean)")
        database = own_site.database
        database.write_bytes(b"not a database")
        for extra in database.parent.glob(f"{database.name}-*"):
            extra.unlink()
        own_site.stop()
        own_site.start(status=503, PAGES_PATH=str(database.with_name("no-pages")))
        page.goto(GUIDE)
        expect(page.get_by_text(COPY)).to_be_visible()


def test_a_wrong_query_takes_no_page_along_but_a_page_that_is_gone_goes_by_any(phone: Any, own_site: Site) -> None:
    withdraw = "ErrorMessage.objects.filter(slug='wait').update(is_published=False)"
    kept = "caches.match('{}', {{ ignoreVary: true }}).then(Boolean)"
    with phone() as page:
        page.goto(GUIDE)
        wait_for_copies(page, GUIDE, "/messages/wait/", "/practice/6000-cd/")
        page.reload()
        page.goto("/practice/6000-cd/?screen=ready-19")
        expect(page.locator("h1")).to_contain_text("no page")
        page.wait_for_timeout(500)
        assert page.evaluate(kept.format("/practice/6000-cd/"))
        own_site.change(withdraw)
        page.goto("/messages/wait/?from=a-friend")
        expect(page.locator("h1")).to_contain_text("no page")
        page.wait_for_timeout(500)
        assert not page.evaluate(kept.format("/messages/wait/"))


def test_a_page_never_seen_says_so_and_offers_what_is_kept(phone: Any, own_site: Site) -> None:
    with phone() as page:
        page.goto(GUIDE)
        wait_for_copies(page, GUIDE, "/offline/")
        own_site.stop()
        page.goto("/focus/mk1/4000-rds/")
        expect(page.locator("h1")).to_contain_text("not on your phone")
        page.locator("#kept").get_by_role("link", name="6000 CD radio code").first.click()
        expect(page.locator("#serial")).to_be_visible()


def test_a_swapped_page_is_kept_like_any_other(phone: Any, own_site: Site) -> None:
    with phone() as page:
        page.goto("/")
        wait_for_copies(page, "/", "/offline/")
        page.reload()
        page.get_by_role("link", name="Mk2").first.click()
        page.wait_for_url("**/focus/mk2/")
        wait_for_copies(page, "/focus/mk2/")
        own_site.stop()
        page.get_by_role("link", name="Home").click()
        expect(page.get_by_text(COPY)).to_be_visible()
        page.get_by_role("link", name="Mk2").first.click()
        expect(page.get_by_text(COPY)).to_be_visible()
        expect(page.locator("h1")).to_contain_text("Mk2")
        assert page.locator("main").count() == 1


def test_a_change_shows_on_the_next_load_with_signal(phone: Any, own_site: Site) -> None:
    change = "RadioUnit.objects.filter(slug='6000-cd').update(recognise='Changed today.')"
    with phone() as page:
        page.goto(GUIDE)
        wait_for_copies(page, GUIDE)
        page.reload()
        own_site.change(change)
        page.reload()
        expect(page.get_by_text("Changed today.")).to_be_visible()
        expect(page.get_by_text(COPY)).to_have_count(0)


def test_a_car_is_kept_and_taken_off_again(phone: Any, own_site: Site) -> None:
    with phone() as page:
        page.goto(GUIDE)
        page.get_by_role("button", name="Keep this car on my phone").click()
        expect(page.get_by_text(re.compile("Saved on .*: it opens without signal"))).to_be_visible()
    own_site.stop()
    with phone() as page:
        page.goto(GUIDE)
        expect(page.get_by_text(re.compile("Saved on .*: it opens without signal"))).to_be_visible()
        page.goto("/questions/?car=mk2&radio=6000-cd")
        expect(page.get_by_text(COPY)).to_be_visible()
        page.goto(f"{GUIDE}?view=steps&step=4")
        page.get_by_role("link", name="Next").click()
        expect(page.locator("h1")).to_contain_text("Step 5 of")
        page.goto(GUIDE)
        page.get_by_role("button", name="Take it off my phone").click()
        page.wait_for_timeout(500)
        assert not [name for name in page.evaluate("caches.keys()") if name.startswith("car:")]


def test_storage_that_is_refused_is_said(phone: Any) -> None:
    with phone() as page:
        page.add_init_script(
            "Cache.prototype.addAll = () => Promise.reject(new DOMException('', 'QuotaExceededError'))"
        )
        page.goto(GUIDE)
        page.get_by_role("button", name="Keep this car").click()
        expect(page.get_by_text("Not saved")).to_be_visible()
        expect(page.get_by_role("button", name="Keep this car")).to_be_enabled()


def test_the_switch_takes_the_worker_off_the_phone(phone: Any, own_site: Site) -> None:
    with phone() as page:
        page.goto(GUIDE)
        wait_for_copies(page, GUIDE)
    own_site.stop()
    own_site.start(OFFLINE="0")
    with phone() as page:
        page.goto(GUIDE)
        for _ in range(40):
            if not page.evaluate("caches.keys()"):
                break
            page.wait_for_timeout(250)
        page.reload()
        assert page.evaluate("caches.keys()") == []
        assert page.evaluate("navigator.serviceWorker.getRegistration().then(found => !found)")
        assert page.evaluate("navigator.serviceWorker.controller === null")
        expect(page.get_by_role("button", name="Keep this car")).to_be_hidden()


def test_a_new_release_removes_the_files_that_nothing_kept_still_names(phone: Any) -> None:
    with phone() as page:
        page.goto(GUIDE)
        wait_for_copies(page, GUIDE, "/practice/6000-cd/")
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
        page.goto("/check/")  # installs it anew, as a release does
        names = ["gone", "open", "part"]
        for _ in range(60):
            kept = page.evaluate(
                "async (names) => (await (await caches.open('assets')).keys()).map(({ url }) => url.split('/').pop())",
                names,
            )
            if "gone.0123456789ab.js" not in kept:
                break
            page.wait_for_timeout(250)
        assert [name for name in names if f"{name}.0123456789ab.js" in kept] == ["open", "part"]


def test_a_network_that_hangs_is_waited_for_only_so_long(phone: Any, own_site: Site) -> None:
    """A server that takes the connection and never answers: the copy comes, after patience and not after minutes."""
    with phone() as page:
        page.goto(GUIDE)
        wait_for_copies(page, GUIDE, "/check/")
        own_site.server.send_signal(signal.SIGSTOP)
        workers = children_of(own_site.server.pid)
        for worker in workers:
            os.kill(worker, signal.SIGSTOP)
        try:
            page.goto("/check/", wait_until="commit", timeout=10_000)
            expect(page.get_by_text(COPY)).to_be_visible()
            page.get_by_role("link", name="Home").click()
            expect(page.locator("h1")).to_contain_text("asking for a code", timeout=10_000)
        finally:
            for process in (own_site.server.pid, *workers):
                os.kill(process, signal.SIGCONT)


def children_of(process: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{process}/task/{process}/children").read_text().split()]


def test_a_guide_comes_in_time_over_a_weak_signal_and_then_stays_where_it_is(page: Page) -> None:
    """400 kbit/s and 400 ms there and back: what is on screen does not move. How long it takes stands in the notes."""
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


def test_the_worker_leaves_the_admin_alone(phone: Any, own_site: Site) -> None:
    with phone() as page:
        page.goto("/")
        wait_for_copies(page, "/", "/offline/")
        page.goto("/admin/login/")
        page.wait_for_timeout(500)
        kept = page.evaluate(
            """async () => {
                const kept = [];
                for (const name of await caches.keys()) {
                    for (const { url } of await (await caches.open(name)).keys()) kept.push(new URL(url).pathname);
                }
                return kept;
            }"""
        )
        assert not [path for path in kept if "admin" in path or path == "/sw.js"]
        own_site.stop()
        with pytest.raises(Exception, match="ERR_CONNECTION_REFUSED"):
            page.goto("/admin/")
