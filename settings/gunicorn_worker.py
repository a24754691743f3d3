"""gunicorn's worker with threads, one more of which is for /healthz alone."""

import socket
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from selectors import EVENT_READ
from typing import Any

from gunicorn.workers.gthread import (  # type: ignore[import-untyped]
    DEFAULT_WORKER_DATA_TIMEOUT,
    TConn,
    ThreadWorker,
)

QUESTIONS = (b"GET /healthz HTTP/", b"HEAD /healthz HTTP/")
END_OF_HEAD = b"\r\n\r\n"
# The most that is looked at: the heads of those who watch over a service are short.
HEAD_BYTES = 4096


class HealthzWorker(ThreadWorker):  # type: ignore[misc]
    """Answers /healthz however many of its threads wait for PostgreSQL, or for slow senders.

    A connection costs a thread only from its first byte on: which thread, this byte tells.
    """

    def init_process(self) -> None:
        self.healthz_pool = ThreadPoolExecutor(1, thread_name_prefix="healthz")
        super().init_process()

    def enqueue_req(self, conn: TConn) -> None:
        """Hand a connection to a thread, or wait until it asks something."""
        if not (conn.initialized or conn.data_ready):
            self.wait_for_question(conn)
            return
        pool = self.healthz_pool if asks_for_healthz(conn.sock) else self.tpool
        pool.submit(self.handle, conn).add_done_callback(
            lambda future: self.method_queue.defer(self.finish_request, conn, future)
        )

    def wait_for_question(self, conn: TConn) -> None:
        """gunicorn's own way to wait without a thread, taken before any thread has waited."""
        conn.sock.setblocking(False)
        conn.timeout = time.monotonic() + DEFAULT_WORKER_DATA_TIMEOUT
        self.pending_conns.append(conn)
        on_readable = partial(self.on_pending_socket_readable, conn)
        self.poller.register(conn.sock, EVENT_READ, on_readable)


def asks_for_healthz(connection: Any) -> bool:
    """Whether /healthz is all that it asks, in a head that has come whole: nobody who sends
    slowly keeps the one thread waiting."""
    with suppress(OSError):
        head: bytes = connection.recv(HEAD_BYTES, socket.MSG_PEEK | socket.MSG_DONTWAIT)
        return head.startswith(QUESTIONS) and END_OF_HEAD in head
    return False
