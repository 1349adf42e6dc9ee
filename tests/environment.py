"""A pytest plugin that is read before Django's settings: the tests need no configuration of anybody's machine."""

import os

for name in (
    "SECRET_KEY",
    "SECRET_KEY_FILE",
    "ALLOWED_HOSTS",
    "TRUSTED_PROXIES",
    "ADMIN_ENABLED",
    "HTTPS",
    "DATABASE_PATH",
):
    os.environ.pop(name, None)
os.environ["DEBUG"] = "1"  # no manifest of static files and no certificate; Django turns DEBUG itself off in tests
