"""Prints the files that the user who runs this can read, and should not. The secrets are given, one a line."""

import os
import pwd
import sys

SKIPPED = {"/proc", "/sys", "/dev"}
secrets = [line.encode() for line in sys.stdin.read().splitlines()]
site = pwd.getpwnam("focushelp").pw_uid
read = 0
for folder, folders, files in os.walk("/"):
    folders[:] = [name for name in folders if os.path.join(folder, name) not in SKIPPED]
    for path in (os.path.join(folder, name) for name in files):
        if os.path.islink(path) or not os.path.isfile(path):
            continue
        try:
            with open(path, "rb") as file:
                text = file.read()
                owner = os.fstat(file.fileno()).st_uid
        except OSError:
            continue
        read += 1
        if owner == site or any(secret in text for secret in secrets):
            print(path)
print(f"{read} files can be read.")
