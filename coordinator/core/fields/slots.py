"""Which of the times offered suit somebody."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import pairwise

from coordinator.core.answers_day import Day
from coordinator.core.answers_text import is_stop, tokens
from coordinator.core.dates import at, iso, zone
from coordinator.core.fields.choice import lettered
from coordinator.core.fields.kind import Read, by_language, unclear, value
from coordinator.core.fields.slot_offers import Offers, offers_of
from coordinator.core.fields.slot_picks import Pick, pick_at
from coordinator.core.fields.slot_remarks import DOUBTS, less_remarks, none_with_a_reason
from coordinator.core.frozen import replace
from coordinator.core.program import Field
from coordinator.core.reading import Context, Value
from coordinator.core.records import Question
from coordinator.core.words import Words, words_of

_FILLING = ("slot_fillers", "together", "either", "please", "closing", "day_joins", "yes", "yes_alone", "yes_whole")
_WITH_REMARK = 0.85
"""How sure a pick is that other sentences follow; where several questions were asked, these may answer another one."""
_TWO = 2


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
        scan = tokens(text)
        return by_language(
            scan, context, lambda words: _reading(text, offers_of(text, question.slots, context, words), context)
        )

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


@dataclass(kw_only=True)
class _Found:
    """What the words pick so far. rest: words that mean nothing here. no: what follows is ruled out."""

    picks: list[Pick] = field(default_factory=list)
    rest: int = 0
    no: bool = False


def _reading(text: str, offers: Offers, context: Context) -> Read:
    if _means(offers, "none_of_them") or (none_with_a_reason(offers) and not _is_doubtful(offers, ())):
        return value([], text)
    same = _same_time(text, offers, context)
    if same is not None:
        return same
    found = _picked(offers)
    if not found.picks:
        return None
    if (found.rest or found.no) and (first := less_remarks(offers)) is not None:
        read = _reading(first, offers_of(first, offers.spans, context, offers.words), context)
        return replace(read, sure=_WITH_REMARK) if isinstance(read, Value) else read
    found.rest += _names_some_of_all(found.picks, offers)
    if found.rest or found.no or _is_doubtful(offers, found.picks):
        return unclear(text, offers.words, "not_offered" if _names_other_day(offers) else "option")
    chosen = _chosen(found.picks, offers.all)
    if not chosen:
        return unclear(text, offers.words, "not_offered")
    if chosen != _chosen([replace(pick, places=pick.places | pick.perhaps) for pick in found.picks], offers.all):
        return unclear(text, offers.words, "option")
    return value([_written(*offers.spans[place], context) for place in sorted(chosen)], text)


def _written(start: datetime, end: datetime, context: Context) -> dict[str, str]:
    return {"start": iso(start, context), "end": iso(end, context)}


def _means(offers: Offers, name: str) -> bool:
    said = offers.scan.said
    please = offers.words.phrases("please")
    while size := next((n for n in (1, 2, 3) if len(said) > n and please.length(said, len(said) - n) == n), 0):
        said = said[:-size]
    return said in offers.words.phrases(name)


def _picked(offers: Offers) -> _Found:
    found = _Found()
    index = 0
    while index < len(offers.scan):
        excluded = offers.length("except_for", index) or _no_behind(offers, index, found.picks)
        everything = offers.length("all_of_them", index)
        pick = None if excluded and excluded >= everything else pick_at(offers, index)
        repeats = _says_again(offers, index, found.picks)
        if repeats:
            index += repeats
        elif pick:
            found.rest += _widens(pick, found.picks, offers)
            found.picks.append(replace(pick, no=found.no))
            found.no = found.no and _goes_on(offers, pick.end)
            index = pick.end
        elif excluded and offers.scan.ends_at(index + excluded):
            _deny_last(found, index)
            index += excluded
        elif excluded:
            found.no, index = True, index + excluded
        else:
            index += _skipped(offers, index, found)
    return found


def _no_behind(offers: Offers, index: int, before: Sequence[Pick]) -> int:
    """The "no" of "a or b, Saturday no"."""
    length = offers.length("no_inside", index) if before and before[-1].end == index else 0
    return length if length and len(before) > 1 and offers.scan.ends_at(index + length) else 0


def _says_again(offers: Offers, index: int, before: Sequence[Pick]) -> int:
    """Tokens of the "both" behind two, and of the "whichever" behind several, which name none anew."""
    named = [pick for pick in before if not pick.no and not pick.narrows and pick.places != offers.all]
    both = offers.length("both_of_them", index) if len(named) == _TWO == len(before) else 0
    return max(both, offers.length("indifferent", index) if len(named) > 1 else 0)


def _widens(pick: Pick, before: Sequence[Pick], offers: Offers) -> bool:
    """Whether it names all where some were named already: "Tuesday, any of them"."""
    return pick.places == offers.all and any(
        not each.no and not each.narrows and each.places != offers.all for each in before
    )


def _names_some_of_all(picks: Sequence[Pick], offers: Offers) -> bool:
    """Whether some are named behind "any": "either is fine, a or b"."""
    named = [pick for pick in picks if not pick.no and not pick.narrows]
    return len(named) > 1 and named[0].places == offers.all and any(pick.places != offers.all for pick in named)


def _deny_last(found: _Found, index: int) -> None:
    """ "Saturday not": it denies the day in front of it; where none stands there, who knows what."""
    if found.picks and found.picks[-1].end == index:
        found.picks[-1] = replace(found.picks[-1], no=True)
    else:
        found.rest += 1


def _goes_on(offers: Offers, index: int) -> bool:
    """Whether more is ruled out by the same "not": "not b or c"."""
    joined = max(offers.length("either", index), offers.length("together", index))
    return joined > 0 and index + joined < len(offers.scan) and pick_at(offers, index + joined) is not None


def _skipped(offers: Offers, index: int, found: _Found) -> int:
    """Tokens to skip where nothing is picked, counting the words that mean nothing here."""
    text = offers.scan.texts[index]
    if is_stop(text):
        found.rest += text in {"%", "?"} or (found.no and text == ",")  # "Not the others, Tuesday"
        return 1
    step = max(offers.length(name, index) for name in _FILLING)
    turn = offers.length("turn", index)
    found.rest += not max(step, turn)
    return max(step, turn) or 1


def _is_doubtful(offers: Offers, picks: Sequence[Pick]) -> bool:
    """Whether words cast a doubt, or a pick stands beside a number, which may be the question's own: "1 b"."""
    signs = [offers.scan.texts[pick.start] for pick in picks if pick.end == pick.start + 1]
    if any(sign.isdecimal() for sign in signs) and any(len(sign) == 1 and sign.isalpha() for sign in signs):
        return True
    if len(picks) > 1 and signs and signs[0].isdecimal() and not _joined(offers, picks[0].end, picks[1].start):
        return True
    if any(_collide(offers, one, other) for one, other in pairwise(picks)):
        return True
    used = {i for pick in picks for i in range(pick.start, pick.end)}
    outside = tuple("·" if i in used else text for i, text in enumerate(offers.scan.texts))
    return any(offers.words.phrases(name).anywhere(outside) is not None for name in DOUBTS)


def _collide(offers: Offers, one: Pick, other: Pick) -> bool:
    """Whether two words that exclude each other stand side by side: "last Thursday" is neither of them."""
    if len(offers.scan.texts[one.start]) == 1 or len(offers.scan.texts[other.start]) == 1:
        return False  # "b c"
    named = not (one.narrows or other.narrows) and one.no == other.no
    return named and one.end == other.start and bool(other.places) and one.places.isdisjoint(other.places)


def _joined(offers: Offers, start: int, end: int) -> bool:
    """Whether an "and", an "or" or a comma stands between two picks: "1 and 3", and not "1 the second"."""
    return any(
        is_stop(offers.scan.texts[i]) or offers.length("together", i) or offers.length("either", i)
        for i in range(start, end)
    )


def _names_other_day(offers: Offers) -> bool:
    return any(not offers.on(day) for day in offers.days)


def _chosen(picks: Sequence[Pick], offered: frozenset[int]) -> frozenset[int]:
    """The offers that all words together leave; none where some of them name nothing that was offered."""
    if any(not pick.places and not pick.narrows for pick in picks):
        return frozenset()
    wanted = [pick.places for pick in picks if not pick.no and not pick.narrows]
    chosen = frozenset().union(*wanted) if wanted else offered
    for pick in picks:
        if pick.no:
            chosen -= pick.places
        elif pick.narrows:
            chosen &= pick.places
    return chosen


def _same_time(text: str, offers: Offers, context: Context) -> Read:
    """ "Same time Thursday": the hour offered, on another day."""
    start = offers.words.phrases("same_time").anywhere(offers.scan.texts)
    if start is None:
        return None
    used = set(range(start, start + offers.length("same_time", start)))
    named = [day for day in offers.days if day.day]
    minutes = {offers.minute(place) for place in offers.all}
    if len(named) != 1 or len(minutes) != 1 or _is_doubtful(offers, ()):
        return unclear(text, offers.words, "clock")
    used |= set(range(named[0].start, named[0].end))
    rest = [i for i, said in enumerate(offers.scan.texts) if i not in used and not is_stop(said)]
    if "?" in offers.scan.texts or any(not offers.length("slot_fillers", i) for i in rest):
        return unclear(text, offers.words, "clock")
    return _moved(text, offers, named[0], context)


def _moved(text: str, offers: Offers, day: Day, context: Context) -> Read:
    """The offer of that day, or its hour on that day: of the week offered when only a weekday was said."""
    on_day = offers.on(day)
    if len(on_day) == 1:
        return value([_written(*offers.spans[next(iter(on_day))], context)], text, 0.9)
    start, end = offers.spans[0]
    weeks = {first.date().isocalendar()[:2] for first, _ in offers.spans}
    target = day.day
    if day.weekday is not None and len(weeks) == 1 and not on_day:
        target = date.fromisocalendar(*next(iter(weeks)), day.weekday + 1)
    elif day.weekday is not None:
        target = None
    moved = at(target, offers.minute(0), context) if target else None
    if moved is None or moved <= context.now:
        return unclear(text, offers.words, "day")
    return value([_written(moved, moved + (end - start), context)], text, 0.9)
