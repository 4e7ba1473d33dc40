"""A page of numbers to the coordinator, once a month; it rides with a note that goes anyway."""

from datetime import date, datetime
from typing import Any

from coordinator.core.figures.month import month, month_before
from coordinator.core.hours import at_local, local_day
from coordinator.tick.content import content_of
from coordinator.tick.round import Round

PROMPT = "month"


def is_due(round_: Round) -> bool:
    return round_.now >= next_month(round_)


def next_month(round_: Round) -> datetime:
    """When the month that is not yet told of is over."""
    told = _told(round_)
    year, month_ = divmod(told + 1, 12)
    zone = round_.settings.chapter.timezone
    return at_local(date(year, month_ + 1, 1), round_.program.mail_hour, 0, zone)


def number_of(day: date) -> int:
    """Of the month that a day is in."""
    return day.year * 12 + day.month - 1


def _told(round_: Round) -> int:
    """The month in which the coordinator was last told, at first the one in which the chapter was founded."""
    meta = round_.work.meta
    zone = round_.settings.chapter.timezone
    return meta.counters.get("month") or number_of(local_day(meta.created, zone))


def told(round_: Round) -> dict[str, Any] | None:
    """The names that the letter uses; None when there is nothing to tell, or the program has no such letter."""
    if PROMPT not in round_.program.prompts:
        return None
    chapter = round_.settings.chapter
    content = content_of(round_.program, chapter, round_.work)
    first = month_before(local_day(round_.now, chapter.timezone))
    return month(content, first, round_.now, round_.program.words, chapter.language)
