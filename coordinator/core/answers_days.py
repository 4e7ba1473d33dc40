"""Days in a text: "14 April", "next Tuesday", "in two weeks", "14.4.", as calendar days around today."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from coordinator.core.answers_numbers import number_at
from coordinator.core.answers_text import Tokens
from coordinator.core.words import Words

_FAR = timedelta(days=300)
_RECENT = timedelta(days=92)


@dataclass(frozen=True, slots=True)
class Day:
    """day: None where `why` (a key of the table `unclear`) says what is missing. start, end: tokens.

    weekday: said alone (0 = Monday), so that a date beside it is the same day.
    """

    day: date | None
    start: int
    end: int
    why: str = ""
    weekday: int | None = None


@dataclass(frozen=True, kw_only=True)
class Calendar:
    """What a reader of days must know.

    day_first: None where nobody can tell. past: the question asks for a day gone by.
    """

    words: Words
    today: date
    day_first: bool | None
    past: bool


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
    readers = (_iso, _relative, _distance, _nth_weekday, _weekday, _digits, _day_month, _month_day, _day_alone)
    for read in readers:
        found = read(scan, at, calendar)
        if found:
            return found
    return None


def _iso(scan: Tokens, at: int, _: Calendar) -> Day | None:
    parts = scan.texts[at : at + 5]
    if len(parts) < 5 or len(parts[0]) != 4 or parts[1] not in {"-", "/"} or parts[3] != parts[1]:
        return None
    if not all(p.isdecimal() for p in parts[::2]) or not all(scan.touches(at + i) for i in range(1, 5)):
        return None
    return _made(int(parts[0]), int(parts[2]), int(parts[4]), at, at + 5)


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


def _nth_weekday(scan: Tokens, at: int, calendar: Calendar) -> Day | None:
    """ "The first Tuesday of May"; without a month it names no day."""
    words = calendar.words
    nth = words.phrases("ordinals").at(scan.texts, at)
    final = words.phrases("last_of").length(scan.texts, at)
    if not nth and not final:
        return None
    end = at + (nth[0] if nth else final)
    named = words.phrases("weekdays").at(scan.texts, end)
    if not named:
        return None
    end += named[0]
    step = end
    while words.phrases("day_of").length(scan.texts, step) or words.phrases("day_joins").length(scan.texts, step):
        step += 1
    month = words.phrases("months").at(scan.texts, step)
    if not month:
        return Day(None, at, end, "day") if nth else None
    return _nth_of_month(nth[1] if nth else 4, named[1], month[1] + 1, (at, step + month[0]), calendar)


def _nth_of_month(place: int, weekday: int, month: int, span: tuple[int, int], calendar: Calendar) -> Day:
    today = calendar.today
    year = today.year + (month < today.month and not calendar.past) - (month > today.month and calendar.past)
    first = date(year, month, 1)
    day = first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * place)
    return Day(day, *span) if day.month == month else Day(None, *span, "day")


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


def _digits(scan: Tokens, at: int, calendar: Calendar) -> Day | None:
    """ "14/4/2026", "14.04.26", "14.4.", "14-04-2026"."""
    parts, end = _dotted(scan, at) or _slashed(scan, at) or ((), at)
    if len(parts) < 2:
        return None
    first, second = int(parts[0]), int(parts[1])
    year = _year(parts[2]) if len(parts) == 3 else None
    pointed = "." in scan.texts[at]
    if year is None and not pointed and first <= 12 and second <= 12 and first != second:
        return Day(None, at, end, "order")
    order = True if pointed else calendar.day_first
    if first > 12 >= second:
        order = True
    elif second > 12 >= first:
        order = False
    if order is None and first != second:
        return Day(None, at, end, "order")
    day, month = (first, second) if order in {True, None} else (second, first)
    if year is not None:
        return _made(year, month, day, at, end)
    return _nearest(month, day, at, end, calendar)


def _dotted(scan: Tokens, at: int) -> tuple[tuple[str, ...], int] | None:
    parts = tuple(scan.texts[at].split("."))
    if not all(p.isdecimal() and len(p) <= 4 for p in parts) or not 2 <= len(parts) <= 3 or len(parts[0]) > 2:
        return None
    if len(parts) == 3:
        return (parts, at + 1) if len(parts[2]) in {2, 4} else None
    closed = scan.texts[at + 1 : at + 2] == (".",) and scan.touches(at + 1)
    if not closed or not 1 <= int(parts[1]) <= 12:
        return None
    if scan.texts[at + 2 : at + 3] and scan.texts[at + 2].isdecimal() and len(scan.texts[at + 2]) == 4:
        return (*parts, scan.texts[at + 2]), at + 3
    return parts, at + 2


def _slashed(scan: Tokens, at: int) -> tuple[tuple[str, ...], int] | None:
    texts = scan.texts[at : at + 5]
    if len(texts) < 3 or texts[1] not in {"/", "-"} or not (texts[0].isdecimal() and texts[2].isdecimal()):
        return None
    if not (scan.touches(at + 1) and scan.touches(at + 2)) or len(texts[0]) > 2 or len(texts[2]) > 2:
        return None
    if len(texts) == 5 and texts[3] == texts[1] and texts[4].isdecimal() and len(texts[4]) in {2, 4}:
        return (texts[0], texts[2], texts[4]), at + 5
    if texts[1] == "-" or (len(texts) > 3 and texts[3] in {"/", "%"}):
        return None
    return (texts[0], texts[2]), at + 3


def _year(text: str) -> int:
    return int(text) + 2000 if len(text) == 2 else int(text)


def _day_month(scan: Tokens, at: int, calendar: Calendar) -> Day | None:
    words = calendar.words
    found = _day_number(scan, at, words)
    if found is None:
        return None
    day, end, _ = found
    while scan.texts[end : end + 1] in {(".",), ("-",)} or words.phrases("day_of").length(scan.texts, end):
        end += 1
    month = words.phrases("months").at(scan.texts, end)
    if not month:
        return None
    return _with_year(scan, month[1] + 1, day, at, end + month[0], calendar)


def _month_day(scan: Tokens, at: int, calendar: Calendar) -> Day | None:
    words = calendar.words
    month = words.phrases("months").at(scan.texts, at)
    if not month:
        return None
    end = at + month[0]
    end += scan.texts[end : end + 1] == (".",)
    end += words.phrases("day_joins").length(scan.texts, end) if scan.texts[end : end + 1] == ("the",) else 0
    found = _day_number(scan, end, words)
    if found is None or scan.texts[found[1] : found[1] + 1] == (":",):
        return None
    return _with_year(scan, month[1] + 1, found[0], at, found[1], calendar)


def _day_number(scan: Tokens, at: int, words: Words) -> tuple[int, int, bool] | None:
    """(day, end, whether an ordinal): "14", "14th", "1er", "first"."""
    if at >= len(scan):
        return None
    ordinal = words.phrases("ordinals").at(scan.texts, at)
    if ordinal:
        return ordinal[1] + 1, at + ordinal[0], True
    if not scan.texts[at].isdecimal() or len(scan.texts[at]) > 2 or not 1 <= int(scan.texts[at]) <= 31:
        return None
    sign = words.phrases("ordinal_signs").length(scan.texts, at + 1) if scan.touches(at + 1) else 0
    return int(scan.texts[at]), at + 1 + sign, sign > 0


def _with_year(scan: Tokens, month: int, day: int, at: int, end: int, calendar: Calendar) -> Day:
    step = end
    while scan.texts[step : step + 1] in {(",",), (".",)} or calendar.words.phrases("day_of").length(scan.texts, step):
        step += 1
    year = scan.texts[step] if step < len(scan) else ""
    if len(year) == 4 and year.isdecimal():
        return _made(int(year), month, day, at, step + 1)
    return _nearest(month, day, at, end, calendar)


def _day_alone(scan: Tokens, at: int, calendar: Calendar) -> Day | None:
    """ "the 14th", "am 14.", "el 14": in this month or the next."""
    words = calendar.words
    lead = words.phrases("day_before").length(scan.texts, at)
    found = _day_number(scan, at + lead, words)
    if found is None:
        return None
    day, end, ordinal = found
    month = end
    while scan.texts[month : month + 1] == (".",) or words.phrases("day_of").length(scan.texts, month):
        month += 1
    if words.phrases("months").length(scan.texts, month):
        return None
    spelled = not scan.texts[at + lead][0].isdecimal()
    if spelled or not (lead or ordinal) or (not scan.ends_at(end) and not ordinal and not lead):
        return None
    if any(
        words.phrases(n).length(scan.texts, end)
        for n in ("minute_units", "hour_units", "day_units", "week_units", "oclock", "month_units")
    ):
        return None
    today = calendar.today
    for ahead in range(3):
        month = (today.month - 1 + (-ahead if calendar.past else ahead)) % 12 + 1
        year = today.year + (today.month - 1 + (-ahead if calendar.past else ahead)) // 12
        made = _made(year, month, day, at, end)
        if made.day and (made.day < today if calendar.past else made.day > today):
            return made
        if made.day == today:
            return Day(None, at, end, "day")
    return Day(None, at, end, "day")


def _made(year: int, month: int, day: int, start: int, end: int) -> Day:
    try:
        found = date(year, month, day)
    except ValueError:
        return Day(None, start, end, "day")
    return Day(found, start, end) if 1970 <= year <= 2100 else Day(None, start, end, "day")


def _nearest(month: int, day: int, start: int, end: int, calendar: Calendar) -> Day:
    """Without a year: the next such day, or the last for a question about the past; unclear when the other is close."""
    today = calendar.today
    made = [_made(today.year + shift, month, day, start, end) for shift in (-1, 0, 1)]
    known = [found.day for found in made if found.day]
    before = max((d for d in known if d <= today), default=None)
    after = min((d for d in known if d >= today), default=None)
    wanted, other = (before, after) if calendar.past else (after, before)
    if wanted is None:
        return Day(None, start, end, "day")
    if other is not None and abs(wanted - today) > _FAR and abs(other - today) < _RECENT:
        return Day(None, start, end, "day")
    return Day(wanted, start, end)
