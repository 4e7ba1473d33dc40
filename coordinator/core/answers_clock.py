"""Clock times in a text: "15:00", "3pm", "half past three", "15 Uhr"."""

from collections.abc import Iterator
from dataclasses import dataclass

from coordinator.core.answers_numbers import Number, number_at
from coordinator.core.answers_text import Tokens
from coordinator.core.frozen import replace
from coordinator.core.words import Words


@dataclass(frozen=True, slots=True)
class Clock:
    """minute: of the day. sure: False where it could be twelve hours later. start, end: tokens.

    assumed: nobody said whether it is before or after noon.
    """

    minute: int
    sure: bool
    start: int
    end: int
    assumed: bool = False

    def later(self) -> "Clock":
        """The same face of the clock, in the afternoon."""
        return replace(self, minute=(self.minute + 720) % 1440, sure=True)


def clocks(scan: Tokens, words: Words, taken: frozenset[int] = frozenset()) -> Iterator[Clock]:
    """Every clock time outside the tokens that a date has taken; "at 3" is one, a bare "3" is none."""
    at = 0
    while at < len(scan):
        found = None if at in taken else clock_at(scan, at, words)
        if found and taken.isdisjoint(range(found.start, found.end)):
            yield _in_part_of_day(found, scan, words)
            at = found.end
        else:
            at += 1


def clock_at(scan: Tokens, at: int, words: Words) -> Clock | None:
    """The clock time that begins here, its "at" included."""
    lead = words.phrases("at_time").length(scan.texts, at)
    body = at + lead
    said = words.phrases("clock").at(scan.texts, body)
    if said and said[1] >= 0:
        return Clock(said[1], True, at, body + said[0])
    found = _spoken(scan, body, words) or _in_digits(scan, body, words)
    if found is None and lead:
        found = _bare(scan, body, words)
    return replace(found, start=at) if found else None


def bare_hour(scan: Tokens, at: int, words: Words) -> Clock | None:
    """The hour that a lone number means after a word such as "after"."""
    return clock_at(scan, at, words) or _bare(scan, at, words)


def _spoken(scan: Tokens, at: int, words: Words) -> Clock | None:
    """ "half past three", "halb vier", "tres y media"."""
    before = words.phrases("clock_before").at(scan.texts, at)
    if before:
        hour = number_at(scan, at + before[0], words)
        if hour is None or hour.value is None or not 1 <= hour.value <= 12:
            return None
        end, shift = hour.end, before[1]
    else:
        hour = number_at(scan, at, words)
        after = words.phrases("clock_after").at(scan.texts, hour.end) if hour else None
        if hour is None or hour.value is None or after is None or not 1 <= hour.value <= 23:
            return None
        end, shift = hour.end + after[0], after[1]
    clock = Clock(int(hour.value) * 60 + shift, hour.value > 12, at, end)
    halves = _halves(scan, clock, words)
    return halves if halves is not clock else _assumed(clock, words)


def _in_digits(scan: Tokens, at: int, words: Words) -> Clock | None:
    number = number_at(scan, at, words)
    if number is None:
        return None
    hour, minute, end = _parts(scan, number, words)
    if hour is None:
        return None
    has_minute = minute is not None
    oclock = words.phrases("oclock").length(scan.texts, end)
    if oclock and not has_minute:
        minute, oclock = _after_oclock(scan, end + oclock, minute, oclock, words)
        has_minute = minute is not None
    to_24 = words.data.get("clock_24")
    padded = scan.texts[at][0] == "0"
    clock = Clock(hour * 60 + (minute or 0), hour >= 13 or hour == 0 or padded, at, end + oclock)
    halves = _halves(scan, clock, words)
    if halves is not clock:
        return halves
    return _assumed(clock, words, written=has_minute or bool(to_24)) if has_minute or oclock else None


def _after_oclock(scan: Tokens, at: int, minute: int | None, oclock: int, words: Words) -> tuple[int | None, int]:
    """(minutes, tokens) of the "30" in "15 Uhr 30"."""
    text = scan.texts[at] if at < len(scan) else ""
    if len(text) != 2 or not text.isdecimal() or int(text) > 59 or words.phrases("months").length(scan.texts, at + 1):
        return minute, oclock
    return int(text), oclock + 1


def _parts(scan: Tokens, number: Number, words: Words) -> tuple[int | None, int | None, int]:
    """(hour, minute, end): "15:30", "15h30", "15.30 Uhr", "15"."""
    text = scan.texts[number.start]
    point = text.split(".") if "." in text else text.split(",")
    oclock_after = words.phrases("oclock").length(scan.texts, number.end)
    half_after = words.phrases("am").length(scan.texts, number.end) or words.phrases("pm").length(
        scan.texts, number.end
    )
    if not number.spelled and len(point) == 2 and len(point[1]) == 2 and "." in text and (oclock_after or half_after):
        return *_valid(point[0], point[1]), number.end
    if number.value is None or number.value != int(number.value) or not text[0].isalnum() or "." in text or "," in text:
        return None, None, number.end
    after = scan.texts[number.end : number.end + 2]
    joined = len(after) == 2 and after[0] in {":", "h", "u"} and scan.touches(number.end + 1)
    if joined and not number.spelled and len(after[1]) == 2 and after[1].isdecimal():
        return *_valid(str(int(number.value)), after[1]), number.end + 2
    if not 0 <= number.value <= 24 or (after[:1] in {(":",), ("/",)} and scan.touches(number.end)):
        return None, None, number.end
    return int(number.value) % 24, None, number.end


def _valid(hour: str, minute: str) -> tuple[int | None, int | None]:
    if len(hour) > 2 or not hour.isdecimal() or not minute.isdecimal() or int(hour) > 23 or int(minute) > 59:
        return None, None
    return int(hour), int(minute)


def _halves(scan: Tokens, clock: Clock, words: Words) -> Clock:
    """With "am" or "pm" behind it; the same clock when there is neither."""
    hour = clock.minute // 60
    morning, evening = (words.phrases(name).length(scan.texts, clock.end) for name in ("am", "pm"))
    if not (morning or evening) or hour > 12:
        return clock
    length = max(morning, evening)
    if length == 1 and scan.texts[clock.end] in {"a", "p"} and not scan.touches(clock.end):
        return clock
    minute = clock.minute % 720 + (720 if evening > morning else 0)
    return Clock(minute, True, clock.start, clock.end + length)


def _bare(scan: Tokens, at: int, words: Words) -> Clock | None:
    number = number_at(scan, at, words)
    if number is None or number.value is None or number.value != int(number.value) or not 0 <= number.value <= 23:
        return None
    if "." in scan.texts[at] or (
        scan.texts[number.end : number.end + 1] in {("/",), ("%",), (".",)} and not scan.ends_at(number.end + 1)
    ):
        return None
    if words.phrases("months").length(scan.texts, number.end) or words.phrases("minute_units").length(
        scan.texts, number.end
    ):
        return None
    return _assumed(Clock(int(number.value) * 60, number.value >= 13, at, number.end), words)


def _assumed(clock: Clock, words: Words, *, written: bool = False) -> Clock:
    """Nobody meets at night: from 8 to 12 is the morning, from 1 to 6 the afternoon.

    Where hours are told to 24, 7 is in the morning too, and a written "3:30" stays open.
    """
    if clock.sure:
        return clock
    to_24 = words.data.get("clock_24")
    hour = clock.minute // 60
    if 1 <= hour <= 6 and not (written and to_24):
        return replace(clock.later(), assumed=True)
    return replace(clock, sure=(7 if to_24 else 8) <= hour <= 12, assumed=True)


def _in_part_of_day(clock: Clock, scan: Tokens, words: Words) -> Clock:
    """ "Tomorrow afternoon at 3": the afternoon decides."""
    if not clock.assumed:
        return clock
    for at in range(len(scan)):
        part = words.phrases("parts").at(scan.texts, at)
        if part:
            return replace(clock, minute=clock.minute % 720 + (720 if part[1] else 0), sure=True)
    return clock
