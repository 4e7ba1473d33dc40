"""Looking at how it goes: on whose days, with whose measures, and who sees what of it."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from coordinator import programs
from coordinator.cli.tallying import tallied
from coordinator.core.evaluation.days import check_days
from coordinator.core.evaluation.tally import means, reasons
from coordinator.core.fields import KINDS
from coordinator.core.moments import Situation
from coordinator.core.reading import Context, Unclear, Value
from coordinator.core.records import Answer, Meeting, Pairing
from coordinator.errors import ConfigurationError
from tests.core.situations import CHAPTER, DAY, MONDAY, pairing
from tests.endings.some import answer, busy, pair, program, send, text

CRITERIA = "We keep what we agree; I learn something each time; We laugh"


def where(**changes) -> Situation:
    season = pair(**changes)
    return Situation(program=season.program, chapter=CHAPTER, cohort=season.work, pairing=season.pair())


def days(**changes) -> list[date]:
    return [day for _, day in check_days(where(**changes))]


@pytest.mark.req("ACHE-31")
def test_a_half_year_is_looked_at_half_way_and_a_whole_one_each_quarter() -> None:
    assert days() == [date(2026, 4, 12)]
    assert days(end=date(2027, 1, 12)) == [date(2026, 4, 12), date(2026, 7, 12), date(2026, 10, 12)]
    assert days(end=date(2026, 4, 12)) == [date(2026, 2, 26)]


@pytest.mark.req("ACHE-34")
def test_the_days_that_a_pair_agreed_on_stand_in_place_of_the_others() -> None:
    assert days(terms={"assess": "month 2, month 5"}) == [date(2026, 3, 12), date(2026, 6, 12)]
    assert days(terms={"assess": "after months 4 and 9"}) == [date(2026, 5, 12)], "one lies behind the end"


@pytest.mark.req("ACHE-33", "AAHA-31")
def test_the_pairs_own_criteria_are_asked_and_compared_when_both_have_answered() -> None:
    season = pair(terms={"criteria": CRITERIA})
    season.pass_days(110, busy)
    (mentee,) = [e for e in season.letters("check", "u2") if not e.sections[0].nudge][:1]
    (mentor,) = [e for e in season.letters("check", "u1") if not e.sections[0].nudge][:1]
    assert [q.field.ask for q in mentee.letter.questions if q.prompt == "check"] == CRITERIA.split("; ")
    for letter, numbers in ((mentee, (4, 5, 2)), (mentor, (5, 3, 3))):
        fields = {f"criterion_{n}": value for n, value in enumerate(numbers, start=1)}
        answer(season, letter, "check", **fields)
    season.pass_days(12, busy)
    for who in ("u1", "u2"):
        (told,) = season.letters("comparison", who)
        words = text(season, told)
        assert "We keep what we agree: Maya 4, Mona 5" in words
        assert "I learn something each time: Maya 5, Mona 3" in words


@pytest.mark.req("AAHA-31")
def test_a_week_after_both_were_asked_the_comparison_goes_with_what_there_is() -> None:
    season = pair(terms={"criteria": CRITERIA})
    season.pass_days(110)
    for letter in season.letters("check", "u2")[:1]:
        answer(season, letter, "check", criterion_1=4, criterion_2=5, criterion_3=2)
    season.pass_days(40)
    (told,) = season.letters("comparison", "u1")
    assert "We laugh: Maya 2, Mona –" in text(season, told)


@pytest.mark.req("IMA-21", "IMA-25")
def test_without_criteria_a_short_pulse_is_asked_whose_numbers_nobody_else_sees() -> None:
    season = pair()
    season.pass_days(110, busy)
    letters = season.letters("check")
    assert {e.letter.recipient for e in letters} == {"u1", "u2"}
    asked = [q for e in letters for q in season.work.letter(e.letter.id).questions if q.prompt == "check"]
    assert {q.field.visibility for q in asked} == {"private"}
    assert all(q.field.ask.endswith("(1 = not at all, 5 = fully)") for q in asked)
    assert not season.letters("comparison")
    assert "value=4" not in repr([e for _, e in season.sent if e.letter.recipient == "u3"])


def test_the_look_costs_no_letter_of_its_own() -> None:
    season = pair()
    season.pass_days(125, busy)
    assert all(len(e.sections) > 1 for e in season.letters("check"))


@pytest.mark.req("IMA-24")
def test_a_low_number_on_speaking_openly_brings_its_writer_alone_an_offer() -> None:
    season = pair()
    season.pass_days(110)
    letter = season.letters("check", "u2")[0]
    before = len(season.effects)
    (told,) = send(season, answer(season, letter, "check", safe=2, moves=4))
    assert (told.sections[0].prompt, told.letter.recipient) == ("listening", "u2")
    assert "I tell nobody" in text(season, told)
    assert not [e for e in season.effects[before:] if e.letter.recipient != "u2"]
    fine = pair()
    fine.pass_days(110)
    assert not answer(fine, fine.letters("check", "u2")[0], "check", safe=4).effects


@pytest.mark.req("ACHE-44")
def test_two_low_scores_in_a_row_bring_the_look_forward() -> None:
    def scored(*numbers: int) -> list[str]:
        answers = tuple(
            Answer(key=f"p1/debrief/{n}/mentor", prompt="debrief-mentor", field="score", by="u1",
                   at=MONDAY + timedelta(days=20 + 7 * n), value=number, visibility="advisor")
            for n, number in enumerate(numbers, start=1)
        )  # fmt: skip
        return [name for name, _ in check_days(where(answers=answers))]

    assert scored(2, 1) == ["early1", "m3"]
    assert scored(2, 4, 1) == ["m3"]


HELD = Meeting(
    ordinal=1, uid="m1", start=MONDAY + DAY * 10, end=MONDAY + DAY * 11, zone="UTC", booked=MONDAY, status="held"
)


def checked_in(person: str, *numbers: int, met: bool = True) -> list[str]:
    """The looks of a pair of which one gave these numbers to their check-ins."""
    answers = tuple(
        Answer(
            key=f"p1/check-in/{n}/mentee", prompt="check-in", field="going", by=person, visibility="advisor",
            at=MONDAY + timedelta(days=20 + 7 * n), value={"score": number, "note": "slow"},
        )
        for n, number in enumerate(numbers, start=1)
    )  # fmt: skip
    return [name for name, _ in check_days(where(answers=answers, meetings=(HELD,) if met else ()))]


@pytest.mark.req("ACHE-44")
def test_a_check_in_after_a_meeting_tells_as_well_how_far_it_is_what_they_hoped_for() -> None:
    assert checked_in("u2", 2, 1) == ["early1", "m3"]
    assert checked_in("u2", 2, 3, 1) == ["m3"]
    assert checked_in("u2", 2, 1, met=False) == ["m3"], "before they met there is nothing to measure"


@pytest.mark.req("ACHE-44")
def test_two_numbers_of_one_day_are_one() -> None:
    def told(*days: int) -> list[str]:
        given = (("debrief", "score", 2), ("check-in", "going", {"score": 1, "note": ""}))
        answers = tuple(
            Answer(
                key=f"p1/{prompt}/1/mentee", prompt=prompt, field=field, by="u2", at=MONDAY + DAY * day, value=value,
                visibility="advisor",
            )
            for day, (prompt, field, value) in zip(days, given, strict=True)
        )  # fmt: skip
        return [name for name, _ in check_days(where(answers=answers, meetings=(HELD,)))]

    assert told(20, 20) == ["m3"]
    assert told(20, 50) == ["early1", "m3"]


@pytest.mark.req("ACHE-44")
@pytest.mark.parametrize("name", ["six-month", "advisor-led", "mentee-led", "action-steps", "nine-stages"])
def test_from_the_first_meeting_on_each_tells_every_few_weeks_how_far_it_is_what_they_hoped_for(name: str) -> None:
    season = pair(name)
    season.pass_days(150, busy)
    met = min(at for at, e in season.sent if any(s.prompt == "debrief" for s in e.sections))
    for who in ("u1", "u2"):
        asked = [
            (at, [q.field.fills for q in e.letter.questions if q.field.fills in ("score", "checkin")])
            for at, e in season.sent
            if e.letter.recipient == who and at >= met
        ]
        assert all(len(facts) <= 1 for _, facts in asked), "no letter asks for the same twice"
        days = [met, *(at for at, facts in asked if facts), season.now]
        assert max(after - before for before, after in pairwise(days)) <= DAY * 46, (who, days)


@pytest.mark.req("ACHE-44")
def test_where_no_check_in_asks_it_the_debrief_does_in_its_turn_and_the_number_is_kept_of_both() -> None:
    season = pair()
    season.program = replace(season.program, stages=tuple(s for s in season.program.stages if s.kind != "checkin"))
    season.pass_days(75, busy)
    kept = {a.by: (a.value, a.visibility) for a in season.pair().answers if a.field == "score"}
    assert kept == {"u1": (4, "advisor"), "u2": (4, "advisor")}


def looked(number: int, id_: str, value: int, by: str = "") -> Pairing:
    who = by or f"u{number + 10}"
    said = {"safe": value, "moves": value, "costs": 1}
    answers = tuple(
        Answer(key=f"{id_}/check/m3/mentee", prompt="check", field=f, by=who, at=MONDAY, value=v, visibility="private")
        for f, v in said.items()
    )
    return replace(pairing(id_), mentee=who, answers=answers, reason="time" if number % 2 else "changed")


@pytest.mark.req("IMA-25", "ACHE-37")
def test_below_five_people_no_mean_and_no_count_is_told() -> None:
    pulse = program().instruments["pulse"]
    four = [looked(n, f"p{n}", 4) for n in range(4)]
    five = [*four, looked(4, "p4", 2)]
    assert all(m.value is None and m.people is None for m in means(program(), four, pulse))
    by_name = {m.name: m for m in means(program(), five, pulse)}
    assert by_name["trust"].value == 3.6
    assert by_name["trust"].people == 5
    assert reasons(program(), four) is None
    assert reasons(program(), five) == {"changed": 3, "time": 2}
    told = tallied(program(), five)
    assert told["looks"]["pulse"][1] == {"name": "trust", "people": 5, "mean": 3.6}
    assert told["early_ends"] == {"changed": 3, "time": 2}


def test_one_person_in_five_pairings_is_one_person() -> None:
    pulse = program().instruments["pulse"]
    five = [looked(n, f"p{n}", 4, by="u2") for n in range(5)]
    assert all(m.value is None and m.people is None for m in means(program(), five, pulse))
    assert reasons(program(), five) is None


def test_a_later_look_with_too_few_answers_leaves_the_score_of_the_one_before() -> None:
    pulse = program().instruments["pulse"]
    pairs = [looked(n, f"p{n}", 4) for n in range(5)]
    later = Answer(key="p0/check/m6/mentee", prompt="check", field="moves", by="u10", at=MONDAY + DAY, value=1, visibility="private")  # fmt: skip
    mixed = [replace(pairs[0], answers=(*pairs[0].answers, later)), *pairs[1:]]
    assert {m.name: m.value for m in means(program(), mixed, pulse)}["progress"] == 4.5


def test_reverse_items_count_the_other_way_and_too_few_answers_give_no_score() -> None:
    pulse = program().instruments["pulse"]
    assert pulse.scored({"safe": 4, "moves": 4, "costs": 2})["progress"] == 4.0
    assert pulse.scored({"safe": 4})[""] is None
    assert pulse.scored({"safe": 4})["trust"] == 4.0


LICENSED = """
id = "relation"
title = "Somebody's scale"
low = 1
high = 7
answered = 0.75
{licence}
[anchors]
en = ["never", "always"]
""" + "\n".join(f'[[items]]\nid = "i{n}"\nask = "Item {n}"' for n in range(1, 13))


def chapter(folder: Path, licence: str) -> Path:
    own = folder / "templates"
    (own / "mine/instruments").mkdir(parents=True)
    (own / "mine/program.toml").write_text(
        'extends = "six-month"\ntitle = "Mine"\n[[stages]]\nid = "check"\ninstrument = "relation"\n', encoding="utf-8"
    )
    (own / "mine/instruments/relation.toml").write_text(LICENSED.format(licence=licence), encoding="utf-8")
    return own


SECOND = """
[[stages]]
id = "relation"
kind = "check"
prompt = "check"
comparison = "comparison"
instrument = "relation"
closes = "10 days"
"""


def asked_in(season, days: int) -> list[str]:
    """The names of what looks asked the mentee, who answers everything."""
    names: list[str] = []
    for _ in range(days):
        for effect in season.tick(season.now.replace(hour=9)):
            asked = [q for q in season.work.letter(effect.letter.id).questions if q.prompt == "check"]
            if effect.letter.recipient == "u2" and asked:
                names += [q.field.name for q in asked]
                season.reply(effect, {q.number: 5 for q in asked})
        season.now += timedelta(days=1)
    return names


def test_a_program_may_look_with_two_questionnaires_and_asks_a_pairs_own_measures_once(tmp_path: Path) -> None:
    own = chapter(tmp_path, 'licence = { holder = "A. Author", terms = "written leave, 2026" }')
    declared = (own / "mine/program.toml").read_text("utf-8").replace('instrument = "relation"', 'instrument = "pulse"')
    (own / "mine/program.toml").write_text(declared + SECOND, encoding="utf-8")
    mine = programs.load("mine", own=own)
    pulse = [item.id for item in mine.instruments["pulse"].items]
    season = pair()
    season.program = mine
    assert sorted(asked_in(season, 130)) == sorted([*pulse, *(f"i{n}" for n in range(1, 13))])
    season = pair(terms={"criteria": CRITERIA})
    season.program = mine
    assert asked_in(season, 130) == ["criterion_1", "criterion_2", "criterion_3"]


@pytest.mark.parametrize(
    "licence", ["", 'licence = { holder = "", terms = "" }', 'licence = { holder = "A", terms = "TODO" }']
)
def test_a_questionnaire_without_a_licence_is_refused_with_its_file(tmp_path: Path, licence: str) -> None:
    with pytest.raises(ConfigurationError) as caught:
        programs.load("mine", own=chapter(tmp_path, licence))
    assert "instruments/relation.toml" in str(caught.value)
    assert "licence" in str(caught.value)


def test_a_licensed_questionnaire_of_twelve_items_comes_in_letters_of_five(tmp_path: Path) -> None:
    mine = programs.load(
        "mine", own=chapter(tmp_path, 'licence = { holder = "A. Author", terms = "written leave, 2026" }')
    )
    season = pair()
    season.program = mine
    for _ in range(125):
        for effect in season.tick(season.now.replace(hour=9)):
            asked = [q for q in season.work.letter(effect.letter.id).questions if q.prompt == "check"]
            if effect.letter.recipient == "u2" and asked:
                assert len(effect.letter.questions) <= 5
                words = " ".join(text(season, effect).split())
                assert "A number for each is enough, from 1 to 7." in words
                assert "those of “Somebody's scale”, by leave of A. Author" in words
                assert "(1 = never, 7 = always)" in words
                season.reply(effect, {q.number: 5 for q in asked})
        season.now += timedelta(days=1)
    said = [a.field for a in season.pair().answers if a.prompt == "check"]
    assert sorted(said, key=lambda name: int(name[1:])) == [f"i{n}" for n in range(1, 13)]


def test_a_criterion_answered_with_a_word_is_taken_for_a_number_or_asked_again_never_guessed() -> None:
    season = pair(terms={"criteria": CRITERIA})
    season.pass_days(110)
    letter = season.work.letter(season.letters("check", "u2")[0].letter.id)
    question = next(q for q in letter.questions if q.prompt == "check")
    context = Context(language="en", timezone="UTC", now=MONDAY, words=season.program.words)
    read = KINDS["scale"].read("great", question, context)
    assert isinstance(read, Value | Unclear)
    if isinstance(read, Value):
        assert read.value == 5
    vague = Unclear(evidence="so lala", reason="I need one clear value here.")
    decision = season.reply(season.letters("check", "u2")[0], {question.number: vague})
    assert decision.outcome == "applied"
    season.tick()
    assert any(s.prompt == "unclear" for _, e in season.sent for s in e.sections)


@pytest.mark.req("ACHE-42")
def test_a_gap_in_the_calendar_is_bridged_by_a_proposal_in_a_letter_that_goes_anyway() -> None:
    season = pair(terms={"every": "2 months", "rhythm": "2nd tuesday 12:00"})
    season.pass_days(110, busy)
    told = [" ".join(text(season, e).split()) for e in season.letters("invitation")]
    assert any("ten minutes on the phone in between" in words for words in told)
    monthly = pair()
    monthly.pass_days(110, busy)
    assert not any("in between be" in " ".join(text(monthly, e).split()) for e in monthly.letters("invitation"))
