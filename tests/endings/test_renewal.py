"""Going on together: asked of each alone, and only yes and yes prolongs it."""

import re
from datetime import date, timedelta

import pytest

from tests.core.situations import DAY
from tests.endings.some import answer, busy, pair, prompts, text


def to_the_question(**changes):
    """A pair that met each month, on the day after both were asked about going on."""
    season = pair(**changes)
    season.pass_days(172, busy)
    (mentee,) = season.letters("renewal", "u2")
    (mentor,) = season.letters("renewal", "u1")
    return season, mentee, mentor


def neutral(letter: str, me: str, other: str) -> str:
    """The letter without the names in greeting, heading and frame, and without its own code."""
    plain = re.sub(r"Ref: \S+", "Ref", letter).replace(f"Hello {me},", "Hello,")
    return re.sub(f"[Yy]ou and {other}", "you both", plain).replace(f"meeting with {other}", "meeting with each other")


@pytest.mark.req("AAHA-34")
@pytest.mark.parametrize(
    ("mentee", "mentor"), [(True, False), (False, True), (False, False), (True, None), (None, None)]
)
def test_anything_but_two_yeses_brings_both_the_same_closing_letter(mentee, mentor) -> None:
    season, to_mentee, to_mentor = to_the_question()
    for letter, said in ((to_mentee, mentee), (to_mentor, mentor)):
        if said is not None:
            answer(season, letter, renew=said)
    season.pass_days(20)
    (one,) = season.letters("closing", "u2")
    (other,) = season.letters("closing", "u1")
    assert neutral(text(season, one), "Maya", "Mona") == neutral(text(season, other), "Mona", "Maya")
    assert season.pair().end == date(2026, 7, 12)
    season.pass_days(14)
    assert season.pair().status == "ended"


@pytest.mark.req("AAHA-34", "ACHE-38")
def test_two_yeses_move_the_end_and_both_are_told() -> None:
    season, to_mentee, to_mentor = to_the_question()
    answer(season, to_mentee, renew=True)
    season.pass_days(2)
    assert not season.letters("renewed")
    answer(season, to_mentor, renew=True)
    season.pass_days(40, busy)
    assert season.pair().end == date(2027, 1, 12)
    assert {e.letter.recipient for e in season.letters("renewed")} == {"u1", "u2"}
    assert not season.letters("closing")
    assert season.pair().status == "active"
    assert any(m.start.date() > date(2026, 7, 20) for m in season.pair().meetings)


def test_what_hangs_on_the_end_comes_again_in_the_second_half_year() -> None:
    season, to_mentee, to_mentor = to_the_question()
    answer(season, to_mentee, renew=True)
    answer(season, to_mentor, renew=True)
    season.pass_days(190, busy)
    assert len(season.letters("review", "u2")) >= 2
    assert len({e.letter.id for e in season.letters("renewal", "u1") if not e.sections[0].nudge}) == 2
    season.pass_days(20)
    assert len(season.letters("closing", "u2")) == 1


def test_renewal_answered_twice_differently_counts_as_said_last() -> None:
    season, to_mentee, to_mentor = to_the_question()
    answer(season, to_mentee, renew=True)
    answer(season, to_mentee, renew=False)
    answer(season, to_mentor, renew=True)
    season.pass_days(20)
    assert season.pair().end == date(2026, 7, 12)
    assert season.letters("closing", "u1")


def test_a_no_after_the_renewal_holds_asks_in_private_whether_it_is_to_end() -> None:
    season, to_mentee, to_mentor = to_the_question()
    answer(season, to_mentee, renew=True)
    answer(season, to_mentor, renew=True)
    season.pass_days(2)
    decision = answer(season, to_mentee, renew=False)
    assert [(e.sections[0].prompt, e.letter.recipient) for e in decision.effects] == [("leave", "u2")]
    assert season.pair().end == date(2027, 1, 12)


def test_a_late_yes_beside_a_yes_still_renews_within_two_weeks_of_the_end() -> None:
    season, to_mentee, to_mentor = to_the_question()
    answer(season, to_mentor, renew=True)
    season.pass_days(15)
    assert season.letters("closing", "u1")
    answer(season, to_mentee, renew=True)
    season.pass_days(3)
    assert season.pair().end == date(2027, 1, 12)
    assert season.letters("renewed", "u2")


@pytest.mark.req("ACHE-38")
def test_talking_it_over_is_offered_before_the_blind_question() -> None:
    season = pair()
    season.pass_days(172, busy)
    asked = [at for at, e in season.sent if any(s.prompt == "renewal" for s in e.sections)]
    reviewed = [(at, text(season, e)) for at, e in season.sent if any(s.prompt == "review" for s in e.sections)]
    assert reviewed
    assert min(at for at, _ in reviewed) < min(asked) - timedelta(days=10)
    assert all("alone whether you would like to go on" in " ".join(words.split()) for _, words in reviewed)


def test_the_answer_of_one_is_in_no_letter_to_anybody_else() -> None:
    season, to_mentee, _ = to_the_question()
    before = len(season.effects)
    answer(season, to_mentee, renew=False, turn_to="canary-77")
    season.pass_days(8, busy)
    letters = [e for e in season.effects[before:] if e.letter.recipient != "u2"]
    others = [text(season, e) for e in letters]
    assert others
    assert not any("does not" in words or "said no" in words for words in others)
    assert not any("canary-77" in words for words in others), "it waits for the closing letter"


def test_nobody_is_asked_twice_and_nobody_after_an_answer() -> None:
    season, to_mentee, _ = to_the_question()
    answer(season, to_mentee, renew=False)
    since = season.now
    season.pass_days(11)
    assert prompts(season, "u2", since).count("renewal") == 0
    assert prompts(season, "u1", since).count("renewal") <= 1
    assert season.now > since + 10 * DAY
