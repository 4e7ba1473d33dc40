"""What single words pick among the times offered: "b", "the second one", "Tuesday", "after 3pm", "mornings"."""

from dataclasses import dataclass

from coordinator.core.answers_clock import bare_hour, clocks
from coordinator.core.answers_day import Day
from coordinator.core.answers_text import is_stop
from coordinator.core.fields.choice import is_joint, letter_place
from coordinator.core.fields.slot_offers import HALF_DAY, WHOLE_DAY, Offers

_AFTERNOON, _EVENING = 780, 1020
_PARTS = ((0, HALF_DAY), (_AFTERNOON, _EVENING + 60), (_EVENING, WHOLE_DAY))
_NOT_ARTICLE = ("together", "either", "please", "answer_verbs", "except_for", "turn")


@dataclass(frozen=True, slots=True)
class Pick:
    """places: of the offers that the tokens from start to end mean. no: they are ruled out.

    narrows: it limits what else is said ("mornings") and names no offer. perhaps: places that it could mean, too.
    """

    places: frozenset[int]
    start: int
    end: int
    no: bool = False
    narrows: bool = False
    perhaps: frozenset[int] = frozenset()


def pick_at(offers: Offers, index: int) -> Pick | None:
    """What is picked by the words that begin at this token."""
    found = _everything(offers, index) or _part_of_day(offers, index) or _bound(offers, index) or _by_day(offers, index)
    if found and (found.places or found.narrows):
        return found
    return _by_clock(offers, index) or _by_place(offers, index) or found


def _everything(offers: Offers, index: int) -> Pick | None:
    length = offers.length("all_of_them", index)
    if not length or _names_some(offers, index + length):
        return None
    return Pick(offers.all, index, index + length)


def _names_some(offers: Offers, index: int) -> bool:
    """Whether the times themselves follow directly: "either a or c", "both Tuesday and Thursday"."""
    found = pick_at(offers, index) if index < len(offers.scan) and not is_stop(offers.scan.texts[index]) else None
    return found is not None and not found.narrows and found.places != offers.all


def _part_of_day(offers: Offers, index: int) -> Pick | None:
    """ "Mornings"; whether noon is an afternoon stays open."""
    part = offers.words.phrases("parts").at(offers.scan.texts, index)
    if not part:
        return None
    low, high = _PARTS[min(part[1], 2)]
    places = frozenset(place for place in offers.all if low <= offers.minute(place) < high)
    noon = frozenset(place for place in offers.all if HALF_DAY <= offers.minute(place) < _AFTERNOON and part[1] == 1)
    return Pick(places, index, index + part[0], narrows=True, perhaps=noon)


def _bound(offers: Offers, index: int) -> Pick | None:
    """ "After 3pm", "before noon"; an hour that could be either half of the day is the one that makes a difference."""
    for name, later in (("after_time", True), ("before_time", False)):
        length = offers.length(name, index)
        clock = bare_hour(offers.scan, index + length, offers.words) if length else None
        if clock:
            places = offers.beside(clock.minute, later=later)
            if not clock.sure and places in {offers.all, frozenset()}:
                places = offers.beside((clock.minute + HALF_DAY) % WHOLE_DAY, later=later)
            return Pick(places, index, clock.end, narrows=True)
    return None


def _by_day(offers: Offers, index: int) -> Pick | None:
    """The offers of a day, and of a date and a clock time behind it."""
    found = next((day for day in offers.days if day.start == index), None)
    if found is None:
        named = offers.words.phrases("weekdays").at(offers.scan.texts, index)
        if not named:
            return None
        found = Day(None, index, index + named[0], weekday=named[1])
    places, end = offers.on(found), found.end
    dated = next((day for day in offers.days if day.day and 0 <= day.start - end <= 2 and day.weekday is None), None)
    if found.weekday is not None and dated:
        places, end = places & offers.on(dated), dated.end
    return _at_clock(offers, Pick(places, index, end))


def _at_clock(offers: Offers, pick: Pick) -> Pick:
    end = pick.end
    while end < len(offers.scan) and offers.scan.texts[end] in {",", "-", "("}:
        end += 1
    clock = next(iter(clocks(offers.scan, offers.words, frozenset(range(end)))), None)
    if clock is None or clock.start != end:
        return pick
    places = pick.places & offers.starting(clock.minute, sure=clock.sure)
    return Pick(places, pick.start, _end_of_span(offers, clock.end))


def _end_of_span(offers: Offers, end: int) -> int:
    """Past the second half of "14:00-14:45"."""
    if offers.scan.texts[end : end + 1] != ("-",):
        return end
    clock = next(iter(clocks(offers.scan, offers.words, frozenset(range(end + 1)))), None)
    return clock.end if clock and clock.start == end + 1 else end


def _by_clock(offers: Offers, index: int) -> Pick | None:
    clock = next((each for each in clocks(offers.scan, offers.words) if each.start == index), None)
    if clock is None:
        return None
    places, end = offers.starting(clock.minute, sure=clock.sure), _end_of_span(offers, clock.end)
    joined = offers.length("day_joins", end) if end < len(offers.scan) and not is_stop(offers.scan.texts[end]) else 0
    day = next((day for day in offers.days if day.start == end + joined), None)
    return Pick(places & offers.on(day), index, day.end) if day else Pick(places, index, end)


def _by_place(offers: Offers, index: int) -> Pick | None:
    """A letter, a number, or "the second one"."""
    text, count = offers.scan.texts[index], len(offers.spans)
    place = letter_place(text, count)
    if place is not None and not _is_article(offers, index) and not is_joint(offers.scan, index, offers.words):
        return Pick(frozenset({place}), index, index + 1)
    if text.isdecimal() and len(text) <= 2:
        known = frozenset({int(text) - 1}) & offers.all
        return Pick(known, index, index + 1 + offers.length("ordinal_signs", index + 1))
    return _by_ordinal(offers, index)


def _is_article(offers: Offers, index: int) -> bool:
    after = offers.scan.texts[index + 1 : index + 2]
    if offers.scan.texts[index] != "a" or not after or not after[0].isalpha() or len(after[0]) == 1:
        return False
    if letter_place("".join(offers.scan.texts[index + 2 : index + 3]), len(offers.spans)) is not None:
        return False  # "a of b" in Dutch
    return not any(offers.length(name, index + 1) for name in _NOT_ARTICLE)


def _by_ordinal(offers: Offers, index: int) -> Pick | None:
    texts, count = offers.scan.texts, len(offers.spans)
    for name in ("first", "last"):
        length = offers.length(name, index)
        many = offers.words.phrases("numbers").at(texts, index + length) if length else None
        if many and 1 < many[1] <= count:
            places = range(many[1]) if name == "first" else range(count - many[1], count)
            return Pick(frozenset(places), index, index + length + many[0])
    ordinal = offers.words.phrases("ordinals").at(texts, index)
    if ordinal:
        numbered = frozenset(place for place in offers.all if offers.spans[place][0].day == ordinal[1] + 1)
        return Pick(frozenset({ordinal[1]}) & offers.all or numbered, index, index + ordinal[0])
    for name, place in (("first", 0), ("last", count - 1)):
        if offers.length(name, index):
            return Pick(frozenset({place}), index, index + offers.length(name, index))
    return None
