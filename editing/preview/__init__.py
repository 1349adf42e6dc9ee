"""The public pages as a change would make them, before it is made. The trial itself is in guides/admin/preview.py."""
