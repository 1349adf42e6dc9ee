"""Pages of the editor’s desk that are no model’s. They come before those of the admin, and ask for the same door."""

from django.contrib import admin
from django.urls import path

from . import feedback, report

app_name = "desk"
urlpatterns = [
    path("report/", admin.site.admin_view(report.report), name="report"),
    path("feedback/", admin.site.admin_view(feedback.feedback_report), name="feedback"),
    path("report/checked/<str:model>/<int:pk>/", admin.site.admin_view(report.checked_today), name="checked_today"),
]
