from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FocusHelpConfig(AppConfig):
    name = "focushelp"
    verbose_name = _("Focus Help")

    def ready(self) -> None:
        from . import checks  # noqa: F401 (registers itself)
