"""The permissions of each role. Every migrate updates the groups, so that an upgrade reaches them; the admin does not
offer to change them."""

from typing import Any

from django.contrib.auth.models import Group, Permission
from django.db.models import Q

CONTENT = Q(content_type__app_label="guides")
VIEW = Q(codename__startswith="view_")
CONFIRM = Q(codename__startswith="confirm_")
WRITE = Q(codename__startswith="add_") | Q(codename__startswith="change_") | Q(codename__startswith="delete_")
#: No permission to delete an account, because its entries in the audit log would be deleted with it.
ACCOUNTS = Q(content_type__app_label="auth", codename__in=["add_user", "change_user", "view_user"])
SECOND_FACTORS = Q(content_type__app_label="otp_totp", codename="delete_totpdevice")
AUDIT_LOG = Q(content_type__app_label="admin", codename="view_logentry")

ROLES: dict[str, Q] = {
    "Reviewers": CONTENT & (VIEW | CONFIRM),
    "Editors": CONTENT & (VIEW | CONFIRM | WRITE),
    "Administrators": CONTENT | ACCOUNTS | SECOND_FACTORS | AUDIT_LOG,
}


def update_roles(*, using: str = "default", **kwargs: Any) -> None:
    """Create missing groups, and set the permissions of each. Connected to post_migrate."""
    for name, permissions in ROLES.items():
        group, _ = Group.objects.using(using).get_or_create(name=name)
        group.permissions.set(Permission.objects.using(using).filter(permissions))
