"""Whole seasons of each shipped program with everybody in them: what may never happen, and every way to end.

Small by default; COORDINATOR_NIGHTLY=1 plays two hundred pairs of each program.
"""

import os
import sys
from collections import Counter, defaultdict
from functools import lru_cache
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from coordinator import programs
from coordinator.core.hours import is_quiet
from coordinator.core.records import Letter, Pairing
from coordinator.programs.folders import names
from coordinator.simulate.cast import TEMPERAMENTS
from coordinator.simulate.season import CHAPTER, Played, outcome_of, play
from coordinator.store.codec import decode
from tests.faults.figures import note

PROGRAMS = [name for name in names(None) if name != "base"]
NIGHTLY = bool(os.environ.get("COORDINATOR_NIGHTLY"))
PAIRS = 200
EVERYBODY = (*TEMPERAMENTS, "ends", "leaves", "renews", "parts")
ENDS = ("renews", "example", "leaves", "parts", "ends", "example", "example", "renews", "parts", "example")
"""Five pairs of these: two who both go on, one ended by the mentor, one left by the mentor, two who do not go on."""
AT_ONCE = ("help", "notice", "relay", "alert")


@lru_cache(maxsize=8)
def endings(program: str) -> Played:
    months = programs.load(program, own=None).months
    return play(program=program, pairs=5, months=months, tail=20, temperaments=ENDS)


@lru_cache(maxsize=8)
def season(program: str) -> Played:
    """Two hundred pairs with everybody in them; by day, the five."""
    months = programs.load(program, own=None).months
    if not NIGHTLY:
        return endings(program)
    return play(program=program, pairs=PAIRS, months=months, tail=20, temperaments=EVERYBODY)


def ordinary(program: str) -> Played:
    """Twice everybody; by day, the five."""
    months = programs.load(program, own=None).months
    if not NIGHTLY:
        return endings(program)
    return play(program=program, pairs=2 * len(EVERYBODY), months=months, tail=20, temperaments=EVERYBODY)


def sent(played: Played) -> list[Letter]:
    """Every letter that left, those that were put into the archive as well."""
    kept = [decode(Letter, plain) for plain in played.work.all_archived("letters")]
    return [letter for letter in (*kept, *played.work.letters()) if letter.sent]


def pairings(played: Played) -> list[Pairing]:
    kept = [decode(Pairing, plain) for plain in played.work.all_archived("pairings")]
    return [*kept, *played.work.pairings()]


@pytest.mark.parametrize("program", PROGRAMS)
def test_no_question_is_asked_twice_but_as_a_reminder_or_because_it_was_not_understood(program: str) -> None:
    played = season(program)
    unclear = {
        (asked.key, field)
        for record in (*pairings(played), *played.work.participants())
        for asked in record.asked.values()
        for field in asked.unclear
    }
    first: Counter[tuple[str, str, str]] = Counter()
    for letter in sent(played):
        if letter.purpose in ("prompt", "calendar"):
            first.update((letter.recipient, q.key, q.field.name) for q in letter.questions)
    nudged = {(letter.recipient, key) for letter in sent(played) for key in letter.keys if letter.purpose == "nudge"}
    twice = [
        asked
        for asked, times in first.items()
        if times > 1
        and asked[1:] not in unclear
        and (asked[0], asked[1]) not in nudged
        and not _is_merged(played, asked)
    ]
    assert twice == []


def _is_merged(played: Played, asked: tuple[str, str, str]) -> bool:
    """A reminder that went with another letter."""
    holders = [*pairings(played), *played.work.participants()]
    return any(asked[1] in h.asked and h.asked[asked[1]].nudges for h in holders)


@pytest.mark.parametrize("program", PROGRAMS)
def test_no_reminder_follows_an_answer(program: str) -> None:
    played = season(program)
    closed = {a.key: a for p in pairings(played) for a in p.asked.values() if a.closed}
    for letter in sent(played):
        if letter.purpose == "nudge":
            late = [k for k in letter.keys if k in closed and closed[k].closed < letter.sent and not closed[k].fields]
            assert len(late) < len(letter.keys), (letter.id, late)


@pytest.mark.parametrize("program", PROGRAMS)
def test_nothing_unasked_is_sent_in_quiet_hours_nor_twice_a_day(program: str) -> None:
    played = season(program)
    days: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for letter in sent(played):
        person = played.work.participant(letter.recipient)
        if person is None or letter.purpose in AT_ONCE:
            continue
        zone = person.timezone or CHAPTER.timezone
        assert not is_quiet(letter.sent, zone, CHAPTER.quiet_from, CHAPTER.quiet_until), letter.id
        if letter.purpose in ("prompt", "nudge", "summary", "care"):
            days[letter.recipient][str(letter.sent.astimezone(ZoneInfo(zone)).date())] += 1
    twice = [(who, day) for who, counts in days.items() for day, times in counts.items() if times > 1]
    assert twice == []


@pytest.mark.parametrize("program", PROGRAMS)
def test_of_a_hundred_replies_one_waits_for_a_human_and_three_are_asked_again_at_most(program: str) -> None:
    count = ordinary(program).count
    replies = count.kinds["reply"]
    unclear = sum(number for names, number in count.prompts.items() if "unclear" in names.split("+"))
    note("ordinary mail", replies=replies, held=count.held, asked_again=unclear)
    assert replies > 100
    assert count.held <= replies // 100
    assert unclear <= replies * 3 // 100


@pytest.mark.parametrize("program", PROGRAMS)
def test_each_month_has_its_meeting_once(program: str) -> None:
    for pairing in pairings(season(program)):
        rhythm = [m for m in pairing.meetings if m.kind == "meeting" and m.status != "cancelled"]
        starts = [m.start for m in rhythm]
        assert starts == sorted(starts)
        assert len({m.uid for m in pairing.meetings}) == len(pairing.meetings)
        if "week" not in pairing.terms.get("every", "month"):
            gaps = [(b - a).days for a, b in pairwise(starts)]
            assert all(gap >= 14 for gap in gaps), (pairing.id, gaps)


@pytest.mark.parametrize("program", PROGRAMS)
def test_every_ending_is_reached(program: str) -> None:
    played = endings(program)
    found = {(p.status, p.ending or ("renewed" if p.renewals else "by its day")) for p in pairings(played)}
    assert found == {("active", "renewed"), ("ended", "by its day"), ("ended", "asked"), ("ended", "left")}
    keys = [key for letter in sent(played) for key in letter.keys if "/closing" in key]
    assert len(keys) == len(set(keys)), "one closing letter to each, once"
    assert any("rematch" in prompts for prompts in played.count.prompts), "who lost a mentor is asked about another"


@pytest.mark.skipif(not NIGHTLY, reason="two hundred pairs; `simulate` of twelve stands beside this")
@pytest.mark.parametrize("program", PROGRAMS)
def test_each_program_stays_within_its_mails(program: str, capsys: pytest.CaptureFixture[str]) -> None:
    months = programs.load(program, own=None).months
    outcome = outcome_of(season(program), pairs=PAIRS, months=months)
    with capsys.disabled():
        sys.stdout.write("\n".join(("", program, *outcome.lines(), "")))
    assert outcome.exceeded == (), outcome.volume
    assert outcome.failed == 0


@pytest.mark.req("S-6")
@pytest.mark.parametrize("program", PROGRAMS if NIGHTLY else ["six-month"])
@pytest.mark.parametrize("first", [5, 35, 80, 130, 165] if NIGHTLY else [35])
def test_an_outage_of_ten_days_changes_the_number_of_mails_only_downwards(program: str, first: int) -> None:
    months = programs.load(program, own=None).months
    pairs = 40 if NIGHTLY else 2
    kept = play(program=program, pairs=pairs, months=months)
    missed = play(program=program, pairs=pairs, months=months, outage=(first, 10))
    assert len(sent(missed)) <= len(sent(kept))
