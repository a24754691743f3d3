"""gunicorn's worker with threads, one more of which is for /healthz alone."""

import socket
import struct
import time
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from selectors import EVENT_READ

from gunicorn.workers.gthread import (  # type: ignore[import-untyped]
    DEFAULT_WORKER_DATA_TIMEOUT,
    TConn,
    ThreadWorker,
)

# How long a connection may be silent in the middle of a request or of its answer: what the kernel
# holds against whoever takes a thread and says nothing. Uploads have limits of their own.
SILENCE_SECONDS = 5
QUESTIONS = (b"GET /healthz HTTP/", b"HEAD /healthz HTTP/")
# How long a busy process leaves a new connection to the others: each listens on the same socket.
YIELD_SECONDS = 0.001
END_OF_HEAD = b"\r\n\r\n"
# The most that is looked at to tell /healthz: the heads of those who watch over it are short.
HEAD_BYTES = 4096
# The longest head that is waited for without a thread; a longer one ends the connection.
LONGEST_HEAD = 64 * 1024


class HealthzWorker(ThreadWorker):  # type: ignore[misc]
    """Answers /healthz however many of its threads wait for PostgreSQL, or for slow senders.

    A connection costs a thread only when its head has come whole: which thread, the head tells.
    """

    def init_process(self) -> None:
        self.healthz_pool = ThreadPoolExecutor(1, thread_name_prefix="healthz")
        self.closing_pool = ThreadPoolExecutor(self.cfg.threads, thread_name_prefix="closing")
        super().init_process()

    def accept(self, listener: socket.socket) -> None:
        if self.nr_conns - len(self.keepalived_conns) >= self.cfg.threads:
            time.sleep(YIELD_SECONDS)
        super().accept(listener)

    def enqueue_req(self, conn: TConn) -> None:
        """Hand a connection to a thread, or wait until what it asks has come whole."""
        if self.cfg.is_ssl:
            super().enqueue_req(conn)
            return
        head = read_ahead(conn)
        if len(head) >= LONGEST_HEAD:
            conn.close()
            self.forget_connection()
        elif END_OF_HEAD in head or has_ended(conn, head):
            self.hand_over(conn, self.healthz_pool if asks_for_healthz(head) else self.tpool)
        else:
            self.wait_for_more(conn, len(head) + 1)

    def hand_over(self, conn: TConn, pool: ThreadPoolExecutor) -> None:
        """A thread has it from here on, and the kernel watches that it is not silent."""
        limit_silence(conn.sock)
        conn.waited_for = conn.head_until = None
        pool.submit(self.handle, conn).add_done_callback(
            lambda future: self.method_queue.defer(self.finish_request, conn, future)
        )

    def wait_for_more(self, conn: TConn, size: int) -> None:
        """gunicorn's own way to wait without a thread, until there are so many bytes, or none
        will come; all in all no longer than it waits for the first, however many come singly."""
        conn.sock.setblocking(False)
        conn.sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVLOWAT, size)
        conn.waited_for = size
        if getattr(conn, "head_until", None) is None:
            conn.head_until = time.monotonic() + DEFAULT_WORKER_DATA_TIMEOUT
        conn.timeout = conn.head_until
        self.pending_conns.append(conn)
        on_readable = partial(self.on_pending_socket_readable, conn)
        self.poller.register(conn.sock, EVENT_READ, on_readable)

    def finish_request(self, conn: TConn, future: Future[object]) -> None:
        """Close a connection that is done with in a thread: it waits up to two seconds for the
        other side to close it too, and gunicorn would have all others wait with it."""
        if future.cancelled() or future.exception() or future.result():
            super().finish_request(conn, future)
            return
        self.closing_pool.submit(conn.close, graceful=True).add_done_callback(
            lambda _: self.method_queue.defer(self.forget_connection)
        )

    def forget_connection(self) -> None:
        self.nr_conns -= 1


def read_ahead(conn: TConn) -> bytes:
    """What has come of a request's head, left where it is for the thread that will read it."""
    if conn.parser is not None and (kept := conn.parser.unreader.buf.getvalue()):
        # Sent at once with the request before it, and read by gunicorn already.
        return bytes(kept) + END_OF_HEAD
    head = b""
    for size in (HEAD_BYTES, LONGEST_HEAD):
        with suppress(OSError):  # nothing yet, or it has gone
            head = conn.sock.recv(size, socket.MSG_PEEK | socket.MSG_DONTWAIT)
        if len(head) < size or END_OF_HEAD in head:
            break
    return head


def has_ended(conn: TConn, head: bytes) -> bool:
    """Whether nothing more will come: woken for a certain number of bytes, there are fewer."""
    return conn.data_ready and len(head) < (getattr(conn, "waited_for", None) or 1)


def limit_silence(connection: socket.socket) -> None:
    interval = struct.pack("@ll", SILENCE_SECONDS, 0)
    for option in (socket.SO_RCVTIMEO, socket.SO_SNDTIMEO):
        connection.setsockopt(socket.SOL_SOCKET, option, interval)
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVLOWAT, 1)


def asks_for_healthz(head: bytes) -> bool:
    """Whether /healthz is all that it asks."""
    return head.startswith(QUESTIONS) and len(head) < HEAD_BYTES
