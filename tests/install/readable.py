"""Prints the files that the user who runs this can read, and should not. The secrets are given, one a line."""

import os
import pwd
import sys
from pathlib import Path

SKIPPED = {"/proc", "/sys", "/dev"}

secrets = [line.encode() for line in sys.stdin.read().splitlines()]
site = pwd.getpwnam("focushelp").pw_uid
read = 0
for folder, folders, files in os.walk("/"):
    folders[:] = [name for name in folders if str(Path(folder, name)) not in SKIPPED]
    for path in (Path(folder, name) for name in files):
        try:
            if path.is_symlink() or not path.is_file():
                continue
            text, owner = path.read_bytes(), path.stat().st_uid
        except OSError:
            continue
        read += 1
        if owner == site or any(secret in text for secret in secrets):
            print(path)
print(f"{read} files can be read.")
