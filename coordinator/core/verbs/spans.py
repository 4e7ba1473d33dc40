"""How long, until when, how often: what may stand behind an advisor's verb."""

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
    day = _for_so_long(scan, at, words, context) or _day(
        scan.written(_past(scan, at, words, "until"), len(scan)), context
    )
    return {"until": day.isoformat()} if day and local_day(context) < day <= local_day(context) + _LONGEST else None


def every(scan: Tokens, at: int, words: Words, context: Context) -> Mapping[str, str] | None:
    """args: every ("2 weeks"), days, of "2 weeks" or "month" behind the word "every"."""
    length = _length(scan, at, words)
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
    """args: first, last (ISO days), of "1–14 Aug", "from 1 to 14 August", "until 14 August"."""
    at = max(at, _past(scan, at, words, "from_word"))
    length = words.phrases("until").length(scan.texts, at)
    if length:
        last = _day(scan.written(at + length, len(scan)), context)
        return _range(local_day(context), last, context)
    for place in range(at + 1, len(scan)):
        step = 1 if scan.texts[place] == "-" else words.phrases("range_to").length(scan.texts, place)
        if step:
            return _from_to(scan.written(at, place), scan.written(place + step, len(scan)), context)
    only = _day(scan.written(at, len(scan)), context)
    return _range(only, only, context)


def _from_to(begin: str, end: str, context: Context) -> Mapping[str, str] | None:
    """The first day may be a bare number: its month is that of the last."""
    last = _day(end, context)
    if last is None:
        return None
    first = last.replace(day=int(begin)) if begin.isdecimal() and 1 <= int(begin) <= last.day else _day(begin, context)
    return _range(first, last, context)


def _range(first: date | None, last: date | None, context: Context) -> Mapping[str, str] | None:
    if first is None or last is None or last < first or last - first > _LONGEST or last < local_day(context):
        return None
    return {"first": first.isoformat(), "last": last.isoformat()}


def _day(text: str, context: Context) -> date | None:
    found = when(text, context) if text else None
    return found.day if found and not found.why and not found.rest else None


def _for_so_long(scan: Tokens, at: int, words: Words, context: Context) -> date | None:
    length = _length(scan, _past(scan, at, words, "for_time"), words)
    return local_day(context) + timedelta(days=length) if length else None


def _length(scan: Tokens, at: int, words: Words) -> int | None:
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
