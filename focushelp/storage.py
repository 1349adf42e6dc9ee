"""Static files under names that change with their content."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class StaticFiles(CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    """Hashed and compressed, and our own scripts import each other by those names.

    Django's support_js_module_import_aggregation would do it for every script, but trips over one of django-htmx's.
    """

    patterns = (
        *CompressedManifestStaticFilesStorage.patterns,
        ("js/*.js", ((r'(?P<matched> from "(?P<url>\./[^"]+)")', ' from "%(url)s"'),)),
    )
