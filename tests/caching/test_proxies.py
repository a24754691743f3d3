"""The proxies of deploy/ in front of the site: tried where nginx and Varnish are installed."""

import shutil
import subprocess
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, ExitStack, contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
import requests

from tests.conftest import RunImport, eventually
from tests.serving import serving
from tools.ports import free_port, is_listening
from tools.proxies import nginx_command, varnish_command

pytestmark = pytest.mark.slow

PAGE = "/countries/GB/"
READERS = 50


@contextmanager
def running(command: list[str], port: int) -> Iterator[str]:
    """The address of a proxy that runs in the block."""
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        eventually(lambda: is_listening(port) or process.poll() is not None)
        assert process.poll() is None, command
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(timeout=60)


@contextmanager
def nginx(sites: str, folder: Path) -> Iterator[str]:
    """In front of one site, or of several with a blank in between."""
    port = free_port()
    command = nginx_command(folder, f"127.0.0.1:{port}", sites.split())
    with running(command, port) as address:
        yield address


@contextmanager
def varnish(site: str, folder: Path) -> Iterator[str]:
    port = free_port()
    with running(varnish_command(folder, f"127.0.0.1:{port}", site), port) as address:
        yield address


PROXIES = [
    pytest.param(proxy, marks=pytest.mark.skipif(not shutil.which(name), reason="not installed"))
    for name, proxy in (("nginx", nginx), ("varnishd", varnish))
]


@pytest.mark.parametrize("proxy", PROXIES)
def test_the_site_is_asked_once_for_each_edition_and_may_be_away(
    proxy: Callable[[str, Path], AbstractContextManager[str]],
    run_import: RunImport,
    database_url: str,
    tmp_path: Path,
) -> None:
    run_import("daily")
    log = tmp_path / "log"
    with ExitStack() as site, ExitStack() as front:
        url = site.enter_context(
            serving(log, DATABASE_URL=database_url, TRUSTED_PROXIES="1", API_RATE="")
        )
        address: str = front.enter_context(proxy(url.removeprefix("http://"), tmp_path))
        read_at_once(address)
        assert log.read_text().count(f'"GET {PAGE}"') == 1

        before = requests.get(address + PAGE, timeout=60).headers["ETag"]
        assert run_import("ranking").state == "succeeded"
        eventually(
            lambda: requests.get(address + PAGE, timeout=60).headers["ETag"] != before, seconds=60
        )
        read_at_once(address)
        assert log.read_text().count(f'"GET {PAGE}"') == 2

        site.close()
        read_at_once(address)
        packed = requests.get(address + PAGE, timeout=60)
        assert packed.headers["Content-Encoding"] == "gzip"
        assert "United Kingdom" in packed.text
        assert requests.post(f"{address}/api/v1/watched/", timeout=60).status_code in {502, 503}


@pytest.mark.skipif(not shutil.which("nginx"), reason="not installed")
def test_a_site_that_is_back_is_asked_when_the_other_goes(tmp_path: Path) -> None:
    first, second = free_port(), free_port()

    def answers(times: int) -> bool:
        found = [requests.get(f"{address}/{number}", timeout=60) for number in range(times)]
        return all(answer.ok for answer in found)

    with nginx(f"127.0.0.1:{first} 127.0.0.1:{second}", tmp_path) as address:
        with plain_site(second):
            assert answers(4)  # the first is away, and known to be
        with plain_site(first):
            eventually(lambda: answers(4), seconds=4)


@contextmanager
def plain_site(port: int) -> Iterator[None]:
    """Answers everything with nothing, in the block."""

    class Nothing(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Length", "0")
            self.end_headers()

    with ThreadingHTTPServer(("127.0.0.1", port), Nothing) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        try:
            yield
        finally:
            server.shutdown()
            thread.join()


def read_at_once(address: str) -> None:
    with ThreadPoolExecutor(READERS) as readers:
        found = readers.map(lambda _: requests.get(address + PAGE, timeout=60), range(READERS))
        assert {answer.status_code for answer in found} == {200}
