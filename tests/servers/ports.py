"""Free ports on loopback, and waiting until somebody listens there."""

import select
import socket

TRIES = 3000


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def wait_for(port: int) -> None:
    """Until the server greets; OSError when it does not within some seconds."""
    for _ in range(TRIES):
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=5) as connection:
                if connection.recv(1):
                    return
        except ConnectionError:
            pass
        select.select([], [], [], 0.01)
    raise OSError(f"nobody listens on port {port}")
