"""Enrolment and matching by mail, at any size: invented people join, fill in forms, ask, accept and decline."""

import hashlib
import random
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from coordinator.config import Retention, Settings
from coordinator.core.effects import Chapter
from coordinator.core.records import Participant
from coordinator.simulate import shapes
from coordinator.simulate.letters import Received, received
from coordinator.simulate.memory import MemoryInbox, MemoryOutbox
from coordinator.simulate.posts import MemoryPost
from coordinator.store.memory import MemoryStore
from coordinator.tick import Doors, Options, tick

FIELDS = ("nursing", "pharmacy", "research", "finance", "laboratory", "teaching")
GOALS = ("lead a team", "pass an exam", "change my field", "write a paper", "find my way", "present in public")
CLIENTS = ("gmail_web", "outlook_web", "apple_ios", "thunderbird", "gmx")
DAYS = 45
"""Invitations, forms, requests and their expiry fit into so many days."""


@dataclass(frozen=True, kw_only=True)
class Applicant:
    """Somebody invented. mood: "keen", "slow" (answers after days), "refuses", "silent" or "declines" (as a mentor)."""

    name: str
    role: str
    mood: str
    years: int
    about: str
    places: int

    @property
    def address(self) -> str:
        return f"{self.name.casefold()}@example.org"


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What became of everybody. unread: mails that the program did not take. exceeded: mentors with too many mentees.

    twice: (address, subject) of letters that one person got twice without being a reminder.
    """

    people: int
    joined: int
    paired: int
    sent: int
    received: int
    unread: int
    held: int
    failed: int
    exceeded: tuple[str, ...]
    twice: tuple[tuple[str, str], ...]

    def plain(self) -> dict[str, Any]:
        """For `--json`."""
        return {**self.__dict__, "exceeded": list(self.exceeded), "twice": [list(each) for each in self.twice]}

    def lines(self) -> Iterator[str]:
        """For a terminal."""
        yield f"{self.people} people invited: {self.joined} joined, {self.paired} pairs"
        yield f"{self.sent} mails sent ({self.sent / self.people:.1f} a person), {self.received} received"
        yield f"{self.unread} unread, {self.held} held, {self.failed} failed"
        yield f"{len(self.exceeded)} mentors above their places, {len(self.twice)} letters sent twice for one thing"


def applicants(count: int, seed: int) -> Iterator[Applicant]:
    """Half mentees, half mentors, of every mood."""
    chance = random.Random(f"{seed}/applicants")
    for number in range(count):
        role = "mentee" if number % 2 else "mentor"
        moods = ("keen", "keen", "keen", "slow", "refuses" if number % 3 else "silent")
        mood = chance.choice((*moods, "declines") if role == "mentor" else moods)
        yield Applicant(
            name=f"{'Mo' if role == 'mentor' else 'Me'}{number}",
            role=role,
            mood=mood,
            years=chance.randint(5, 20) if role == "mentor" else chance.randint(0, 6),
            about=chance.choice(FIELDS),
            places=chance.choice((1, 1, 2)),
        )


@dataclass(kw_only=True)
class _Town:
    """Everybody with their mailboxes, and what is on its way."""

    people: Mapping[str, Applicant]
    settings: Settings
    store: MemoryStore
    now: datetime
    seed: int
    post: MemoryPost = field(default_factory=MemoryPost)
    later: list[tuple[datetime, int, bytes]] = field(default_factory=list)
    subjects: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    counts: Counter[str] = field(default_factory=Counter)

    def step(self) -> None:
        ready = [each for each in self.later if each[0] <= self.now]
        self.later = [each for each in self.later if each[0] > self.now]
        for at, _, raw in sorted(ready, key=lambda each: each[:2]):
            self.post.deliver(raw, at)
            self.counts["received"] += 1
        inbox, outbox = MemoryInbox(self.post), MemoryOutbox(self.post)
        doors = Doors(settings=self.settings, store=self.store.at(self.now), inbox=inbox, outbox=outbox)
        account = tick(doors, self.now, Options(confirm_gap=True, apart=False))
        self.counts["held"] += account.held
        self.counts["failed"] += account.failed
        for raw in self.post.collect():
            self._read(received(raw))

    def _read(self, letter: Received) -> None:
        self.counts["sent"] += 1
        person = self.people.get(letter.parent.recipient)
        if person is None:
            return
        is_reminder = "second try" in letter.parent.text
        if not is_reminder and any(_said(person, ask.words.casefold()) for ask in letter.asks):
            self.subjects[person.address, letter.subject, letter.asks[0].words] += 1
        said = answer(person, letter)
        if said:
            chance = random.Random(f"{self.seed}/{letter.parent.message_id}")
            hours = chance.randint(50, 110) if person.mood == "slow" else chance.randint(1, 30)
            raw = shapes.reply(
                letter.raw, said, client=chance.choice(CLIENTS), style="top", sender=(person.name, person.address),
                now=self.now + timedelta(hours=hours),
            )  # fmt: skip
            self.later.append((self.now + timedelta(hours=hours), self.counts["sent"], raw))


def answer(person: Applicant, letter: Received) -> dict[int, str] | str:
    """What this person writes back, "" = nothing: read from the letter alone, as a human would."""
    if person.mood == "silent":
        return ""
    said = {ask.number: _said(person, ask.words.casefold()) for ask in letter.asks}
    return {number: words for number, words in said.items() if words}


def _said(person: Applicant, words: str) -> str:
    goal = GOALS[(person.years + len(person.name)) % len(GOALS)]
    for part, reply in (
        ("would you like to take part", "no thanks" if person.mood == "refuses" else f"join {person.role}"),
        ("like to reach in your career", f"{goal}\nget on in {person.about}"),
        ("could help somebody with", f"{goal}\n{person.about}"),
        ("how many years", str(person.years)),
        ("what is your field", f"{person.about}, specialist, Elm"),
        ("how many mentees", str(person.places)),
        ("which languages", "English"),
        ("whom may i ask", f"request {_first_number(words)}\nWe do alike work every day.\nI hope to learn a lot."),
        ("will you mentor", "no" if person.mood == "declines" else "yes"),
    ):
        if part in words:
            return reply
    return ""


def _first_number(words: str) -> str:
    after = words.partition("`request ")[2] or words.partition("request ")[2]
    digits = "".join(c for c in after[:3] if c.isdigit())
    return digits or "1"


def run(*, people: int, now: datetime, seed: int = 7, program: str = "mentee-led") -> Outcome:
    """Everybody of a crowd is invited on the day of `now`; mailbox and state are in memory, the program is real."""
    crowd = list(applicants(people, seed))
    store = MemoryStore(program=program, now=now)
    work = store.load()
    work.stage(_record(f"u{n + 1}", person, now) for n, person in enumerate(crowd))
    work.commit()
    town = _Town(people={p.address: p for p in crowd}, settings=_settings(program), store=store, now=now, seed=seed)
    for day in range(DAYS):
        for hour in (9, 14):
            town.now = (now + timedelta(days=day)).replace(hour=hour, minute=0)
            town.step()
    return _outcome(town, crowd)


def _record(id_: str, person: Applicant, now: datetime) -> Participant:
    return Participant(
        id=id_,
        version=1,
        address=person.address,
        first_name=person.name,
        roles=(person.role,),
        timezone="UTC",
        invited=now,
        due=now,
    )


def _settings(program: str) -> Settings:
    chapter = Chapter(
        name="A simulated chapter",
        address="mentoring@example.org",
        sender_name="A simulated chapter",
        coordinator="office@example.org",
        secret=hashlib.sha256(b"nothing here is secret").digest(),
    )
    nowhere = Path("nowhere")
    return Settings(
        folder=nowhere,
        program=program,
        chapter=chapter,
        inbox=("memory", None),
        outbox=("memory", None),
        retention=Retention(state=False),
    )


def _outcome(town: _Town, crowd: list[Applicant]) -> Outcome:
    work = town.store.at(town.now).load()
    pairings = list(work.pairings())
    mentored = Counter(p.mentor for p in pairings if p.status != "ended")
    places = {p.id: (s.capacity if (s := p.seat("mentor")) else 0) for p in work.participants()}
    return Outcome(
        people=len(crowd),
        joined=sum(1 for p in work.participants() if p.seats),
        paired=len(pairings),
        sent=town.counts["sent"],
        received=town.counts["received"],
        unread=len(town.post.arrived),
        held=town.counts["held"],
        failed=town.counts["failed"],
        exceeded=tuple(id_ for id_, count in mentored.items() if count > places.get(id_, 0)),
        twice=tuple((address, subject) for (address, subject, _), n in town.subjects.items() if n > 1),
    )
