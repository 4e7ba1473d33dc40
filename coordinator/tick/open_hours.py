"""Whether ticks come while people may be written to: else nobody would ever get a letter, and nothing would tell."""

from collections.abc import Iterator
from datetime import timedelta

from coordinator.core.hours import local_day
from coordinator.core.once_a_day import may_read_from
from coordinator.core.records import Participant
from coordinator.tick.round import Round

MISSED = timedelta(hours=12)
"""Due for so long, and now it is night again: the hours between went by without a tick."""
DAY = timedelta(days=1)


def note_closed_hours(round_: Round) -> None:
    """Tells the coordinator, on the second day in a row; one day may be a machine that was off."""
    counters = round_.work.meta.counters
    today, before = local_day(round_.now, round_.settings.chapter.timezone).toordinal(), counters.get("closed_day", 0)
    number = len({person.id for person in _waiting(round_)}) if before != today else 0
    if number:
        round_.work.with_meta(counters={**counters, "closed_day": today})
    if number and before == today - 1:
        people = "1 person waits" if number == 1 else f"{number} people wait"
        round_.account.news.append(
            f"{people} for letters, and ticks come only outside the hours in which they get mail – run coordinator tick"
            " every quarter of an hour (coordinator schedule), or change quiet_from and quiet_until in config.toml"
        )


def _waiting(round_: Round) -> Iterator[Participant]:
    """Who should have been written to a whole day's hours ago, and may not be written to now."""
    for person in _due(round_):
        pairings = round_.work.pairings_of(person.id)
        opens = may_read_from(round_.settings.chapter, person, pairings, round_.now)
        if person.status == "active" and opens and round_.now < opens < round_.now + DAY:
            yield person


def _due(round_: Round) -> Iterator[Participant]:
    work, before = round_.work, round_.now - MISSED
    yield from work.due_participants(before)
    for pairing in work.due_pairings(before):
        found = map(work.participant, (pairing.mentee, pairing.mentor, *pairing.advisors))
        yield from (person for person in found if person)
