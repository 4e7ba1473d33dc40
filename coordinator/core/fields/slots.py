"""Which of the times offered suit somebody."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from coordinator.core.answers_clock import bare_hour, clocks
from coordinator.core.answers_days import Day, days
from coordinator.core.answers_text import Tokens, is_stop, tokens
from coordinator.core.dates import at, calendar_of, iso, zone
from coordinator.core.fields.choice import is_joint, letter_place, lettered
from coordinator.core.fields.kind import Read, by_language, unclear, value
from coordinator.core.program import Field
from coordinator.core.reading import Context
from coordinator.core.records import Question
from coordinator.core.words import Words, words_of

_NOON, _EVENING = 720, 1020
_LATE = 1440


@dataclass(frozen=True, slots=True)
class _Pick:
    """The places of the offers that some words mean. start, end: tokens. no: they are ruled out."""

    places: frozenset[int]
    start: int
    end: int
    no: bool = False
    narrows: bool = False


class Slots:
    """value: a list of {"start", "end"}, ISO 8601 with the offset of the person's zone; empty when none suits.

    "Same time Thursday" may name a time that was not offered; whoever books compares with the question.
    """

    def ask(self, question: Question, context: Context) -> tuple[str, ...]:
        words = words_of(context)
        lines = [_line(start, end, context, words) for start, end in question.slots]
        return (words.hint("slots", zone=context.timezone or "UTC"), *lettered(lines))

    def read(self, text: str, question: Question, context: Context) -> Read:
        if not text.strip() or not question.slots:
            return None
        return by_language(context, lambda words: _Reader(text, question, context, words).reading())

    def problems(self, field: Field) -> tuple[str, ...]:
        return ("the times of slots are found anew for each letter; options belong to choice",) if field.options else ()


def _line(start: datetime, end: datetime, context: Context, words: Words) -> str:
    here, there = start.astimezone(zone(context.timezone)), end.astimezone(zone(context.timezone))
    return words.hint(
        "slot",
        weekday=words.name("weekdays", here.weekday()),
        day=here.day,
        month=words.name("months", here.month - 1),
        start=f"{here:%H:%M}",
        end=f"{there:%H:%M}",
    )


class _Reader:
    """One text against the times offered, in one language."""

    def __init__(self, text: str, question: Question, context: Context, words: Words) -> None:
        self.text, self.context, self.words = text, context, words
        self.scan = tokens(text)
        here = zone(context.timezone)
        self.offers = [(start.astimezone(here), end.astimezone(here)) for start, end in question.slots]
        self.all = frozenset(range(len(self.offers)))
        self.calendar = replace(calendar_of(context, words), past=False)
        self.days = tuple(days(self.scan, self.calendar))

    def reading(self) -> Read:
        scan, words = self.scan, self.words
        if _means(scan, words, "none_of_them"):
            return value([], self.text)
        same = self._same_time()
        if same is not None:
            return same
        picks, rest = self._picks()
        if not picks:
            return None
        if rest or self._is_doubtful():
            return unclear(self.text, words, "not_offered" if self._names_other_day() else "option")
        chosen = _chosen(picks, self.all)
        if chosen is None or (not chosen and not any(pick.no for pick in picks)):
            return unclear(self.text, words, "not_offered")
        return value([self._written(*self.offers[place]) for place in sorted(chosen)], self.text, 1.0)

    def _written(self, start: datetime, end: datetime) -> dict[str, str]:
        return {"start": iso(start, self.context), "end": iso(end, self.context)}

    def _picks(self) -> tuple[list[_Pick], int]:
        """What the words mean one after the other, and how many words mean nothing here."""
        picks: list[_Pick] = []
        index, rest, no = 0, 0, False
        while index < len(self.scan):
            excluded = self.words.phrases("except_for").length(self.scan.texts, index)
            if excluded:
                no, index = True, index + excluded
                continue
            pick = self._pick_at(index)
            if pick:
                picks.append(replace(pick, no=no))
                index = pick.end
                continue
            no, step, counted = self._step(index, no)
            rest += counted
            index += step
        return picks, rest

    def _step(self, index: int, no: bool) -> tuple[bool, int, int]:
        """(still ruling out, tokens to skip, words not understood) where nothing is picked."""
        text = self.scan.texts[index]
        if is_stop(text):
            return (no and text not in {";", ".", "\n", "!", ","}), 1, int(text == "%")
        turn = self.words.phrases("turn").length(self.scan.texts, index)
        lists = ("slot_fillers", "together", "either", "please", "closing", "day_joins")
        step = max(self.words.phrases(name).length(self.scan.texts, index) for name in lists)
        if turn and turn >= step:
            return False, turn, 0
        return no, step or 1, int(not step)

    def _pick_at(self, index: int) -> _Pick | None:
        return (
            self._everything(index)
            or self._bound(index)
            or self._by_day(index)
            or self._by_clock(index)
            or self._by_place(index)
        )

    def _everything(self, index: int) -> _Pick | None:
        length = self.words.phrases("all_of_them").length(self.scan.texts, index)
        return _Pick(self.all, index, index + length) if length else None

    def _bound(self, index: int) -> _Pick | None:
        """ "After 3pm", "before noon", "mornings"."""
        texts, words = self.scan.texts, self.words
        part = words.phrases("parts").at(texts, index)
        if part:
            low, high = ((0, _NOON), (_NOON, _EVENING + 60), (_EVENING, _LATE))[min(part[1], 2)]
            places = frozenset(p for p in self.all if low <= self._minute(p) < high)
            return _Pick(places, index, index + part[0], narrows=True)
        for name, later in (("after_time", True), ("before_time", False)):
            length = words.phrases(name).length(texts, index)
            clock = bare_hour(self.scan, index + length, words) if length else None
            if clock:
                places = self._on_side(clock.minute, later)
                if not clock.sure and places in {self.all, frozenset()}:
                    places = self._on_side((clock.minute + _NOON) % _LATE, later)
                return _Pick(places, index, clock.end, narrows=True)
        return None

    def _on_side(self, minute: int, later: bool) -> frozenset[int]:
        return frozenset(p for p in self.all if (self._minute(p) >= minute if later else self._ending(p) <= minute))

    def _minute(self, place: int) -> int:
        start = self.offers[place][0]
        return start.hour * 60 + start.minute

    def _ending(self, place: int) -> int:
        start, end = self.offers[place]
        return self._minute(place) + int((end - start).total_seconds()) // 60

    def _by_day(self, index: int) -> _Pick | None:
        """A day that was offered, with its clock time when one follows."""
        found = next((day for day in self.days if day.start == index), None)
        if found is None:
            named = self.words.phrases("weekdays").at(self.scan.texts, index)
            if not named:
                return None
            found = Day(None, index, index + named[0], weekday=named[1])
        places = frozenset(p for p in self.all if self._is_on(p, found))
        later = next((d for d in self.days if d.start >= found.end and d.start - found.end <= 2), None)
        if found.weekday is not None and later is not None and later.weekday is None and later.day:
            places = frozenset(p for p in places if self._is_on(p, later))
            found = later
        return self._at_clock(_Pick(places, index, found.end))

    def _at_clock(self, pick: _Pick) -> _Pick:
        end = pick.end
        while end < len(self.scan) and self.scan.texts[end] in {",", "-", "("}:
            end += 1
        clock = next(iter(clocks(self.scan, self.words, frozenset(range(end)))), None)
        if clock is None or clock.start != end:
            return pick
        return _Pick(pick.places & self._starting(clock.minute, clock.sure), pick.start, self._span_end(clock.end))

    def _span_end(self, end: int) -> int:
        """Past the second half of "14:00-14:45"."""
        if self.scan.texts[end : end + 1] == ("-",):
            clock = next(iter(clocks(self.scan, self.words, frozenset(range(end + 1)))), None)
            if clock and clock.start == end + 1:
                return clock.end
        return end

    def _starting(self, minute: int, sure: bool) -> frozenset[int]:
        minutes = {minute} if sure else {minute, (minute + _NOON) % _LATE}
        return frozenset(p for p in self.all if self._minute(p) in minutes)

    def _is_on(self, place: int, day: Day) -> bool:
        start = self.offers[place][0]
        if day.weekday is not None:
            return start.weekday() == day.weekday
        return start.date() == day.day

    def _by_clock(self, index: int) -> _Pick | None:
        clock = next((c for c in clocks(self.scan, self.words) if c.start == index), None)
        if clock is None:
            return None
        return _Pick(self._starting(clock.minute, clock.sure), index, self._span_end(clock.end))

    def _by_place(self, index: int) -> _Pick | None:
        """A letter, a number, or "the second one"."""
        text, count = self.scan.texts[index], len(self.offers)
        place = letter_place(text, count)
        if place is not None and not self._is_article(index) and not is_joint(self.scan, index, self.words):
            return _Pick(frozenset({place}), index, index + 1)
        if text.isdecimal() and len(text) <= 2:
            sign = self.words.phrases("ordinal_signs").length(self.scan.texts, index + 1)
            known = 1 <= int(text) <= count
            return _Pick(frozenset({int(text) - 1}) if known else frozenset(), index, index + 1 + sign)
        return self._by_ordinal(index)

    def _is_article(self, index: int) -> bool:
        after = self.scan.texts[index + 1 : index + 2]
        if self.scan.texts[index] != "a" or not after or not after[0].isalpha() or len(after[0]) == 1:
            return False
        return not any(
            self.words.phrases(name).length(self.scan.texts, index + 1)
            for name in ("together", "either", "please", "answer_verbs", "except_for", "turn")
        )

    def _by_ordinal(self, index: int) -> _Pick | None:
        texts, count = self.scan.texts, len(self.offers)
        for name, step in (("first", 1), ("last", -1)):
            length = self.words.phrases(name).length(texts, index)
            many = self.words.phrases("numbers").at(texts, index + length) if length else None
            if many and many[1] > 1 and (index + length + many[0] >= len(texts) or many[1] <= count):
                places = range(many[1]) if step == 1 else range(count - many[1], count)
                return _Pick(frozenset(places) & self.all, index, index + length + many[0])
        ordinal = self.words.phrases("ordinals").at(texts, index)
        if ordinal:
            return _Pick(frozenset({ordinal[1]}) & self.all, index, index + ordinal[0])
        for name, place in (("first", 0), ("last", count - 1)):
            length = self.words.phrases(name).length(texts, index)
            if length:
                return _Pick(frozenset({place}), index, index + length)
        return None

    def _is_doubtful(self) -> bool:
        lists = ("condition", "maybe", "doubt", "correction")
        return "?" in self.scan.texts or any(self.words.phrases(n).anywhere(self.scan.texts) is not None for n in lists)

    def _names_other_day(self) -> bool:
        return any(not any(self._is_on(place, day) for place in self.all) for day in self.days)

    def _same_time(self) -> Read:
        """ "Same time Thursday": the hour offered, on another day."""
        length, start = 0, 0
        for index in range(len(self.scan)):
            length = self.words.phrases("same_time").length(self.scan.texts, index)
            if length:
                start = index
                break
        if not length:
            return None
        starts = {self._minute(place) for place in self.all}
        chosen = [day for day in self.days if (day.day and day.start >= start + length) or day.end <= start]
        if len(chosen) != 1 or len(starts) != 1 or self._is_doubtful() or self._has_more(chosen[0], start, length):
            return unclear(self.text, self.words, "clock")
        return self._moved(chosen[0])

    def _has_more(self, day: Day, start: int, length: int) -> bool:
        used = {*range(start, start + length), *range(day.start, day.end)}
        words = [i for i, text in enumerate(self.scan.texts) if i not in used and not is_stop(text)]
        return any(not self.words.phrases("slot_fillers").length(self.scan.texts, i) for i in words)

    def _moved(self, day: Day) -> Read:
        offered = [place for place in self.all if self._is_on(place, day)]
        if len(offered) == 1:
            return value([self._written(*self.offers[offered[0]])], self.text, 0.9)
        start, end = self.offers[0]
        target = day.day
        if day.weekday is not None:
            monday = {s.date().isocalendar()[:2] for s, _ in self.offers}
            if offered or len(monday) != 1:
                return unclear(self.text, self.words, "day")
            target = start.date().fromisocalendar(*next(iter(monday)), day.weekday + 1)
        moved = at(target, self._minute(0), self.context) if target else None
        if moved is None or moved <= self.context.now:
            return unclear(self.text, self.words, "day")
        return value([self._written(moved, moved + (end - start))], self.text, 0.9)


def _means(scan: Tokens, words: Words, name: str) -> bool:
    said = tuple(text for text in scan.texts if not is_stop(text))
    please = words.phrases("please")
    while len(said) > 1 and (please.length(said, len(said) - 1) == 1):
        said = said[:-1]
    return said in words.phrases(name)


def _chosen(picks: Sequence[_Pick], offered: frozenset[int]) -> frozenset[int] | None:
    """The offers that all words together leave; None where some of them name nothing that was offered."""
    if any(not pick.places and not pick.narrows for pick in picks):
        return None
    wanted = [pick.places for pick in picks if not pick.no and not pick.narrows]
    chosen = frozenset().union(*wanted) if wanted else offered
    for pick in picks:
        if pick.no:
            chosen -= pick.places
        elif pick.narrows:
            chosen &= pick.places
    return chosen or None
