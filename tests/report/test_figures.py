"""What may be counted, and what is held back so that nobody can be made out."""

from collections.abc import Mapping
from dataclasses import replace
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coordinator.core.care import Care, Idea
from coordinator.core.figures import Scope
from coordinator.core.figures.cells import FEW, LEAST, NOTHING, Cell, Figure, heads, nested, shown
from coordinator.core.figures.hiding import TOTAL, held_back
from coordinator.core.records import Answer
from tests.report.some import BEGIN, NOW, graded, looked_after, made, pair


def by_name(table) -> dict[str, str]:
    return {name: figure.text for name, figure in zip(table.names, table.figures, strict=True)} | {
        "all": table.total.text
    }


def test_meetings_goals_and_grades_are_counted():
    pairs = [pair(n, met=3, score=4, goals=["open", "done"]) for n in range(6)]
    figures = made(pairs)
    assert by_name(figures.meetings)["all"] == "18"
    assert by_name(figures.goals) == {
        "reached": "6", "under way": "0", "stuck": "0", "not yet told": "6", "dropped": "0", "all": "12",
    }  # fmt: skip
    assert by_name(figures.satisfaction["mentor"])["4"] == "6"
    assert figures.satisfaction["mentor"].mean == 4.0
    assert dict(figures.funnel)["met three times"].exact == 6


def test_a_program_of_four_pairs_shows_no_number_at_all():
    figures = made([pair(n, met=2, score=5, goals=["done"]) for n in range(4)])
    told = [figures.pairs, figures.active, *(f for _, f in figures.weeks), *(f for _, f in figures.funnel)]
    tables = [figures.meetings, figures.goals, figures.satisfaction["mentor"]]
    told += [f for table in tables for f in (*table.figures, table.total)]
    assert all(figure.exact in (None, 0) for figure in told)
    assert figures.satisfaction["mentor"].mean is None


def test_a_small_number_of_goals_cannot_be_worked_out_from_the_others():
    pairs = [pair(n, goals=["done" if n < 10 else "open" if n < 17 else "dropped"]) for n in range(19)]
    table = by_name(made(pairs).goals)
    assert table["all"] == "19"
    assert table["dropped"] == "1–4"
    assert table["not yet told"] == "–"
    assert table["reached"] == "10"


def test_a_cohort_cannot_be_taken_from_the_whole():
    pairs = [pair(n, goals=["done"]) for n in range(12)]
    cohorts = {f"e{n}": "pilot-1" for n in range(9)} | {f"e{n}": "pilot-2" for n in range(9, 12)}
    whole, first, second = (
        made(pairs, scope, cohorts=cohorts)
        for scope in (Scope(), Scope(kind="cohort", name="pilot-1"), Scope(kind="cohort", name="pilot-2"))
    )
    assert (whole.pairs.text, first.pairs.text, second.pairs.text) == ("12", "–", "1–4")
    assert by_name(whole.goals)["reached"] == "12"
    assert by_name(first.goals)["reached"] == "–"
    assert set(by_name(second.goals).values()) == {"–", "1–4"}


@pytest.mark.req("ACHE-9")
def test_the_report_of_a_cohort_has_its_pairs_and_no_others():
    pairs = [pair(n, met=1) for n in range(14)]
    figures = made(pairs, Scope(kind="cohort", name="pilot-1"), cohorts={f"e{n}": "pilot-1" for n in range(6)})
    assert figures.pairs.exact == 6
    assert by_name(figures.meetings)["all"] == "6"


def test_the_report_of_an_advisor_has_their_pairs_and_no_others():
    pairs = [pair(n, met=1, advisors=("a1",) if n < 8 else ("a2",)) for n in range(14)]
    assert made(pairs, Scope(kind="advisor", name="a1")).pairs.exact == 8
    assert made(pairs, Scope(kind="advisor", name="a2")).pairs.exact == 6
    assert not made(pairs, Scope(kind="advisor", name="a3")).pairs.exact


def test_what_was_marked_private_is_not_even_counted():
    pairs = [graded(pair(n), 1, visibility="private") for n in range(9)]
    assert by_name(made(pairs).satisfaction["mentor"])["all"] == "0"


@pytest.mark.req("ACHE-28")
def test_a_pair_that_shows_its_attendance_only_is_counted_there_only():
    pairs = [pair(n, met=1, score=2, goals=["done"], terms={"confidentiality": "attendance"}) for n in range(9)]
    figures = made(pairs)
    assert by_name(figures.meetings)["all"] == "9"
    assert by_name(figures.goals)["all"] == "0"
    assert by_name(figures.satisfaction["mentor"])["all"] == "0"


def test_the_newest_grade_of_each_counts():
    pairs = [graded(pair(n, score=5), 3, days=60) for n in range(6)]
    assert by_name(made(pairs).satisfaction["mentor"]) == {"1": "0", "2": "0", "3": "6", "4": "0", "5": "0", "all": "6"}


def test_grades_are_hidden_together_but_their_mean_is_told():
    table = made([pair(n, score=5 if n else 1) for n in range(9)]).satisfaction["mentor"]
    assert {figure.text for figure in table.figures} == {"–"}
    assert (table.total.exact, table.mean) == (9, 4.6)


@pytest.mark.req("ACHE-37")
def test_reasons_for_an_early_end_are_counted_for_the_coordinator_alone():
    over = {"status": "ended", "ended": BEGIN.replace(month=3), "ending": "asked", "reason": "time"}
    pairs = [pair(n, **(over if n < 6 else {})) for n in range(14)]
    assert by_name(made(pairs).endings)["time"] == "6"
    assert by_name(made(pairs, Scope(kind="advisor", name="a1")).endings)["time"] == "0"


def test_why_few_ended_is_not_told_even_by_what_it_was_not():
    over = {"status": "ended", "ended": BEGIN.replace(month=3), "ending": "asked", "reason": "time"}
    endings = made([pair(n, **(over if n < 1 else {})) for n in range(14)]).endings
    assert {figure.text for figure in endings.figures} == {"–"}
    assert endings.total.text == "1–4"


@pytest.mark.req("AMIA-29")
def test_ideas_are_told_without_their_author_unless_allowed():
    care = Care(ideas=(Idea(at=BEGIN, text="More slots"), Idea(at=BEGIN, text="A lunch", named=True)))
    figures = made([pair(1)], care=care)
    assert {(idea.text, idea.by) for idea in figures.ideas if idea.text == "More slots"} == {("More slots", "")}
    assert ("A lunch", "E1") in {(idea.text, idea.by) for idea in figures.ideas}
    assert not made([pair(1)], Scope(kind="advisor", name="a1"), care=care).ideas


@pytest.mark.req("AMIA-2", "AHE-39", "IMA-32")
def test_both_sides_are_counted_apart():
    pairs = []
    for n in range(8):
        one = pair(n, goals=["done"])
        (goal,) = one.goals
        pairs.append(replace(one, goals=(goal, replace(goal, number=2, owner=one.mentor, state="open"))))
    sides = {what: (mentees.text, mentors.text) for what, mentees, mentors in made(pairs).sides}
    assert sides["named a goal"] == ("8", "8")
    assert sides["reached a goal"] == ("8", "0")


@pytest.mark.req("IMA-30")
def test_what_mentees_tell_mentors_counts_like_what_mentors_tell_mentees():
    pairs = []
    for n in range(8):
        one = pair(n)
        said = tuple(
            Answer(
                key=f"{one.id}/note/{by}",
                prompt="note",
                field="feedback",
                by=by,
                at=NOW,
                value="Well done",
                visibility="pair",
            )
            for by in (one.mentee, one.mentor)
        )
        pairs.append(replace(one, answers=(*one.answers, *said)))
    sides = {what: (mentees.text, mentors.text) for what, mentees, mentors in made(pairs).sides}
    assert sides["said something kind or useful to the other"] == ("8", "8")


def test_steps_that_lose_a_few_are_told_as_a_range():
    steps = [heads(map(str, range(n))) for n in (20, 18, 12, 2, 0)]
    assert [f.text for f in nested(steps, [None] * 5)] == ["20", "16–19", "12", "1–4", "0"]


def test_a_number_alone():
    assert shown(heads("abcde")).exact == 5
    assert shown(heads("abc")) == FEW
    assert shown(Cell(value=9, who=frozenset("ab"))) == NOTHING
    assert shown(heads("abcde"), heads("abcdefg")) == NOTHING
    assert Figure(low=6, high=9).text == "6–9"


COLUMNS = ("x", "y", "z")


def table(numbers: list[list[int]]) -> dict[str, dict[str, Cell]]:
    return {
        f"s{n}": {c: heads(f"{n}{c}{k}" for k in range(v)) for c, v in zip(COLUMNS, row, strict=True)}
        for n, row in enumerate(numbers)
    }


def known_to(rows: Mapping[str, Mapping[str, Cell]], hidden: frozenset[tuple[str, str]]) -> list[dict]:
    """All tables of whole numbers that agree with everything that is shown."""
    shown_ = {}
    for scope, column in product([*rows, TOTAL], [*COLUMNS, TOTAL]):
        if (scope, column) not in hidden:
            shown_[scope, column] = sum(
                cell.value
                for s, row in rows.items()
                for c, cell in row.items()
                if scope in (s, TOTAL) and column in (c, TOTAL)
            )
    free = [(s, c) for s in rows for c in COLUMNS if (s, c) in hidden]
    found = []
    for guess in product(range(12), repeat=len(free)):
        cells = {(s, c): rows[s][c].value for s in rows for c in COLUMNS} | dict(zip(free, guess, strict=True))
        if all(
            value == sum(v for (s, c), v in cells.items() if scope in (s, TOTAL) and column in (c, TOTAL))
            for (scope, column), value in shown_.items()
        ):
            found.append(cells)
    return found


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(st.sampled_from([0, 1, 3, 5, 8]), min_size=3, max_size=3), min_size=1, max_size=2))
def test_no_small_number_follows_from_what_is_shown(numbers: list[list[int]]):
    rows = table(numbers)
    hidden = held_back(rows, COLUMNS)
    if sum((s, c) in hidden for s in rows for c in COLUMNS) > 5:
        return  # nearly nothing is shown, and there are too many tables to try
    possible = known_to(rows, hidden)
    for scope, column in product(rows, COLUMNS):
        if 0 < rows[scope][column].value < LEAST:
            assert len({cells[scope, column] for cells in possible}) > 1


def test_what_everybody_sees_does_not_depend_on_how_it_is_divided():
    whole = held_back({"": table([[7, 9, 3]])["s0"]}, COLUMNS)
    parts = held_back(table([[5, 9, 1], [2, 0, 2]]), COLUMNS)
    assert {c for s, c in whole if s == TOTAL} == {c for s, c in parts if s == TOTAL} == {"x", "z"}


@pytest.mark.req("AMIA-15", "AMIA-17")
def test_each_month_says_how_often_both_were_asked_and_what_came_of_it_apart():
    figures = made([looked_after(n, answers=3, calls=2) for n in range(6)])
    assert [f.exact for f in figures.asked["mentee"].figures] == [f.exact for f in figures.asked["mentor"].figures]
    assert all(f.exact and f.exact >= 6 for f in figures.asked["mentor"].figures[:5])
    assert by_name(figures.checkins["mentee"]) == {"answered": "18", "spoken": "0", "not answered": "12", "all": "30"}
    assert by_name(figures.checkins["mentor"]) == {"answered": "0", "spoken": "12", "not answered": "18", "all": "30"}


def test_who_did_not_answer_cannot_be_worked_out_where_they_are_few():
    pairs = [looked_after(n, answers=5 if n else 0) for n in range(8)]
    assert by_name(made(pairs).checkins["mentee"])["answered"] == "–"


@pytest.mark.req("AAHA-17")
def test_the_share_of_goals_with_all_five_lines_is_told_unless_it_tells_of_few():
    lines = dict.fromkeys(("specific", "measurable", "attainable", "realistic", "timely"), "x")
    pairs = [pair(n, goals=["open"]) for n in range(12)]
    whole = [replace(p, goals=tuple(replace(g, smart=lines) for g in p.goals)) for p in pairs]
    assert made((*whole[:6], *pairs[6:])).smart_share == 50
    assert made((*whole[:2], *pairs[2:])).smart_share is None
