"""A second opinion on the double of Exchange: DavMail, another program that talks to it, understands it as well."""

import base64
import contextlib
import http.client
import imaplib
import shutil
import smtplib
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from coordinator.backends import open_calendar
from tests.backends.mailboxes import mail, on_exchange
from tests.backends.test_exchange_calendar import MEETING, UID
from tests.servers.exchange import PASSWORD, Double
from tests.servers.ports import free_port, wait_for

pytestmark = pytest.mark.server
JAR = Path("/usr/share/davmail/davmail.jar")
OURS = "mentoring@example.org"


@dataclass(frozen=True, kw_only=True)
class DavMail:
    imap: int
    smtp: int
    caldav: int


@contextlib.contextmanager
def running(folder: Path, endpoint: str) -> Iterator[DavMail]:
    ports = DavMail(imap=free_port(), smtp=free_port(), caldav=free_port())
    settings = folder / "davmail.properties"
    settings.write_text(
        f"davmail.server=true\ndavmail.mode=EWS\ndavmail.url={endpoint}\ndavmail.imapPort={ports.imap}\n"
        f"davmail.smtpPort={ports.smtp}\ndavmail.caldavPort={ports.caldav}\ndavmail.bindAddress=127.0.0.1\n"
        f"davmail.disableUpdateCheck=true\ndavmail.logFilePath={folder}/davmail.log\nlog4j.rootLogger=WARN\n"
    )
    java = ["java", "-Xmx256m", "-Djava.awt.headless=true", "-jar", str(JAR), "-server", str(settings)]
    process = subprocess.Popen(java, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        wait_for(ports.imap)
        yield ports
    finally:
        process.terminate()
        process.wait(timeout=20)


def test_another_program_reads_sends_and_sees_the_same_meeting(exchange_server: Double, tmp_path: Path) -> None:
    if not JAR.is_file() or shutil.which("java") is None:
        pytest.skip("DavMail is not installed")
    ours = on_exchange(exchange_server, "mentoring").settings
    exchange_server.deliver(OURS, mail(1))
    exchange_server.deliver(OURS, mail(2))
    with open_calendar("exchange", ours) as calendar:
        calendar.book(MEETING)
    with running(tmp_path, exchange_server.endpoint) as davmail:
        assert fetched(davmail) == [mail(1), mail(2)]
        with smtplib.SMTP("127.0.0.1", davmail.smtp, timeout=60) as smtp:
            smtp.login(OURS, PASSWORD)
            smtp.sendmail(OURS, ["ada@example.com"], mail(3))
        event = events(davmail)
    assert [to for _, to, _ in exchange_server.sent if to == "ada@example.com"] == ["ada@example.com"]
    assert UID in event.replace("\n ", "").replace("\r\n ", "")
    assert "Maya &amp; Mona" in event


def fetched(davmail: DavMail) -> list[bytes]:
    connection = imaplib.IMAP4("127.0.0.1", davmail.imap, timeout=60)
    connection.login(OURS, PASSWORD)
    connection.select("INBOX")
    found = [part[1] for part in connection.uid("fetch", "1:*", "(BODY.PEEK[])")[1] if isinstance(part, tuple)]
    connection.logout()
    return found


def events(davmail: DavMail) -> str:
    """What a calendar program gets by CalDAV (RFC 4791)."""
    question = (
        '<?xml version="1.0"?><c:calendar-query xmlns:d="DAV:" xmlns:c="urn:ietf:params:xml:ns:caldav"><d:prop>'
        '<d:getetag/><c:calendar-data/></d:prop><c:filter><c:comp-filter name="VCALENDAR">'
        '<c:comp-filter name="VEVENT"/></c:comp-filter></c:filter></c:calendar-query>'
    )
    login = base64.b64encode(f"{OURS}:{PASSWORD}".encode()).decode()
    connection = http.client.HTTPConnection("127.0.0.1", davmail.caldav, timeout=60)
    headers = {"Authorization": f"Basic {login}", "Depth": "1", "Content-Type": "text/xml"}
    connection.request("REPORT", f"/users/{OURS}/calendar/", question, headers)
    return connection.getresponse().read().decode()
