"""The files in deploy/: what can be checked without installing them. `make try-install` runs them."""

import re
from pathlib import Path

DEPLOY = Path(__file__).parents[1] / "deploy"


def test_settings_mean_the_same_to_systemd_and_to_a_shell() -> None:
    """Both take what stands in single quotes as it is; without quotes a shell reads & and $ otherwise."""
    lines = (DEPLOY / "focus-help.env").read_text().splitlines()
    settings = [line for line in lines if line and not line.startswith("#")]
    assert settings
    assert [line for line in settings if not re.fullmatch(r"[A-Z_]+='[^']*'", line)] == []


def test_nginx_listens_on_both_address_families_and_claims_no_default() -> None:
    """Debian's example site is the default server of port 80, and a port can have only one."""
    listens = re.findall(r"^\s*listen (\S+)(.*);", (DEPLOY / "nginx" / "focus-help.conf").read_text(), re.MULTILINE)
    ports = [port for port, _options in listens]
    assert ports.count("80") == ports.count("[::]:80") == 2
    assert ports.count("443") == ports.count("[::]:443") == 2
    assert not [options for _port, options in listens if "default_server" in options]
