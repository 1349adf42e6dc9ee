from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = _("Accounts")

    def ready(self) -> None:
        from . import audit, roles

        audit.listen()
        # After each app, because each brings permissions of its own.
        post_migrate.connect(roles.bring_up_to_date)


class DeskConfig(AdminConfig):
    """Django's admin, with our site in place of its own."""

    default_site = "accounts.site.DeskSite"
