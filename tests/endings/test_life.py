"""What a pair of the shipped programs is told and asked on its way, read in the letters as they are written."""

from dataclasses import replace
from datetime import date

import pytest

from coordinator.core.attention import of_pairing
from coordinator.core.goal import Skill
from coordinator.core.moments import Situation
from coordinator.core.records import Answer, Goal, Step
from coordinator.core.said_by import NOTED
from tests.advisors.desk import summary_of, texts
from tests.core.situations import Season, command
from tests.endings.some import answer, busy, pair, text
from tests.endings.test_after import parts


def put(season: Season, **changes) -> None:
    held = season.pair()
    season.work.stage([replace(held, version=held.version + 1, due=season.now, **changes)])


def goals(*texts_: str) -> tuple[Goal, ...]:
    return tuple(Goal(number=n, owner="u2", texts=(t,)) for n, t in enumerate(texts_, start=1))


def note(season: Season, who: str, fact: str, words: str) -> None:
    """A line such as "feedback: …" in a reply to a letter that somebody got: the mentor's newest, the mentee's first."""
    newest = [e for _, e in season.sent if e.letter.recipient == who][-1 if who == "u1" else 0]
    said = command("note", f"{fact}: {words}", fact=fact, text=words)
    season.reply(newest, commands=(said,), text=f"{fact}: {words}", again=f"{fact}{len(season.effects)}")


def received(season: Season, who: str, words: str) -> list[str]:
    found = (text(season, e) for _, e in season.sent if e.letter.recipient == who)
    return [t for t in found if words in " ".join(t.split())]


def flat(words: str) -> str:
    return " ".join(words.split())


@pytest.mark.req("ACHE-15")
def test_expectations_that_are_missing_are_asked_again_and_the_advisor_sees_it_and_the_meeting_stands():
    season = pair()
    season.pass_days(1)
    introduced = season.letters("introduction-mentee", "u2")[0]
    answer(season, introduced, methods=("video",))
    season.pass_days(14)
    assert season.pair().meetings[0].start > season.letters("goals", "u2")[1].letter.at, "again, before they meet"
    assert len(season.letters("goals", "u2")) == 2
    assert any("expectations missing: Maya & Mona" in line for line in texts(summary_of(season)))


def test_nobody_misses_what_the_two_of_a_pairing_that_is_over_expected():
    season = pair()
    season.pass_days(12)
    adam = season.work.participant("u3")
    found = []
    for status in ("active", "ended"):
        of = replace(season.pair(), status=status)
        where = Situation(program=season.program, chapter=season.chapter, cohort=season.work, pairing=of)
        found.append("expectations_missing" in [item.kind for item in of_pairing(where, adam, season.now)])
    assert found == [True, False]


@pytest.mark.req("ACHE-16")
def test_what_each_hopes_to_gain_stands_under_their_own_name_before_the_first_meeting():
    season = pair()
    season.pass_days(4)
    answer(season, season.letters("goals", "u2")[0], "goals", gains="A second opinion")
    answer(season, season.letters("goals-mentor", "u1")[0], "goals-mentor", gains="A fresh look at my own work")
    season.pass_days(14)
    sheet = flat(text(season, season.letters("agenda-sheet", "u2")[0]))
    assert sheet.index("From you:") < sheet.index("A second opinion") < sheet.index("From Mona:")
    assert sheet.index("From Mona:") < sheet.index("A fresh look at my own work")


@pytest.mark.req("AMIA-6")
def test_both_see_the_same_goals_in_the_letter_before_a_meeting():
    season = pair()
    season.pass_days(1)
    put(season, goals=goals("Lead a meeting", "Pass the exam"))
    season.pass_days(17)
    blocks = {
        who: text(season, season.letters("agenda-sheet", who)[0]).partition("The goals:")[2].partition("From you")[0]
        for who in ("u1", "u2")
    }
    assert "Lead a meeting" in blocks["u1"]
    assert blocks["u1"] == blocks["u2"]


@pytest.mark.req("AMIA-8")
@pytest.mark.parametrize(("hidden", "told"), [(False, 1), (True, 0)])
def test_feedback_reaches_the_other_verbatim_unless_it_is_kept_back(hidden: bool, told: int):
    season = pair()
    season.pass_days(25)
    note(season, "u2", "feedback", "Please ask me first")
    if hidden:
        put(season, answers=tuple(replace(a, visibility="private") for a in season.pair().answers))
    season.pass_days(30)
    assert bool(received(season, "u1", "Please ask me first")) is bool(told)


@pytest.mark.req("ACHE-40")
def test_the_receipt_of_a_meeting_says_how_many_took_place_and_nobody_else_reads_it():
    season = pair()
    season.pass_days(100, busy)
    for who in ("u1", "u2"):
        assert received(season, who, "3 of 3 meetings so far took place")
    assert not received(season, "u3", "meetings so far took place")


@pytest.mark.req("ACHE-45")
@pytest.mark.parametrize("source", ["", "self-found"])
def test_honesty_is_promised_in_every_agreement_however_the_two_found_each_other(source: str):
    season = pair(source=source)
    season.pass_days(18)
    assert season.pair().agreement[-1].clauses["honesty"]
    assert "You are honest with each other" in flat(text(season, season.letters("agenda-sheet", "u2")[0]))


@pytest.mark.req("AAHA-2")
def test_roles_are_a_clause_and_a_point_of_the_first_meeting():
    season = pair("action-steps")
    season.pass_days(35)
    sheet = flat(text(season, season.letters("agenda-sheet", "u1")[0]))
    season.pass_days(10)
    assert "the mentor listens, asks" in flat(text(season, season.letters("agreement", "u1")[0]))
    assert "For every first meeting" in sheet
    assert "role" in sheet.partition("For every first meeting")[2].casefold()


@pytest.mark.req("AAHA-11")
def test_ethics_not_signed_for_two_weeks_is_told_to_the_advisor_and_holds_up_no_meeting():
    season = pair("action-steps")
    season.pass_days(50)
    assert "ethics" in season.pair().agreement[-1].clauses
    assert any("agreement" in line for line in texts(summary_of(season)))
    assert len(season.pair().meetings) >= 2


@pytest.mark.req("AAHA-13")
def test_a_vision_holds_for_both_and_stands_above_the_goals():
    season = pair("action-steps")
    season.pass_days(1)
    put(season, goals=goals("Lead a meeting"), terms={"vision": "A team that solves its own problems"})
    season.pass_days(45)
    letter = flat(text(season, season.letters("agenda", "u2")[-1]))
    assert letter.index("A team that solves its own problems") < letter.index("Lead a meeting")


@pytest.mark.req("AAHA-25")
def test_without_an_agenda_the_mentor_gets_questions_that_are_marked_as_mine():
    season = pair()
    season.pass_days(60)
    sheet = flat(text(season, season.letters("agenda-sheet", "u1")[-1]))
    assert "No agenda has come from Maya yet. These questions are from me" in sheet
    assert season.letters("agenda", "u2")
    assert not season.letters("agenda", "u1")


@pytest.mark.req("AAHA-29")
def test_expected_outcomes_stand_in_the_agreement_of_the_pair():
    season = pair("action-steps")
    season.pass_days(4)
    letter = season.letters("goals", "u2")[0]
    answer(season, letter, "goals", outcomes="Fewer late orders")
    season.pass_days(40)
    assert "Fewer late orders" in " ".join(season.pair().agreement[-1].clauses.values())


@pytest.mark.req("IMA-20", "IMA-22")
def test_the_last_letter_brings_a_page_for_each_alone_and_nobody_reads_the_other_one():
    season = pair("nine-stages")
    season.pass_days(170, busy)
    answers = (
        Answer(key="p1/a/1", prompt="debrief", field="reflection", by="u2", at=season.now, value="I ask too late ZX-1",
               visibility="private"),
        Answer(key="p1/a/2", prompt="stage-6-mentor", field="strength", by="u1", at=season.now,
               value="You stay calm ZX-2", visibility="pair"),
    )  # fmt: skip
    put(season, answers=(*season.pair().answers, *answers))
    season.pass_days(15)
    pages = {who: parts(season, season.letters("closing", who)[0]) for who in ("u1", "u2")}
    assert "ZX-1" in pages["u2"]["keepsake.html"]
    assert "ZX-2" in pages["u2"]["keepsake.html"]
    assert "ZX-1" not in "".join(pages["u1"].values())
    letters = [text(season, season.letters("closing", who)[0]) for who in ("u1", "u2")]
    assert not any("ZX-1" in words for words in letters)


@pytest.mark.req("IMA-31")
def test_what_a_mentor_took_away_stands_on_the_page_that_closes_it_for_them():
    season = pair("nine-stages")
    season.pass_days(170, busy)
    gained = Answer(key="p1/a/3", prompt="debrief-mentor", field="gained", by="u1", at=season.now,
                    value="To listen longer ZX-3", visibility="pair")  # fmt: skip
    put(season, answers=(*season.pair().answers, gained))
    season.pass_days(15)
    assert "ZX-3" in parts(season, season.letters("closing", "u1")[0])["keepsake.html"]


def test_whoever_has_nothing_to_keep_gets_no_page():
    season = pair()
    season.pass_days(185, busy)
    assert set(parts(season, season.letters("closing", "u2")[0])) == {"certificate.html"}


@pytest.mark.req("IMA-36")
def test_before_the_end_the_advisor_is_asked_for_people_whom_the_mentee_could_get_to_know():
    season = pair("nine-stages", end=pair().pair().end)
    season.pass_days(130, busy)
    assert not any("get to know" in line for line in texts(summary_of(season)))
    season.pass_days(8, busy)
    assert any("which two people could Maya get to know" in line for line in texts(summary_of(season)))


@pytest.mark.req("IMA-30")
def test_the_mentor_hears_one_thing_from_the_mentee_too():
    season = pair("nine-stages")
    season.pass_days(25)
    note(season, "u2", "feedback", "More of the stories, please")
    note(season, "u1", "feedback", "You prepare well")
    season.pass_days(40)
    assert received(season, "u1", "More of the stories, please")
    assert received(season, "u2", "You prepare well")
    by = [a.by for a in season.pair().answers if a.prompt == NOTED]
    assert by.count("u1") == by.count("u2") == 1


def told_before_a_meeting(season: Season, **changes) -> dict[str, str]:
    """What both read in the letter before their second meeting."""
    season.pass_days(25)
    put(season, **changes)
    season.pass_days(30)
    return {who: flat(text(season, season.letters("agenda-sheet", who)[-1])) for who in ("u1", "u2")}


@pytest.mark.req("IMA-13")
def test_the_next_step_of_a_plan_stands_in_the_letter_before_each_meeting_with_how_to_tick_it_off():
    steps = (Step(name="a", text="Talk to the night team", by=date(2026, 3, 3)), Step(name="b", text="Try it"))
    planned = tuple(replace(g, steps=steps) for g in goals("A good start"))
    for words in told_before_a_meeting(pair("nine-stages"), goals=planned).values():
        assert "Talk to the night team, by Tue 3 March 2026 – done? `G1 a done`" in words
        assert "Try it" not in words


@pytest.mark.req("IMA-14", "IMA-23")
def test_ideas_and_dreams_of_both_stand_in_the_letter_before_a_meeting():
    season = pair("nine-stages")
    answers = tuple(
        Answer(key=f"p1/a/{by}{fact}", prompt="stage-4-mentee" if fact == "idea" else "stage-6-mentee", field=fact,
               by=by, at=season.now, value=f"{fact} of {by}", visibility="pair")
        for by in ("u1", "u2")
        for fact in ("idea", "dream")
    )  # fmt: skip
    told = told_before_a_meeting(season, answers=answers)
    assert "You: idea of u1" in told["u1"]
    assert "Maya: idea of u2" in told["u1"]
    assert "Mona: dream of u1" in told["u2"]
    assert "You: dream of u2" in told["u2"]


def apart(season: Season, effect) -> None:
    """They met, and each has a number of their own for where their goals stand."""
    score = {"u2": 3, "u1": 6}.get(effect.letter.recipient)
    said = {"yes_no": lambda _: True, "duration": lambda _: 45,
            "goals": lambda q: {str(n): {"score": score, "state": None, "note": ""} for n, _ in q.goals}}  # fmt: skip
    answers = {q.number: said[q.field.kind](q) for q in effect.letter.questions if q.field.kind in said}
    if answers:
        season.reply(effect, answers)


@pytest.mark.req("AAHA-19")
def test_both_report_on_a_shared_goal_and_both_read_where_they_see_it_differently():
    season = pair("action-steps")
    season.pass_days(25)
    put(season, goals=(Goal(number=1, owner="pair", texts=("Audit together",)),))
    season.pass_days(75, apart)
    asked = {e.letter.recipient for _, e in season.sent for q in e.letter.questions if (1, "Audit together") in q.goals}
    assert asked == {"u1", "u2"}
    for who in ("u1", "u2"):
        sheet = season.letters("agenda-sheet", who)[-1]
        assert "G1: Audit together (Maya 3, Mona 6)" in flat(text(season, sheet))


@pytest.mark.req("AAHA-28", "IMA-29")
def test_what_was_practised_stands_in_the_look_back_by_the_readers_own_numbers():
    season = pair("action-steps")
    season.pass_days(1)
    rated = tuple((season.now, by, score) for by, score in (("u2", 2), ("u1", 1), ("u2", 4)))
    seen = Skill(number=1, name="records", since=season.now, ratings=rated)
    hidden = replace(seen, number=2, name="surgery", visibility="private")
    put(season, skills=(seen, hidden))
    season.pass_days(160)
    told = {who: flat(text(season, season.letters("review", who)[0])) for who in ("u1", "u2")}
    assert "What was practised, by your own numbers, 1 to 5: - records: 2 → 4" in told["u2"]
    assert "- records: 1" in told["u1"]
    assert "surgery" not in str(told)


@pytest.mark.req("IMA-5")
@pytest.mark.parametrize(("score", "told"), [(2, True), (3, False)])
def test_whoever_does_not_feel_connected_brings_their_advisor_within_a_week(score: int, told: bool):
    season = pair("nine-stages")
    season.pass_days(40)
    letter = season.letters("stage-2-mentee", "u2")[0]
    assert "both want the same thing from it, and know it" in flat(text(season, letter)), "its purpose"
    answer(season, letter, "stage-2-mentee", connection=score)
    season.pass_days(7)
    lines = texts(summary_of(season))
    assert any("Maya" in line and "connected" in line for line in lines) == told, lines
