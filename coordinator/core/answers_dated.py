"""Days that are written out: "2026-04-14", "14.4.", "April 14th", "the first Tuesday of May", "the 14th"."""

from datetime import date, timedelta

from coordinator.core.answers_day import Calendar, Day, made, nearest, next_numbered
from coordinator.core.answers_text import Tokens
from coordinator.core.words import Words

_OTHER_UNITS = ("minute_units", "hour_units", "day_units", "week_units", "month_units", "oclock", "stars", "times")


def dated(scan: Tokens, at: int, calendar: Calendar) -> Day | None:
    """The written day that begins at this token."""
    readers = (_iso, _nth_weekday, _digits, _day_month, _month_day, _day_alone)
    return next((found for read in readers if (found := read(scan, at, calendar))), None)


def _iso(scan: Tokens, at: int, _: Calendar) -> Day | None:
    parts = scan.texts[at : at + 5]
    if len(parts) < 5 or len(parts[0]) != 4 or parts[1] not in {"-", "/"} or parts[3] != parts[1]:
        return None
    if not all(p.isdecimal() for p in parts[::2]) or not all(scan.touches(at + i) for i in range(1, 5)):
        return None
    return made(int(parts[0]), int(parts[2]), int(parts[4]), at, at + 5)


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
        return made(year, month, day, at, end)
    return nearest(month, day, at, end, calendar)


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
        return made(int(year), month, day, at, step + 1)
    return nearest(month, day, at, end, calendar)


def _day_alone(scan: Tokens, at: int, calendar: Calendar) -> Day | None:
    """ "The 14th", "am 14.", "el 14", or a number behind its weekday."""
    words = calendar.words
    lead = words.phrases("day_before").length(scan.texts, at)
    found = _day_number(scan, at + lead, words)
    if found is None or not scan.texts[at + lead][0].isdecimal() or _has_month(scan, found[1], words):
        return None
    day, end, ordinal = found
    weekday = None if lead or ordinal else _weekday_before(scan, at, words)
    if not (lead or ordinal or weekday is not None) or _counts_something(scan, end, words):
        return None
    named = next_numbered(day, at, end, calendar)
    return named if weekday is None or (named.day and named.day.weekday() == weekday) else None


def _has_month(scan: Tokens, at: int, words: Words) -> bool:
    while scan.texts[at : at + 1] == (".",) or words.phrases("day_of").length(scan.texts, at):
        at += 1
    return words.phrases("months").length(scan.texts, at) > 0


def _weekday_before(scan: Tokens, at: int, words: Words) -> int | None:
    for back in (1, 2, 3):
        found = words.phrases("weekdays").at(scan.texts, at - back) if at >= back else None
        if found and found[0] == back:
            return int(found[1])
    return None


def _counts_something(scan: Tokens, end: int, words: Words) -> bool:
    """Whether the number is an hour or counts something: "at 14:00", "14 minutes", "14 %"."""
    after = scan.texts[end : end + 1]
    clock = any(words.phrases(name).length(scan.texts, end) for name in ("am", "pm"))
    units = any(words.phrases(name).length(scan.texts, end) for name in _OTHER_UNITS)
    return clock or units or after in {(":",), ("/",), ("%",)}
