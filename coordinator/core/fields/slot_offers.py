"""The times that a letter offered, on the wall clock of the person who answers, beside the words of the answer."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from coordinator.core.answers_day import Day
from coordinator.core.answers_days import days
from coordinator.core.answers_text import Tokens, tokens
from coordinator.core.dates import calendar_of, zone
from coordinator.core.reading import Context
from coordinator.core.words import Words

HALF_DAY, WHOLE_DAY = 720, 1440


@dataclass(frozen=True, kw_only=True)
class Offers:
    """spans: (start, end) in the person's zone, in the order offered. days: every day that the words name."""

    scan: Tokens
    words: Words
    spans: tuple[tuple[datetime, datetime], ...]
    days: tuple[Day, ...]

    @property
    def all(self) -> frozenset[int]:
        return frozenset(range(len(self.spans)))

    def length(self, name: str, index: int) -> int:
        """Tokens of the phrase of that list at this place, 0 for none."""
        return self.words.phrases(name).length(self.scan.texts, index)

    def minute(self, place: int) -> int:
        start = self.spans[place][0]
        return start.hour * 60 + start.minute

    def ending(self, place: int) -> int:
        start, end = self.spans[place]
        return self.minute(place) + int((end - start).total_seconds()) // 60

    def is_on(self, place: int, day: Day) -> bool:
        start = self.spans[place][0]
        return start.weekday() == day.weekday if day.weekday is not None else start.date() == day.day

    def on(self, day: Day) -> frozenset[int]:
        return frozenset(place for place in self.all if self.is_on(place, day))

    def starting(self, minute: int, *, sure: bool) -> frozenset[int]:
        minutes = {minute} if sure else {minute, (minute + HALF_DAY) % WHOLE_DAY}
        return frozenset(place for place in self.all if self.minute(place) in minutes)

    def beside(self, minute: int, *, later: bool) -> frozenset[int]:
        """Those that begin at that minute of the day or later, or that are over by then."""
        if later:
            return frozenset(place for place in self.all if self.minute(place) >= minute)
        return frozenset(place for place in self.all if self.ending(place) <= minute)


def offers_of(text: str, slots: Sequence[tuple[datetime, datetime]], context: Context, words: Words) -> Offers:
    here = zone(context.timezone)
    scan = tokens(text)
    spans = tuple((start.astimezone(here), end.astimezone(here)) for start, end in slots)
    return Offers(scan=scan, words=words, spans=spans, days=tuple(days(scan, calendar_of(context, words))))
