"""Mails that a grammar made, most of them wrong somewhere: real shapes, hostile ones, and both with bytes changed."""

import random
from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from functools import partial
from pathlib import Path

from coordinator.simulate import shapes
from tests.faults.chapter import ADDRESS
from tests.formats_mime.test_hostile import ODD, UNSAFE
from tests.formats_mime.test_identity import FORGED

DRAWER = Path(__file__).parents[1] / "mail" / "kinds"
EVIL = "eve@evil.example"
LARGEST = 300_000
"""Bytes of a hostile mail by day; at night there are larger ones too."""

SENDERS = (
    b"Maya <maya@example.com>",
    b"mona@example.com",
    EVIL.encode(),
    b"mailer-daemon@evil.example",
    b'"maya@example.com" <eve@evil.example>',
    b"=?utf-8?b?bWF5YUBleGFtcGxlLmNvbQ==?= <eve@evil.example>",
    b"mentoring@example.org",
    b"",
)
SUBJECTS = (b"Re: Meet Mona", b"STOP", b"HELP", b"=?utf-8?q?=C3=A9?=", b"Out of office", b"x" * 900, b"", b"fix 2: yes")
FIELDS = (
    b"Auto-Submitted: auto-replied",
    b"Precedence: bulk",
    b"List-Id: <list.evil.example>",
    b"Reply-To: eve@evil.example",
    b"Return-Path: <>",
    b"X-Coordinator-Role: advisor",
    b"Authentication-Results: mx.example.org; dmarc=pass header.from=example.com",
    b"Disposition-Notification-To: eve@evil.example",
    b"Return-Receipt-To: eve@evil.example",
    b"Date: Mon, 99 Foo 99999 99:99:99 +9999",
    b"Date: Tue, 10 Mar 2026 09:00:00 -0500",
    b"Resent-From: eve@evil.example",
    b"X-Folded: a\r\n\tb\r\n c",
)
TYPES = (
    b"text/plain; charset=utf-8",
    b"text/plain; charset=utf-7",
    b"text/plain; charset=unicode_escape",
    b"text/html; charset=windows-1252",
    b"text/calendar; method=REPLY",
    b"message/rfc822",
    b"message/delivery-status",
    b"application/ms-tnef; name=winmail.dat",
    b'application/zip; name="../../etc/passwd"',
    b"multipart/alternative",
    b"image/png",
    b";;;=",
)
ENCODINGS = (b"", b"7bit", b"8bit", b"base64", b"quoted-printable", b"x-uuencode")
BODIES = (
    b"1. a\r\n2. b, d\r\n",
    b"STOP\r\n",
    b"HELP\r\n\r\nPlease call.\r\n",
    b"yes\r\n\r\nOn Mon, somebody wrote:\r\n> 1. Did you meet?\r\n> 2. How long?\r\n",
    b"<div>1: yes</div><blockquote>2: no</blockquote><script>x()</script>",
    (
        b"BEGIN:VCALENDAR\r\nMETHOD:REPLY\r\nBEGIN:VEVENT\r\nUID:x\r\nRRULE:FREQ=SECONDLY\r\nDTSTART:99999999T999999Z\r\n"
        b"ATTENDEE;PARTSTAT=ACCEPTED:mailto:maya@example.com\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    ),
    b"Final-Recipient: rfc822; maya@example.com\r\nAction: failed\r\nStatus: 5.1.1\r\n",
    b"\x78\x9f\x3e\x22" + b"\x00" * 60,
    b"PK\x03\x04" + b"\x00" * 200,
    b">" * 3_000,
    b"On a\r\n" * 1_000,
    b"=ZZ=\r\n=",
    b"\xff\xfe\x80" * 50,
    "١٢٣ \u202egnihton\u202c\r\n".encode(),
    b"",
)


def bombs(number: int, letters: Sequence[bytes], *, seed: int, largest: int = LARGEST) -> list[bytes]:
    """So many mails, the same for a seed, no two alike. letters: mails of ours that some of them answer."""
    chance = random.Random(seed)
    hostile = [raw for raw in (*UNSAFE.values(), *ODD.values()) if len(raw) <= largest]
    forged = [line + b"To: %b\r\n\r\n1. a\r\n" % ADDRESS.encode() for line in FORGED]
    drawer = [path.read_bytes() for path in sorted(DRAWER.glob("*.eml"))]
    makers: Sequence[Callable[[], bytes]] = (
        lambda: built(chance, letters),
        lambda: built(chance, letters),
        lambda: real(chance, letters),
        lambda: chance.choice(hostile),
        lambda: chance.choice(forged),
        lambda: chance.choice(drawer),
    )
    found: dict[bytes, None] = {}
    while len(found) < number:
        raw = chance.choice(makers)()
        found[mutated(chance, raw) if chance.random() < 0.6 else raw] = None
    return list(found)


def built(chance: random.Random, letters: Sequence[bytes]) -> bytes:
    """A mail from the grammar."""
    token = _reply_to(chance.choice(letters)) if letters and chance.random() < 0.3 else ADDRESS.encode()
    lines = [
        b"From: " + chance.choice(SENDERS),
        b"To: " + chance.choice([token, b"mentoring+" + b"a" * 26 + b"@example.org", ADDRESS.encode()]),
        b"Subject: " + chance.choice(SUBJECTS),
        b"Message-ID: <bomb%d@evil.example>" % chance.randrange(10**9),
        *chance.sample(FIELDS, chance.randint(0, 4)),
    ]
    chance.shuffle(lines)
    return b"\r\n".join(lines) + b"\r\n" + part(chance, chance.randint(0, 4))


def part(chance: random.Random, depth: int) -> bytes:
    if depth and chance.random() < 0.6:
        boundary = b"b%d" % chance.randrange(100)
        inner = [part(chance, depth - 1) for _ in range(chance.randint(0, 4))]
        head = b'Content-Type: multipart/%b; boundary="%b"\r\n\r\n' % (
            chance.choice([b"mixed", b"alternative", b"report; report-type=delivery-status", b"related", b"signed"]),
            boundary,
        )
        closed = b"--" + boundary + b"--\r\n" if chance.random() < 0.8 else b""
        return head + b"".join(b"--" + boundary + b"\r\n" + each + b"\r\n" for each in inner) + closed
    encoding = chance.choice(ENCODINGS)
    head = b"Content-Type: " + chance.choice(TYPES) + b"\r\n"
    head += b"Content-Transfer-Encoding: " + encoding + b"\r\n" if encoding else b""
    return head + b"\r\n" + b"".join(chance.sample(BODIES, chance.randint(0, 3)))


def real(chance: random.Random, letters: Sequence[bytes]) -> bytes:
    """What a client or a machine would send back."""
    raw = chance.choice(letters)
    name = chance.choice(["maya", "mona", "milo"])
    sender = (name.title(), chance.choice([f"{name}@example.com", EVIL]))
    now = datetime.fromisoformat("2026-03-03T15:00+00:00") + timedelta(minutes=chance.randrange(10_000))
    makers = (
        partial(shapes.auto_reply, raw, sender=sender, now=now, until=date(2026, 3, 20)),
        partial(shapes.bounce, raw, now=now, status=chance.choice(["5.1.1", "4.2.2"])),
        *[
            partial(shapes.reply, raw, {1: "a"}, client=client, style="top", sender=sender, now=now)
            for client in ("thunderbird", "gmail_web", "outlook_web")
        ],
    )
    return chance.choice(makers)()


def _reply_to(raw: bytes) -> bytes:
    lines = [line for line in raw.split(b"\r\n") if line.lower().startswith(b"reply-to:")]
    return lines[0].partition(b":")[2].strip() if lines else ADDRESS.encode()


def mutated(chance: random.Random, raw: bytes) -> bytes:
    """The same with some bytes changed, doubled, cut out or cut off."""
    data = bytearray(raw)
    for _ in range(chance.randint(1, 8)):
        if not data:
            break
        at = chance.randrange(len(data))
        size = chance.choice([1, 2, 8, 60, 400])
        match chance.randrange(6):
            case 0:
                data[at] = chance.randrange(256)
            case 1:
                del data[at : at + size]
            case 2:
                data[at:at] = data[at : at + size]
            case 3:
                data[at:at] = chance.choice(
                    [b"\0", b"\r", b"\n", b"\r\n\r\n", b"From: x@evil.example\r\n", b"\xff", b"("]
                )
            case 4:
                data = data[: max(at, 1)] if chance.random() < 0.2 else data
            case _:
                data[at : at + 1] = chance.choice([b"\r\n ", b"=?utf-8?q?", b"&#x110000;", b"\x1b[2J", b"--b0\r\n"])
    return bytes(data)
