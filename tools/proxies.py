"""The proxies of deploy/ in front of sites on this machine: what they are started with."""

import os
import re
from collections.abc import Sequence
from pathlib import Path

from tools.postgres import CHECKOUT

NGINX = """
user {user}; daemon off; pid {folder}/nginx.pid; error_log {folder}/nginx.log;
events {{ worker_connections {connections}; }}
http {{ access_log off; include {folder}/site.conf; }}
"""
# Where Debian has what only root is thought to start.
PATH = f"{os.environ['PATH']}:/usr/sbin"


def nginx_command(
    folder: Path, address: str, sites: Sequence[str], *, connections: int = 1024
) -> list[str]:
    """nginx at `host:port` with deploy/nginx.conf, in front of sites each at such an address; its
    files are in the folder."""
    text = (CHECKOUT / "deploy/nginx.conf").read_text()
    [server] = re.findall(r"^ *server 127\.0\.0\.1:8000.*;\n", text, re.M)
    servers = "".join(server.replace("127.0.0.1:8000", site) for site in sites)
    replacements = {
        "listen 80;": f"listen {address};",
        server: servers,
        "/var/cache/nginx/world-in-movies": f"{folder}/cached",
    }
    (folder / "site.conf").write_text(replaced(text, replacements))
    user = Path("/proc/self").owner()
    configuration = NGINX.format(folder=folder, user=user, connections=connections)
    (folder / "nginx.conf").write_text(configuration)
    return ["nginx", "-p", str(folder), "-c", f"{folder}/nginx.conf"]


def varnish_command(folder: Path, address: str, site: str) -> list[str]:
    """Varnish at `host:port` with deploy/varnish.vcl, in front of one site."""
    host, _, port = site.partition(":")
    text = (CHECKOUT / "deploy/varnish.vcl").read_text()
    here = {'.host = "127.0.0.1"': f'.host = "{host}"', '.port = "8000"': f'.port = "{port}"'}
    (folder / "site.vcl").write_text(replaced(text, here))
    options = ["-F", "-j", "none", "-T", "none", "-s", "malloc,32m", "-n", f"{folder}/work"]
    return ["varnishd", *options, "-f", f"{folder}/site.vcl", "-a", address]


def replaced(text: str, replacements: dict[str, str]) -> str:
    for ours, here in replacements.items():
        if ours not in text:
            raise ValueError(f"the configuration has no {ours!r} any longer")
        text = text.replace(ours, here)
    return text
