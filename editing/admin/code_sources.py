"""Lawful ways to the code."""

from django.contrib import admin

from guides.models import CodeSource

from .base import ClaimAdmin


@admin.register(CodeSource)
class CodeSourceAdmin(ClaimAdmin):
    list_display = ["name", *ClaimAdmin.list_display]
    search_fields = ["name", "slug", "how", "bring", "cost", "beware"]
    prepopulated_fields = {"slug": ("name",)}
    autocomplete_fields = [*ClaimAdmin.autocomplete_fields, "radios"]
    fields = ["name", "slug", "how", "bring", "cost", "beware", "radios"]
