"""A chapter in memory that real mail passes through: people are invited, answer as mail clients do, and ticks run."""

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from coordinator import programs
from coordinator.config import Settings
from coordinator.core.effects import Chapter
from coordinator.core.records import Consent, Match, Pairing, Participant
from coordinator.simulate import shapes
from coordinator.simulate.letters import Received, received
from coordinator.simulate.memory import MemoryInbox, MemoryOutbox
from coordinator.simulate.posts import MemoryPost
from coordinator.store.memory import MemoryStore
from coordinator.store.work import Work
from coordinator.tick import Account, Doors, Options, tick

MONDAY = datetime(2026, 1, 12, 9, 0, tzinfo=UTC)
CLIENTS = (("gmail_web", "top"), ("outlook_classic", "top"), ("apple_ios", "top"), ("thunderbird", "inline"))

MENTEE = {"sought": "Lead a team\nPass the exam", "years": "1", "field": "nursing", "role": "nurse", "site": "Elm"}
MENTOR = {"offered": "leading a team\nexams", "years": "7", "field": "nursing", "site": "Oak", "capacity": "1"}


@dataclass
class Office:
    """program: which one runs. letters: (when, letter) of everything that was sent."""

    program: str = "mentee-led"
    own: Path | None = None
    now: datetime = MONDAY
    post: MemoryPost = field(default_factory=MemoryPost)
    letters: list[tuple[datetime, Received]] = field(default_factory=list)
    accounts: list[Account] = field(default_factory=list)
    written: int = 0

    def __post_init__(self) -> None:
        chapter = Chapter(
            name="Elm chapter",
            address="mentoring@example.org",
            sender_name="Elm mentoring",
            coordinator="office@example.org",
            secret=b"k" * 32,
        )
        nowhere = Path("nowhere")
        self.settings = Settings(
            folder=nowhere if self.own is None else self.own.parent,
            program=self.program,
            chapter=chapter,
            inbox=("memory", None),
            outbox=("memory", None),
        )
        self.store = MemoryStore(program=self.program, now=self.now)

    @property
    def loaded(self) -> Any:
        return programs.load(self.program, own=self.settings.templates)

    # Who there is.

    def add(self, name: str, *roles: str, consent: bool = False, invited: bool = True, **more: Any) -> Participant:
        """Somebody on the roster, invited by the volunteer."""
        from coordinator.core.joining.seats import asked_for

        work = self.work()
        person = Participant(
            id=work.fresh_id("u"),
            version=1,
            address=f"{name.casefold()}@example.org",
            first_name=name,
            last_name="Roe",
            roles=roles,
            consent=Consent(text="1", at=self.now, how="import") if consent else None,
            invited=self.now if invited else None,
            due=self.now,
            **{"timezone": "UTC", **more},
        )
        if consent and invited and {"mentor", "mentee"} & set(roles):
            person = asked_for(self.loaded, person, roles, self.now)
        self.stage(person)
        return person

    def stage(self, *records: Any) -> None:
        work = self.work()
        work.stage(records)
        work.commit()

    def work(self) -> Work:
        return self.store.at(self.now).load()

    def person(self, name: str) -> Participant:
        found = self.work().participant_at(name if "@" in name else f"{name.casefold()}@example.org")
        assert found is not None
        return found

    def match_of(self, name: str) -> Match:
        mine = [m for m in self.work().matches_of(self.person(name).id) if m.mentee == self.person(name).id]
        assert mine, f"no search of {name}"
        return mine[-1]

    @property
    def pairings(self) -> list[Pairing]:
        return list(self.work().pairings())

    @property
    def held(self) -> list[Any]:
        return [h for h in self.work().all_held() if h.state == "waiting"]

    # What happens.

    def tick(self, *, hours: float = 0, days: float = 0) -> list[Received]:
        """One tick, a while later; then once more at the same instant, which sends nothing."""
        self.now += timedelta(hours=hours, days=days)
        fresh = self._tick()
        assert self._tick() == [], "the same instant twice sends nothing"
        return fresh

    def _tick(self) -> list[Received]:
        inbox, outbox = MemoryInbox(self.post), MemoryOutbox(self.post)
        doors = Doors(settings=self.settings, store=self.store.at(self.now), inbox=inbox, outbox=outbox)
        account = tick(doors, self.now, Options(confirm_gap=True, apart=False))
        assert not account.failed, account.news
        self.accounts.append(account)
        fresh = [received(raw) for raw in self.post.collect()]
        self.letters += [(self.now, each) for each in fresh]
        return fresh

    def wait(self, days: int) -> None:
        """A tick at nine and one at three, each day."""
        for _ in range(days):
            day = self.now + timedelta(days=1)
            for hour in (9, 15):
                self.now = day.replace(hour=hour, minute=0)
                self._tick()

    def reply(self, letter: Received, new: Any, *, sender: str = "", **more: Any) -> list[Received]:
        """An answer, in one of the shapes that mail programs give it, and the tick that reads it."""
        self.deliver(letter, new, sender=sender, **more)
        return self.tick(hours=0.25)

    def deliver(self, letter: Received, new: Any, *, sender: str = "", client: str = "", style: str = "") -> None:
        client, style = (client, style or "top") if client else CLIENTS[self.written % len(CLIENTS)]
        if isinstance(new, str):
            style = "top"
        self.written += 1
        who = sender or letter.parent.recipient
        raw = shapes.reply(letter.raw, new, client=client, style=style, sender=("", who), now=self.now)
        self.post.deliver(raw, self.now)

    def write(self, name: str, text: str, subject: str = "Hello") -> list[Received]:
        """A new mail that answers nothing."""
        to = [("Elm mentoring", "mentoring@example.org")]
        raw = shapes.fresh(
            text, client="gmail_web", sender=(name, f"{name.casefold()}@example.org"), to=to, subject=subject,
            now=self.now,
        )  # fmt: skip
        self.post.deliver(raw, self.now)
        return self.tick(hours=0.25)

    # What was sent.

    def to(self, name: str, words: str = "") -> list[Received]:
        address = name if "@" in name else f"{name.casefold()}@example.org"
        return [
            each
            for _, each in self.letters
            if each.parent.recipient == address and (words in each.subject or words in each.parent.text)
        ]

    def last(self, name: str, words: str = "") -> Received:
        found = self.to(name, words)
        assert found, f"nothing to {name} with {words!r}: {[x.subject for x in self.to(name)]}"
        return found[-1]


def mentor(office: Office, name: str, **profile: str) -> Participant:
    """A mentor in the pool, known from the roster."""
    return office.add(name, "mentor", consent=True, profile={**MENTOR, **profile})


def mentee(office: Office, name: str, **profile: str) -> Participant:
    return office.add(name, "mentee", consent=True, profile={**MENTEE, **profile})


def two(program: str = "mentee-led") -> Office:
    """Maya looks for a mentor, Mona and Nora have a place free."""
    office = Office(program=program)
    mentor(office, "Mona")
    mentor(office, "Nora", site="Ash", years="9")
    mentee(office, "Maya")
    return office


def waived(person: Participant, **changes: Any) -> Participant:
    return replace(person, version=person.version + 1, **changes)
