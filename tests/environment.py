"""A pytest plugin that is read before Django's settings: the tests need no configuration of anybody's machine."""

import os

for name in (
    "SECRET_KEY",
    "SECRET_KEY_FILE",
    "ALLOWED_HOSTS",
    "BEHIND_PROXY",
    "HTTPS",
    "DATABASE_PATH",
    "SITE_URL",
    "PAGES_PATH",
    "PURGE_URL",
):
    os.environ.pop(name, None)
os.environ["DEBUG"] = "1"  # no manifest of static files and no certificate; Django turns DEBUG itself off in tests
