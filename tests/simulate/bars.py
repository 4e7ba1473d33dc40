"""What may never happen in a season, each as a list of where it did: looked up in all that the program remembers."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from zoneinfo import ZoneInfo

from coordinator.core.hours import is_quiet
from coordinator.core.records import Letter, Meeting, Pairing, Participant
from coordinator.simulate.outcome import Volume
from coordinator.simulate.season import CHAPTER, Played
from coordinator.store.codec import decode

AT_ONCE = ("help", "notice", "relay", "alert")
"""Answers to what somebody just wrote, and calls for help: at any hour."""
ONE_A_DAY = ("prompt", "nudge", "summary", "care")


@dataclass(frozen=True, kw_only=True)
class Remembered:
    """All letters that left, all pairings and people, those that were put into the archive as well."""

    letters: tuple[Letter, ...]
    pairings: tuple[Pairing, ...]
    people: tuple[Participant, ...]

    @property
    def asked(self) -> Iterator[tuple[str, int, frozenset[str]]]:
        """Of each prompt: its key, how often it was reminded of, and what of it was not understood."""
        records: tuple[Pairing | Participant, ...] = (*self.pairings, *self.people)
        for record in records:
            for asked in record.asked.values():
                yield asked.key, asked.nudges, frozenset(asked.unclear)


def remembered(played: Played) -> Remembered:
    work = played.work
    letters = (*(decode(Letter, plain) for plain in work.all_archived("letters")), *work.letters())
    return Remembered(
        letters=tuple(letter for letter in letters if letter.sent),
        pairings=(*(decode(Pairing, plain) for plain in work.all_archived("pairings")), *work.pairings()),
        people=tuple(work.participants()),
    )


def asked_twice(season: Remembered) -> list[tuple[str, str, str]]:
    """Questions that were put once more without being a reminder, or a second time because they were not understood."""
    nudges = {key: number for key, number, _ in season.asked}
    unclear = {(key, field) for key, _, fields in season.asked for field in fields}
    times: Counter[tuple[str, str, str]] = Counter()
    again: Counter[tuple[str, str, str]] = Counter()
    for letter in season.letters:
        counted = again if letter.purpose == "receipt" else times
        counted.update((letter.recipient, q.key, q.field.name) for q in letter.questions)
    plainly = (each for each, many in times.items() if many > 1 + nudges.get(each[1], 0) + (each[1:] in unclear))
    return [*plainly, *(each for each, many in again.items() if many > 1 and nudges.get(each[1], 0) < many)]


def reminded_after_an_answer(season: Remembered) -> list[tuple[str, str]]:
    """Reminders of what was closed, or answered, before they left."""
    closed = {asked.key: asked.closed for p in season.pairings for asked in p.asked.values() if asked.closed}
    said = {(a.by, a.key, a.field): a.at for record in season.pairings for a in record.answers}
    return [
        (letter.id, question.key)
        for letter in season.letters
        if letter.purpose == "nudge" and letter.sent
        for question in letter.questions
        if question.key in {key.rpartition("/nudge-")[0] for key in (letter.id, *letter.keys)} | set(letter.keys)
        and (
            closed.get(question.key, letter.sent) < letter.sent
            or said.get((letter.recipient, question.key, question.field.name), letter.sent) < letter.sent
        )
    ]


def in_quiet_hours(season: Remembered) -> list[str]:
    return [
        letter.id
        for letter, zone in _to_people(season)
        if letter.sent and is_quiet(letter.sent, zone, CHAPTER.quiet_from, CHAPTER.quiet_until)
    ]


def twice_a_day(season: Remembered) -> list[tuple[str, date]]:
    days: Counter[tuple[str, date]] = Counter()
    for letter, zone in _to_people(season):
        if letter.purpose in ONE_A_DAY and letter.sent:
            days[letter.recipient, letter.sent.astimezone(ZoneInfo(zone)).date()] += 1
    return [each for each, times in days.items() if times > 1]


def _to_people(season: Remembered) -> Iterator[tuple[Letter, str]]:
    """What they did not just ask for, with the clock that they live by."""
    zones = {person.id: person.timezone or CHAPTER.timezone for person in season.people}
    known = (letter for letter in season.letters if letter.recipient in zones)
    return ((letter, zones[letter.recipient]) for letter in known if letter.purpose not in AT_ONCE)


LONGEST = 49
"""Days from one meeting to the next at the most, where a month lies between: the second stays apart from the first."""
SHORTEST = 7
"""Days at the least: whoever agrees on another day of the month meets sooner once, and once in each month all the same."""


def meetings_amiss(season: Remembered) -> list[tuple[str, str]]:
    """Pairs who meet monthly with a month left out, a month with two, or an entry that stands twice."""
    gone = {person.id for person in season.people if person.status in ("stopped", "unreachable")}
    last = max(letter.at.date() for letter in season.letters)
    return [
        (pairing.id, what)
        for pairing in season.pairings
        for what in _amiss(pairing, last, is_whole=not pairing.ending and not {pairing.mentor, pairing.mentee} & gone)
    ]


def _amiss(pairing: Pairing, last: date, *, is_whole: bool) -> Iterator[str]:
    """last: day of the season. is_whole: nothing kept the two from meeting until their last day.

    A meeting that both wanted to be a mail this time is off in both calendars, and has taken place.
    """
    rhythm = [m for m in pairing.meetings if m.kind == "meeting" and (m.status != "cancelled" or m.shortened)]
    days = [m.start.astimezone(ZoneInfo(m.zone)).date() for m in rhythm]
    if len({m.uid for m in pairing.meetings}) < len(pairing.meetings):
        yield "one entry twice"
    if days != sorted(days):
        yield "one before the other"
    if "week" in pairing.terms.get("every", "month"):
        return
    gaps = [(b - a).days for a, b in pairwise(days)]
    # One that the two moved is still the meeting of the month for which it was booked.
    booked = list(zip(days, rhythm, strict=True))[1:]
    unmoved = [(d.year, d.month) for d, m in booked if not (m.sequence and _is_moved(pairing, m))]
    if any(gap < SHORTEST for gap in gaps) or len(set(unmoved)) < len(unmoved):
        yield "two in a month"
    until = [*days, min(pairing.end, last)]
    if is_whole and (not days or any(_is_left_out(a, b) for a, b in pairwise(until))):
        yield "a month left out"


def _is_moved(pairing: Pairing, meeting: Meeting) -> bool:
    """Whether one of the two was asked about another time for it."""
    names = tuple(f"{pairing.id}/{what}/{meeting.ordinal}/" for what in ("counter", "move"))
    return any(key.startswith(names) for key in pairing.asked)


def _is_left_out(one: date, next_one: date) -> bool:
    """Whether a whole month lies between: one that was moved, and the next one, may lie far apart in theirs."""
    months = (next_one.year - one.year) * 12 + next_one.month - one.month
    return months > 1 and (next_one - one).days > LONGEST


A_LITTLE_MORE = {"mentee": 0.75, "mentor": 0.75, "advisor": 1}
"""Thirty days hold the mails of two meetings now and then, and five Mondays: so many more than in a typical month."""


def months_above(volume: Mapping[str, Volume], budget: Mapping[str, tuple[int, int]]) -> list[tuple[str, int, float]]:
    """(role, month, mails a person) above the promise: the last month, which ends things, is held to that of the first."""
    found = []
    for role, got in volume.items():
        first, typical = budget[role]
        last = len(got.monthly)
        most = {1: first, last: first}
        for month, mails in enumerate(got.monthly, start=1):
            if mails > most.get(month, typical + A_LITTLE_MORE[role]):
                found.append((role, month, mails))
    return found


def averages_above(volume: Mapping[str, Volume], budget: Mapping[str, tuple[int, int]]) -> list[tuple[str, float]]:
    """(role, mails a person) of the two of a pair whose later months bring more on average than promised, unrounded."""
    pair = {role: got.later for role, got in volume.items() if role in ("mentee", "mentor")}
    return [(role, later) for role, later in pair.items() if later > budget[role][1]]


ENDINGS = {("active", "renewed"), ("ended", "by its day"), ("ended", "asked"), ("ended", "left")}


def endings(season: Remembered) -> set[tuple[str, str]]:
    return {(p.status, p.ending or ("renewed" if p.renewals else "by its day")) for p in season.pairings}


def closed_twice(season: Remembered) -> list[str]:
    """Closing letters that somebody got more than once."""
    times = Counter(key for letter in season.letters for key in letter.keys if "/closing" in key)
    return [key for key, many in times.items() if many > 1]
