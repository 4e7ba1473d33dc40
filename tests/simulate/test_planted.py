"""Faults that are put into a season on purpose: each is seen, so that an empty list means something."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from coordinator.core import receipts
from coordinator.core.records import Letter, Meeting, Pairing
from coordinator.simulate.outcome import Volume
from coordinator.simulate.season import CHAPTER, run
from tests.simulate import bars
from tests.simulate.bars import Remembered, remembered
from tests.simulate.test_bars import endings
from tests.simulate.test_season import START

DAY = timedelta(days=1)


@pytest.fixture(scope="module")
def season() -> Remembered:
    return remembered(endings("six-month"))


def also(season: Remembered, letter: Letter) -> Remembered:
    return replace(season, letters=(*season.letters, letter))


def a_prompt(season: Remembered) -> Letter:
    """One that asks somebody of a pair, who answered it."""
    return next(each for each in season.letters if each.purpose == "prompt" and "/goals/" in each.id)


def sent(letter: Letter, **more: float) -> Letter:
    assert letter.sent
    return replace(letter, id=f"{letter.id}/again", sent=letter.sent + timedelta(**more))


def asked_once_more(season: Remembered) -> Remembered:
    return also(season, sent(a_prompt(season), days=3))


def asked_a_third_time(season: Remembered) -> Remembered:
    """In two receipts, as if it had not been understood twice."""
    doubt = replace(sent(a_prompt(season), days=3), purpose="receipt")
    return also(also(season, doubt), replace(doubt, id=f"{doubt.id}/again"))


def reminded(season: Remembered) -> Remembered:
    letter = sent(a_prompt(season), days=30)
    return also(season, replace(letter, purpose="nudge", id=f"{letter.keys[0]}/nudge-1"))


def reminded_with_another_letter(season: Remembered) -> Remembered:
    """Of an answered question, beside the prompt of another month."""
    old, new = a_prompt(season), next(each for each in season.letters if "/debrief/2/" in each.id)
    both = (*new.questions, *old.questions)
    letter = replace(new, questions=both, keys=(*new.keys, *old.keys), purpose="nudge")
    return replace(season, letters=tuple(letter if each.id == new.id else each for each in season.letters))


def at_night(season: Remembered) -> Remembered:
    letter = a_prompt(season)
    assert letter.sent
    zone = next(p.timezone for p in season.people if p.id == letter.recipient) or CHAPTER.timezone
    night = letter.sent.astimezone(ZoneInfo(zone)).replace(hour=3)
    return also(season, replace(letter, sent=night))


def twice_on_a_day(season: Remembered) -> Remembered:
    return also(season, sent(a_prompt(season), minutes=30))


def one_more(meetings: tuple[Meeting, ...]) -> tuple[Meeting, ...]:
    *rest, last = meetings
    return (*rest, last, replace(last, uid="another", start=last.start + 2 * DAY, ordinal=last.ordinal + 1))


def the_same_again(meetings: tuple[Meeting, ...]) -> tuple[Meeting, ...]:
    return (*meetings, meetings[-1])


def one_less(meetings: tuple[Meeting, ...]) -> tuple[Meeting, ...]:
    return (*meetings[:2], *meetings[3:])


def none_at_the_end(meetings: tuple[Meeting, ...]) -> tuple[Meeting, ...]:
    return meetings[:-2]


def none_at_all(_: tuple[Meeting, ...]) -> tuple[Meeting, ...]:
    return ()


def closed_again(season: Remembered) -> Remembered:
    closing = next(each for each in season.letters if any("/closing" in key for key in each.keys))
    return also(season, sent(closing, days=1))


LOOKS: tuple[tuple[Callable[[Remembered], list[Any]], tuple[Callable[[Remembered], Remembered], ...]], ...] = (
    (bars.asked_twice, (asked_once_more, asked_a_third_time)),
    (bars.reminded_after_an_answer, (reminded, reminded_with_another_letter)),
    (bars.in_quiet_hours, (at_night,)),
    (bars.twice_a_day, (twice_on_a_day,)),
    (bars.closed_twice, (closed_again,)),
)


@pytest.mark.parametrize(("look", "plant"), [(look, plant) for look, plants in LOOKS for plant in plants])
def test_a_planted_fault_is_seen(
    season: Remembered, look: Callable[[Remembered], list[Any]], plant: Callable[[Remembered], Remembered]
) -> None:
    assert look(season) == []
    assert look(plant(season))


@pytest.mark.parametrize("change", [one_more, the_same_again, one_less, none_at_the_end, none_at_all])
def test_a_month_without_its_meeting_or_with_two_is_seen(
    season: Remembered, change: Callable[[tuple[Meeting, ...]], tuple[Meeting, ...]]
) -> None:
    whole = next(p for p in season.pairings if p.status == "ended" and not p.ending)
    changed = replace(whole, meetings=change(whole.meetings))
    assert bars.meetings_amiss(season) == []
    assert bars.meetings_amiss(replace(season, pairings=(changed,)))


@pytest.mark.parametrize(("shortened", "amiss"), [("", True), ("email", False)])
def test_a_meeting_that_both_made_a_mail_is_none_that_was_left_out(
    season: Remembered, shortened: str, amiss: bool
) -> None:
    whole = next(p for p in season.pairings if p.status == "ended" and not p.ending)
    off = tuple(
        replace(m, status="cancelled", shortened=shortened) if n == 2 else m for n, m in enumerate(whole.meetings)
    )
    assert bool(bars.meetings_amiss(replace(season, pairings=(replace(whole, meetings=off),)))) is amiss


@pytest.mark.parametrize(
    ("monthly", "above"),
    [
        ((9, 5.75, 5, 9), []),
        ((9.1, 5.75, 5, 9), [("mentee", 1, 9.1)]),
        ((9, 5.8, 5, 9), [("mentee", 2, 5.8)]),
        ((9, 5.75, 8, 9), [("mentee", 3, 8)]),
        ((9, 5.75, 5, 9.1), [("mentee", 4, 9.1)]),
    ],
)
def test_a_month_with_more_mails_than_promised_is_seen(
    monthly: tuple[float, ...], above: list[tuple[str, int, float]]
) -> None:
    got = Volume(first=9, typical=5, later=5, monthly=monthly)
    assert bars.months_above({"mentee": got}, {"mentee": (9, 5)}) == above


def test_an_average_of_later_months_above_the_promise_is_seen_unrounded() -> None:
    def above(later: float) -> list[tuple[str, float]]:
        got = Volume(first=9, typical=5, later=later)
        return bars.averages_above({"mentee": got, "advisor": replace(got, later=6)}, {"mentee": (9, 5)})

    assert above(5.0) == []
    assert above(5.01) == [("mentee", 5.01)]


def test_receipts_that_wait_for_no_company_are_seen_in_the_average(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(receipts, "NEAR", timedelta(0))
    played = run(pairs=12, months=4, now=START, seed=3)
    assert {role for role, _ in bars.averages_above(played.volume, played.budget)} == {"mentee", "mentor"}


def test_an_ending_that_nobody_reached_is_missed(season: Remembered) -> None:
    def without(gone: Pairing) -> Remembered:
        return replace(season, pairings=tuple(p for p in season.pairings if p is not gone))

    assert bars.endings(season) == bars.ENDINGS
    (asked,) = (p for p in season.pairings if p.ending == "asked")
    assert bars.ENDINGS - bars.endings(without(asked)) == {("ended", "asked")}
