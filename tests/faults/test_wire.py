"""A line to the servers that breaks after any byte, crawls, or is tampered with: the next ticks make it good."""

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pytest

from tests.faults.chapter import Chapter
from tests.faults.figures import note
from tests.faults.here import Here, well_ticked
from tests.faults.lean import before_the_lean_tick
from tests.faults.sweep import Outcome, Sweep, duplicates
from tests.servers import proxy
from tests.servers.dovecot import PASSWORD, Dovecot
from tests.servers.proxy import Proxy
from tests.servers.smtp_sink import Sink

pytestmark = pytest.mark.server

NIGHTLY = bool(os.environ.get("COORDINATOR_NIGHTLY"))
LINES = [("imap", "down"), ("imap", "up"), ("smtp", "down"), ("smtp", "up")]
LARGE = 5_000
"""A copy of the whole state is larger; nothing else is that passes in the lean tick."""
STRIDE = 97
BUSY_STRIDE = 499


@dataclass(kw_only=True)
class Wires:
    """Both lines, and what passed on them in a tick that nothing disturbed."""

    sweep: Sweep
    imap: Proxy
    smtp: Proxy
    said: dict[tuple[str, str], bytes]
    was_cut: bool = False

    def whole(self, _: object = None) -> None:
        self.was_cut = self.imap.is_cut() or self.smtp.is_cut()
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

    def cut(self, name: str, way: str, number: int) -> None:
        """Once so many bytes have passed; then everything must be as if nothing had happened."""
        said = self.said[name, way]
        where = f"{name} {way}, after byte {number}: {said[max(number - 30, 0) : number]!r}"

        def arrange() -> None:
            getattr(self, name).cut = (way, number)

        outcome = self.outcome(arrange)
        assert self.was_cut, where
        assert list(self.sweep.violations(outcome)) == [], where
        assert outcome.ticks[0].code in (0, 75), where
        assert outcome.ticks[0].err.count("\n") <= 1, where


@contextmanager
def listened(sweep: Sweep) -> Iterator[Wires]:
    with (
        proxy.running(sweep.template.server.port) as imap,
        proxy.running(sweep.sink.port) as smtp,
    ):
        found = Wires(sweep=sweep, imap=imap, smtp=smtp, said={})
        said: dict[tuple[str, str], bytes] = {}

        def listen(_: object) -> None:
            for name, line in (("imap", imap), ("smtp", smtp)):
                said.update({(name, way): bytes(content) for way, content in line.said.items()})

        whole, found.whole = found.whole, lambda _=None: (listen(_), whole())[0]
        outcome = found.outcome()
        assert list(sweep.violations(outcome)) == []
        yield Wires(sweep=sweep, imap=imap, smtp=smtp, said=said)


@pytest.fixture(scope="module")
def wires(sweep: Sweep) -> Iterator[Wires]:
    with listened(sweep) as found:
        yield found


@pytest.fixture(scope="module")
def lean(imap_server: Dovecot, shared_sink: Sink, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Wires]:
    """Of a tick that says little, run in this process: a case costs a tenth of a second."""
    root = tmp_path_factory.mktemp("lean")
    shared_sink.reset()
    template = before_the_lean_tick(root / "template", imap_server, shared_sink, well_ticked)
    with listened(Sweep(template=template, nursery=Here(), sink=shared_sink, folder=root, place="case")) as found:
        yield found


@pytest.mark.parametrize(("name", "way"), LINES)
def test_a_line_that_is_cut_after_any_byte_is_made_good_by_the_next_ticks(lean: Wires, name: str, way: str) -> None:
    said = lean.said[name, way]
    assert len(said) > 200
    chosen = every_byte(said) if NIGHTLY else [len(said) * part // 5 for part in range(1, 5)]
    for number in chosen:
        lean.cut(name, way, number)
    note("network", cuts=len(chosen))


@pytest.mark.parametrize(("name", "way"), LINES)
def test_a_busy_line_that_is_cut_is_made_good_by_the_next_ticks(wires: Wires, name: str, way: str) -> None:
    said = wires.said[name, way]
    assert len(said) > 500
    chosen = every_line(said) if NIGHTLY else [len(said) * part // 3 for part in (1, 2)]
    for number in chosen:
        wires.cut(name, way, number)
    note("network", busy_cuts=len(chosen))


def every_byte(said: bytes) -> list[int]:
    """After how many to cut: each; but in the middle of a copy that is appended every 7th, of the whole state every 97th."""
    strides = {}
    for literal in re.finditer(rb"APPEND [^\n]*\{(\d+)\+?\}\r\n", said):
        size = int(literal[1])
        middle = range(literal.end() + 60, literal.end() + size - 60)
        strides |= dict.fromkeys(middle, STRIDE if size > LARGE else 7)
    return [number for number in range(1, len(said)) if number % strides.get(number, 1) == 0]


def every_line(said: bytes) -> list[int]:
    """The ends of commands and answers, and every 499th byte of what else passes."""
    ends = {match.end() for match in re.finditer(rb"(?m)^(\w{1,12} |\* |\+ |\d{3}[ -]|\.\r)[^\n]*\n", said)}
    return sorted({*ends, *range(1, len(said), BUSY_STRIDE)} - {len(said)})


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
