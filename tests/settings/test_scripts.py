"""What script/server and script/setup say when something that they need is not there, and what
everything gives a process that starts one."""

import os
import re
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

CHECKOUT = Path(__file__).resolve().parent.parent.parent


def run_server(port: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["bash", CHECKOUT / "script" / "server"],
        env=os.environ | {"PORT": port},
        capture_output=True,
        text=True,
    )


def test_the_server_does_not_begin_when_its_port_is_taken() -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        said = run_server(str(port))

    assert said.returncode == 1
    assert said.stdout == ""
    assert said.stderr.startswith(f"Port {port} is taken: ")


@pytest.mark.parametrize("port", ["http", "0", "65536", "80 80", "-1"])
def test_the_server_refuses_what_is_no_port(port: str) -> None:
    said = run_server(port)

    assert said.returncode == 1
    assert said.stdout == ""
    assert said.stderr == f"PORT is not a port's number: {port}\n"


@pytest.mark.parametrize(
    "starter",
    ["script/server", "Dockerfile", "deploy/systemd/world-in-movies-web.service",
     "deploy/systemd/world-in-movies-worker.service"],
)  # fmt: skip
def test_whatever_starts_the_service_gives_its_threads_one_heap(starter: str) -> None:
    lines = (CHECKOUT / starter).read_text().splitlines()

    assert [line for line in lines if re.fullmatch(r"[^#]*\bMALLOC_ARENA_MAX=1", line)]


class BareMachine:
    """A fresh checkout, and a PATH with nothing but what Debian always has."""

    def __init__(self, folder: Path) -> None:
        self.checkout = folder / "checkout"
        self.path = folder / "bin"
        (self.checkout / "script").mkdir(parents=True)
        self.path.mkdir()
        for name in ("script/setup", "requirements.txt", "requirements-dev.txt"):
            shutil.copy(CHECKOUT / name, self.checkout / name)
        for name in ("bash", "cat", "cksum", "dirname", "grep"):
            (self.path / name).symlink_to(shutil.which(name) or name)

    def add_python(self, name: str, lacking: str) -> None:
        """A Python that fails as soon as it is given code with the word `lacking`."""
        program = self.path / name
        program.write_text(
            f'#!/bin/bash\n[[ "$*" != *{lacking}* ]] && exec {sys.executable} "$@"\n'
        )
        program.chmod(0o755)

    def set_up(self) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [self.path / "bash", self.checkout / "script" / "setup", "test"],
            env={"PATH": str(self.path)},
            capture_output=True,
            text=True,
        )


@pytest.fixture
def machine(tmp_path: Path) -> BareMachine:
    return BareMachine(tmp_path)


def test_a_machine_without_python_is_told_what_to_install(machine: BareMachine) -> None:
    said = machine.set_up()

    assert said.returncode == 1
    assert said.stderr == (
        "Python 3.11 or newer is needed, and the PATH has none "
        "(Debian: apt-get install python3-venv).\n"
    )


def test_an_old_python_is_no_python(machine: BareMachine) -> None:
    machine.add_python("python3", lacking="version_info")

    said = machine.set_up()

    assert said.returncode == 1
    assert said.stderr.startswith("Python 3.11 or newer is needed")


def test_a_python_without_its_venv_module_is_named_with_the_package(machine: BareMachine) -> None:
    machine.add_python("python3.12", lacking="venv")

    said = machine.set_up()

    assert said.returncode == 1
    assert (
        said.stderr == "python3.12 has no venv module (Debian: apt-get install python3.12-venv).\n"
    )
    assert not (machine.checkout / ".venv").exists()
