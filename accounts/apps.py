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
        # After each app, because each creates its permissions then.
        post_migrate.connect(roles.update_roles)


class TwoFactorAdminConfig(AdminConfig):
    """django.contrib.admin with TwoFactorAdminSite as its site."""

    default_site = "accounts.site.TwoFactorAdminSite"
