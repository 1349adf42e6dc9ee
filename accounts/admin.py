"""Accounts with their roles, and the audit log. The models of django-otp and axes are not in the admin, because they
contain keys and codes; groups are not, because roles are part of the program."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.models import ADDITION, CHANGE, DELETION, LogEntry
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import UserCreationForm
from django.contrib.auth.models import Group, User
from django.db import models
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_totp.models import TOTPDevice

from . import audit, second_factor

admin.site.unregister([Group, User, StaticDevice, TOTPDevice])


@admin.register(User)
class AccountAdmin(UserAdmin):
    """An account for the admin. To close it, untick “active”: its entries stay in the audit log."""

    list_display = ["username", "role", "second_factor", "is_active", "last_login"]
    list_filter = ["is_active", "groups"]
    fieldsets = [
        (None, {"fields": ["username", "password", "is_active"]}),
        (_("Role"), {"fields": ["groups"]}),
        (_("Personal info"), {"fields": ["first_name", "last_name", "email"]}),
        (_("Important dates"), {"fields": ["last_login", "date_joined"]}),
    ]
    add_form = UserCreationForm
    add_fieldsets = [
        (
            None,
            {
                "fields": ["username", "password1", "password2", "groups"],
                "description": _("At the first sign-in this password leads to setting up a second factor."),
            },
        ),
    ]
    readonly_fields = ["last_login", "date_joined"]
    filter_horizontal = []
    formfield_overrides = {models.ManyToManyField: {"widget": forms.CheckboxSelectMultiple, "help_text": ""}}
    actions = ["reset_second_factor"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        phones = TOTPDevice.objects.filter(user=OuterRef("pk"))
        return super().get_queryset(request).prefetch_related("groups").annotate(has_phone=Exists(phones))

    def get_form(self, request: HttpRequest, obj: User | None = None, change: bool = False, **kwargs: Any) -> Any:
        """With the groups called roles, and one asked for: without any, an account can do nothing."""
        form = super().get_form(request, obj, change=change, **kwargs)
        if groups := form.base_fields.get("groups"):
            groups.label = _("Role")
            groups.help_text = _("Without a role an account can sign in, and then do nothing.")
            groups.required = not (obj and obj.is_superuser)
            groups.error_messages["required"] = _("Choose a role.")
        return form

    @admin.display(description=_("role"))
    def role(self, account: User) -> str:
        roles = [gettext("superuser")] if account.is_superuser else []
        return ", ".join([*roles, *(group.name for group in account.groups.all())]) or gettext("none")

    @admin.display(description=_("second factor"), boolean=True, ordering="has_phone")
    def second_factor(self, account: User) -> bool:
        return account.has_phone  # type: ignore[attr-defined]

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        return False

    def has_reset_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("otp_totp.delete_totpdevice")

    @admin.action(description=_("Reset the second factor (phone lost)"), permissions=["reset"])
    def reset_second_factor(self, request: HttpRequest, accounts: QuerySet[User]) -> None:
        for account in accounts:
            second_factor.reset(account)
            audit.record(request.user, gettext("Reset the second factor."), about=account)  # type: ignore[arg-type]
        number = len(accounts)
        words = ngettext(
            "%(number)d second factor was reset. At the next sign-in there is a new one to set up.",
            "%(number)d second factors were reset. At the next sign-in there is a new one to set up.",
            number,
        )
        messages.success(request, words % {"number": number})

    def save_model(self, request: HttpRequest, obj: User, form: forms.ModelForm, change: bool) -> None:
        obj.is_staff = True  # accounts exist for the admin only
        super().save_model(request, obj, form, change)

    def save_related(self, request: HttpRequest, form: forms.ModelForm, formsets: Any, change: bool) -> None:
        account: User = form.instance
        before = self.role(account)
        super().save_related(request, form, formsets, change)
        after = self.role(User.objects.get(pk=account.pk))
        if before != after:
            what = gettext("Changed the role from %(before)s to %(after)s.") % {"before": before, "after": after}
            audit.record(request.user, what, about=account)  # type: ignore[arg-type]


class ActionFilter(admin.SimpleListFilter):
    """Filters the audit log by kind of action."""

    title = _("what")
    parameter_name = "what"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        kinds = [(audit.SIGN_IN, _("sign-ins and roles")), (ADDITION, _("added")), (CHANGE, _("changed"))]
        return [(str(flag), words) for flag, words in [*kinds, (DELETION, _("deleted"))]]

    def queryset(self, request: HttpRequest, queryset: QuerySet[LogEntry]) -> QuerySet[LogEntry]:
        flag = self.value() or ""
        return queryset.filter(action_flag=int(flag)) if flag in dict(self.lookup_choices) else queryset


@admin.register(LogEntry)
class AuditLogAdmin(admin.ModelAdmin):
    """Who did what, and when: read-only."""

    list_display = ["action_time", "user", "what", "row"]
    list_display_links = None
    list_filter = [
        ActionFilter,
        "action_time",
        ("user", admin.RelatedOnlyFieldListFilter),
        ("content_type", admin.RelatedOnlyFieldListFilter),
    ]
    list_select_related = ["user", "content_type"]
    search_fields = ["user__username", "object_repr", "change_message"]
    date_hierarchy = "action_time"

    @admin.display(description=_("what"))
    def what(self, entry: LogEntry) -> str:
        return entry.get_change_message() or entry.get_action_flag_display()

    @admin.display(description=_("row"), ordering="object_repr")
    def row(self, entry: LogEntry) -> str:
        return f"{entry.content_type.name}: {entry.object_repr}" if entry.content_type else entry.object_repr

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: LogEntry | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: LogEntry | None = None) -> bool:
        return False
