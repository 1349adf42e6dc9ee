"""One address of every kind of page."""

KINDS = [
    "/",
    "/focus/mk2/",
    "/focus/mk2/6000-cd/",
    "/focus/mk2/6000-cd/?view=steps&step=3",
    "/focus/mk3/sync-2/",
    "/focus/mk4/sync-3/",
    "/radios/",
    "/radios/sony/",
    "/messages/",
    "/messages/locked10/",
    "/check/",
    "/get-the-code/",
    "/questions/",
    "/questions/?car=mk2&radio=sony",
    "/cars/",
    "/about/",
    "/about/sources/",
    "/no-such-page/",
]
