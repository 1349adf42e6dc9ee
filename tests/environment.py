"""A pytest plugin, loaded before Django's settings: tests do not depend on the environment of the machine."""

import gc
import os

gc.set_threshold(100_000, 50, 1000)  # looking for cycles takes a tenth of the time otherwise

for name in (
    "SECRET_KEY",
    "SECRET_KEY_FILE",
    "ALLOWED_HOSTS",
    "TRUSTED_PROXIES",
    "SECURITY_CONTACT",
    "CONTACT",
    "ADMIN_ENABLED",
    "HTTPS",
    "DATABASE_READ_ONLY",
    "SITE_URL",
    "PAGES_PATH",
    "OFFLINE",
):
    os.environ.pop(name, None)
for name in ("DATABASE_URL", "CACHE_URL"):  # SQLite and memory, or the servers of tests/services.py
    for variable in (name, f"{name}_FILE"):
        os.environ.pop(variable, None)
    if f"TEST_{name}" in os.environ:
        os.environ[name] = os.environ[f"TEST_{name}"]
if "CACHE_URL" in os.environ:  # a database of its own for each process of pytest-xdist, because tests clear the cache
    os.environ["CACHE_URL"] += f"?db={os.environ.get('PYTEST_XDIST_WORKER', 'gw0').removeprefix('gw')}"
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # Playwright keeps an event loop in the thread of the tests
os.environ["DEBUG"] = "1"  # static files without a manifest; Django turns DEBUG itself off in tests
os.environ["HTTPS"] = "0"  # and so without the secret of `make run`
