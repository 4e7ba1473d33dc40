"""From words to a rhythm: "first Tuesday 12:00", "jeden letzten Freitag um 16 Uhr", "every other Wednesday 9:00"."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from coordinator.core import rhythm_words as words


@dataclass(frozen=True, kw_only=True)
class Rhythm:
    """hour, minute: wall time.

    Either weekday (0 = Monday) with ordinal (1 to 4, -1 the last, None where only the weekday was said), or day
    (of the month; the last day where a month is shorter). every: "2 weeks" where the words say it, else "".
    """

    hour: int
    minute: int
    weekday: int | None = None
    ordinal: int | None = None
    day: int | None = None
    every: str = ""

    @property
    def text(self) -> str:
        """ "2nd tuesday 12:00", "every 2 weeks on wednesday 09:00", "day 15 10:00": the same for the same rhythm.

        `parse` reads it back, so it may be kept, and two people who said the same in other words agree.
        """
        step = f"every {self.every.removeprefix('1 ')}" if self.every else ""
        if self.weekday is None:
            what: tuple[str, ...] = ("last day" if self.day == _LATEST else f"day {self.day}", step)
        elif self.ordinal is None:
            what = (step, "on" if step else "", _DAYS[self.weekday])
        else:
            what = (_NTH[self.ordinal], _DAYS[self.weekday], step)
        return " ".join(filter(None, (*what, f"{self.hour:02}:{self.minute:02}")))


_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_NTH = {1: "1st", 2: "2nd", 3: "3rd", 4: "4th", -1: "last"}
_LATEST = 31


@lru_cache(maxsize=1024)  # every decision about a pairing asks for its rhythm
def parse(text: str) -> Rhythm | None:
    """The rhythm that the words state, None where anything in them is missing, doubtful or not understood.

    An hour from 1 to 6 without "am", "pm" or a leading zero is doubtful, and so is "every second Tuesday" (every two
    weeks, or the second of each month?). A fifth Tuesday is the last one.
    """
    if len(text) > _LONGEST:
        return None
    every, rest = _every(_plain(text))
    if (clock := _clock(rest)) is None:
        return None
    rest, hour, minute = clock
    weekday, tokens = _weekday(_TOKEN.findall(rest))
    number, tokens = _number(tokens)
    if not all(_is_known(token) for token in tokens) or _is_doubtful(weekday, number, every, tokens):
        return None
    if every == "1 month" and number is not None:
        every = ""
    if weekday is None:
        return Rhythm(hour=hour, minute=minute, day=_LATEST if number == _LAST else number, every=every)
    if not every and number is None and words.EVERY.intersection(tokens):
        every = "1 week"
    ordinal = _LAST if number == _FIFTH else number
    return Rhythm(hour=hour, minute=minute, weekday=weekday, ordinal=ordinal, every=every)


_LONGEST = 200
_LAST, _FIFTH = -1, 5
_TOKEN = re.compile(r"\d+\.?|[^\W\d_][\w'-]*|[^\w\s,.;:!]")


def _plain(text: str) -> str:
    """Lower case without accents; "1º", "2nd" and "3ème" as "1.", "2." and "3."."""
    spread = unicodedata.normalize("NFD", text.replace("º", ".").replace("ª", ".").replace("’", "'"))
    bare = "".join(sign for sign in spread if not unicodedata.combining(sign)).casefold()
    bare = re.sub(r"\b[ld]'", "", " ".join(bare.split()))
    return re.sub(r"\b(\d{1,2})(?:st|nd|rd|th|er|ere|eme|de|e|ste)\b", r"\1.", bare)


def _any(options: Sequence[str] | frozenset[str]) -> str:
    return rf"(?:{'|'.join(sorted(map(re.escape, options), key=len, reverse=True))})"


_EACH = rf"\b(?:a )?{_any(words.EVERY | {'om de'})}(?: las?| los| les?| i| gli)?"
_COUNT = rf"(?P<count>[1-9]|[1-4][0-9]|5[0-2]|{_any(tuple(words.NUMBERS))})"
_EVERY = (
    (re.compile(rf"{_EACH} {_COUNT} (?:{_any(words.WEEK)})\b"), "weeks"),
    (re.compile(rf"{_EACH} {_COUNT} (?:{_any(words.MONTH)})\b"), "months"),
    (re.compile(rf"{_EACH} (?P<count>14) (?:{_any(words.DAYS)})\b"), "days"),
    (re.compile(rf"\b(?:every other|alternate|om de)(?: {_any(words.WEEK)}(?: on)?)?\b"), "2 weeks"),
    (re.compile(r"\bun (?P<kept>[a-z]+) sur deux\b"), "2 weeks"),
    (re.compile(rf"\b{_any(words.FORTNIGHT)}\b"), "2 weeks"),
    (re.compile(rf"\b{_any(words.WEEKLY)}\b|{_EACH} {_any(words.WEEK)}\b"), "1 week"),
    (re.compile(rf"\b{_any(words.MONTHLY)}\b|{_EACH} {_any(words.MONTH)}\b"), "1 month"),
)


def _every(text: str) -> tuple[str, str]:
    """How often ("" when it is not said), and the text without the words that said it."""
    for pattern, said in _EVERY:
        if found := pattern.search(text):
            parts = found.groupdict()
            rest = f"{text[: found.start()]} {parts.get('kept') or ''} {text[found.end() :]}"
            return _distance(said, parts.get("count")), rest
    return "", text


def _distance(said: str, count: str | None) -> str:
    if count is None:
        return said
    number = words.NUMBERS[count] if count in words.NUMBERS else int(count)
    if said == "days":
        return "2 weeks"
    return f"{number} {said if number > 1 else said.removesuffix('s')}"


_AT = r"(?:\b(?:at|um|a las?|as|alle|om|ore|a|de|dalle|gegen|vers) )*"
_HALF = r"(?P<half>[ap])\s?\.?m\b\.?"
_HOURS = r"(?:uhr|uur|ore|hs?|hrs|hours?|heures?|horas?|o'?clock)\b"
_HOUR, _MINUTE = r"\b(?P<hour>\d{1,2})", r"(?P<minute>[0-5]\d)\b"
_CLOCKS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"{_AT}\b(?:12 )?{_any(words.NOON)}\b",
        rf"{_AT}{_HOUR}(?:[:.]|\s?h\s?){_MINUTE}(?:\s?{_HALF}|\s?{_HOURS})?",
        rf"{_AT}{_HOUR}\s?{_HALF}",
        rf"{_AT}{_HOUR}\s?{_HOURS}",
        rf"\b(?:at|um|a las?|as|alle|om|ore|a) {_HOUR}(?![\d.:])",
    )
)


def _clock(text: str) -> tuple[str, int, int] | None:
    """The text without its time of day, and that time; None when there is not exactly one."""
    found = next((match for pattern in _CLOCKS if (match := pattern.search(text))), None)
    if found is None:
        return None
    rest = f"{text[: found.start()]} {text[found.end() :]}"
    time = _time(**found.groupdict())
    if time is None or any(pattern.search(rest) for pattern in _CLOCKS):
        return None
    return rest, *time


def _time(hour: str | None = None, minute: str | None = None, half: str | None = None) -> tuple[int, int] | None:
    if hour is None:
        return 12, 0
    number = int(hour)
    if half:
        return (number % 12 + (12 if half == "p" else 0), int(minute or 0)) if 1 <= number <= 12 else None
    if number > 23 or (number < 7 and not hour.startswith("0")):
        return None
    return number, int(minute or 0)


def _weekday(tokens: Sequence[str]) -> tuple[int | None, tuple[str, ...]]:
    """The weekday, and the other tokens; None, and all tokens, when there is none.

    "segunda terça": a word that is an ordinal as well is the weekday only where no surer word is.
    """
    named = [place for place, token in enumerate(tokens) if token in words.WEEKDAYS]
    sure = [place for place in named if tokens[place] not in words.ORDINALS and tokens[place] not in words.SMALL]
    either = [place for place in named if tokens[place] in words.ORDINALS]
    choice = sure[:1] or either[-1:] or named[:1]
    if not choice:
        return None, tuple(tokens)
    return words.WEEKDAYS[tokens[choice[0]]], tuple(token for place, token in enumerate(tokens) if place != choice[0])


def _number(tokens: Sequence[str]) -> tuple[int | None, tuple[str, ...]]:
    """The first ordinal or day number, and the other tokens."""
    for place, token in enumerate(tokens):
        number = words.ORDINALS.get(token, int(token.rstrip(".")) if token[0].isdecimal() else None)
        if number is not None:
            return number, (*tokens[:place], *tokens[place + 1 :])
    return None, tuple(tokens)


def _is_known(token: str) -> bool:
    return token in words.SMALL or token in words.EVERY or token in words.MONTH or token in words.DAY


def _is_doubtful(weekday: int | None, number: int | None, every: str, tokens: Sequence[str]) -> bool:
    left = set(tokens)
    if weekday is None:
        said_last = number == _LAST and not left & words.DAY
        return number is None or not (number == _LAST or 1 <= number <= 31) or said_last or every.endswith(_WEEKS)
    if left & words.DAY or (number is not None and number not in {_LAST, 1, 2, 3, 4, _FIFTH}):
        return True
    in_months = left & words.MONTH or every.endswith(_MONTHS)
    counts_two_ways = left & words.EVERY and number not in {None, 1, _LAST} and not in_months
    return bool(counts_two_ways) or (number is not None and every.endswith(_WEEKS))


_WEEKS = ("week", "weeks")
_MONTHS = ("month", "months")
