"""After the end: peers, a line now and then as often as both like, papers with exact counts, and what was celebrated."""

import re
from dataclasses import replace
from datetime import date, datetime, timedelta
from email import message_from_bytes
from email.policy import default

import pytest

from coordinator.core.endings.log import log_of
from coordinator.core.moments import Situation
from coordinator.core.records import Contact
from coordinator.core.stages import moments
from coordinator.formats import letters
from tests.core.situations import CHAPTER, DAY, Season, command
from tests.endings.some import answer, busy, pair, say, send, text

QUARTERLY, YEARLY, NEVER = "every three months", "once a year", "not at all"


def ended(mentee: str | None, mentor: str | None) -> Season:
    """A pair whose time is over, each with what they said about letters afterwards."""
    season = pair()
    season.pass_days(172, busy)
    for who, wish in (("u2", mentee), ("u1", mentor)):
        (letter,) = season.letters("renewal", who)
        answer(season, letter, renew=False, **({"care": wish} if wish else {}))
    season.pass_days(30)
    assert season.pair().status == "ended"
    return season


def cared(season: Season, days: int) -> list[tuple[date, str]]:
    season.pass_days(days)
    return [(at.date(), e.letter.recipient) for at, e in season.sent if any(s.prompt == "care" for s in e.sections)]


@pytest.mark.req("AHE-30", "IMA-35")
def test_both_want_a_line_each_quarter_and_both_get_it() -> None:
    season = ended(QUARTERLY, QUARTERLY)
    days = (date(2026, 10, 12), date(2027, 1, 12))
    assert sorted(cared(season, 190)) == [(day, who) for day in days for who in ("u1", "u2")]


@pytest.mark.req("AHE-30")
@pytest.mark.parametrize("other", [NEVER, None])
def test_where_one_wants_none_neither_is_written_to_and_nobody_learns_why(other: str | None) -> None:
    season = ended(QUARTERLY, other)
    assert cared(season, 120) == []
    assert season.pair().due is None


def test_of_two_rhythms_the_rarer_counts() -> None:
    season = ended(QUARTERLY, YEARLY)
    assert {day for day, _ in cared(season, 400)} == {date(2027, 7, 12)}


def test_whoever_has_enough_says_so_and_both_are_left_alone() -> None:
    season = ended(QUARTERLY, QUARTERLY)
    season.pass_days(75)
    letter = next(e for _, e in season.sent if e.letter.recipient == "u1" and e.sections[0].prompt == "care")
    answer(season, letter, care=NEVER)
    assert len(cared(season, 200)) == 2


@pytest.mark.req("IMA-33")
def test_letters_after_the_end_know_neither_mentor_nor_mentee() -> None:
    season = ended(QUARTERLY, QUARTERLY)
    season.pass_days(75)
    for prompt in ("closing", "care"):
        for effect in season.letters(prompt):
            words = text(season, effect).replace(CHAPTER.sender_name, "").replace(CHAPTER.address, "")
            assert not re.search(r"mentor|mentee", words, re.IGNORECASE)


@pytest.mark.req("IMA-33")
@pytest.mark.parametrize("language", ["en", "es"])
def test_the_templates_after_the_end_name_no_role(language: str) -> None:
    for prompt in ("closing", "care"):
        body = pair().program.prompt(prompt, language).body
        assert not re.search(r"mentor|mentee|advisee|protégé", body, re.IGNORECASE)


@pytest.mark.req("AHE-31")
def test_a_wish_for_an_introduction_reaches_the_advisor_and_opens_nothing_again() -> None:
    season = ended(QUARTERLY, QUARTERLY)
    season.pass_days(75)
    letter = next(e for _, e in season.sent if e.letter.recipient == "u2" and e.sections[0].prompt == "care")
    decision = answer(season, letter, introduce="somebody in infection control", news="canary for Mona")
    (told,) = send(season, decision)
    assert told.letter.recipient == "u3"
    assert "infection control" in text(season, told)
    assert season.pair().status == "ended"
    assert "canary" not in text(season, told)


def test_a_line_for_the_other_goes_with_their_next_letter_once() -> None:
    season = ended(QUARTERLY, QUARTERLY)
    season.pass_days(75)
    letter = next(e for _, e in season.sent if e.letter.recipient == "u2" and e.sections[0].prompt == "care")
    answer(season, letter, news="I passed the exam at last")
    season.pass_days(280)
    mine = [text(season, e) for e in season.letters("care", "u1")]
    assert sum("I passed the exam" in words for words in mine) == 1


def parts(season: Season, effect) -> dict[str, str]:
    raw = letters.write(effect, season.program, CHAPTER, season.now, "UTC").raw
    found = message_from_bytes(raw, policy=default).iter_attachments()
    return {p.get_filename(): p.get_payload(decode=True).decode() for p in found}


@pytest.mark.req("AAHA-35")
def test_the_last_letter_brings_each_a_certificate_to_print() -> None:
    season = ended(None, None)
    for who, name in (("u1", "Mona"), ("u2", "Maya")):
        (closing,) = season.letters("closing", who)
        page = parts(season, closing)["certificate.html"]
        assert f"<h1>{name}</h1>" in page
        held = sum(m.status == "held" for m in season.pair().meetings)
        assert f"<td>{held}</td>" in page
        assert "@page" in page
        for bad in ("http://", "https://", "<script", "<img", "url("):
            assert bad not in page


def test_a_pair_that_never_met_gets_no_certificate() -> None:
    season = pair()
    season.pass_days(185)
    (closing,) = season.letters("closing", "u2")
    assert parts(season, closing) == {}


@pytest.mark.req("ACHE-8")
def test_the_service_letter_counts_what_is_on_record_and_names_the_mentee_only_with_a_yes() -> None:
    season = pair()
    season.pass_days(172, busy)
    extra = Contact(at=season.now, kind="call", minutes=20, by="u1")
    season.work.stage(
        [replace(season.pair(), contacts=(*season.pair().contacts, extra), version=season.pair().version + 1)]
    )
    log = log_of(season.pair(), season.now)
    (letter,) = send(season, say(season, "u1", "service"))
    page = parts(season, letter)["service-letter.html"]
    assert f"<td>{log.meetings}</td>" in page
    assert f"<td>{log.others}</td>" in page
    assert f"<td>{log.hours}</td>" in page
    assert log.others == 1
    assert log.minutes == 45 * log.meetings
    assert "Maya" not in page
    (asked,) = season.letters("renewal", "u2")
    answer(season, asked, share=True)
    (again,) = send(season, say(season, "u1", "service"))
    assert "Maya" in parts(season, again)["service-letter.html"]


@pytest.mark.req("AAHA-35")
def test_a_goal_that_is_reached_is_told_to_both_in_the_same_tick_and_only_once() -> None:
    season = pair()
    season.pass_days(40, busy)
    newest = [e for _, e in season.sent if e.letter.recipient == "u2"][-1]
    season.reply(newest, commands=(command("goal_done", "G1 done", number=1),), text="G1 done")
    season.tick(season.now.replace(hour=16))
    assert {e.letter.recipient for e in season.letters("goal-met")} == {"u1", "u2"}
    season.now += DAY
    season.reply(newest, commands=(command("goal_done", "G1 done", number=1),), text="G1 done", again=2)
    season.pass_days(10, busy)
    assert len(season.letters("goal-met")) == 2


def test_a_goal_that_is_nobodys_business_is_celebrated_nowhere() -> None:
    season = pair()
    season.pass_days(40, busy)
    hidden = tuple(replace(g, visibility="private") for g in season.pair().goals)
    season.work.stage([replace(season.pair(), goals=hidden, version=season.pair().version + 1)])
    newest = [e for _, e in season.sent if e.letter.recipient == "u2"][-1]
    season.reply(newest, commands=(command("goal_done", "G1 done", number=1),), text="G1 done")
    season.pass_days(5, busy)
    assert not season.letters("goal-met")
    assert "Lead a meeting" not in repr([e for _, e in season.sent if "goal-met" in repr(e)])


def test_closing_and_care_stand_still_when_nothing_more_is_due() -> None:
    season = ended(None, None)
    where = Situation(program=season.program, chapter=CHAPTER, cohort=season.work, pairing=season.pair())
    assert moments(where) == ()


def test_months_are_counted_from_the_first_day_to_the_last() -> None:
    season = pair()
    at = datetime.combine(season.pair().start, datetime.min.time(), tzinfo=season.now.tzinfo) + timedelta(days=75)
    assert log_of(season.pair(), at).months == 3


@pytest.mark.req("IMA-37", "AHE-29", "IMA-31")
def test_the_closing_letter_names_what_each_turns_to_the_other_for_and_what_each_learned() -> None:
    season = pair()
    season.pass_days(172, busy)
    for who, words in (("u2", "hard numbers"), ("u1", "the view from the ward")):
        (letter,) = season.letters("renewal", who)
        answer(season, letter, renew=False, turn_to=words)
        newest = [e for _, e in season.sent if e.letter.recipient == who][-1]
        said = command("note", "lesson: ask early", fact="lesson", text=f"ask early, says {who}")
        season.reply(newest, commands=(said,), text="lesson", again=who)
    season.pass_days(20)
    for who in ("u1", "u2"):
        words = text(season, season.letters("closing", who)[0])
        assert "Maya will turn to the other for: hard numbers" in words
        assert "Mona will turn to the other for: the view from the ward" in words
        assert "Mona learned: ask early, says u1" in words
