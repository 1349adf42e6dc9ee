"""Django's admin behind two factors."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast

from django.contrib.admin import AdminSite
from django.contrib.admin.models import DELETION
from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import URLPattern, URLResolver, path, reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from . import audit, second_factor, views
from .forms import SignInForm

View = TypeVar("View", bound=Callable[..., HttpResponseBase])


class TwoFactorAdminSite(AdminSite):
    """Requires a second factor after the password. admin_view() asks has_permission() for every page."""

    login_form = SignInForm

    def has_password(self, request: HttpRequest) -> bool:
        """Whether the session has a password, of an account that is active and staff."""
        return super().has_permission(request)

    def has_permission(self, request: HttpRequest) -> bool:
        return self.has_password(request) and second_factor.passed(request)

    def admin_view(self, view: View, cacheable: bool = False) -> View:
        """Django's, which also renews the sign-in. If it has ended, the sign-in page says that a POST was not saved."""
        inner = super().admin_view(view, cacheable)

        @wraps(inner)
        def outer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if self.has_permission(request):
                second_factor.renew(request)
            elif request.method == "POST":
                query = urlencode({"next": request.get_full_path(), "unsaved": "1"})
                return HttpResponseRedirect(f"{reverse('admin:login')}?{query}")
            return inner(request, *args, **kwargs)

        return cast(View, outer)

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Ask for the password; with a password, redirect to the code."""
        if second_factor.was_reset(request):
            logout(request)
        elif self.has_password(request) and not second_factor.passed(request):
            then = request.GET.get("next") or reverse("admin:index")
            return redirect_to_login(then, reverse("admin:second_factor_code"))
        response = super().login(request, extra_context)
        if request.method == "POST" and response.status_code == 302:
            request.session.set_expiry(second_factor.CODE_TIMEOUT)
        return response

    def password_change(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> TemplateResponse:
        response = super().password_change(request, extra_context)
        if request.method == "POST" and response.status_code == 302:
            audit.record(request.user, _("Changed the password."))  # type: ignore[arg-type] # signed in
        return response

    def get_log_entries(self, request: HttpRequest) -> Any:
        """“Recent actions” without sign-ins, which are in the audit log."""
        return super().get_log_entries(request).filter(action_flag__lte=DELETION)

    def get_urls(self) -> list[URLPattern | URLResolver]:
        return [
            path("logout/", self.logout, name="logout"),  # without admin_view(): also before the code
            path("second-factor/", self.admin_view(views.second_factor_page), name="second_factor"),
            path("second-factor/code/", views.code, name="second_factor_code"),
            path("second-factor/set-up/", views.set_up, name="second_factor_set_up"),
            path("second-factor/replace/", self.admin_view(views.replace), name="second_factor_replace"),
            path("second-factor/recovery-codes/", self.admin_view(views.recovery_codes), name="recovery_codes"),
            *super().get_urls(),
        ]
