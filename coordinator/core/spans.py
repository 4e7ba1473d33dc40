"""How long, until when, from when to when, how often: what may stand behind an advisor's verb, or name a break."""

import re
from collections.abc import Mapping
from datetime import date, timedelta

from coordinator.core.answers_numbers import number_at
from coordinator.core.answers_text import Tokens, is_stop
from coordinator.core.commands_terms import every_of
from coordinator.core.dates import local_day, when
from coordinator.core.reading import Context
from coordinator.core.words import Words

_SHORT = {"d": 1, "w": 7, "m": 30}
_LONGEST = timedelta(days=366)


def nothing(scan: Tokens, at: int, words: Words, _context: Context) -> Mapping[str, str] | None:
    """The line ends here, but for a kind word."""
    return {} if at >= len(scan) or words.phrases("please").length(scan.texts, at) == len(scan) - at else None


def anything(scan: Tokens, at: int, _words: Words, _context: Context) -> Mapping[str, str] | None:
    """args: text, the words as written."""
    return {"text": scan.written(at, len(scan))}


def something(scan: Tokens, at: int, words: Words, context: Context) -> Mapping[str, str] | None:
    """The same, but there must be words."""
    return anything(scan, at, words, context) if at < len(scan) else None


def until(scan: Tokens, at: int, words: Words, context: Context) -> Mapping[str, str] | None:
    """args: until (ISO day), of "2w", "for 10 days", "until 14 August"; empty when nothing is said."""
    if at >= len(scan):
        return {}
    day = _for_so_long(scan, at, words, context) or day_in(
        scan, _past(scan, at, words, "until"), len(scan), words, context
    )
    return {"until": day.isoformat()} if day and local_day(context) < day <= local_day(context) + _LONGEST else None


def every(scan: Tokens, at: int, words: Words, context: Context) -> Mapping[str, str] | None:
    """args: every ("2 weeks"), days, of "2 weeks" or "month" behind the word "every"."""
    length = length_of(scan, at, words)
    if length is None:
        named = every_of(scan.raw[scan.items[at].start :], context) if at < len(scan) else None
        count, _, unit = (named or "").partition(" ")
        length = int(count) * (7 if unit.startswith("week") else 30) if count.isdecimal() else None
    return {"days": str(length)} if length else None


def number(scan: Tokens, at: int, words: Words, _context: Context) -> Mapping[str, str] | None:
    """args: number."""
    found = number_at(scan, at, words)
    is_whole = found is not None and found.value is not None and found.value == int(found.value)
    if found is None or not is_whole or not scan.ends_at(found.end):
        return None
    return {"number": str(int(found.value or 0))}


def days(scan: Tokens, at: int, words: Words, context: Context) -> Mapping[str, str] | None:
    """args: first, last (ISO days), of "1–14 Aug", "from 1 to 14 August", "du 1er au 14 août", "until 14 August"."""
    at = max(at, _past(scan, at, words, "from_word"))
    length = words.phrases("until").length(scan.texts, at)
    if length:
        last = day_in(scan, at + length, len(scan), words, context)
        return _range(local_day(context), last, context)
    for place in range(at + 1, len(scan)):
        step = 1 if scan.texts[place] == "-" else max(_past(scan, place, words, n) for n in _TO) - place
        found = _from_to(scan, at, place, place + step, words, context) if step else None
        if found:
            return found
    only = day_in(scan, at, len(scan), words, context)
    return _range(only, only, context)


_TO = ("range_to", "days_to")
_BARE = re.compile(r"(?:\w{2,3}\s+)?(\d{1,2})\s*(?:\.|er|º|ª|°|st|nd|rd|th|e)?")


def _from_to(scan: Tokens, at: int, end: int, second: int, words: Words, context: Context) -> Mapping[str, str] | None:
    """The first day may be a bare number: its month is that of the last."""
    last = day_in(scan, second, len(scan), words, context)
    if last is None:
        return None
    bare = _BARE.fullmatch(scan.written(at, end))
    if bare and 1 <= int(bare[1]) <= last.day:
        return _range(last.replace(day=int(bare[1])), last, context)
    first = day_in(scan, at, end, words, context)
    if first and first > last:  # a day without a year is the next one of its kind, and this one has begun
        first = first.replace(year=first.year - 1, day=min(first.day, 28 if first.month == 2 else 31))
    return _range(first, last, context)


def _range(first: date | None, last: date | None, context: Context) -> Mapping[str, str] | None:
    if first is None or last is None or last < first or last - first > _LONGEST or last < local_day(context):
        return None
    return {"first": first.isoformat(), "last": last.isoformat()}


def day_in(scan: Tokens, start: int, end: int, words: Words, context: Context) -> date | None:
    """The day that those words name and say nothing besides."""
    text = scan.written(start, end)
    found = when(text, context, words=words) if text else None
    return found.day if found and not found.why and not found.rest else None


def _for_so_long(scan: Tokens, at: int, words: Words, context: Context) -> date | None:
    length = length_of(scan, _past(scan, at, words, "for_time"), words)
    return local_day(context) + timedelta(days=length) if length else None


def length_of(scan: Tokens, at: int, words: Words) -> int | None:
    """Days of "2w", "10 days", "a month", when the text ends there."""
    found = number_at(scan, at, words)
    article = 0 if found else words.phrases("articles").length(scan.texts, at)
    count = found.value if found else 1
    at = found.end if found else at + article
    if not count or count != int(count) or not 0 < count <= 400 or at >= len(scan):
        return None
    units = {"day_units": 1, "week_units": 7, "month_units": 30}
    for name, unit in units.items():
        length = words.phrases(name).length(scan.texts, at)
        if length and _is_end(scan, at + length, words):
            return int(count) * unit
    short = _SHORT.get(scan.texts[at])
    return int(count) * short if short and found and _is_end(scan, at + 1, words) else None


def _is_end(scan: Tokens, at: int, words: Words) -> bool:
    rest = scan.texts[at:]
    return all(is_stop(text) for text in rest) or words.phrases("please").length(scan.texts, at) == len(rest)


def _past(scan: Tokens, at: int, words: Words, name: str) -> int:
    return at + words.phrases(name).length(scan.texts, at)
