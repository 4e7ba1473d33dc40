"""Years in seven zones, on a clock that is wrong now and then: each period has its letters once, and none at night."""

import os
import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from coordinator.tick.clock import clock_trouble
from tests.core.situations import MONDAY, Season, one_pair
from tests.core.test_season import answer_everything
from tests.faults.figures import note

NIGHTLY = bool(os.environ.get("COORDINATOR_NIGHTLY"))
YEARS = 5 if NIGHTLY else 1
STEPS = (7, 15, 60)
"""Minutes between two ticks."""

SEVEN = (
    "Europe/Berlin",
    "America/Sao_Paulo",
    "Australia/Lord_Howe",
    "Pacific/Apia",
    "Africa/Casablanca",
    "Asia/Kathmandu",
    "Europe/Dublin",
)
DAY, HOUR = timedelta(days=1), timedelta(hours=1)
JUMPS = (-365 * DAY, -HOUR, HOUR, 365 * DAY)
BEGIN = date(2026, 1, 12)


def pair_in(zone: str) -> Season:
    """One whose program lasts as many years."""
    season = one_pair(start=BEGIN, end=BEGIN + timedelta(days=365 * YEARS))
    for id_ in ("u1", "u2", "u3"):
        person = season.work.participant(id_)
        assert person
        season.work.stage([replace(person, timezone=zone, version=person.version + 1)])
    return season


def due(season: Season) -> datetime:
    """When something is due next; a tick before has nothing to do."""
    records = [*season.work.participants(), *season.work.pairings()]
    return min((each.due for each in records if each.due), default=datetime.max.replace(tzinfo=MONDAY.tzinfo))


def instants(season: Season, step: timedelta, seed: int) -> Iterator[datetime]:
    """Of the ticks that have something to do, and of some by a wrong clock."""
    chance, number = random.Random(seed), 0
    end = MONDAY + timedelta(days=365 * YEARS)
    while (now := MONDAY + number * step) < end:
        yield now
        if chance.random() < 0.03:
            jump = chance.choice(JUMPS)
            yield from (now + jump + turn * step for turn in range(3))
        number = max(number + 1, -((MONDAY - max(due(season), now)) // step))


def lived(zone: str, step: timedelta, seed: int) -> Season:
    season, last = pair_in(zone), None
    for now in instants(season, step, seed):
        if clock_trouble(last, now):
            continue
        last = now
        for effect in season.tick(now):
            answer_everything(season, effect)
    return season


@pytest.mark.parametrize("step", STEPS if NIGHTLY else STEPS[-1:])
@pytest.mark.parametrize("zone", SEVEN)
def test_years_on_a_clock_that_jumps_bring_each_periods_letters_once(zone: str, step: int) -> None:
    note("years", seasons=1, years=YEARS)
    season = lived(zone, timedelta(minutes=step), seed=SEVEN.index(zone) * 100 + step)
    here = ZoneInfo(zone)
    assert max(Counter(effect.letter.id for _, effect in season.sent).values()) == 1
    assert max(Counter(effect.letter.message_id for _, effect in season.sent).values()) == 1
    months = Counter((m.start.astimezone(here).year, m.start.astimezone(here).month) for m in season.pair().meetings)
    assert max(months.values()) == 1
    assert len(months) >= 12 * YEARS - 1
    weeks = Counter(
        at.astimezone(here).date().isocalendar()[:2] for at, e in season.sent if e.letter.purpose == "summary"
    )
    assert max(weeks.values()) == 1
    assert len(weeks) >= 52 * YEARS * 0.9
    for at, effect in season.sent:
        assert 8 <= at.astimezone(here).hour < 20, effect.letter.id
