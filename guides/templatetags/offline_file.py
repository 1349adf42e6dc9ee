"""What templates/base_file.html needs."""

from django import template

from guides.offline_file import OfflineFile

register = template.Library()


@register.filter
def self_contained(html: str, file: OfflineFile) -> str:
    """{% filter self_contained:file %}: links lead within the file or, with signal, to the site."""
    return file.self_contained(html)
