"""A break and its days: "pause until 5 January", "on holiday for two weeks", "away 1–14 Aug"."""

from datetime import date, timedelta

from coordinator.core.answers_text import Tokens, is_stop, tokens
from coordinator.core.dates import local_day, when
from coordinator.core.reading import Command, Context
from coordinator.core.spans import day_in, days, length_of
from coordinator.core.words import Words

_DAY = timedelta(days=1)


def days_of_break(scan: Tokens, words: Words, context: Context) -> Command | None:
    """args: until, the ISO day on which it is over, None = open; from, its first day where that is still to come."""
    start = _named(scan, 0, words)
    if start is None:
        return _days_first(scan, words, context)
    if start >= len(scan):
        return None
    length = words.phrases("until").length(scan.texts, start)
    if length:
        return _until(scan.written(start + length, len(scan)), scan, words, context)
    return _for_so_long(scan, start, words, context) or _from_to(_cut(scan, start, len(scan)), words, context)


def _named(scan: Tokens, at: int, words: Words) -> int | None:
    """The token behind the name of a break, and behind the colon or dash after it; None where none stands there."""
    at += words.phrases("pause_lead").length(scan.texts, at)
    length = max(words.phrases(name).length(scan.texts, at) for name in ("pause", "pause_with_end"))
    if not length:
        return None
    at += length
    while at < len(scan) and is_stop(scan.texts[at]):
        at += 1
    return at


def _until(rest: str, scan: Tokens, words: Words, context: Context) -> Command | None:
    day = when(rest, context, words=words)
    if day and day.day and not day.why and day.rest <= 3 and day.day > local_day(context):
        return _command(None, day.day, context)
    is_plain = words.phrases("pause").length(scan.texts, 0) > words.phrases("pause_with_end").length(scan.texts, 0)
    return Command(name="pause", words="", args={"until": None, "unclear": rest}) if is_plain else None


def _for_so_long(scan: Tokens, start: int, words: Words, context: Context) -> Command | None:
    """Of "for two weeks", counted from today."""
    length = length_of(scan, start + words.phrases("for_time").length(scan.texts, start), words)
    return _command(None, local_day(context) + timedelta(days=length), context) if length else None


def _days_first(scan: Tokens, words: Words, context: Context) -> Command | None:
    """ "From 1 to 14 August I am on holiday": the days, then the name of the break at the end of the line.

    German and Dutch say the last day there as well: "ich bin bis 20. Januar im Urlaub".
    """
    begin = words.phrases("pause_lead").length(scan.texts, 0)
    until = words.phrases("until").length(scan.texts, begin)
    if not (scan.texts[begin : begin + 1] and (until or _opens(scan, begin, words))):
        return None
    for at in range(begin + 1, len(scan)):
        if _named(scan, at, words) == len(scan):
            if until:
                return _until(scan.written(begin + until, at), scan, words, context)
            return _from_to(_cut(scan, begin, at), words, context)
    return None


def _opens(scan: Tokens, at: int, words: Words) -> bool:
    return scan.texts[at][0].isdecimal() or words.phrases("from_word").length(scan.texts, at) > 0


def _cut(scan: Tokens, start: int, end: int) -> Tokens:
    return tokens(scan.written(start, end).rstrip(" ,;!"))


def _from_to(scan: Tokens, words: Words, context: Context) -> Command | None:
    """Of "1–14 Aug" and "from 1 August for two weeks"; one day alone is none: it may be about a meeting."""
    found = days(scan, 0, words, context)
    if found and found["first"] != found["last"]:
        return _command(date.fromisoformat(found["first"]), date.fromisoformat(found["last"]) + _DAY, context)
    for at in range(1, len(scan)):
        length = words.phrases("for_time").length(scan.texts, at)
        first = day_in(scan, 0, at, words, context) if length else None
        long = length_of(scan, at + length, words) if first else None
        if first and long and first >= local_day(context):
            return _command(first, first + timedelta(days=long), context)
    return None


def _command(first: date | None, over: date, context: Context) -> Command:
    later = {"from": first.isoformat()} if first and first > local_day(context) else {}
    return Command(name="pause", words="", args={"until": over.isoformat(), **later})
