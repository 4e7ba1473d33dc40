"""What raises a score, and what never does."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coordinator import programs
from coordinator.core.matching.explain import REASONS, brief, sentence
from coordinator.core.matching.propose import barred, candidates
from coordinator.core.matching.score import fit, gap_credit
from coordinator.core.matching.settings import Band
from tests.core.matching.some import EXPERIENCES, HOURS, TOPICS, mentees, mentors, person, shipped


@pytest.mark.req("AHE-33")
def test_of_two_equal_mentors_the_one_with_the_nearer_gap_comes_first():
    mentee = person("ada", years=1)
    six, thirty = person("six", years=6), person("thirty", years=30)
    assert fit(shipped(), six, mentee).score > fit(shipped(), thirty, mentee).score
    first = candidates(shipped(), (thirty, six), mentee)[0]
    assert first.mentor == "six"
    assert "gap 5 y" in sentence(first.fit)


@pytest.mark.req("AHE-33")
@settings(deadline=None)
@given(st.floats(0.5, 60), st.floats(0.5, 60))
def test_beyond_the_best_gap_a_wider_one_never_counts_more(one: float, other: float):
    band = Band(low=2, high=8, end=25)
    near, far = sorted((one, other))
    if near >= band.low:
        assert gap_credit(band, near, levels=True) >= gap_credit(band, far, levels=True)


@pytest.mark.parametrize(
    ("gap", "credit"), [(-3, 0), (0, 0), (1, 50), (2, 100), (8, 100), (16.5, 50), (25, 0), (40, 0), (None, 0)]
)
def test_the_band_rises_stays_and_falls(gap: float | None, credit: int):
    assert gap_credit(Band(low=2, high=8, end=25), gap, levels=True) == credit


def test_among_peers_either_may_have_more_years():
    band = Band()
    assert [gap_credit(band, gap, levels=False) for gap in (-40, -5, 0, 5, 40)] == [0, 100, 100, 100, 0]


@pytest.mark.req("AHE-34")
@settings(max_examples=150, deadline=None)
@given(mentors(), mentees(), st.floats(0, 30))
def test_more_years_beyond_the_band_never_raise_a_score(mentor, mentee, more: float):
    at = replace(mentor, years=(mentee.years or 0) + shipped().band.high)
    mentee = replace(mentee, years=mentee.years or 0)
    above = replace(at, years=at.years + more)
    assert fit(shipped(), above, mentee).score <= fit(shipped(), at, mentee).score


@pytest.mark.req("AHE-34")
@settings(max_examples=150, deadline=None)
@given(mentors(), mentees(), st.sampled_from(("chief executive", "vice president", "senior director")))
def test_a_higher_title_never_raises_a_score(mentor, mentee, title: str):
    assert fit(shipped(), replace(mentor, role=title), mentee).score <= fit(shipped(), mentor, mentee).score


@pytest.mark.req("AHE-34")
def test_a_reason_names_the_experience_that_both_share():
    found = fit(shipped(), person("m", experience=("Night shifts",)), person("e", experience=("night shift",)))
    assert "both know night shifts" in sentence(found).casefold()


@pytest.mark.req("AHE-42")
def test_a_mentee_of_ten_years_gets_neither_a_mentor_of_two_nor_one_of_forty():
    mentee, two, forty = person("e", years=10), person("two", years=2), person("forty", years=40)
    assert candidates(shipped(), (two, forty), mentee) == ()
    options = barred(shipped(), (two, forty), mentee)
    assert {(one.mentor, one.broken) for one in options} == {("two", ("level",)), ("forty", ("level",))}
    assert all(sentence(one.fit) for one in options)


@pytest.mark.req("AHE-42")
@settings(max_examples=150, deadline=None)
@given(mentors(), mentees())
def test_nobody_is_proposed_who_has_not_more_years_or_far_more(mentor, mentee):
    for one in candidates(shipped(), (mentor,), mentee):
        assert one.fit.gap is None or 0 < one.fit.gap < shipped().band.end


@pytest.mark.req("AHE-42")
def test_an_advisor_may_waive_the_level_for_two_people_alone():
    mentee, forty = person("e", years=10), person("forty", years=40)
    waived = replace(forty, waived=frozenset({"level/e"}))
    assert [one.mentor for one in candidates(shipped(), (waived,), mentee)] == ["forty"]
    assert candidates(shipped(), (waived,), replace(mentee, id="other")) == ()


@pytest.mark.req("ACHE-18")
def test_the_wanted_field_counts_and_not_the_one_held():
    mentee = person("e", field="intensive care", wanted=("IT",))
    same, target = person("same", field="ICU"), person("target", field="information technology")
    assert [one.mentor for one in candidates(shipped(), (same, target), mentee)] == ["target", "same"]


@pytest.mark.req("ACHE-19")
def test_a_first_goal_that_nobody_covers_is_said_and_makes_no_full_match():
    mentee = person("e", sought=("budgeting", "networking"))
    found = fit(shipped(), person("m", offered=("making contacts",)), mentee)
    assert (found.kind, found.covered, found.uncovered) == ("uncovered", ("networking",), ("budgeting",))
    assert "goal 1 not covered: “budgeting”" in sentence(found)


@pytest.mark.req("ACHE-19")
@settings(max_examples=150, deadline=None)
@given(mentors(), mentees())
def test_full_means_that_each_of_the_first_goals_is_covered(mentor, mentee):
    found = fit(shipped(), mentor, mentee)
    assert sorted((*found.covered, *found.uncovered)) == sorted(mentee.sought[:3])
    assert (found.kind == "full") == bool(mentee.sought and not found.uncovered)
    assert all(goal in mentor.offered for goal in found.covered)
    if mentee.sought:
        assert (found.kind == "uncovered") == (mentee.sought[0] not in mentor.offered)


@pytest.mark.req("ACHE-19")
@settings(max_examples=150, deadline=None)
@given(mentors(), mentees(), st.sampled_from(TOPICS))
def test_offering_more_never_lowers_a_score(mentor, mentee, topic: str):
    more = replace(mentor, offered=(*mentor.offered, topic))
    assert fit(shipped(), more, mentee).score >= fit(shipped(), mentor, mentee).score


@pytest.mark.req("ACHE-23")
def test_partly_alike_comes_before_twins_and_before_strangers():
    mentee = person("e", field="nursing", site="Elm", experience=("night shifts",))
    twin = replace(mentee, id="twin")
    stranger = person("stranger", field="IT", site="Oak", experience=("veteran",))
    mixed = person("mixed", field="IT", site="Oak", experience=("night shifts", "veteran"))
    ranked = candidates(shipped(), (twin, stranger, mixed), mentee)
    assert ranked[0].mentor == "mixed"
    assert "both know night shifts; the mentor comes from IT" in sentence(ranked[0].fit).replace("Both", "both")


@pytest.mark.req("ACHE-23")
@settings(max_examples=150, deadline=None)
@given(mentors(), mentees(), st.sampled_from(EXPERIENCES))
def test_a_shared_experience_never_lowers_a_score(mentor, mentee, shared: str):
    mentee = replace(mentee, experience=(*mentee.experience, shared))
    before = replace(mentor, experience=tuple(e for e in mentor.experience if e != shared))
    after = replace(before, experience=(*before.experience, shared))
    assert fit(shipped(), after, mentee).score >= fit(shipped(), before, mentee).score


@settings(max_examples=150, deadline=None)
@given(mentors(), mentees(), st.sampled_from(HOURS))
def test_less_time_never_raises_a_score(mentor, mentee, hour: str):
    scarcer = replace(mentor, availability=tuple(h for h in mentor.availability if h != hour))
    assert fit(shipped(), scarcer, mentee).score <= fit(shipped(), mentor, mentee).score


@pytest.mark.req("IMA-3")
def test_a_brief_has_no_name_no_address_and_no_site():
    told = brief(person("u77", field="ICU", site="Elm", manager="boss@example.org", sought=("a", "b", "c", "d")))
    assert "u77" not in str(told)
    assert "Elm" not in str(told)
    assert "boss" not in str(told)
    assert told["goals"] == ["a", "b", "c"]


def test_a_reason_is_given_in_the_language_of_its_reader():
    words = programs.load("base", own=None).words["es"]
    found = fit(shipped(), person("m", field="ICU", offered=("budgets",)), person("e", field="ICU", sought=("budget",)))
    assert sentence(found, words) == "Ambos trabajan en ICU; nada los distingue; cubre “budget”."
    assert set(words["reasons"]) == set(REASONS)


def test_the_pieces_of_a_reason_are_the_same_in_the_words_and_in_the_code():
    assert programs.load("base", own=None).words["en"]["reasons"] == REASONS
