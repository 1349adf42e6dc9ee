"""The one settings module: safe by default, changed by environment variables (docs/deployment.md lists them all)."""

import os
from pathlib import Path
from secrets import token_urlsafe

from django.utils.translation import gettext_lazy as _

from .environment import env_bool, env_contact, env_count, env_hosts, required_secret
from .services import env_cache, env_database

BASE_DIR = Path(__file__).resolve().parent.parent

# The first heading of the changelog is the version, so that it stands in one place.
VERSION = next(
    line.split()[1] for line in (BASE_DIR / "CHANGELOG.md").read_text().splitlines() if line.startswith("## ")
)

DEBUG = env_bool("DEBUG", default=False)
SECRET_KEY = (
    token_urlsafe(50)
    if DEBUG and not {"SECRET_KEY", "SECRET_KEY_FILE"} & os.environ.keys()
    else required_secret(
        "SECRET_KEY",
        at_least=50,
        how="Make one with: python -c 'import secrets; print(secrets.token_urlsafe(50))'",
    )
)
ALLOWED_HOSTS = env_hosts("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])

# How many proxies of ours stand in front. The nearest sets X-Forwarded-Proto; each appends to X-Forwarded-For.
TRUSTED_PROXIES = env_count("TRUSTED_PROXIES", default=0)
if TRUSTED_PROXIES:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
HTTPS = env_bool("HTTPS", default=not DEBUG)
SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]  # asked by machines, from inside
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SECURE_REFERRER_POLICY = "same-origin"  # other sites learn nothing; the admin's own forms still prove their origin
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_PATH = CSRF_COOKIE_PATH = "/admin/"  # the public pages never see a cookie
SESSION_COOKIE_AGE = 8 * 3600
CSRF_COOKIE_HTTPONLY = True
X_FRAME_OPTIONS = "DENY"

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:", "blob:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "manifest-src": ["'self'"],
        "worker-src": ["'self'"],
        "base-uri": ["'none'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
    }
}
# A garage behind one address does not notice; a script does.
POSTS_A_MINUTE = 120
# Where to write about a fault that somebody could misuse: /.well-known/security.txt
SECURITY_CONTACT = env_contact("SECURITY_CONTACT")
# Pages on the phone, for places without signal. Off: phones that have the service worker lose it, and what it kept.
OFFLINE = env_bool("OFFLINE", default=not DEBUG)
PERMISSIONS_POLICY: dict[str, list[str]] = {  # nobody may, not even this site
    "camera": [],
    "display-capture": [],
    "geolocation": [],
    "microphone": [],
    "midi": [],
    "payment": [],
    "usb": [],
}

INSTALLED_APPS = [
    "guides",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "csp",
    "django_htmx",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "focushelp.middleware.same_origin_resources",
    "focushelp.middleware.refuse_large_bodies",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",  # both outside the ETag: one tag for a page, compressed or not
    "focushelp.middleware.compress_with_brotli",
    "django.middleware.http.ConditionalGetMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]
ROOT_URLCONF = "focushelp.urls"
WSGI_APPLICATION = "focushelp.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

# A host that only shows the site, from a copy of the database: nobody can sign in, and nothing is stored.
DATABASE_READ_ONLY = env_bool("DATABASE_READ_ONLY", default=False)
DATABASES = {
    "default": env_database("DATABASE_URL", default=BASE_DIR / "var" / "db.sqlite3", read_only=DATABASE_READ_ONLY)
}
CACHES = {"default": env_cache("CACHE_URL")}

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]

LANGUAGE_CODE = "en-gb"
LANGUAGES = [("en-gb", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "Europe/London"

STATIC_URL = "static/"
STATIC_ROOT = BASE_DIR / "var" / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
WHITENOISE_AUTOREFRESH = DEBUG
WHITENOISE_ALLOW_ALL_ORIGINS = False
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage" if DEBUG else "focushelp.storage.StaticFiles"
    },
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "json": {"()": "focushelp.logs.JsonLines"},
        "words": {"format": "{levelname} {name}: {message}", "style": "{"},  # with traces as Python writes them
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "words" if DEBUG else "json"}},
    "root": {"handlers": ["console"], "level": "INFO"},
    # An address that does not exist may be a serial typed in the wrong place: such lines are not kept.
    # Nor is a page of traceback for every stranger who sends a wrong host name or too much.
    "loggers": {"django.request": {"level": "ERROR"}, "django.security": {"level": "CRITICAL"}},
}
