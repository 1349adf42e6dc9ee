"""Pages of the editor’s desk that are no model’s. They come before those of the admin, and ask for the same door."""

from django.contrib import admin
from django.urls import path

from . import content_file, feedback, history_views, report

app_name = "desk"
urlpatterns = [
    path("report/", admin.site.admin_view(report.report), name="report"),
    path("feedback/", admin.site.admin_view(feedback.feedback_report), name="feedback"),
    path("report/checked/<str:model>/<int:pk>/", admin.site.admin_view(report.checked_today), name="checked_today"),
    path("content/export/", admin.site.admin_view(content_file.download), name="export"),
    path("content/import/", admin.site.admin_view(content_file.upload), name="import"),
    path("content/import/confirm/", admin.site.admin_view(content_file.confirm), name="confirm_import"),
    path("history/", admin.site.admin_view(history_views.history), name="history"),
    path("history/compare/", admin.site.admin_view(history_views.compare_versions), name="compare"),
    path("history/deleted/", admin.site.admin_view(history_views.deleted), name="deleted"),
    path("history/<int:number>/", admin.site.admin_view(history_views.go_back), name="go_back"),
]
