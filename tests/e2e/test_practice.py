"""The practice radio by touch, by keyboard and without script; and that it sends and stores nothing."""

import json
import re
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from .helpers import transferred, without_script

KB = 1024
OWN_CODE = "2580"  # made up
WRONG = {"1": 1, "2": 1, "3": 1, "4": 1}
RIGHT = {"1": 4, "2": 10, "3": 7, "4": 9}


def key(page: Page, name: str) -> Locator:
    return page.get_by_role("button", name=name, exact=True)


def practise_on(page: Page, radio: str) -> None:
    """Open the practice radio and wait for its buttons."""
    page.goto(f"/practice/{radio}/")
    expect(key(page, "1")).to_be_visible()


def practise_without_time(page: Page, radio: str) -> None:
    """The same, with a clock that goes on only when the test says so."""
    page.clock.install(time=0)
    practise_on(page, radio)
    page.clock.pause_at(3600)


def display(page: Page) -> Locator:
    return page.locator("[data-part=shows]")


def dial(page: Page, presses: dict[str, int]) -> None:
    for name, times in presses.items():
        for _ in range(times):
            key(page, name).tap()


def hold_with_two_fingers(page: Page, *names: str, for_ms: int) -> None:
    """Both fingers go down, stay for a while, and are lifted."""
    points = []
    fingers = page.context.new_cdp_session(page)
    for number, name in enumerate(names):
        box = key(page, name).bounding_box()
        assert box
        points.append({"x": box["x"] + box["width"] / 2, "y": box["y"] + box["height"] / 2, "id": number})
        fingers.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": points})
        expect(key(page, name)).to_have_class("down")
    page.clock.run_for(for_ms)
    fingers.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})


# ---- By touch


def test_the_serial_is_read_with_two_fingers(page: Page) -> None:
    practise_without_time(page, "6000-cd")
    hold_with_two_fingers(page, "1", "6", for_ms=800)
    expect(page.locator("[data-part=note]")).to_have_attribute("data-note", "short")
    expect(display(page)).to_have_text("CODE")
    hold_with_two_fingers(page, "6", "1", for_ms=3200)  # either may go down first
    expect(display(page)).to_have_text("50701234")
    page.clock.run_for(2500)
    expect(display(page)).to_have_text("FD12ABC V012345")
    expect(page.locator("[data-part=note]")).to_have_attribute("data-note", "serial")
    page.clock.run_for(5000)  # in two parts
    expect(display(page)).to_have_text("CODE")
    expect(page.locator("[data-part=note]")).to_have_attribute("data-note", "serial")  # stays to be read


def test_the_code_unlocks_it(page: Page) -> None:
    practise_on(page, "6000-cd")
    dial(page, RIGHT)
    expect(page.locator("[data-part=shows]")).to_have_text("4, 0, 7, 9")
    key(page, "5").tap()
    expect(display(page)).to_have_text("FM 98.5")
    page.get_by_role("button", name="Start again").tap()
    expect(display(page)).to_have_text("CODE")


def test_two_thumbs_that_type_in_turn_lose_no_press_and_one_place_announces_it(page: Page) -> None:
    practise_without_time(page, "6000-cd")
    hold_with_two_fingers(page, "1", "2", for_ms=60)
    expect(display(page)).to_have_text("1, 1, empty, empty")
    expect(page.get_by_role("status")).to_have_count(1)  # one polite place announces it
    expect(page.get_by_role("status")).to_contain_text("1, 1, empty, empty")
    expect(page.locator(".unit > svg:not([aria-hidden])")).to_have_count(0)


def test_the_focus_goes_on_when_its_button_goes(page: Page) -> None:
    practise_on(page, "6000-cd")
    dial(page, WRONG)
    key(page, "5").tap()
    page.locator("[data-part=later]").focus()
    page.keyboard.press("Enter")
    expect(key(page, "1")).to_be_focused()


def test_an_empty_place_is_not_sent(page: Page) -> None:
    practise_on(page, "6000-cd")
    dial(page, {"2": 1, "3": 1, "4": 1})
    key(page, "5").tap()
    expect(page.locator("[data-part=note]")).to_have_attribute("data-note", "gaps")
    expect(page.locator("[data-part=wrong]")).to_have_text("0")


def test_wrong_codes_lead_to_wait_and_then_to_the_lock(page: Page) -> None:
    practise_on(page, "sony")
    for shown in ("ERR", "ERR", *["WAIT"] * 7):
        dial(page, WRONG)
        key(page, "OK").tap()
        expect(display(page)).to_have_text(shown)
        page.locator("[data-part=later]").tap()
        expect(display(page)).to_have_text("CODE")
    dial(page, WRONG)
    key(page, "OK").tap()
    expect(display(page)).to_have_text("LOCKED10")
    key(page, "1").tap()
    expect(page.locator("[data-part=note]")).to_have_attribute("data-note", "ignored")
    page.get_by_role("button", name="Start again").tap()
    expect(page.locator("[data-part=wrong]")).to_have_text("0")


# ---- By keyboard


@pytest.mark.parametrize("context", [{"is_mobile": False, "has_touch": False}], indirect=True)
def test_it_works_by_keyboard(page: Page) -> None:
    practise_without_time(page, "6000-cd")

    def press(name: str, times: int = 1) -> None:
        for _ in range(30):
            if page.evaluate("document.activeElement.ariaLabel ?? document.activeElement.textContent") == name:
                break
            page.keyboard.press("Tab")
        else:
            pytest.fail(f"Tab does not come to {name}")
        for _ in range(times):
            page.keyboard.press("Enter")

    press("Hold 1+6")
    page.clock.run_for(3000)
    expect(display(page)).to_have_text("50701234")
    page.clock.run_for(7500)
    expect(display(page)).to_have_text("CODE")
    page.locator("h1").focus()
    for name, times in RIGHT.items():
        press(name, times)
    press("5")
    expect(display(page)).to_have_text("FM 98.5")


# ---- Without script


@without_script
def test_links_work_the_radio_without_script(page: Page) -> None:
    """From reading the serial to a set code. tests/guides/test_practice.py looks at the page of every state."""
    page.goto("/practice/6000-cd/")
    page.get_by_role("link", name="Hold 1+6").click()
    expect(display(page)).to_have_text("50701234")
    page.get_by_role("link", name="A moment later").click()
    expect(display(page)).to_have_text("FD12ABC V012345")
    page.get_by_role("link", name="A moment later").click()
    page.get_by_role("link", name="Press 1", exact=True).click()
    expect(display(page)).to_have_text("1 – – –")
    page.get_by_role("link", name="Set a wrong code").click()
    page.get_by_role("link", name="Press 5", exact=True).click()
    expect(display(page)).to_have_text("1FAIL")
    expect(page.locator("[data-part=coach]")).to_be_hidden()
    expect(page.get_by_role("row", name="0 10")).to_be_visible()


# ---- The coach


def test_the_coach_leads_through_the_drivers_own_code(page: Page) -> None:
    practise_on(page, "sony")
    page.locator("#own").fill("25")
    page.locator("[data-part=start]").tap()
    expect(page.get_by_role("alert")).to_be_visible()
    page.locator("#own").fill(OWN_CODE)
    page.locator("#own").press("Enter")
    lead = page.locator("[data-part=lead]")
    expect(lead).to_be_focused()
    for name, times, shows in [("1", 2, "2 – – –"), ("2", 5, "2 5 – –"), ("3", 8, "2 5 8 –"), ("4", 10, "2 5 8 0")]:
        expect(lead).to_contain_text(re.compile(rf"\b{name}\b.*\b{times}\b.*{shows}"))
        dial(page, {name: times})
    expect(lead).to_contain_text("press 5")
    dial(page, {"2": 1})  # once too often: round again
    expect(lead).to_contain_text(re.compile(r"\b2\b.*\b9\b.*2 5 8 0"))
    dial(page, {"2": 9})
    key(page, "5").tap()
    expect(display(page)).to_have_text("FM 98.5")
    expect(page.locator("[data-part=plan] li")).to_have_count(5)


def test_starting_again_keeps_the_code_until_the_driver_forgets_it(page: Page) -> None:
    practise_on(page, "6000-cd")
    own, lead = page.locator("#own"), page.locator("[data-part=lead]")
    own.fill("2 5 8 0")  # as people note it
    page.locator("[data-part=start]").tap()
    dial(page, WRONG)
    key(page, "5").tap()
    page.get_by_role("button", name="Start again").tap()
    expect(lead).to_contain_text("2 – – –")
    page.locator("[data-part=forget]").tap()
    expect(lead).to_be_hidden()
    assert own.input_value() == ""


@pytest.mark.parametrize("context", [{"viewport": {"width": 844, "height": 390}}], indirect=True)
def test_the_coach_and_the_keys_are_in_sight_on_a_phone_on_its_side(page: Page) -> None:
    practise_on(page, "6000-cd")
    page.locator("#own").fill(OWN_CODE)
    page.locator("[data-part=start]").tap()
    expect(page.locator("[data-part=lead]")).to_be_in_viewport(ratio=1)
    expect(key(page, "1")).to_be_in_viewport(ratio=1)


def digits_kept(page: Page) -> list[str]:
    """The places of the page, the browser and its history that contain the digits of the code."""
    places: dict[str, Any] = page.evaluate(
        """async () => ({
            address: location.href,
            state: JSON.stringify(history.state),
            local: JSON.stringify({ ...localStorage }),
            session: JSON.stringify({ ...sessionStorage }),
            cookies: document.cookie,
            databases: JSON.stringify(await indexedDB.databases()),
            caches: "caches" in window ? JSON.stringify(await caches.keys()) : "",
            name: window.name,
            text: document.body.textContent + [...document.querySelectorAll("input")].map((input) => input.value),
        })"""
    )
    places["context cookies"] = json.dumps([str(cookie) for cookie in page.context.cookies()])
    return [name for name, kept in places.items() if OWN_CODE in kept or "2 5 8 0" in kept or "2, 5, 8, 0" in kept]


def test_nothing_leaves_the_page_and_nothing_is_kept(context: BrowserContext) -> None:
    page = context.new_page()  # without the console check: the browser says what it refused
    asked: list[str] = []
    page.goto("/practice/sony/", wait_until="networkidle")
    length = page.evaluate("history.length")
    page.on("request", lambda request: asked.append(request.url))
    page.locator("#own").press_sequentially(OWN_CODE)
    page.locator("[data-part=start]").tap()
    for name, times in {"1": 2, "2": 5, "3": 8, "4": 10}.items():
        dial(page, {name: times})
    assert digits_kept(page) == ["text"]  # where the driver reads them
    key(page, "5").tap()
    expect(display(page)).to_have_text("FM 98.5")
    # Connections are forbidden to any script.
    sent = page.evaluate("fetch('/check/', { method: 'POST' }).then(() => 'sent', () => 'refused')")
    assert sent == "refused"
    assert page.evaluate("history.length") == length
    assert asked == []


LEAVING = {
    "hidden": """() => {
        Object.defineProperty(document, "hidden", { value: true });
        document.dispatchEvent(new Event("visibilitychange"));
    }""",
    "left for another page": """() => {
        dispatchEvent(new PageTransitionEvent("pagehide", { persisted: true }));
    }""",
}


def test_the_digits_are_gone_when_the_page_is_out_of_sight(page: Page) -> None:
    for name, leave in LEAVING.items():
        practise_on(page, "sony")
        page.locator("#own").fill(OWN_CODE)
        page.locator("#own").press("Enter")
        dial(page, {"1": 2, "2": 5, "3": 8, "4": 10})
        expect(display(page)).to_have_text("2, 5, 8, 0")
        assert digits_kept(page) == ["text"], name
        page.evaluate(leave)
        expect(display(page)).to_have_text("CODE")
        assert digits_kept(page) == [], name
        expect(page.locator("[data-part=cleared]")).to_be_visible()


# ---- The machine by itself


def test_random_presses_never_leave_the_machine(page: Page) -> None:
    practise_on(page, "sony")
    result = page.evaluate(
        """async () => {
            const script = document.querySelector("[data-module*=practice]");
            const source = performance.getEntriesByType("resource").find(({ name }) => name.includes("js/machine."));
            const { begin, press, hold, wait } = await import(source.name);
            const radio = JSON.parse(script.querySelector("script").textContent);
            const keys = ["1", "2", "3", "4", "5", "6", "OK", "*"];
            let seed = 20;
            const choose = (from) => {
                seed = (seed * 1103515245 + 12345) % 2147483648;
                return from[Math.floor((seed / 2147483648) * from.length)];
            };
            const seen = new Set();
            const faults = [];
            for (let run = 0; run < 300; run += 1) {
                let state = begin(radio);
                for (let step = 0; step < 600; step += 1) {
                    seen.add(state.name);
                    const before = state;
                    const act = choose(["press", "press", "press", "press", "press", "hold", "wait", "wait"]);
                    if (act === "press") state = press(radio, state, choose(keys), radio.code);
                    if (act === "hold") state = hold(radio, state, choose(["1+6", "2+6", "3+4"]));
                    if (act === "wait") state = wait(radio, state);
                    if (!radio.screens[state.name]) faults.push(`no screen ${state.name}`);
                    if (state.digits.some((digit) => !/^[0-9]?$/.test(digit))) faults.push(`digits ${state.digits}`);
                    if (state.name !== "plays" && state.wrong < before.wrong) faults.push("a try came back");
                    if (state.wrong > before.wrong + 1) faults.push("two tries for one press");
                    if (["plays", "locked"].includes(before.name) && state.name !== before.name) faults.push("revived");
                }
            }
            return { faults, unseen: Object.keys(radio.screens).filter((name) => !seen.has(name)) };
        }"""
    )
    assert result == {"faults": [], "unseen": ["plays"]}  # the right code does not come by chance so soon


def test_no_key_is_smaller_than_a_thumb(page: Page) -> None:
    for radio, keys in {"6000-cd": 6, "sony": 8, "sony-dab": 8, "travelpilot": 6}.items():
        practise_on(page, radio)
        boxes = [button.bounding_box() for button in page.locator(".unit button").all()]
        assert len(boxes) == keys, radio
        assert min(min(box["width"], box["height"]) for box in boxes if box) >= 48, radio


@pytest.mark.parametrize("context", [{"reduced_motion": "no-preference"}], indirect=True)
def test_the_long_line_scrolls_unless_motion_is_reduced(page: Page) -> None:
    practise_without_time(page, "6006-cdc")
    page.get_by_role("button", name="Hold 2+6").tap()
    line = page.locator("svg:has(> .bars)")
    page.clock.run_for(3000)
    expect(line).to_have_attribute("viewBox", "0 0 136 24")
    page.clock.run_for(1000 + 2 * 350)
    expect(line).to_have_attribute("viewBox", "51 0 136 24")  # the fourth character of the line is at the left
    page.clock.run_for(4 * 350)
    expect(line).to_have_attribute("viewBox", "119 0 136 24")  # the last eight


def test_its_own_script_is_light(context: BrowserContext) -> None:
    page = context.new_page()
    scripts: set[str] = set()
    page.on("request", lambda request: scripts.add(request.url) if request.resource_type == "script" else None)
    page.goto("/practice/6000-cd/", wait_until="networkidle")
    assert not [script for script in scripts if "htmx" in script]
    assert len(scripts) == 5
    assert sum(len(transferred(script, "br")) for script in scripts) <= 6 * KB
