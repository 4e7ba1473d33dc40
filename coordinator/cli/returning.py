"""Where a browser comes back to after a sign-in: one page on this machine, for one visitor."""

import http.server
import time
from types import TracebackType
from typing import Any, Self

from coordinator.errors import LoginError

_PAGE = "<!doctype html><meta charset=utf-8><title>Done</title><p>Done. You can close this window."


class Landing:
    """address: of the page. It listens while the block lasts."""

    def __init__(self) -> None:
        landed: list[str] = []

        class Page(http.server.BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                if "code=" in self.path or "error=" in self.path:
                    landed.append(self.path)
                body = _PAGE.encode()
                self.send_response(200)
                self.send_header("Content-Type", "text/html; charset=utf-8")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: Any) -> None:
                """Says nothing: the address holds the code."""

        self._landed = landed
        self._server = http.server.HTTPServer(("127.0.0.1", 0), Page)
        self.address = f"http://127.0.0.1:{self._server.server_address[1]}/"

    def wait(self, seconds: float) -> str:
        """The address that the browser came to. LoginError when it does not come in time."""
        until = time.monotonic() + seconds
        while not self._landed:
            self._server.timeout = until - time.monotonic()
            if self._server.timeout <= 0:
                raise LoginError("the browser did not come back in time – run coordinator login again, or with --paste")
            self._server.handle_request()
        return self._landed[0]

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.server_close()
