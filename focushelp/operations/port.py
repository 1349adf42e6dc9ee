"""Runs granian if nothing else serves at its --host and --port, else ends with one line; without a command, only looks:

    python -m focushelp.operations.port granian --port 8000 …

Workers of granian bind their port beside each other, and so beside those of another server; the two would answer in
turn.
"""

import os
import socket
import sys
from argparse import ArgumentParser


def reserve(host: str, port: int) -> socket.socket | None:
    """Raise OSError if the port is in use. On Linux the socket that is returned reserves it until all processes that
    have inherited it have ended: workers bind the port seconds later."""
    family, *_rest, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    socket.create_server(address[:2], family=family).close()
    if sys.platform != "linux":
        return None  # granian binds the port before it starts workers
    reserved = socket.socket(socket.AF_UNIX)
    reserved.bind(f"\0focus-help {host} {port}")  # a name without a file, which the kernel forgets by itself
    reserved.set_inheritable(True)
    return reserved


if __name__ == "__main__":
    parser = ArgumentParser(prog="deploy/serve", add_help=False, allow_abbrev=False)
    parser.add_argument("--host", default=os.environ.get("GRANIAN_HOST", "127.0.0.1"))
    parser.add_argument("--port", type=int, default=os.environ.get("GRANIAN_PORT", "8000"))
    asked = parser.parse_known_args()[0]
    try:
        reserved = reserve(asked.host, asked.port)
    except (OSError, OverflowError) as error:
        reason = str(getattr(error, "strerror", error)).partition(" (")[0]
        sys.exit(f"focushelp: {asked.host}, port {asked.port} cannot be used: {reason}.")
    if command := [each for each in sys.argv[1:2] if not each.startswith("-")]:
        os.execvp(command[0], sys.argv[1:])  # noqa: S606
