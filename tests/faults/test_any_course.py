"""Whatever happens in whatever order – replies, robots, kills, a server's moods, a wrong clock – the promises hold."""

import os
from collections import Counter
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from coordinator import faults
from coordinator.config import Settings
from coordinator.core.effects import Chapter
from coordinator.core.hours import next_open
from coordinator.core.records import Letter
from coordinator.core.wanted import is_overtaken
from coordinator.errors import BackendError
from coordinator.formats.mime import Own, envelope
from coordinator.simulate import shapes
from coordinator.store import codec
from coordinator.store.memory import MemoryStore
from coordinator.store.work import Work
from coordinator.tick import Doors, Options, tick
from coordinator.tick.outward import AT_ONCE, UNASKED
from coordinator.tick.uncertain import is_held
from tests.faults.chapter import ADDRESS, DAY, MONDAY, PAIRS, mail, pairings, people
from tests.faults.figures import note
from tests.faults.mutants import MUTANTS
from tests.faults.nursery import poison_the_reader
from tests.faults.posts import Box, Wire

NIGHTLY = bool(os.environ.get("COORDINATOR_NIGHTLY"))
HOUR = timedelta(hours=1)
NAMES = [name for pair in PAIRS for name in pair]
ROBOTS = ("robot@elsewhere.example", "mailer-daemon@elsewhere.example")
OWN = Own(address=ADDRESS, domain="example.org", trusted_authserv_ids=())
IN_ONE = Options(apart=False)


class Killed(BaseException):
    """The process is gone; nothing may tidy up after it."""


class Course(RuleBasedStateMachine):
    """A chapter of three pairs in memory, whose tick dies at points that chance names."""

    def __init__(self) -> None:
        super().__init__()
        self.now = MONDAY
        self.box, self.wire = Box(), Wire(now=MONDAY)
        self.store = MemoryStore(program="six-month", now=MONDAY - DAY)
        work = self.store.at(MONDAY).load()
        work.stage([*people(), *pairings()])
        work.commit()
        self.doors = Doors(settings=SETTINGS, store=self.store, inbox=self.box, outbox=self.wire)
        self.delivered: dict[str, bytes] = {}
        self.copies: Counter[str] = Counter()
        self.contacts: set[str] = set()
        self.kills = 0
        self.count = 0

    def work(self) -> Work:
        return self.store.at(self.now).load()

    def deliver(self, raw: bytes) -> None:
        known = envelope(raw, OWN).fingerprint
        self.delivered[known] = raw
        self.copies[known] += 1
        self.box.deliver(raw)

    def named(self, kind: str) -> str:
        self.count += 1
        return f"<{kind}{self.count}@example.com>"

    def letters_to(self, name: str) -> list[bytes]:
        return [each.raw for each in self.wire.accepted if each.to == f"{name}@example.com"]

    @initialize()
    def begin(self) -> None:
        self._tick()

    @rule(name=st.sampled_from(NAMES), said=st.sampled_from(["a", "b", "yes", "Learn to speak in public"]))
    def somebody_answers(self, name: str, said: str) -> None:
        letters = self.letters_to(name)
        if letters:
            sender = (name.title(), f"{name}@example.com")
            raw = shapes.reply(letters[-1], {1: said}, client="thunderbird", style="top", sender=sender, now=self.now)
            self.deliver(raw)

    @rule(pair=st.sampled_from(PAIRS))
    def the_two_write_to_each_other(self, pair: tuple[str, str]) -> None:
        id_ = self.named("contact")
        raw = mail(f"{pair[0]}@example.com", "Tomorrow", f"See you there, {self.count}.", id_)
        raw = raw.replace(f"To: {ADDRESS}".encode(), f"To: {pair[1]}@example.com\r\nCc: {ADDRESS}".encode(), 1)
        self.contacts.add(envelope(raw, OWN).fingerprint)
        self.deliver(raw)

    @rule(name=st.sampled_from(NAMES))
    def somebody_calls_for_help(self, name: str) -> None:
        self.deliver(mail(f"{name}@example.com", "HELP", "HELP\n\nWe are stuck.", self.named("help")))

    @rule(name=st.sampled_from(NAMES))
    def a_robot_answers_for_somebody(self, name: str) -> None:
        letters = self.letters_to(name)
        if letters:
            sender = (name.title(), f"{name}@example.com")
            back = (self.now + 3 * DAY).date()
            self.deliver(shapes.auto_reply(letters[-1], sender=sender, now=self.now, until=back))

    @rule(name=st.sampled_from(NAMES))
    def a_mail_comes_back(self, name: str) -> None:
        letters = self.letters_to(name)
        if letters:
            self.deliver(shapes.bounce(letters[-1], now=self.now, status="4.2.2"))

    @rule(sender=st.sampled_from(ROBOTS), words=st.sampled_from(["HELP", "yes", "STOP", "We met for 45 minutes"]))
    def a_stranger_writes(self, sender: str, words: str) -> None:
        self.deliver(mail(sender, words, words, self.named("strange")))

    @rule(name=st.sampled_from(NAMES))
    def a_mail_breaks_its_reader(self, name: str) -> None:
        raw = mail(f"{name}@example.com", "?", "Nobody can read this.", self.named("poison"))
        self.deliver(raw)

    @rule(data=st.data())
    def a_mail_comes_a_second_time(self, data: st.DataObject) -> None:
        if self.delivered:
            self.deliver(self.delivered[data.draw(st.sampled_from(sorted(self.delivered)))])

    @rule(hours=st.sampled_from([0, 0, 1, 6, 24, 72]))
    def a_tick(self, hours: int) -> None:
        self.now += hours * HOUR
        self._tick()

    @rule(at=st.integers(1, 30) | st.integers(1, 6), hours=st.sampled_from([0, 6, 24]))
    def a_tick_that_is_killed(self, at: int, hours: int) -> None:
        self.now += hours * HOUR
        passed = 0

        def strike(name: str) -> None:
            nonlocal passed
            passed += 1
            if passed == at:
                self.kills += 1
                raise Killed

        faults.arm(strike)
        try:
            self._tick()
        except Killed:
            pass
        finally:
            faults.arm(None)

    @rule(
        moods=st.lists(st.sampled_from(["later", "never", "down", "lost", "gone", ""]), min_size=1, max_size=3),
        hours=st.sampled_from([0, 6, 24]),
    )
    def a_tick_while_the_mail_server_has_its_moods(self, moods: list[str], hours: int) -> None:
        self.now += hours * HOUR
        self.wire.trouble = list(moods)
        self._tick()
        self.wire.trouble = []

    @rule(after=st.integers(0, 2))
    def a_tick_whose_mailbox_is_cut_off(self, after: int) -> None:
        self.box.breaks = after
        try:
            self._tick()
        except BackendError:
            assert after == 0, "what was read before the cut is used"
        finally:
            self.box.breaks = -1

    @rule(jump=st.sampled_from([-400 * DAY, -2 * HOUR, 40 * DAY, 400 * DAY]))
    def a_tick_by_a_wrong_clock(self, jump: timedelta) -> None:
        before = len(self.wire.accepted)
        right, known = self.now, self.store.earliest() or self.work().meta
        self.now = (known.last_tick or self.now) + jump
        self._tick()
        self.now = right
        assert len(self.wire.accepted) == before, "a clock that is wrong sends nothing"

    @rule(name=st.sampled_from(NAMES))
    def somebody_wants_no_more_mail(self, name: str) -> None:
        self.deliver(mail(f"{name}@example.com", "STOP", "STOP", self.named("stop")))

    def _tick(self) -> None:
        self.store.at(self.now)
        self.wire.now = self.now
        before = len(self.wire.accepted)
        gone = {each.address for each in self.work().participants() if each.status == "stopped"}
        try:
            tick(self.doors, self.now, IN_ONE)
        finally:
            letters = self._all_letters()
            for each in self.wire.accepted[before:]:
                assert each.to not in gone or letters[each.id].purpose not in UNASKED, "mail after STOP"

    @invariant()
    def no_mail_is_lost(self) -> None:
        """G1: it is in the inbox, or its effect was remembered."""
        work = self.work()
        there = {envelope(raw, OWN).fingerprint for raw in self.box.folders["inbox"].values()}
        for known in self.delivered:
            assert known in there or work.has_seen(known), "lost"

    @invariant()
    def each_mail_has_its_effect_once(self) -> None:
        """G2, counted on what is added up: the contacts of the pairs."""
        work = self.work()
        counted = sum(len([c for c in each.contacts if c.kind == "email"]) for each in work.pairings())
        assert counted == sum(work.has_seen(known) for known in self.contacts)

    @invariant()
    def each_letter_goes_out_once_but_for_faults_and_always_the_same(self) -> None:
        """G3, G4."""
        counts = Counter(each.id for each in self.wire.accepted)
        assert sum(counts.values()) - len(counts) <= self.kills + self.wire.lost
        assert len({(each.id, each.to, each.raw) for each in self.wire.accepted}) == len(counts)

    @invariant()
    def nothing_goes_out_but_what_was_decided_and_to_people_who_are_known(self) -> None:
        """G7."""
        letters = self._all_letters()
        known = {each.address for each in people()} | {"office@example.net"}
        for each in self.wire.accepted:
            assert each.id in letters
            assert each.to in known

    @invariant()
    def nothing_unasked_comes_at_night(self) -> None:
        letters = self._all_letters()
        for each in self.wire.accepted:
            if letters[each.id].purpose not in AT_ONCE and each.to != "office@example.net":
                assert (
                    next_open(each.at, "America/Chicago", SETTINGS.chapter.quiet_from, SETTINGS.chapter.quiet_until)
                    == each.at
                )

    @invariant()
    def what_nobody_could_use_is_listed(self) -> None:
        """G8."""
        listed = {each.id for each in self.work().all_held()}
        for raw in self.box.folders.get("quarantine", {}).values():
            assert f"h{envelope(raw, OWN).fingerprint[:10]}" in listed

    def _all_letters(self) -> dict[str, Letter]:
        work = self.work()
        closed = (codec.decode(Letter, each) for each in work.all_archived("letters"))
        return {each.message_id: each for each in (*closed, *work.letters())}

    def teardown(self) -> None:
        """After some quiet ticks everything has found its place."""
        for _ in range(5):
            self.now += 7 * HOUR
            self._tick()
        assert not self.box.folders["inbox"]
        places = Counter(
            envelope(raw, OWN).fingerprint
            for folder in ("processed", "quarantine")
            for raw in self.box.folders.get(folder, {}).values()
        )
        assert places == self.copies
        self.no_mail_is_lost()
        self.each_mail_has_its_effect_once()
        work = self.work()
        assert all(is_held(work, each, ()) for each in work.letters() if each.state == "uncertain")


SETTINGS = Settings(
    folder=Path("/nowhere"),
    program="six-month",
    chapter=Chapter(
        name="Elm",
        address=ADDRESS,
        sender_name="Elm mentoring",
        coordinator="office@example.net",
        timezone="America/Chicago",
        secret=b"nothing here is secret".ljust(32),
    ),
    inbox=("memory", None),
    outbox=("memory", None),
)


@pytest.fixture(autouse=True)
def _poisoned(monkeypatch: pytest.MonkeyPatch) -> None:
    poison_the_reader(monkeypatch.setattr)


def test_an_invitation_whose_meeting_is_cancelled_between_two_tries_waits_for_a_human() -> None:
    """A course that chance found: as it was it would undo the cancellation, and otherwise it would be another mail."""
    course = Course()
    for moods in (*[["lost"]] * 10, ["gone", "lost"], ["gone", "lost", "later"]):
        course.a_tick_while_the_mail_server_has_its_moods(moods=moods, hours=24)
    course.a_tick_while_the_mail_server_has_its_moods(moods=["down"], hours=0)
    for moods, hours in ((["gone", "lost", ""], 6), (["never", "lost"], 24)):
        course.a_tick_while_the_mail_server_has_its_moods(moods=moods, hours=hours)
        course.each_letter_goes_out_once_but_for_faults_and_always_the_same()
    assert [each for each in course.work().unsent() if each.state == "uncertain" and is_overtaken(course.work(), each)]


def options(examples: int, steps: int, **more: Any) -> settings:
    usual = {"deadline": None, "suppress_health_check": list(HealthCheck), "database": None}
    return settings(max_examples=examples, stateful_step_count=steps, **usual, **more)


def test_no_course_of_events_breaks_a_promise() -> None:
    number = 3_000 if NIGHTLY else 8
    run_state_machine_as_test(Course, settings=options(number, 25 if NIGHTLY else 15))
    note("courses of events", machines=number)


@pytest.mark.parametrize("mutant", ["acknowledge first", "no dedupe", "fresh Message-ID"])
def test_a_course_of_events_finds_a_mistake_that_was_planted(monkeypatch: pytest.MonkeyPatch, mutant: str) -> None:
    note("planted mistakes", **{mutant.replace(" ", "_"): 1})
    MUTANTS[mutant](monkeypatch.setattr)
    tried = options(500, 15, derandomize=True, phases=[Phase.generate], report_multiple_bugs=False)
    with pytest.raises(AssertionError):
        run_state_machine_as_test(Course, settings=tried)
