"""A pytest plugin that is read before Django's settings: the tests need no configuration of anybody's machine."""

import os

for name in (
    "SECRET_KEY",
    "SECRET_KEY_FILE",
    "ALLOWED_HOSTS",
    "TRUSTED_PROXIES",
    "SECURITY_CONTACT",
    "ADMIN_ENABLED",
    "HTTPS",
    "DATABASE_READ_ONLY",
    "SITE_URL",
    "PAGES_PATH",
):
    os.environ.pop(name, None)
for name in ("DATABASE_URL", "CACHE_URL"):  # SQLite and memory, or servers to throw away: tests/services.py
    os.environ.pop(f"{name}_FILE", None)
    os.environ[name] = os.environ.get(f"TEST_{name}", "")
if os.environ["CACHE_URL"]:  # pytest-xdist runs several at once, and one may clear the cache
    os.environ["CACHE_URL"] += f"?db={os.environ.get('PYTEST_XDIST_WORKER', 'gw0').removeprefix('gw')}"
os.environ["DEBUG"] = "1"  # no manifest of static files and no certificate; Django turns DEBUG itself off in tests
