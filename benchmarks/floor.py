"""The least that a tick can cost: the same mails in, as many and as large ones out, the fastest honest way.

It reads no answer, decides nothing and keeps no journal: `python -m benchmarks.floor FOLDER MAILS INVITES` prints JSON.
"""

import binascii
import json
import os
import re
import socket
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from benchmarks.measure import Phases, peak_mb

PHASES = ("start", "connect", "fetch", "parse", "state", "write letters", "send", "copies", "put away")
BATCH = 100
TOKEN = re.compile(r"mentoring\+([a-z2-7]+)@")
LETTERS = ("letter.txt", "letter.html")
"""The text and the HTML of an invitation as the product writes them, with holes."""

LINES = (
    "1. How do you like to talk? – email",
    "2. A few lines about you? – Mostly I want to get better at speaking up in meetings. My manager says the same.",
    "3. What do you expect, and what may be expected … – I came to this field late, after ten years in another one.",
    "4. What would you like to take away yourself? – I am in my second year and thinking about what comes next.",
    "5. Where do you two differ in a way that may matter? – I came to this field late, and would like to find my feet.",
)
EVENT = (
    "BEGIN:VCALENDAR\r\nPRODID:-//coordinator//EN\r\nVERSION:2.0\r\nMETHOD:REQUEST\r\nBEGIN:VEVENT\r\n"
    "UID:{ref}@example.org\r\nDTSTAMP:20260303T150000Z\r\nDTSTART:20260310T170000Z\r\nDTEND:20260310T174500Z\r\n"
    "SUMMARY:Mentoring: {me} and {partner}\r\nORGANIZER;CN=Elm mentoring:mailto:mentoring@example.org\r\n"
    "ATTENDEE;ROLE=REQ-PARTICIPANT;PARTSTAT=NEEDS-ACTION;RSVP=TRUE;CN={me}:mailto:{address}\r\n"
    "ATTENDEE;ROLE=REQ-PARTICIPANT;PARTSTAT=NEEDS-ACTION;RSVP=TRUE;CN={partner}:mailto:partner@example.com\r\n"
    "SEQUENCE:0\r\nSTATUS:CONFIRMED\r\nLOCATION:\r\nDESCRIPTION:{lines}\r\nTRANSP:OPAQUE\r\nCLASS:PUBLIC\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
)


def main(folder: str, mails: str, invites: str) -> None:
    phases = Phases()
    began = time.perf_counter()
    figures = _tick(phases, Path(folder), int(mails), int(invites))
    phases.seconds.pop("the rest", None)
    spent = {"seconds": time.perf_counter() - began, "cpu": time.process_time(), "peak_mb": peak_mb()}
    print(json.dumps({**spent, "phases": phases.seconds, **figures}))


def _tick(phases: Phases, folder: Path, mails: int, invites: int) -> dict[str, int]:
    with phases.phase("start"):
        import imaplib
        import tomllib

        import jinja2
        import orjson

        values = tomllib.loads((folder / "config.toml").read_text())
        here = Path(__file__).parent
        pages = [
            jinja2.Environment(autoescape=name.endswith("html")).from_string((here / name).read_text(encoding="utf-8"))
            for name in LETTERS
        ]
    with phases.phase("connect"):
        inbox = values["inbox"]
        imap = imaplib.IMAP4(inbox["host"], inbox["port"])
        imap.login(inbox["username"], (folder / inbox["password_file"]).read_text())
        imap.select("INBOX")
    with phases.phase("fetch"):
        uids = imap.uid("SEARCH", "ALL")[1][0].split()
    with phases.phase("state"):
        path = folder / "state" / "cohort.json"
        state = orjson.loads(path.read_bytes())
    with phases.phase("send"):
        smtp = Smtp(values["outbox"]["host"], values["outbox"]["port"])
    done = sent = 0
    for start in range(0, len(uids), BATCH):
        some = uids[start : start + BATCH]
        with phases.phase("fetch"):
            raws = [
                part[1] for part in imap.uid("FETCH", b",".join(some).decode(), "(BODY.PEEK[])")[1] if len(part) > 1
            ]
        with phases.phase("parse"):
            read = [_read(raw) for raw in raws if isinstance(raw, bytes)]
        done += len(read)
        number = mails * done // len(uids) - sent
        with phases.phase("write letters"):
            out = [_mail(pages, f"person{at}@example.com", sent + at < invites, sent + at) for at in range(number)]
        with phases.phase("state"):
            _answered(state, read)
            _replaced(path.with_name("floor.json"), orjson.dumps(state))
        with phases.phase("send"):
            smtp.send(out)
        with phases.phase("copies"):
            _append(imap, [raw for _, raw in out])
        with phases.phase("put away"):
            imap.uid("MOVE", f"{some[0].decode()}:{some[-1].decode()}", "Processed")
        sent += number
    with phases.phase("connect"):
        imap.logout()
        smtp.close()
    return {"read": done, "sent": sent, "invites": min(invites, sent)}


def _read(raw: bytes) -> tuple[str, str, str]:
    """Token, sender, and the text down to the first quoted line."""
    from email import message_from_bytes

    message = message_from_bytes(raw)
    token = TOKEN.search(message["To"] or "")
    text = ""
    for part in message.walk():
        if part.get_content_maintype() == "text":
            payload = part.get_payload(decode=True)
            assert isinstance(payload, bytes)
            text = payload.decode(part.get_content_charset("utf-8"), "replace")
            break
    lines: list[str] = []
    for line in text.splitlines():
        if line.startswith(">") or line.endswith("wrote:"):
            break
        lines.append(line)
    return token.group(1) if token else "", message["From"], "\n".join(lines).strip()


def _answered(state: dict[str, Any], read: Sequence[tuple[str, str, str]]) -> None:
    """A change to a letter and an outbox row for each reply."""
    tokens = {row.get("token"): row for row in state["letters"].values()}
    for token, sender, text in read:
        row = tokens.get(token)
        if row is not None:
            row["state"], row["answer"], row["version"] = "answered", text[:200], row.get("version", 0) + 1
        queue = state.setdefault("outbox", {})
        queue[str(len(queue) + 1)] = {"to": sender, "ref": token, "state": "queued"}


def _replaced(path: Path, content: bytes) -> None:
    fresh = path.with_name(path.name + ".new")
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    os.write(descriptor, content)
    os.fsync(descriptor)
    os.close(descriptor)
    fresh.replace(path)
    descriptor = os.open(path.parent, os.O_RDONLY)
    os.fsync(descriptor)
    os.close(descriptor)


def _mail(pages: Sequence[Any], address: str, is_invite: bool, number: int) -> tuple[str, bytes]:
    ref = f"{number:026d}"
    values = {
        "me": f"Person {number}",
        "partner": "Jörg Ångström",
        "when": "Mon 16 March 2026, 17:00 (Chicago)",
        "minutes": 45,
        "lines": LINES,
        "advisor": "Advisor Ashdown",
        "advisor_address": "advisor@example.com",
        "sender": "Elm mentoring",
        "program": "Six months of mentoring",
        "ref": ref,
    }
    parts = [
        (b"text/plain; charset=utf-8", pages[0].render(values).encode()),
        (b"text/html; charset=utf-8", pages[1].render(values).encode()),
    ]
    if is_invite:
        event = EVENT.format(
            lines="\\n".join(LINES), ref=ref, me=values["me"], partner=values["partner"], address=address
        )
        parts.append((b"text/calendar; charset=utf-8; method=REQUEST", event.encode()))
        parts.append((b'application/ics; name="invite.ics"', event.encode()))
    edge = b"=_%026d" % number
    head = (
        f"From: Elm mentoring <mentoring@example.org>\r\nTo: {values['me']} <{address}>\r\nSubject: Your meeting\r\n"
        f"Date: Tue, 03 Mar 2026 15:00:00 +0000\r\nMessage-ID: <{ref}@example.org>\r\nMIME-Version: 1.0\r\n"
        f"Reply-To: mentoring+{ref}@example.org\r\nAuto-Submitted: auto-generated\r\n"
    ).encode()
    body = b"".join(
        b"--%b\r\nContent-Type: %b\r\nContent-Transfer-Encoding: base64\r\n\r\n%b\r\n" % (edge, kind, _base64(content))
        for kind, content in parts
    )
    kind = b'Content-Type: multipart/alternative; boundary="%b"\r\n\r\n' % edge
    return address, b"%b%b%b--%b--\r\n" % (head, kind, body, edge)


def _base64(content: bytes) -> bytes:
    text = binascii.b2a_base64(content, newline=False)
    return b"\r\n".join(text[at : at + 76] for at in range(0, len(text), 76))


def _append(imap: Any, raws: Sequence[bytes]) -> None:
    """All in one command (RFC 3502), its literals without waiting (RFC 7888)."""
    if not raws:
        return
    literals = b"".join(b" (\\Seen) {%d+}\r\n%b" % (len(raw), raw) for raw in raws)
    imap.send(b"A1 APPEND Sent" + literals + b"\r\n")
    while not (line := imap.readline()).startswith(b"A1 "):
        pass
    if not line.startswith(b"A1 OK"):
        raise RuntimeError(line.decode())


class Smtp:
    """One connection on which the next mail's commands follow the dot of the last (RFC 2920)."""

    def __init__(self, host: str, port: int) -> None:
        self._socket = socket.create_connection((host, port))
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._lines = self._socket.makefile("rb")
        self._reply()
        self._socket.sendall(b"EHLO localhost\r\n")
        self._reply()

    def send(self, mails: Sequence[tuple[str, bytes]]) -> None:
        waiting = b""
        for address, raw in mails:
            envelope = b"MAIL FROM:<mentoring@example.org>\r\nRCPT TO:<%b>\r\nDATA\r\n" % address.encode()
            self._socket.sendall(waiting + envelope)
            codes = [self._reply() for _ in range(4 if waiting else 3)]
            if codes[-1] != 354:
                raise RuntimeError(str(codes))
            waiting = raw + b".\r\n"
        if waiting:
            self._socket.sendall(waiting)
            self._reply()

    def close(self) -> None:
        self._socket.sendall(b"QUIT\r\n")
        self._socket.close()

    def _reply(self) -> int:
        for line in iter(self._lines.readline, b""):
            if line[3:4] == b" ":
                return int(line[:3])
        raise ConnectionError


if __name__ == "__main__":
    main(*sys.argv[1:4])
