from django.conf import settings
from django.contrib import admin
from django.contrib.sitemaps.views import sitemap
from django.urls import include, path, re_path

from guides.public import machine_views
from guides.public.rendering import public
from guides.public.sitemaps import SITEMAPS

from . import views

handler400 = "focushelp.views.bad_request"
handler404 = "guides.public.errors.not_found"
handler500 = "guides.public.errors.failed"

urlpatterns = [
    path("", include("guides.urls")),
    path("sitemap.xml", public()(sitemap), {"sitemaps": SITEMAPS}, name="sitemap"),
    path("robots.txt", machine_views.robots, name="robots"),
    path(".well-known/security.txt", machine_views.security, name="security"),
    path("manifest.webmanifest", machine_views.manifest, name="manifest"),
    path("favicon.ico", machine_views.favicon),
    path("sw.js", machine_views.service_worker, name="service_worker"),
    path("healthz", views.healthz, name="healthz"),
    path("readyz", views.readyz, name="readyz"),
]
admin_path = settings.ADMIN_URL.lstrip("/")
if settings.ADMIN_ENABLED and settings.DATABASE_READ_ONLY:
    urlpatterns += [re_path(rf"^{admin_path}", views.read_only_admin)]
elif settings.ADMIN_ENABLED:
    urlpatterns += [
        path(f"{admin_path}guides/", include("editing.admin.urls")),
        path(admin_path, admin.site.urls),
    ]
