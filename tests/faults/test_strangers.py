"""Forgers, strangers, robots and other coordinators: nothing of theirs counts, and nobody is kept busy."""

import os
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from coordinator.config import Settings
from coordinator.config.settings import Limits
from coordinator.core.effects import Chapter
from coordinator.core.records import Letter, Participant
from coordinator.simulate import shapes
from coordinator.store.memory import MemoryStore
from coordinator.store.work import Work
from coordinator.tick import Account, Doors, Options, tick
from tests.faults.chapter import ADDRESS, DAY, MONDAY, mail, pairings, people
from tests.faults.figures import note
from tests.faults.posts import Accepted, Box, Wire
from tests.formats_mime.test_identity import FORGED

NIGHTLY = bool(os.environ.get("COORDINATOR_NIGHTLY"))
DAYS = 90 if NIGHTLY else 18
STRANGERS = 10_000 if NIGHTLY else 300
HOUR = timedelta(hours=1)
CHICAGO = ZoneInfo("America/Chicago")
OFFICE = "office@example.net"


@dataclass(kw_only=True)
class Office:
    """A chapter in memory with its own mailbox. respond: what comes back for a mail, at once."""

    address: str = ADDRESS
    roster: Iterable[Participant] = ()
    box: Box = field(default_factory=Box)
    wire: Wire = field(default_factory=lambda: Wire(now=MONDAY))
    respond: Callable[[Accepted], Iterable[bytes]] = lambda _: ()

    def __post_init__(self) -> None:
        self.store = MemoryStore(program="six-month", now=MONDAY - DAY)
        work = self.store.at(MONDAY).load()
        work.stage([*(self.roster or people()), *pairings()])
        work.commit()
        chapter = Chapter(
            name="Elm",
            address=self.address,
            sender_name="Elm mentoring",
            coordinator=OFFICE,
            timezone="America/Chicago",
            secret=self.address.encode().ljust(32),
        )
        settings = Settings(
            folder=Path("/nowhere"), program="six-month", chapter=chapter, inbox=("box", None), outbox=("wire", None)
        )
        self.doors = Doors(settings=settings, store=self.store, inbox=self.box, outbox=self.wire)

    def tick(self, now: datetime) -> Account:
        before = len(self.wire.accepted)
        self.store.at(now)
        self.wire.now = now
        account = tick(self.doors, now, Options(apart=False))
        for each in self.wire.accepted[before:]:
            for raw in self.respond(each):
                self.box.deliver(raw)
        return account

    def days(self, number: int) -> None:
        """Three ticks on each."""
        for day in range(number):
            for hour in (0, 4, 8):
                self.tick(MONDAY + day * DAY + hour * HOUR)

    def work(self) -> Work:
        return self.store.load()

    def to(self, address: str) -> list[Accepted]:
        return [each for each in self.wire.accepted if each.to == address]


def records(work: Work) -> list[object]:
    return [*work.participants(), *work.pairings()]


@pytest.mark.parametrize("token", ["a good token", "no token"])
def test_no_shape_of_a_forged_sender_changes_anything(token: str) -> None:
    office = Office()
    office.tick(MONDAY)
    letter = office.to("maya@example.com")[0]
    parent = shapes.reply(
        letter.raw, {1: "a"}, client="thunderbird", style="top", sender=("Maya", "maya@example.com"), now=MONDAY
    )
    lines = [line for line in parent.partition(b"\r\n\r\n")[0].split(b"\r\n") if line.startswith(b"To:")]
    to = lines[0] if token == "a good token" else f"To: {ADDRESS}".encode()
    before, sent = records(office.work()), len(office.wire.accepted)
    for number, line in enumerate(FORGED):
        forged = line.replace(b"alice@ok.example", b"maya@example.com").replace(b"alice", b"maya")
        head = forged.replace(b"ok.example", b"example.com")
        office.box.deliver(
            head + to + b"\r\nMessage-ID: <f%d@evil.example>\r\n\r\n1. a\r\n\r\n%d\r\n" % (number, number)
        )
    account = office.tick(MONDAY + HOUR)
    assert len(FORGED) >= 19
    assert account.read == len(FORGED)
    assert (account.applied, account.held) == (0, 0)
    assert account.quarantined == len(FORGED)
    assert records(office.work()) == before
    note("strangers", forged=len(FORGED), applied=account.applied)
    assert {each.to for each in office.wire.accepted[sent:]} <= {OFFICE}


def test_thousands_of_strangers_get_no_answer_and_the_coordinator_one_mail_a_day() -> None:
    office = Office()
    office.tick(MONDAY)
    words = ["HELP", "STOP", "yes", "When do we meet?", "Please delete my data", "1. a"]
    for number in range(STRANGERS):
        text = words[number % len(words)]
        sender = f"s{number}@stranger{number % 97}.example"
        office.box.deliver(mail(sender, text, f"{text}\n\n{number}", f"<s{number}@stranger.example>"))
    before = len(office.wire.accepted)
    applied = sum(office.tick(MONDAY + number * HOUR).applied for number in range(1, 3 + STRANGERS // 2_000))
    assert not office.box.folders["inbox"]
    assert applied == 0
    assert len(office.box.folders["quarantine"]) == STRANGERS
    answered = Counter(each.to for each in office.wire.accepted[before:])
    assert not [to for to in answered if "stranger" in to]
    assert answered[OFFICE] <= 1
    note("strangers", strangers=STRANGERS, answered=0)


def flooded(*, limit: int) -> Office:
    """An office whose inbox holds mail of strangers by the thousand, of which one tick reads so many."""
    office = Office()
    office.tick(MONDAY)
    office.doors = replace(office.doors, settings=replace(office.doors.settings, limits=Limits(messages=limit)))
    for number in range(STRANGERS):
        sender = f"s{number}@stranger{number % 97}.example"
        office.box.deliver(mail(sender, "HELP", f"HELP\n\n{number}", f"<s{number}@stranger.example>"))
    return office


def test_behind_thousands_of_strangers_people_of_the_chapter_are_read_first() -> None:
    office = flooded(limit=STRANGERS // 5)
    letter = office.to("maya@example.com")[0]
    maya = ("Maya", "maya@example.com")
    office.box.deliver(shapes.reply(letter.raw, {1: "a"}, client="thunderbird", style="top", sender=maya, now=MONDAY))
    office.box.deliver(mail("Max <MAX@example.com>", "HELP", "HELP\nshe shouts at me", "<plea@example.com>"))
    sent, moved = len(office.wire.accepted), list(office.box.folders["inbox"])[-2:]
    account = office.tick(MONDAY + HOUR)
    assert (account.read, account.applied) == (STRANGERS // 5, 2)
    assert not set(moved) & set(office.box.folders["inbox"])
    assert "adam@example.com" in {each.to for each in office.wire.accepted[sent:]}
    read_first = list(office.box.folders["processed"])[:2]
    assert read_first == moved
    assert len(office.box.folders["inbox"]) == STRANGERS - STRANGERS // 5 + 2
    note("strangers", waited_behind_them=0)


def test_one_address_that_floods_the_inbox_keeps_nobody_else_waiting() -> None:
    office = Office()
    office.tick(MONDAY)
    office.doors = replace(office.doors, settings=replace(office.doors.settings, limits=Limits(messages=20)))
    for number in range(100):
        office.box.deliver(mail("milo@example.com", "hello", f"hello again {number}", f"<m{number}@example.com>"))
    office.box.deliver(mail("max@example.com", "HELP", "HELP\nshe shouts at me", "<plea@example.com>"))
    sent = len(office.wire.accepted)
    assert office.tick(MONDAY + HOUR).read == 20
    assert "adam@example.com" in {each.to for each in office.wire.accepted[sent:]}


def test_whoever_guesses_reply_addresses_is_told_of_once_a_day() -> None:
    office = Office()
    office.tick(MONDAY)
    before = len(office.to(OFFICE))
    for number in range(25):
        raw = mail(f"s{number}@stranger.example", "Re: hello", f"1. a\n{number}", f"<g{number}@stranger.example>")
        guess = ADDRESS.replace("@", f"+{'abcdefghijklmnopqrstuvwxy234'[number:][:1] * 26}@").encode()
        office.box.deliver(raw.replace(ADDRESS.encode(), guess))
        if number == 8:
            assert office.tick(MONDAY + HOUR).quarantined == 9
            assert len(office.to(OFFICE)) == before, "a few are old mails, or slips"
    assert office.tick(MONDAY + 2 * HOUR).quarantined == 16
    (told,) = office.to(OFFICE)[before:]
    assert b"never given out" in told.raw.replace(b"=\r\n", b"").replace(b"\r\n", b" ")


def kept_busy(respond: Callable[[Accepted], Iterable[bytes]]) -> Office:
    office = Office(respond=respond)
    office.days(DAYS)
    return office


def test_a_vacation_robot_on_every_address_gets_no_more_than_silence_would() -> None:
    def robot(each: Accepted) -> Iterable[bytes]:
        name = each.to.partition("@")[0].title()
        for client in ("thunderbird", "outlook_web"):
            yield shapes.auto_reply(
                each.raw, sender=(name, each.to), now=each.at, until=(each.at + DAY).date(), client=client
            )

    def unmarked(each: Accepted) -> Iterable[bytes]:
        """A robot that does not say that it is one, as bad ones do not."""
        raw = shapes.reply(
            each.raw, "I am out of the office.", client="gmail_web", style="top", sender=("X", each.to), now=each.at
        )
        yield raw

    silent = Counter(each.to for each in kept_busy(lambda _: ()).wire.accepted)
    busy = kept_busy(robot)
    assert not Counter(each.to for each in busy.wire.accepted) - silent
    a_day = Counter((each.to, each.at.astimezone(CHICAGO).date()) for each in busy.wire.accepted if each.to != OFFICE)
    assert max(a_day.values()) <= 2, "a letter, and a call for help's at most"
    rude = kept_busy(unmarked)
    purposes = {each.message_id: each.purpose for each in rude.work().letters()}
    answers = Counter(each.to for each in rude.wire.accepted if purposes.get(each.id) == "receipt")
    others = Counter(each.to for each in rude.wire.accepted) - answers
    assert answers
    assert not answers - others, "one round for each letter, and no more"


def elsewhere(mail_: Accepted) -> Iterable[bytes]:
    """Forwards all its mail to another address, at which a robot answers everything without saying that it is one."""
    if mail_.to == "maya@example.com":
        sender = ("Maya", "maya@elsewhere.example")
        yield shapes.reply(mail_.raw, "a", client="thunderbird", style="top", sender=sender, now=mail_.at)


def test_a_robot_behind_a_forwarded_address_gets_a_warning_for_each_question_at_most() -> None:
    silent, robot = kept_busy(lambda _: ()), kept_busy(elsewhere)
    asked = [
        each for each in robot.work().letters() if each.recipient == "maya" and each.purpose in ("prompt", "nudge")
    ]
    assert asked
    more = len(robot.to("maya@example.com")) - len(silent.to("maya@example.com"))
    assert 1 <= more <= len(asked)
    assert not [each for each in robot.wire.accepted if each.to.endswith("elsewhere.example")]


def test_two_coordinators_that_write_to_each_other_fall_silent_at_once() -> None:
    """Each has the other's mailbox on its roster, as Maya."""
    ours, theirs = ADDRESS, "program@elsewhere.example"

    def roster(other: str) -> list[Participant]:
        return [replace(each, address=other) if each.id == "maya" else each for each in people()]

    alone = Office(roster=roster(theirs))
    alone.days(DAYS)
    one, two = Office(roster=roster(theirs)), Office(address=theirs, roster=roster(ours))
    one.respond = lambda each: _across(two, each, theirs)
    two.respond = lambda each: _across(one, each, ours)
    for day in range(DAYS):
        for hour in (0, 4, 8):
            one.tick(MONDAY + day * DAY + hour * HOUR)
            two.tick(MONDAY + day * DAY + hour * HOUR)
    assert one.to(theirs)
    assert two.to(ours)
    answers = [each for office in (one, two) for each in _answers(office)]
    assert not answers
    assert len(one.to(theirs)) <= len(alone.to(theirs))


def _across(other: Office, each: Accepted, address: str) -> Iterable[bytes]:
    if each.to == address:
        other.box.deliver(each.raw)
    return ()


def _answers(office: Office) -> list[Letter]:
    """Letters that answer what came in, rather than what is due."""
    return [each for each in office.work().letters() if each.purpose in ("notice", "help", "relay")]
