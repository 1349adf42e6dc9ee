from django.conf import settings
from django.contrib import admin
from django.contrib.sitemaps.views import sitemap
from django.urls import include, path, re_path

from guides import site_views
from guides.rendering import public
from guides.sitemaps import SITEMAPS

handler404 = "guides.views.not_found"
handler500 = "guides.views.failed"

urlpatterns = [
    path("", include("guides.urls")),
    path("sitemap.xml", public()(sitemap), {"sitemaps": SITEMAPS}, name="sitemap"),
    path("robots.txt", site_views.robots, name="robots"),
    path(".well-known/security.txt", site_views.security, name="security"),
    path("manifest.webmanifest", site_views.manifest, name="manifest"),
    path("favicon.ico", site_views.favicon),
    path("sw.js", site_views.service_worker, name="service_worker"),
    path("healthz", site_views.healthz, name="healthz"),
    path("readyz", site_views.readyz, name="readyz"),
]
if settings.ADMIN_ENABLED and settings.DATABASE_READ_ONLY:
    urlpatterns += [re_path(r"^admin/", site_views.read_only)]
elif settings.ADMIN_ENABLED:
    urlpatterns += [
        path("admin/guides/", include("guides.admin.urls")),
        path("admin/", admin.site.urls),
    ]
