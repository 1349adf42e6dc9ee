#!/usr/bin/env python
import os
import sys

from django.core.management import execute_from_command_line

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "focushelp.settings")
    if "collectstatic" not in sys.argv[1:2]:  # static files are public, and the server may run as another user
        os.umask(0o077)  # what other commands make is for its owner only: the database, backups, pages
    execute_from_command_line(sys.argv)
