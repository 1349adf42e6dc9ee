"""A database backend: Django's for SQLite, for a file that may go, come back or break while the site runs."""
