"""A season of as many pairs as asked for, in memory: how many mails it takes, against what was promised."""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from coordinator import programs
from coordinator.config import Retention, Settings
from coordinator.core.effects import Chapter
from coordinator.core.records import Consent, Pairing, Participant
from coordinator.simulate.cast import TEMPERAMENTS
from coordinator.simulate.crowd import crowd
from coordinator.simulate.events import Event
from coordinator.simulate.memory import MemoryInbox, MemoryOutbox
from coordinator.simulate.outcome import Outcome, peak, volume
from coordinator.simulate.persona import Persona
from coordinator.simulate.posts import MemoryPost
from coordinator.simulate.world import World, instants
from coordinator.store.memory import MemoryStore
from coordinator.store.work import Work
from coordinator.tick import Doors, Options, tick

ZONE = ZoneInfo("America/Chicago")
CHAPTER = Chapter(
    name="A simulated chapter",
    address="mentoring@example.org",
    sender_name="A simulated chapter",
    coordinator="office@example.org",
    timezone=str(ZONE),
    secret=hashlib.sha256(b"nothing here is secret").digest(),
)
PAIRS_OF_AN_ADVISOR = 12
TICKS = (time(8, 30), time(13, 0), time(18, 0))
HELP = ("help-", "emergency", "released")
"""Letters that a call for help brings; they count against nobody's budget."""


@dataclass(kw_only=True)
class _Count:
    """Counts events as they happen; keeps none."""

    start: date
    kinds: Counter[str] = field(default_factory=Counter)
    prompts: Counter[str] = field(default_factory=Counter)
    monthly: defaultdict[str, Counter[int]] = field(default_factory=lambda: defaultdict(Counter))
    held: int = 0
    failed: int = 0

    def event(self, event: Event) -> None:
        self.kinds[event.kind] += 1
        if event.is_ours:
            self.monthly[event.person][self._month(event.at)] += 1

    def letter(self, prompt: str, to: str, at: datetime) -> None:
        """HELP and what follows from it counts against no budget."""
        self.prompts[prompt] += 1
        if prompt.startswith(HELP):
            self.monthly[to][self._month(at)] -= 1

    def _month(self, at: datetime) -> int:
        return (at.date() - self.start).days // 30


START = datetime(2026, 1, 12, 14, 0, tzinfo=UTC)
"""The Monday on which a season begins of which nobody says when."""


@dataclass(frozen=True, kw_only=True)
class Played:
    """A season that is over. work: all that the program remembers of it. ticks: how many there were."""

    count: _Count
    work: Work
    settings: Settings
    ticks: int


def run(
    *,
    pairs: int,
    months: int,
    now: datetime,
    seed: int = 7,
    program: str = "six-month",
    progress: Callable[[float], object] = lambda _share: None,
) -> Outcome:
    """The counts of a season, see `play`."""
    played = play(pairs=pairs, months=months, now=now, seed=seed, program=program, progress=progress)
    return outcome_of(played, pairs=pairs, months=months)


def outcome_of(played: Played, *, pairs: int, months: int) -> Outcome:
    count = played.count
    return Outcome(
        pairs=pairs,
        months=months,
        ticks=played.ticks,
        kinds=dict(count.kinds.most_common()),
        prompts=dict(count.prompts.most_common()),
        volume=volume(count.monthly, months),
        budget=programs.load(played.settings.program, own=played.settings.templates).budget,
        held=count.held,
        failed=count.failed,
        peak=peak(),
    )


def play(
    *,
    pairs: int,
    months: int,
    now: datetime = START,
    seed: int = 7,
    program: str = "six-month",
    tail: int = 7,
    temperaments: Sequence[str] = (),
    outage: tuple[int, int] = (0, 0),
    note: Callable[[Sequence[str], str, datetime], object] = lambda _prompts, _to, _at: None,
    progress: Callable[[float], object] = lambda _share: None,
) -> Played:
    """Everybody of a crowd starts on the day of `now`; the program is the real one, mailbox and state are in memory.

    tail: days played behind the last month. temperaments: of whom the crowd is made, () = everybody by turns.
    outage: no tick for so many days (second) from that day on (first). note: gets the prompts of each letter.
    """
    begin = datetime.combine(now.astimezone(ZONE).date(), time(7, 0), tzinfo=ZONE)
    settings = _settings(program)
    people = list(crowd(pairs, begin.date(), temperaments))
    store = _filled(MemoryStore(program=program, now=begin), people, begin, months)
    post, count = MemoryPost(), _Count(start=begin.date())
    known = {persona.address: persona for pair in people for persona in pair}
    world = World(post=post, people=known, record=count.event, seed=seed, keep_mail=False)
    end = begin + timedelta(days=30 * months + tail)
    moments = tuple(_running(instants(begin, end, TICKS), begin, outage))

    def one(at: datetime) -> None:
        doors = Doors(settings=settings, store=store.at(at), inbox=MemoryInbox(post), outbox=MemoryOutbox(post))
        account = tick(doors, at, Options(apart=False))
        count.held += account.held
        count.failed += account.failed
        for letter in account.letters:
            count.letter(letter["prompt"], letter["to"], at)
            note(letter["prompt"].split("+"), letter["to"], at)
        progress((at - begin) / (end - begin))

    world.play(one, moments)
    return Played(count=count, work=store.load(), settings=settings, ticks=len(moments))


def _running(moments: Iterable[datetime], begin: datetime, outage: tuple[int, int]) -> Iterator[datetime]:
    first, days = outage
    for at in moments:
        if not days or not first <= (at - begin).days < first + days:
            yield at


def _filled(store: MemoryStore, people: list[tuple[Persona, Persona]], now: datetime, months: int) -> MemoryStore:
    advisors = [_advisor(number, now.date()) for number in range(-(-len(people) // PAIRS_OF_AN_ADVISOR))]
    work = store.load()
    work.stage(_records(people, advisors, now, months))
    work.commit()
    return store


def _settings(program: str) -> Settings:
    nowhere = Path("nowhere")
    return Settings(
        folder=nowhere,
        program=program,
        chapter=CHAPTER,
        inbox=("memory", None),
        outbox=("memory", None),
        retention=Retention(state=False),
    )


def _advisor(number: int, joined: date) -> Persona:
    return Persona(
        first_name="Advisor",
        last_name=str(number + 1),
        address=f"advisor{number}@example.org",
        temperament=TEMPERAMENTS["silent"],
        joined=joined,
    )


def _records(
    people: list[tuple[Persona, Persona]], advisors: list[Persona], now: datetime, months: int
) -> Iterator[Participant | Pairing]:
    yield from (_participant(advisor, "advisor", now) for advisor in advisors)
    for number, (mentor, mentee) in enumerate(people):
        yield _participant(mentor, "mentor", now)
        yield _participant(mentee, "mentee", now)
        yield Pairing(
            id=f"p{number + 1}",
            version=1,
            mentor=_identity(mentor),
            mentee=_identity(mentee),
            advisors=(_identity(advisors[number // PAIRS_OF_AN_ADVISOR]),),
            start=now.date(),
            end=now.date() + timedelta(days=30 * months),
        )


def _participant(persona: Persona, role: str, now: datetime) -> Participant:
    return Participant(
        id=_identity(persona),
        version=1,
        address=persona.address,
        first_name=persona.first_name,
        last_name=persona.last_name,
        roles=(role,),
        timezone=persona.timezone,
        consent=Consent(text="1", at=now, how="import"),
    )


def _identity(persona: Persona) -> str:
    return persona.address.partition("@")[0]
