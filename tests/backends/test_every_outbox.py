"""What holds for every way out, into a folder and to a real server alike."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from coordinator.backends import Outbox, SendError, maildir, open_outbox, smtp
from tests.backends.mailboxes import mail, on_exchange
from tests.servers.smtp_sink import Sink

pytestmark = pytest.mark.server

OURS = "mentoring@example.org"


@dataclass(frozen=True, kw_only=True)
class WayOut:
    """went: (recipient, bytes) of each mail so far, in order."""

    open: Callable[[], Outbox]
    went: Callable[[], list[tuple[str, bytes]]]


@pytest.fixture(params=["maildir", "smtp", "exchange"])
def way_out(request: pytest.FixtureRequest, tmp_path: Path, sink: Sink) -> WayOut:
    if request.param == "smtp":
        settings = smtp.Settings(host=sink.host, port=sink.port, plaintext=True)
        return WayOut(
            open=lambda: open_outbox("smtp", settings),
            went=lambda: [(recipients[0], raw) for _, recipients, raw in sink.accepted],
        )
    if request.param == "exchange":
        double = request.getfixturevalue("exchange_server")
        ours = on_exchange(double, "mentoring").settings
        return WayOut(
            open=lambda: open_outbox("exchange", ours), went=lambda: [(to, raw) for _, to, raw in double.sent]
        )
    folder = tmp_path / "out"

    def went() -> list[tuple[str, bytes]]:
        mails = [path.read_bytes().split(b"\r\n", 1) for path in sorted((folder / "new").glob("*"))]
        return [(first.removeprefix(b"Delivered-To: ").decode(), rest) for first, rest in mails]

    return WayOut(open=lambda: open_outbox("maildir", maildir.Settings(path=folder)), went=went)


def test_mail_goes_out_byte_for_byte_and_in_order(way_out: WayOut) -> None:
    with way_out.open() as outbox:
        for number in range(12):
            outbox.send(sender=OURS, recipient=f"p{number}@example.com", raw=mail(number))
    assert way_out.went() == [(f"p{number}@example.com", mail(number)) for number in range(12)]


def test_the_same_mail_sent_twice_can_be_seen_to_have_gone_twice(way_out: WayOut) -> None:
    for _ in range(2):
        with way_out.open() as outbox:
            outbox.send(sender=OURS, recipient="ada@example.com", raw=mail(1))
    assert way_out.went() == [("ada@example.com", mail(1))] * 2


def test_lines_that_begin_with_a_dot_arrive_as_they_are(way_out: WayOut) -> None:
    raw = b"Subject: dots\r\n\r\n.\r\n..\r\n.x\r\n\r\n.\r\n"
    with way_out.open() as outbox:
        outbox.send(sender=OURS, recipient="ada@example.com", raw=raw)
    assert way_out.went() == [("ada@example.com", raw)]


@pytest.mark.parametrize(
    "address",
    ["", "ada", "@example.org", "ada@", "a b@example.org", "ada@example.org\r\nRCPT TO:<eve@example.org>", "a@b>\r\nDATA",
     "<ada@example.org>", "ada\0@example.org", "ada@@example.org", "ada@exa,mple.org", "a" * 65 + "@example.org",
     "ada@" + "e" * 260, "ada@.example.org", "ada\x7f@example.org", "ada\u2028@example.org"],
)  # fmt: skip
def test_an_address_that_could_carry_a_command_never_leaves(way_out: WayOut, address: str) -> None:
    with way_out.open() as outbox, pytest.raises(SendError) as caught:
        outbox.send(sender=OURS, recipient=address, raw=mail(1))
    assert (caught.value.scope, caught.value.later, caught.value.status) == ("recipient", False, "5.1.3")
    assert way_out.went() == []


def test_a_bad_sender_is_refused_as_well_and_no_sender_is_allowed(way_out: WayOut) -> None:
    with way_out.open() as outbox:
        with pytest.raises(SendError):
            outbox.send(sender="a@b>\r\nRCPT TO:<e@example.org", recipient="ada@example.com", raw=mail(1))
        outbox.send(sender="", recipient="ada@example.com", raw=mail(2))
    assert way_out.went() == [("ada@example.com", mail(2))]


def test_an_outbox_that_sends_nothing_touches_nothing(way_out: WayOut, sink: Sink, tmp_path: Path) -> None:
    with way_out.open():
        pass
    assert sink.connections == 0
    assert not (tmp_path / "out").exists()
