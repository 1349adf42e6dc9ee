"""The public pages as a change would make them, before it is made."""
