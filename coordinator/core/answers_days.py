"""Days in a text: "14 April", "next Tuesday", "in two weeks", as calendar days around today."""

from collections.abc import Iterator
from datetime import date, timedelta

from coordinator.core.answers_dated import dated
from coordinator.core.answers_day import Calendar, Day
from coordinator.core.answers_numbers import number_at
from coordinator.core.answers_text import Tokens
from coordinator.core.words import Words


def days(scan: Tokens, calendar: Calendar) -> Iterator[Day]:
    at = 0
    while at < len(scan):
        skipped = calendar.words.phrases("not_days").length(scan.texts, at)
        found = None if skipped else day_at(scan, at, calendar)
        if found:
            yield found
        at = found.end if found else at + (skipped or 1)


def day_at(scan: Tokens, at: int, calendar: Calendar) -> Day | None:
    """The day that begins at this token."""
    readers = (_relative, _distance, dated, _weekday)
    for read in readers:
        found = read(scan, at, calendar)
        if found:
            return found
    return None


def _relative(scan: Tokens, at: int, calendar: Calendar) -> Day | None:
    found = calendar.words.phrases("relative_days").at(scan.texts, at)
    return Day(calendar.today + timedelta(days=found[1]), at, at + found[0]) if found else None


def _distance(scan: Tokens, at: int, calendar: Calendar) -> Day | None:
    """ "in 3 days", "two weeks ago", "il y a 3 jours"."""
    words = calendar.words
    ahead = words.phrases("in_time").length(scan.texts, at)
    back = words.phrases("ago_before").length(scan.texts, at)
    number = number_at(scan, at + max(ahead, back), words)
    if number is None or number.value is None or number.value != int(number.value) or not 0 < number.value < 400:
        return None
    unit = next(((n, u) for u, n in _units(scan, number.end, words)), None)
    if unit is None:
        return None
    length, size = unit
    end = number.end + length
    after = words.phrases("ago").length(scan.texts, end)
    if not (ahead or back or after):
        return None
    step = timedelta(days=int(number.value) * size)
    return Day(calendar.today - step if back or after else calendar.today + step, at, end + after)


def _units(scan: Tokens, at: int, words: Words) -> Iterator[tuple[int, int]]:
    for name, size in (("day_units", 1), ("week_units", 7)):
        length = words.phrases(name).length(scan.texts, at)
        if length:
            yield size, length


def _weekday(scan: Tokens, at: int, calendar: Calendar) -> Day | None:
    words = calendar.words
    sides = {name: words.phrases(name).length(scan.texts, at) for name in ("this_day", "next_day", "last_day")}
    side = max(sides, key=lambda name: sides[name])
    body = at + sides[side]
    named = words.phrases("weekdays").at(scan.texts, body)
    if not named or (not sides[side] and _could_be_a_word(scan, body, named[0])):
        return None
    end = body + named[0]
    if not sides[side]:
        side, length = _side_after(scan, end, words)
        end += length
    week_after = words.phrases("week_after").length(scan.texts, end)
    if week_after and not side:
        return Day(_coming(calendar.today, named[1]) + timedelta(days=7), at, end + week_after)
    return _on_weekday(named[1], side, at, end, calendar)


def _side_after(scan: Tokens, end: int, words: Words) -> tuple[str, int]:
    for name, key in (("next_day", "next_after"), ("last_day", "last_after"), ("this_day", "this_after")):
        length = words.phrases(key).length(scan.texts, end)
        if length:
            return name, length
    return "", 0


def _could_be_a_word(scan: Tokens, at: int, length: int) -> bool:
    """ "sat" and "mar" are words too: such a short name needs a number, a full stop or the end beside it."""
    if length > 1 or len(scan.texts[at]) > 3:
        return False
    after = scan.texts[at + 1 : at + 2]
    return bool(after) and after[0][0].isalpha() and (len(scan.texts[at]) < 3 or at > 0)


def _coming(today: date, weekday: int) -> date:
    return today + timedelta(days=(weekday - today.weekday() - 1) % 7 + 1)


def _on_weekday(weekday: int, side: str, start: int, end: int, calendar: Calendar) -> Day:
    today = calendar.today
    ahead, back = _coming(today, weekday), today - timedelta(days=(today.weekday() - weekday - 1) % 7 + 1)
    monday = today - timedelta(days=today.weekday())
    if side == "last_day":
        return Day(back, start, end) if back < monday else Day(None, start, end, "day")
    if side == "next_day":
        # The coming one, or the one after? Only where the nearest is in another week do all agree; on a
        # Sunday the weeks of different countries differ.
        near = ahead < monday + timedelta(days=7) or today.weekday() == 6
        if near and calendar.words.data.get("next_is_coming") is not True:
            return Day(None, start, end, "day")
        return Day(ahead, start, end)
    if side == "this_day":
        return Day(ahead, start, end) if not calendar.past else Day(None, start, end, "day")
    if weekday == today.weekday():
        return Day(None, start, end, "day", weekday=weekday)
    return Day(back if calendar.past else ahead, start, end, weekday=weekday)
