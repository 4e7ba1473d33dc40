"""A private Radicale on loopback: a calendar store that is not ours."""

import contextlib
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.servers.ports import free_port

TRIES = 400


@dataclass(frozen=True, kw_only=True)
class Radicale:
    """One calendar of one user."""

    url: str

    def put(self, name: str, calendar: bytes) -> int:
        """The status code; 201 = taken."""
        status, _ = self._ask("PUT", f"{name}.ics", calendar)
        return status

    def get(self, name: str) -> bytes:
        return self._ask("GET", f"{name}.ics")[1]

    def found(self, start: str, end: str) -> str:
        """What a client gets that asks for a stretch of time (RFC 4791 §7.8), both in the basic form in UTC."""
        query = (
            '<c:calendar-query xmlns:d="DAV:" xmlns:c="urn:ietf:params:xml:ns:caldav"><d:prop><c:calendar-data/></d:prop>'
            f'<c:filter><c:comp-filter name="VCALENDAR"><c:comp-filter name="VEVENT"><c:time-range start="{start}" end="{end}"/>'
            "</c:comp-filter></c:comp-filter></c:filter></c:calendar-query>"
        )
        return self._ask("REPORT", "", query.encode(), {"Depth": "1", "Content-Type": "application/xml"})[1].decode()

    def make(self) -> None:
        status, _ = self._ask("MKCALENDAR", "")
        assert status == 201

    def _ask(
        self, method: str, name: str, body: bytes | None = None, headers: dict[str, str] | None = None
    ) -> tuple[int, bytes]:
        given = headers or {"Content-Type": "text/calendar; charset=utf-8"}
        request = urllib.request.Request(f"{self.url}{name}", data=body, method=method, headers=given)
        request.add_header("Authorization", "Basic YWRhOmFkYQ==")
        try:
            with urllib.request.urlopen(request, timeout=20) as answer:
                return answer.status, answer.read()
        except urllib.error.HTTPError as error:
            return error.code, error.read()


@contextlib.contextmanager
def running(folder: Path) -> Iterator[Radicale]:
    """Up within a second or two; gone afterwards."""
    port = free_port()
    settings = (
        f"--server-hosts=127.0.0.1:{port}",
        "--auth-type=none",
        "--storage-type=multifilesystem_nolock",
        f"--storage-filesystem-folder={folder}",
        "--rights-type=owner_only",
        "--logging-level=error",
    )
    process = subprocess.Popen(
        [sys.executable, "-m", "radicale", "--config", "", *settings], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    )
    try:
        server = Radicale(url=f"http://127.0.0.1:{port}/ada/mentoring/")
        _wait(port, process)
        server.make()
        yield server
    finally:
        process.terminate()
        process.wait(timeout=10)
        if process.stderr:
            process.stderr.close()


def _wait(port: int, process: "subprocess.Popen[bytes]") -> None:
    for _ in range(TRIES):
        if process.poll() is not None:
            raise OSError(f"radicale ended: {process.stderr.read().decode()[-500:] if process.stderr else ''}")
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/.web/", timeout=5):
                return
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.05)
    raise OSError(f"nobody listens on port {port}")
