"""Parts of a service that are killed, with all of their processes, and brought back."""

import os
import signal
import subprocess
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Protocol

from tools.ports import is_listening
from tools.postgres import EmbeddedPostgres
from tools.proofs.databases import CHECKOUT

ENDING_SECONDS = 15.0


class Part(Protocol):
    """What can be killed, and started again."""

    def start(self) -> object: ...

    def is_up(self) -> bool:
        """Whether it can be asked."""
        ...

    def kill(self) -> None: ...

    def stop(self) -> None: ...


class Program:
    """A program that listens at an address, with its children, which are a group of processes."""

    def __init__(
        self, command: Sequence[str], environment: Mapping[str, str], log: Path, address: str
    ) -> None:
        self._address = address
        self._command = list(command)
        self._environment = dict(environment)
        self._log = log
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(  # noqa: S603
                self._command,
                cwd=CHECKOUT,
                env=self._environment,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def is_up(self) -> bool:
        host, _, port = self._address.partition(":")
        return is_listening(int(port), host)

    def kill(self) -> None:
        if self._process is not None:
            with suppress(ProcessLookupError):
                os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()

    def stop(self) -> None:
        if self._process is not None:
            self._process.terminate()
            with suppress(subprocess.TimeoutExpired):
                self._process.wait(ENDING_SECONDS)
        self.kill()


class Server:
    """A PostgreSQL, all of whose processes die at once as they do when a machine does."""

    def __init__(self, server: EmbeddedPostgres) -> None:
        self._server = server

    def start(self) -> None:
        self._server.start()

    def is_up(self) -> bool:
        return self._server.is_listening()

    def kill(self) -> None:
        if first := self._server.pid:
            for number in [*children(first), first]:
                with suppress(ProcessLookupError):
                    os.kill(number, signal.SIGKILL)
        while self._server.is_listening():
            time.sleep(0.01)

    def stop(self) -> None:
        self._server.stop()


def children(parent: int) -> list[int]:
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            # Behind the program's name, which may have anything in it.
            fields = (process / "stat").read_text().rpartition(")")[2].split()
            if int(fields[1]) == parent:
                found.append(int(process.name))
    return found
