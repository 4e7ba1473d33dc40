"""A wire between client and server that can be cut after any byte, slowed down, or made to lie about what is offered."""

import contextlib
import socket
import struct
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field

RESET = struct.pack("ii", 1, 0)
"""Closing so throws away what was not delivered yet, as a broken line does."""


@dataclass(kw_only=True)
class Proxy:
    """down: bytes that the server said so far; up: those of the client; over all connections since `whole`.

    cut: (direction, number of bytes) after which every connection ends, None = never. pause: seconds before each byte
    of the server. hidden: a word that is struck out of what the server offers.
    """

    upstream: int
    port: int = 0
    host: str = "127.0.0.1"
    cut: tuple[str, int] | None = None
    pause: float = 0.0
    hidden: bytes = b""
    said: dict[str, bytearray] = field(default_factory=lambda: {"down": bytearray(), "up": bytearray()})
    lock: threading.Lock = field(default_factory=threading.Lock)
    open: list[socket.socket] = field(default_factory=list)

    def whole(self) -> None:
        """As good as new."""
        with self.lock:
            self.cut, self.pause, self.hidden = None, 0.0, b""
            self.said = {"down": bytearray(), "up": bytearray()}

    def allowed(self, direction: str, data: bytes) -> bytes:
        """What still passes of it; counted."""
        with self.lock:
            if self.cut is not None:
                which, most = self.cut
                left = most - len(self.said[which])
                data = data[: max(left, 0)] if which == direction or left <= 0 else data
            self.said[direction].extend(data)
            return data

    def is_cut(self) -> bool:
        with self.lock:
            return self.cut is not None and len(self.said[self.cut[0]]) >= self.cut[1]


@contextlib.contextmanager
def running(upstream: int) -> Iterator[Proxy]:
    """upstream: the port of the server behind it."""
    listener = socket.create_server(("127.0.0.1", 0))
    proxy = Proxy(upstream=upstream, port=listener.getsockname()[1])
    threads: list[threading.Thread] = []

    def serve() -> None:
        with contextlib.suppress(OSError):
            while True:
                client, _ = listener.accept()
                server = socket.create_connection(("127.0.0.1", upstream))
                # Else each short answer waits 40 ms for company.
                for each in (client, server):
                    each.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                proxy.open[:] = [each for each in proxy.open if each.fileno() >= 0] + [client, server]
                threads[:] = [thread for thread in threads if thread.is_alive()]
                first = threading.Semaphore(1)
                for arguments in ((server, client, "down"), (client, server, "up")):
                    thread = threading.Thread(target=_relay, args=(proxy, *arguments, first), daemon=True)
                    thread.start()
                    threads.append(thread)

    accepting = threading.Thread(target=serve, daemon=True)
    accepting.start()
    try:
        yield proxy
    finally:
        for each in (listener, *proxy.open):
            with contextlib.suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)
            each.close()
        for thread in (accepting, *threads):
            thread.join(timeout=10)


def _relay(
    proxy: Proxy, source: socket.socket, target: socket.socket, direction: str, first: threading.Semaphore
) -> None:
    """first: free until one direction has ended; the other then closes both ends."""
    with contextlib.suppress(OSError):
        while data := source.recv(65536):
            if proxy.hidden and direction == "down":
                data = data.replace(proxy.hidden, b"X" * len(proxy.hidden))
            if not _pass_on(proxy, target, direction, data):
                break
    broken = proxy.is_cut()
    for each in (source, target):
        with contextlib.suppress(OSError):
            if broken:
                each.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET)
            each.shutdown(socket.SHUT_RDWR)
    if broken or not first.acquire(blocking=False):
        source.close()
        target.close()


def _pass_on(proxy: Proxy, target: socket.socket, direction: str, data: bytes) -> bool:
    pieces = [data[n : n + 1] for n in range(len(data))] if proxy.pause and direction == "down" else [data]
    for piece in pieces:
        if proxy.pause and direction == "down":
            time.sleep(proxy.pause)
        passing = proxy.allowed(direction, piece)
        target.sendall(passing)
        if proxy.is_cut():
            return False
    return True
