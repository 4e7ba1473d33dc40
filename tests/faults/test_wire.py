"""A line to the servers that breaks after any byte, crawls, or is tampered with: the next ticks make it good."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from tests.faults.chapter import Chapter
from tests.faults.figures import note
from tests.faults.sweep import Outcome, Sweep, duplicates
from tests.servers import proxy
from tests.servers.dovecot import PASSWORD
from tests.servers.proxy import Proxy

pytestmark = pytest.mark.server

NIGHTLY = bool(os.environ.get("COORDINATOR_NIGHTLY"))
LINES = [("imap", "down"), ("imap", "up"), ("smtp", "down"), ("smtp", "up")]
BY_DAY = 3
"""By day each line is cut into so many parts."""


@dataclass(kw_only=True)
class Wires:
    """Both lines, and what passed on them in a tick that nothing disturbed."""

    sweep: Sweep
    imap: Proxy
    smtp: Proxy
    said: dict[tuple[str, str], bytes]

    def whole(self, _: object = None) -> None:
        self.imap.whole()
        self.smtp.whole()

    def outcome(self, arrange: Any = lambda: None, seconds: int = 600) -> Outcome:
        """The first of three ticks with whatever was arranged. seconds: so long a tick may take."""

        def before(chapter: Chapter) -> None:
            path = chapter.folder / "config.toml"
            text = path.read_text().replace(f"port = {self.imap.upstream}\n", f"port = {self.imap.port}\n")
            text = text.replace(f"port = {self.smtp.upstream}\n", f"port = {self.smtp.port}\n")
            path.write_text(text.replace("# seconds = 600\n", f"seconds = {seconds}\n"))
            self.whole()
            arrange()

        return self.sweep.outcome((0, "disturbed"), before=before, meanwhile=self.whole)


@pytest.fixture(scope="module")
def wires(sweep: Sweep) -> Iterator[Wires]:
    with (
        proxy.running(sweep.template.server.port) as imap,
        proxy.running(sweep.sink.port) as smtp,
    ):
        found = Wires(sweep=sweep, imap=imap, smtp=smtp, said={})
        said: dict[tuple[str, str], bytes] = {}

        def note(_: object) -> None:
            for name, line in (("imap", imap), ("smtp", smtp)):
                said.update({(name, way): bytes(content) for way, content in line.said.items()})

        whole, found.whole = found.whole, lambda _=None: (note(_), whole())[0]
        outcome = found.outcome()
        assert list(sweep.violations(outcome)) == []
        yield Wires(sweep=sweep, imap=imap, smtp=smtp, said=said)


def places(said: bytes, *, body: bool) -> list[int]:
    """After how many bytes to cut. At night every byte; where mails pass, every end of a line and each 31st byte."""
    if not NIGHTLY:
        return [len(said) * part // BY_DAY for part in range(1, BY_DAY)]
    if not body:
        return list(range(1, len(said)))
    ends = {number + 1 for number, byte in enumerate(said) if byte in b"\r\n"}
    return sorted({*ends, *range(1, len(said), 31)} - {len(said)})


@pytest.mark.parametrize(("name", "way"), LINES)
def test_a_line_that_is_cut_after_any_byte_is_made_good_by_the_next_ticks(wires: Wires, name: str, way: str) -> None:
    said = wires.said[name, way]
    assert len(said) > 500
    chosen = places(said, body=(name, way) in {("imap", "down"), ("smtp", "up")})
    note("network", cuts=len(chosen))
    for number in chosen:

        def cut(number: int = number) -> None:
            getattr(wires, name).cut = (way, number)

        outcome = wires.outcome(cut)
        where = f"{name} {way}, after byte {number}: {said[max(number - 30, 0) : number]!r}"
        assert list(wires.sweep.violations(outcome)) == [], where
        assert outcome.ticks[0].code in (0, 75), where
        assert outcome.ticks[0].err.count("\n") <= 1, where


def test_an_acknowledgement_that_is_lost_brings_one_more_copy_of_the_same_letter(wires: Wires) -> None:
    said = wires.said["smtp", "down"]
    number = said.index(b"250", said.index(b"354")) + 1

    def cut() -> None:
        wires.smtp.cut = ("down", number)

    outcome = wires.outcome(cut)
    assert list(wires.sweep.violations(outcome)) == []
    assert duplicates(outcome) == 1


@pytest.mark.parametrize("name", ["imap", "smtp"])
def test_a_server_that_says_a_byte_now_and_then_keeps_a_tick_no_longer_than_it_may_take(
    wires: Wires, name: str
) -> None:
    def crawl() -> None:
        getattr(wires, name).pause = 0.2

    outcome = wires.outcome(crawl, seconds=2)
    assert outcome.ticks[0].code == 75
    assert "took longer than 2 seconds" in outcome.ticks[0].err
    assert list(wires.sweep.violations(outcome)) == []


def test_nobody_logs_in_where_the_offer_of_tls_was_struck_out(wires: Wires) -> None:
    heard: list[bytes] = []

    def hide(chapter: Chapter) -> None:
        path = chapter.folder / "config.toml"
        text = path.read_text().replace("plaintext = true", "starttls = true")
        path.write_text(text.replace(f"port = {wires.imap.upstream}\n", f"port = {wires.imap.port}\n"))
        wires.whole()
        wires.imap.hidden = b"STARTTLS"

    def restore(chapter: Chapter) -> None:
        heard.append(bytes(wires.imap.said["up"]))
        path = chapter.folder / "config.toml"
        path.write_text(path.read_text().replace("starttls = true", "plaintext = true"))
        wires.whole()

    outcome = wires.sweep.outcome((0, "disturbed"), before=hide, meanwhile=restore)
    assert "does not offer STARTTLS" in outcome.ticks[0].err
    assert outcome.ticks[0].code in (75, 78)
    assert heard[0]
    assert not any(word in heard[0].upper() for word in (PASSWORD.upper().encode(), b"LOGIN", b"AUTHENTICATE"))
    assert list(wires.sweep.violations(outcome)) == []
