"""A whole season on a walking clock: plays it, tells it, and writes the page."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from coordinator import store, tick
from coordinator.config import Settings
from coordinator.core import records
from coordinator.core.records import Pairing, Participant
from coordinator.demo import chapter, page
from coordinator.demo.shown import Meeting, Person, Summary, mail_of
from coordinator.demo.story import Cast, printed, tell
from coordinator.simulate import cast
from coordinator.simulate.events import Event
from coordinator.simulate.people import Persona
from coordinator.simulate.posts import MaildirPost
from coordinator.simulate.shapes.clients import DEVICES
from coordinator.simulate.world import World, instants
from coordinator.store import codec

AFTERWARDS = timedelta(days=3)
"""The season is played on a little, so that the last letters are seen."""

Progress = Callable[[float], object]


@dataclass(frozen=True, kw_only=True)
class Season:
    """What a demo leaves behind. story: for the terminal. page: the HTML page in `folder`."""

    folder: Path
    page: Path
    story: str
    events: tuple[Event, ...]
    prompts: Mapping[str, str]
    ticks: int


def run(
    folder: Path,
    *,
    now: datetime,
    months: int = 6,
    program: str = "six-month",
    seed: int = 7,
    progress: Progress = lambda _share: None,
) -> Season:
    """A chapter of ten pairs in `folder`, from the day of `now` on. progress: told the share that is done, 0 to 1.

    The folder must be empty or missing; it is an ordinary chapter afterwards.
    """
    zone = ZoneInfo(chapter.ZONE)
    begin = datetime.combine(now.astimezone(zone).date(), time(7, 0), tzinfo=zone)
    people = {persona.address: persona for persona in cast.chapter(begin.date())}
    settings = chapter.make(folder, people, program=program, months=months, now=begin)
    end = datetime.combine(chapter.later(begin.date(), months), time(20, 0), tzinfo=zone) + AFTERWARDS
    played = _play(settings, people, (begin, end), seed, progress)
    return _left_behind(settings, people, played)


@dataclass(frozen=True, kw_only=True)
class _Played:
    events: tuple[Event, ...]
    prompts: Mapping[str, str]
    ticks: int
    span: tuple[datetime, datetime]


def _play(
    settings: Settings,
    people: Mapping[str, Persona],
    span: tuple[datetime, datetime],
    seed: int,
    progress: Progress,
) -> _Played:
    events: list[Event] = []
    prompts: dict[str, str] = {}
    post = MaildirPost(outbox=settings.folder / "out", inbox=settings.folder / "mail")
    world = World(post=post, people=people, record=events.append, seed=seed)
    moments = tuple(instants(*span))

    def one(now: datetime) -> None:
        account = tick.run(settings, now)
        prompts.update({letter["message_id"]: letter["prompt"] for letter in account.letters})
        progress((now - span[0]) / (span[1] - span[0]))

    world.play(one, moments)
    return _Played(events=tuple(events), prompts=prompts, ticks=len(moments), span=span)


def _left_behind(settings: Settings, people: Mapping[str, Persona], played: _Played) -> Season:
    zone = ZoneInfo(chapter.ZONE)
    known = Cast(people=people, prompts=played.prompts, coordinator=chapter.COORDINATOR)
    months = tell(played.events, known, zone)
    begin, end = played.span
    title = f"{chapter.NAME}, {begin:%B} to {end - AFTERWARDS:%B %Y}"
    path = page.write(
        settings.folder,
        [mail_of(event, zone) for event in played.events],
        meetings(settings, end),
        _summaries(played, people, zone),
        title,
        people=_people(people),
        story=months,
    )
    return Season(
        folder=settings.folder,
        page=path,
        story=printed(months),
        events=played.events,
        prompts=played.prompts,
        ticks=played.ticks,
    )


def meetings(settings: Settings, now: datetime) -> list[Meeting]:
    """Everything that was ever put into the calendar, as the state has it, of ended pairings too."""
    work = store.open_store(settings.state, now=now).load()
    names = {person.id: person for person in work.participants()}
    ended = (codec.decode(Pairing, plain) for plain in work.all_archived("pairings"))
    found = [_shown(meeting, pairing, names) for pairing in (*work.pairings(), *ended) for meeting in pairing.meetings]
    return sorted(found, key=lambda each: (each.start, each.pair))


def _shown(meeting: records.Meeting, pairing: Pairing, names: Mapping[str, Participant]) -> Meeting:
    mentor, mentee = names[pairing.mentor], names[pairing.mentee]
    return Meeting(
        start=meeting.start.astimezone(ZoneInfo(meeting.zone)),
        pair=f"{mentee.first_name} and {mentor.first_name}",
        status=meeting.status,
        minutes=meeting.minutes,
        place=meeting.place,
        partstats={names[id_].first_name: answer for id_, answer in meeting.partstats.items() if id_ in names},
    )


def _summaries(played: _Played, people: Mapping[str, Persona], zone: ZoneInfo) -> list[Summary]:
    weekly = [event for event in played.events if "summary" in played.prompts.get(event.message_id, "").split("+")]
    found = []
    for event in weekly:
        mail = mail_of(event, zone)
        advisor = people[event.person].sender[0]
        found.append(Summary(at=mail.at, advisor=advisor, subject=mail.subject, text=mail.text, html=mail.html))
    return found


def _device(persona: Persona) -> str:
    return DEVICES[persona.temperament.client].removeprefix("an ").removeprefix("a ")


def _people(people: Mapping[str, Persona]) -> list[Person]:
    roles = {role.address: role.roles.replace(" ", " and ") for role in cast.CHAPTER}
    shown = [
        Person(
            address=address,
            name=persona.sender[0],
            role=roles[address],
            note=f"{persona.temperament.about} · {_device(persona)}",
        )
        for address, persona in people.items()
    ]
    office = Person(address=chapter.COORDINATOR, name="The coordinator", role="coordinator", note="gets the alerts")
    order = ("mentee", "mentor", "mentor and mentee", "advisor", "coordinator")
    return [*sorted(shown, key=lambda person: order.index(person.role)), office]
