"""Mail made to break a reader: each comes out as a message, soon, and says what was wrong with it."""

import resource

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coordinator.formats.headers import unsafe_reason
from coordinator.formats.mime import Own, envelope, parse

OWN = Own(address="program@chapter.example.org", domain="chapter.example.org", trusted_authserv_ids=("mx.example",))
HEAD = b"From: a@ok.example\r\nTo: program@chapter.example.org\r\nSubject: x\r\nMessage-ID: <1@ok.example>\r\n"


def multipart(boundary: bytes, *parts: bytes) -> bytes:
    head = b"Content-Type: multipart/mixed; boundary=" + boundary + b"\r\n\r\n"
    return head + b"".join(b"--" + boundary + b"\r\n" + part + b"\r\n" for part in parts) + b"--" + boundary + b"--\r\n"


def nested(depth: int) -> bytes:
    inner = b"Content-Type: text/plain\r\n\r\ndeep\r\n"
    for level in range(depth):
        inner = multipart(b"b%d" % level, inner)
    return HEAD + inner


UNSAFE = {
    "commas in From": b"From: " + b"," * 102_000 + b"\r\n\r\nx",
    "quotes in From": HEAD.replace(b"a@ok.example", b'"\\" ' * 25_000) + b"\r\nx",
    "10 KB From": b"From: " + b"a" * 10_000 + b"@ok.example\r\n\r\nx",
    "100,000 To lines": b"From: a@ok.example\r\n" + b"To: b@ok.example\r\n" * 100_000 + b"\r\nx",
    "600 lines of one field": HEAD + b"X-A: 1\r\n" + b" b\r\n" * 600 + b"\r\nx",
    "20,000 encoded words": HEAD + b"Comments: " + b"=?utf-8?q?a?= " * 20_000 + b"\r\n\r\nx",
    "20,000 parameters": HEAD + b"Content-Type: text/plain" + b"; a=b" * 20_000 + b"\r\n\r\nx",
    "a 20 KB subject": HEAD.replace(b": x", b": " + b"x" * 20_000) + b"\r\nx",
    "NUL in the headers": HEAD + b"X-A: a\x00b\r\n\r\nx",
    "100,000 parts": HEAD + b"Content-Type: multipart/mixed; boundary=b\r\n\r\n" + b"--b\r\n\r\n" * 100_000,
    "2,000 parts": HEAD + multipart(b"b", *[b"Content-Type: text/plain\r\n\r\nx"] * 2000),
    "500 levels": nested(500),
    "2,000 levels": nested(2000),
    "20 MB": HEAD + b"\r\n" + b"x" * 20_000_000,
    "two From lines": b"From: b@ok.example\r\n" + HEAD + b"\r\nx",
    "two subjects": HEAD + b"Subject: y\r\n\r\nx",
    "two dates": HEAD + b"Date: Mon, 10 Aug 2026 09:14:02 +0200\r\nDate: now\r\n\r\nx",
    "two Message-IDs": HEAD + b"Message-ID: <2@ok.example>\r\n\r\nx",
    "two Reply-To": HEAD + b"Reply-To: a@ok.example\r\nReply-To: b@evil.example\r\n\r\nx",
    "two Content-Types": HEAD + b"Content-Type: text/plain\r\nContent-Type: text/html\r\n\r\nx",
}

ODD = {
    "nothing": b"",
    "one line end": b"\n",
    "no headers": b"hello there\r\nthis is no mail\r\n",
    "only headers": HEAD,
    "comments in From": b"From: " + b"(" * 4000 + b"\r\n\r\nx",
    "comments in To": HEAD.replace(b"To: p", b"To: " + b"(" * 4000 + b"p") + b"\r\nx",
    "NUL in the body": HEAD + b"\r\nyes\x00 45m\r\n",
    "no boundary": HEAD + b"Content-Type: multipart/mixed\r\n\r\n--b\r\n\r\nx\r\n--b--\r\n",
    "a boundary that never comes": HEAD + b"Content-Type: multipart/mixed; boundary=zz\r\n\r\nyes\r\n",
    "an open boundary": HEAD + b"Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nyes",
    "100 KB of one boundary's beginning": HEAD
    + b"Content-Type: multipart/mixed; boundary=b\r\n\r\n"
    + b"--ba\r\n" * 20_000,
    "a type that is none": HEAD + b"Content-Type: ;;;=;\r\n\r\nyes",
    "broken base64": HEAD + b"Content-Transfer-Encoding: base64\r\n\r\n!!!eWV=z===\r\n",
    "broken quoted-printable": HEAD + b"Content-Transfer-Encoding: quoted-printable\r\n\r\nyes=ZZ=\r\n=",
    "a charset with NUL": HEAD + b'Content-Type: text/plain; charset="utf\\x008"\r\n\r\nyes',
    "a charset of a module": HEAD + b"Content-Type: text/plain; charset=zlib_codec\r\n\r\nyes\xff",
    "UTF-16 with one byte": HEAD + b"Content-Type: text/plain; charset=utf-16\r\n\r\nx",
    "unknown words": HEAD.replace(b": x", b": =?x-none?q?a=FF?= =?utf-8?b?!!!?= =?utf-8?q?") + b"\r\nx",
    "dates beyond time": HEAD + b"Date: Mon, 99 Aug 99999 99:99:99 +9999\r\n\r\nx",
    "bare carriage returns": HEAD.replace(b"\r\n", b"\r") + b"\ryes\r",
    "doubled carriage returns": HEAD.replace(b"\r\n", b"\r\r\n") + b"\r\r\nyes\r\r\n",
    "100 KB of On a": HEAD + b"\r\n" + b"On a\r\n" * 20_000,
    "100,000 marks": HEAD + b"\r\n" + b">" * 100_000,
    "5,000 From lines in the body": HEAD + b"\r\n" + b"From: a\r\n" * 5_000,
    "a report without parts": HEAD + b"Content-Type: multipart/report; report-type=delivery-status\r\n\r\nx",
    "1 MB of status fields": HEAD
    + multipart(b"b", b"Content-Type: message/delivery-status\r\n\r\n" + b"Status: 5.1.1\r\n\r\n" * 60_000).replace(
        b"mixed", b"report; report-type=delivery-status"
    ),
    "away until 100,000 numbers": HEAD + b"Auto-Submitted: auto-replied\r\n\r\nuntil " + b"1.2." * 25_000,
    "away in one long word": HEAD + b"Auto-Submitted: auto-replied\r\n\r\n" + b"back " * 20_000,
    "a mailer-daemon with 1 MB of users": HEAD.replace(b"a@ok", b"mailer-daemon@ok")
    + b"\r\n"
    + b"user account " * 80_000,
    "100 KB of quoted pairs in results": HEAD + b"Authentication-Results: mx.example; " + b'"\\' * 7_000 + b"\r\n\r\nx",
}


@pytest.mark.parametrize("name", UNSAFE)
def test_a_bomb_is_named_and_not_read(name: str) -> None:
    message = parse(UNSAFE[name], OWN)
    assert message.kind == "unsafe"
    assert message.problems == (unsafe_reason(UNSAFE[name]),)
    assert message.envelope.sender is None
    assert message.text == ""
    assert not message.answerable
    assert len(message.envelope.fingerprint) == 64


@pytest.mark.parametrize("name", ODD)
def test_an_odd_mail_is_read_as_far_as_it_goes(name: str) -> None:
    message = parse(ODD[name], OWN)
    assert message.kind in {"reply", "bounce", "auto_reply"}
    assert "\x00" not in message.text
    assert envelope(ODD[name], OWN).fingerprint == message.envelope.fingerprint


def test_the_text_is_capped_and_says_so() -> None:
    message = parse(HEAD + b"\r\n" + b"yes and no\r\n" * 100_000, OWN)
    assert len(message.text) == 64 * 1024
    assert "the text is longer than is read" in message.problems


def test_a_calendar_that_is_too_large_is_named() -> None:
    event = b"BEGIN:VEVENT\r\nUID:x\r\nEND:VEVENT\r\n"
    body = b"BEGIN:VCALENDAR\r\nMETHOD:REPLY\r\n" + event * 30_000 + b"END:VCALENDAR\r\n"
    message = parse(HEAD + b"Content-Type: text/calendar; method=REPLY\r\n\r\n" + body, OWN)
    assert message.calendar == ()
    assert message.problems == ("a calendar that is too large to be read",)


def test_the_same_address_twice_in_two_equal_fields_is_harmless() -> None:
    date = b"Date: Mon, 10 Aug 2026 09:14:02 +0200\r\n"
    assert parse(HEAD + date + date + b"\r\nyes\r\n", OWN).kind == "reply"


def test_all_of_it_together_stays_small_in_memory() -> None:
    for raw in (*UNSAFE.values(), *ODD.values()):
        parse(raw, OWN)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss < 1_000_000


_PIECES = st.sampled_from(
    [
        b"From: ", b"a@ok.example", b"Subject: ", b"=?utf-8?q?=C3?=", b"\r\n", b"\n", b"\r", b" ", b"\t", b"\x00", b"\xff\xfe",
        b"Content-Type: multipart/mixed; boundary=b\r\n", b"Content-Type: text/html\r\n", b"--b\r\n", b"--b--", b"\r\n\r\n",
        b"Content-Transfer-Encoding: base64\r\n", b"<div", b"<blockquote>", b"</div>", b"<!--", b"-->", b'"', b"'", b">", b"&#x110000;",
        b"Content-Type: message/delivery-status\r\n", b"Auto-Submitted: auto-replied\r\n", b"until 14 August", b"Action: failed\r\n",
        b"Authentication-Results: mx.example; dmarc=pass ", b"(", b")", b"\\", b"Received: from x by y\r\n", b"Date: Mon, 10 Aug 2026 09:14:02 +0200\r\n",
        b"BEGIN:VCALENDAR\r\nMETHOD:REPLY\r\n", b"Content-Type: text/calendar\r\n", b"x\x9f>\x22\x00\x00", b"filename*0*=utf-8''%C3",
    ]
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=2000))
def test_no_bytes_whatever_raise(raw: bytes) -> None:
    message = parse(raw, OWN)
    assert message.kind in {"unsafe", "own", "bounce", "auto_reply", "calendar", "reply"}
    assert envelope(raw, OWN).fingerprint == message.envelope.fingerprint


@settings(max_examples=500, deadline=None)
@given(st.lists(_PIECES | st.binary(max_size=6), max_size=60).map(b"".join))
def test_no_pieces_of_mail_in_any_order_raise(raw: bytes) -> None:
    message = parse(raw, OWN)
    assert len(message.text) <= 64 * 1024
    assert parse(raw, OWN) == message
