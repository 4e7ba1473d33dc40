"""A server that says what it was told to say, whatever the client does, and remembers every byte it heard."""

import contextlib
import socket
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

HANG_UP = b"<hang up>"
"""At the end of an answer: what stands before it is sent, then the connection is closed."""

Answer = Callable[[bytes], bytes]
"""From a line of the client to what is sent back."""


@dataclass(kw_only=True)
class Scripted:
    port: int
    host: str = "127.0.0.1"
    heard: bytearray = field(default_factory=bytearray)


@contextlib.contextmanager
def running(greeting: bytes, answer: Answer) -> Iterator[Scripted]:
    """One conversation after another, until the block ends."""
    listener = socket.create_server(("127.0.0.1", 0))
    server = Scripted(port=listener.getsockname()[1])

    def serve() -> None:
        with contextlib.suppress(OSError):
            while True:
                connection, _ = listener.accept()
                with connection, contextlib.suppress(OSError):
                    _converse(connection, greeting, answer, server.heard)

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        with contextlib.suppress(OSError):
            listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        thread.join(timeout=10)


def _converse(connection: socket.socket, greeting: bytes, answer: Answer, heard: bytearray) -> None:
    connection.settimeout(10)
    connection.sendall(greeting.removesuffix(HANG_UP))
    if greeting.endswith(HANG_UP):
        return
    with connection.makefile("rb") as lines:
        for line in lines:
            heard.extend(line)
            said = answer(line)
            connection.sendall(said.removesuffix(HANG_UP))
            if said.endswith(HANG_UP):
                return
