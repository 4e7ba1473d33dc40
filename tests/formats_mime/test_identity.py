"""Who wrote: the one sound address, or nobody. Shapes by which one program is shown another sender than the next."""

import pytest

from coordinator.formats.mime import Own, envelope, parse

OWN = Own(address="program@chapter.example.org", domain="chapter.example.org")
REST = b"To: program@chapter.example.org\r\nSubject: x\r\nMessage-ID: <1@example.com>\r\n\r\nyes\r\n"

SOUND = [
    (b"From: alice@ok.example\r\n", "alice@ok.example"),
    (b"From: <alice@ok.example>\r\n", "alice@ok.example"),
    (b"FROM:Alice <Alice@OK.example>\r\n", "alice@ok.example"),
    (b"From: Alice Q. O'Hara-Smith <alice@ok.example>\r\n", "alice@ok.example"),
    (b'From: "Smith, Alice (HR) <x@y.example>" <alice@ok.example>\r\n', "alice@ok.example"),
    (b'From: "Alice \\"Al\\" Smith" <alice@ok.example>\r\n', "alice@ok.example"),
    (b"From: =?utf-8?Q?Doe=2C_J=C3=B6rg?= <joerg@ok.example>\r\n", "joerg@ok.example"),
    (b"From: =?utf-8?B?RG9lLCBKw7ZyZw==?=\r\n =?utf-8?Q?_and?= <joerg@ok.example>\r\n", "joerg@ok.example"),
    ("From: Jörg <joerg@ok.example>\r\n".encode(), "joerg@ok.example"),
    (b"From: J\xf6rg <joerg@ok.example>\r\n", "joerg@ok.example"),
    (b"From: alice@ok.example (Alice Smith)\r\n", "alice@ok.example"),
    (b"From:\r\n Alice\r\n <alice+lists@ok.example>\r\n", "alice+lists@ok.example"),
    (b"From: Alice <alice@xn--bcher-kva.example>\r\n", "alice@xn--bcher-kva.example"),
]

FORGED = [
    b"From: alice@ok.example <bob@evil.example>\r\n",
    b"From: alice@ok.example, bob@evil.example\r\n",
    b"From: <alice@ok.example>, <bob@evil.example>\r\n",
    b"From: <alice@ok.example> <bob@evil.example>\r\n",
    b"From: <alice@ok.example><bob@evil.example>\r\n",
    b"From: alice@ok.example]<bob@evil.example>\r\n",
    b"From: [alice@ok.example]<bob@evil.example>\r\n",
    b"From: alice@ok.example(<bob@evil.example>)\r\n",
    b"From: alice@ok.example (bob@evil.example)\r\n",
    b"From: <alice@ok.example>(<bob@evil.example>)\r\n",
    b"From: (alice@ok.example) <bob@evil.example>\r\n",
    b"From: bob(comment)@evil.example\r\n",
    b"From: bob@evil.example(.ok.example)\r\n",
    b"From: <@evil.example:alice@ok.example>\r\n",
    b"From: <@evil.example,@other.example:alice@ok.example>\r\n",
    b"From: group: alice@ok.example, bob@evil.example;\r\n",
    b"From: group:;\r\n",
    b"From: =?utf-8?b?YWxpY2VAb2suZXhhbXBsZQ==?=\r\n",
    b"From: <=?utf-8?b?YWxpY2VAb2suZXhhbXBsZQ==?=>\r\n",
    b"From: =?utf-8?q?alice=40ok.example?=@evil.example\r\n",
    b"From: =?utf-8?q?alice?=@ok.example\r\n",
    b"From: =?utf-8?b?YWxpY2VAb2suZXhhbXBsZQ==?=, <bob@evil.example>\r\n",
    b"From: alice@ok.example\x00@evil.example\r\n",
    b"From: <alice@ok.example\x00>\r\n",
    b"From: alice@ok.example\\, <bob@evil.example>\r\n",
    b'From: "alice@ok.example <bob@evil.example>\r\n',
    b'From: "alice"@ok.example\r\n',
    b'From: <"alice@ok.example,"@evil.example>\r\n',
    b"From: alice@[192.0.2.1]\r\n",
    b"From: alice\r\n",
    b"From: <>\r\n",
    b"From:\r\n",
    b"",
    "From: Alice <аlice@ok.example>\r\n".encode(),
    "From: Alice <alice@оk.example>\r\n".encode(),
    b"From: Alice <alice@ok.example.>\r\n",
    b"From: Alice <alice@ok..example>\r\n",
    b"From: Alice <alice ok@ok.example>\r\n",
    b"From: Alice < alice@ok.example >\r\n",
    b"From: alice@ok.example\rFrom: bob@evil.example\r\n",
    b"From: alice@ok.example\r\nFrom: bob@evil.example\r\n",
    b"From: alice@ok.example\r\nFrom: alice@ok.example\r\n",
    b"From: alice@ok.example\r\nfrom: bob@evil.example\r\n",
    b"From: alice@ok.example\r\nFrom : bob@evil.example\r\n",
    b"From : alice@ok.example\r\n",
    b"From\t: alice@ok.example\r\n",
    b"From: alice@ok.example\r\n From: bob@evil.example\r\n",
    b" From: bob@evil.example\r\nFrom: alice@ok.example\r\n",
    b"From\r\n : bob@evil.example\r\nFrom: alice@ok.example\r\n",
    b"X-A: b\r\n From: bob@evil.example\r\nFrom: alice@ok.example\r\n",
    b"From: alice@ok.example\r\nno header here\r\n",
    b"From: " + b"," * 8000 + b"alice@ok.example\r\n",
    b"From: " + b"(" * 4000 + b"alice@ok.example\r\n",
    b"From: " + b'"\\" ' * 1900 + b"alice@ok.example\r\n",
]


@pytest.mark.parametrize(("line", "address"), SOUND)
def test_one_sound_address_is_the_sender(line: bytes, address: str) -> None:
    outside = envelope(line + REST, OWN)
    assert outside.sender == address
    assert outside.defects == ()


@pytest.mark.parametrize("line", FORGED)
def test_a_doubtful_from_line_is_nobody_and_never_answered(line: bytes) -> None:
    message = parse(line + REST, OWN)
    assert message.envelope.sender is None
    assert message.envelope.defects
    assert not message.answerable


def test_a_signed_header_list_that_is_folded_before_from_is_no_trick() -> None:
    signed = b"DKIM-Signature: v=1; h=Date:Subject:\r\n\tFrom:To; b=abc\r\n"
    assert envelope(signed + b"From: alice@ok.example\r\n" + REST, OWN).sender == "alice@ok.example"


def test_names_are_shown_without_control_and_direction_characters() -> None:
    line = b"From: =?utf-8?Q?Al=E2=80=AEice=0D=0ABcc=3A_x=1B[2J?= <alice@ok.example>\r\n"
    assert envelope(line + REST, OWN).sender_name == "Alice Bcc: x[2J"


def test_recipients_are_read_from_every_field_that_may_hold_the_token() -> None:
    raw = (
        b"Delivered-To: program+d@chapter.example.org\r\nX-Original-To: program+x@chapter.example.org\r\n"
        b"Envelope-To: program+e@chapter.example.org\r\nFrom: a@ok.example\r\n"
        b'To: "partner@example.com" <Program+T@chapter.example.org>, (c@x.example) b@ok.example\r\nCc: c@ok.example\r\n\r\n'
    )
    assert set(envelope(raw, OWN).recipients) == {
        "program+d@chapter.example.org",
        "program+x@chapter.example.org",
        "program+e@chapter.example.org",
        "program+t@chapter.example.org",
        "b@ok.example",
        "c@ok.example",
    }


def test_the_fingerprint_ignores_traces_of_delivery_but_not_the_text() -> None:
    plain = b"From: a@ok.example\r\nDate: Mon, 10 Aug 2026 09:14:02 +0200\r\n\r\nyes\r\n"
    traced = b"Received: from x\r\n\tby y; now\r\nX-Spam: no\r\nDelivered-To: z@example.org\r\n" + plain
    one, two = envelope(plain, OWN), envelope(traced, OWN)
    assert one.message_id is None
    assert one.fingerprint == two.fingerprint
    assert one.fingerprint != envelope(plain.replace(b"yes", b"no"), OWN).fingerprint
    with_id = b"Message-ID: <1@ok.example>\r\n" + plain
    assert envelope(with_id, OWN).fingerprint == envelope(b"Subject: other\r\n" + with_id, OWN).fingerprint


@pytest.mark.parametrize(
    ("value", "known"),
    [(b"<a@b.example>", True), (b"a@b.example", False), (b"<a b@c>", False), (b"<a@b> <c@d>", False), (b"", False)],
)
def test_only_a_well_formed_message_id_counts(value: bytes, *, known: bool) -> None:
    assert (envelope(b"From: a@ok.example\r\nMessage-ID: " + value + b"\r\n\r\n", OWN).message_id is not None) is known


@pytest.mark.parametrize(
    ("value", "iso"),
    [
        (b"Mon, 10 Aug 2026 09:14:02 +0200", "2026-08-10T07:14:02+00:00"),
        (b"10 Aug 26 09:14 GMT", "2026-08-10T09:14:00+00:00"),
        (b"Mon, 10 Aug 2026 09:14:02 -0700 (PDT)", "2026-08-10T16:14:02+00:00"),
        (b"Mon, 10 Aug 2026 09:14:60 EST", "2026-08-10T14:14:59+00:00"),
        (b"Mon, 32 Aug 2026 09:14:02 +0200", None),
        (b"Mon, 10 Aug 2026 09:14:02 +9999", None),
        (b"Mon, 10 Aug 9999 09:14:02 +0000", None),
        (b"tomorrow", None),
        (b"", None),
    ],
)
def test_dates_are_instants_or_nothing(value: bytes, iso: str | None) -> None:
    found = envelope(b"From: a@ok.example\r\nDate: " + value + b"\r\n\r\n", OWN).date
    assert (found.isoformat() if found else None) == iso
