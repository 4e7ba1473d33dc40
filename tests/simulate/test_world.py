"""The walking clock: what goes out reaches people, what they write reaches the program, in order of time."""

from collections import Counter
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from coordinator.simulate.cast import chapter
from coordinator.simulate.events import Event
from coordinator.simulate.posts import MaildirPost, MemoryPost
from coordinator.simulate.world import TICKS, World, instants
from tests.simulate.samples import letter

ZONE = ZoneInfo("America/Chicago")
MONDAY = datetime(2026, 1, 5, 7, 0, tzinfo=ZONE)
PEOPLE = {persona.address: persona for persona in chapter(MONDAY.date())}


class Program:
    """Asks everybody on the first tick of each Monday, and empties its mailbox at every tick."""

    def __init__(self, post: MemoryPost) -> None:
        self.post = post
        self.fetched: list[tuple[datetime, bytes]] = []

    def tick(self, now: datetime) -> None:
        self.fetched += [(now, raw) for raw in self.post.arrived.values()]
        self.post.arrived.clear()
        if now.weekday() == 0 and now.time() == TICKS[0]:
            for number, persona in enumerate(PEOPLE.values()):
                known = {"to": (persona.first_name, persona.address), "sent": now}
                self.post.sent.append(letter(message_id=f"<{now:%j}.{number}@example.org>", **known))


def played(weeks: int, seed: int = 7) -> tuple[list[Event], Program]:
    post, events = MemoryPost(), []
    program = Program(post)
    world = World(post=post, people=PEOPLE, record=events.append, seed=seed)
    world.play(program.tick, instants(MONDAY, MONDAY + timedelta(weeks=weeks)))
    return events, program


def test_what_people_wrote_is_in_the_mailbox_before_the_next_tick() -> None:
    events, program = played(3)
    came = [event for event in events if not event.is_ours]
    assert [event.raw for event in came] == [raw for _, raw in program.fetched]
    for event, (fetched, _) in zip(came, program.fetched, strict=True):
        assert event.at <= fetched < event.at + timedelta(hours=14)


def test_a_season_is_the_same_with_the_same_seed() -> None:
    first, second, other = played(2)[0], played(2)[0], played(2, seed=8)[0]
    assert first == second
    assert first != other


def test_the_silent_stay_silent_and_the_dead_address_bounces_for_good() -> None:
    events, _ = played(12)
    kinds = Counter((event.person, event.kind) for event in events if not event.is_ours)
    assert not [person for person, _ in kinds if person.startswith("owen.")]
    assert kinds["sofia.marsh@example.org", "bounce"] == 3
    assert kinds["ben.castillo@example.org", "help"] == 1


def test_mail_to_a_stranger_is_noted_and_nobody_answers() -> None:
    post, events = MemoryPost(), []
    post.sent.append(letter(to=("Office", "office@example.org")))
    World(post=post, people=PEOPLE, record=events.append).step(lambda now: None, MONDAY)
    assert [(event.person, event.kind) for event in events] == [("office@example.org", "letter")]


def test_a_season_that_keeps_no_mail_keeps_its_facts() -> None:
    post, events = MemoryPost(), []
    post.sent.append(letter())
    World(post=post, people={}, record=events.append, keep_mail=False).step(lambda now: None, MONDAY)
    assert (events[0].raw, events[0].subject) == (b"", "How is it going with Marcus?")


def test_each_day_has_its_ticks_on_the_wall_clock_across_a_change_of_clocks() -> None:
    start = datetime(2026, 3, 7, 7, 0, tzinfo=ZONE)
    found = list(instants(start, start + timedelta(days=2), ticks=(time(8, 30), time(16, 30))))
    assert [f"{at:%d %H:%M %z}" for at in found] == [
        "07 08:30 -0600",
        "07 16:30 -0600",
        "08 08:30 -0500",
        "08 16:30 -0500",
    ]


def test_a_maildir_is_read_once_and_written_whole(tmp_path: Path) -> None:
    (tmp_path / "out" / "new").mkdir(parents=True)
    (tmp_path / "out" / "new" / "1.a").write_bytes(b"first")
    post = MaildirPost(outbox=tmp_path / "out", inbox=tmp_path / "mail")
    assert post.collect() == [b"first"]
    assert post.collect() == []
    at = datetime(2026, 4, 14, 9, 2, tzinfo=UTC)
    post.deliver(b"hello", at)
    post.deliver(b"again", at)
    files = sorted((tmp_path / "mail" / "new").iterdir())
    assert [file.read_bytes() for file in files] == [b"hello", b"again"]
    assert files[0].stat().st_mtime == at.timestamp()
    assert not list((tmp_path / "mail" / "tmp").iterdir())


def test_a_folder_that_is_not_there_yet_holds_nothing(tmp_path: Path) -> None:
    assert MaildirPost(outbox=tmp_path / "out", inbox=tmp_path / "mail").collect() == []
