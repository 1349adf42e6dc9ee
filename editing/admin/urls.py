"""Pages of the admin that are no model's. They come before those of the admin itself, and need the same sign-in."""

from django.contrib import admin
from django.urls import path

from . import find, history_views, report

app_name = "editing"
urlpatterns = [
    path("report/", admin.site.admin_view(report.report), name="report"),
    path("report/checked/<str:model>/<int:pk>/", admin.site.admin_view(report.checked_today), name="checked_today"),
    path("handbook/", admin.site.admin_view(report.handbook), name="handbook"),
    path("find/", admin.site.admin_view(find.find), name="find"),
    path("feedback/", admin.site.admin_view(report.feedback), name="feedback"),
    path("content/export/", admin.site.admin_view(report.download), name="export"),
    path("history/", admin.site.admin_view(history_views.history), name="history"),
    path("history/compare/", admin.site.admin_view(history_views.compare_versions), name="compare"),
    path("history/deleted/", admin.site.admin_view(history_views.deleted), name="deleted"),
    path("history/<int:number>/", admin.site.admin_view(history_views.go_back), name="go_back"),
]
