"""What a volunteer may get wrong in rules, weights and synonyms, and what they are told."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coordinator.core.matching.expressions import RuleError, holds, parsed
from coordinator.core.matching.profile import Profile
from coordinator.core.matching.rules import unmet
from coordinator.core.matching.settings import Matching
from tests.core.matching.some import mentees, shipped
from tests.programs.some import PROGRAM, loaded, mistakes

FILE = "templates/mine/program.toml"


def program(lines: str) -> dict[str, str]:
    return {"mine/program.toml": PROGRAM + lines}


def rule(must: str) -> dict[str, str]:
    return program(f"[[rules]]\nid = 'own'\nmust = '''{must}'''\n")


def synonyms(text: str) -> dict[str, str]:
    return {"mine/synonyms.toml": text}


WEIGHT = f"{FILE}:4: "
RULE = f"{FILE}:5: "
TABLE = [
    (program("[matching.weights]\ngap = -5"), WEIGHT + "the weight gap = -5 is negative – a whole number from 0"),
    (program("[matching.weights]\ngap = 2.5"), WEIGHT + "the weight gap = 2.5 is no whole number"),
    (program('[matching.weights]\ngap = "much"'), WEIGHT + "the weight gap = 'much' is no whole number"),
    (program("[matching.weights]\ngap = 5000"), WEIGHT + "the weight gap = 5000 is too heavy"),
    (program("[matching.weights]\ngaol = 5"), WEIGHT + 'no weight "gaol" – did you mean "goals"?'),
    (program("[matching.weights]\n" + "".join(f"{t} = 0\n" for t in Matching().weights)), "every weight is 0"),
    (program("[matching]\nweights = 5"), WEIGHT + "weights is no table – write [matching.weights]"),
    (program("matching = 5"), f"{FILE}:3: matching is no table – write [matching]"),
    (program('[matching]\nmode = "best"'), WEIGHT + 'no mode of matching "best" – '),
    (program("[matching]\nwieghts = 5"), WEIGHT + 'no setting of matching "wieghts" – did you mean "weights"?'),
    (program("[matching]\ngap = [8, 2, 25]"), WEIGHT + "[8, 2, 25] is no band of gaps – three rising numbers"),
    (program("[matching]\ncapacity = -1"), WEIGHT + "-1 is no whole number – 0 to 50"),
    (program('[matching]\nwithout = ["experiense"]'), WEIGHT + 'no rule "experiense" – did you mean "experience"?'),
    (program("[rules]\nid = 1"), f"{FILE}:3: rules are a list of tables – begin each one with [[rules]]"),
    (program('[[rules]]\nmust = "mentor.years > 3"'), f"{FILE}:3: a rule without an id"),
    (program('[[rules]]\nid = "own"'), WEIGHT + 'the rule "own" does not say what must hold – write must ='),
    (program('[[rules]]\nid = "level"\nmust = "mentor.years > 3"'), WEIGHT + 'the rule "level" is there already'),
    (program('[[rules]]\nid = "own"\nmsut = "x"\nmust = "mentor.years > 3"'), RULE + 'no setting of a rule "msut"'),
    (rule("mentor.yeers >= 5"), RULE + 'the rule "mentor.yeers >= 5" cannot be read: nobody has "yeers" – did you'),
    (rule("mentor.years >="), "it ends too early"),
    (rule("mentor.years >= 'five'"), 'a number and a text cannot be compared with ">="'),
    (rule("mentor.languages == mentee.languages"), "mentor.languages shares mentee.languages"),
    (rule("mentor.years >= 5 mentor.years"), '"mentor.years" does not belong there – join conditions with and, or'),
    (rule("(mentor.years >= 5"), "a bracket is never closed – add )"),
    (rule("mentor.years"), "the end where a comparison is expected"),
    (rule("advisor.years >= 5"), '"advisor.years" where a value is expected'),
    (rule("mentor.years >= 5; import os"), '"; import os" cannot be read'),
    (rule("__import__ == 3"), '"__import__" where a value is expected'),
    (rule("not " * 40 + "mentor.years > 1"), "too many brackets – make two rules of it"),
    (synonyms("[sane]\nx = ['y']"), 'mine/synonyms.toml:1: no part of the synonyms "sane" – did you mean "same"?'),
    (synonyms("[same]\nx = 'y'"), "mine/synonyms.toml:2: not a list of texts"),
    (synonyms("[same]\nmoney = ['budgets']"), 'synonyms.toml:2: "budgets" means "money" here and "budgeting" in templ'),
]


@pytest.mark.parametrize(("files", "said"), TABLE, ids=[said[:60] for _, said in TABLE])
def test_a_mistake_in_matching_is_told_with_its_place_and_the_way_out(tmp_path: Path, files: dict[str, str], said: str):
    problems = mistakes(tmp_path, files)
    assert any(said in problem for problem in problems), problems
    assert all(problem.startswith("templates/") for problem in problems)


def test_a_weight_that_nobody_says_is_missed(tmp_path: Path):
    lines = "[matching.weights]\ngap = 3\n"
    files = {"alone/program.toml": f'title = "Alone"\n{lines}'}
    assert any("no weight for goals, field, similarity" in p for p in mistakes(tmp_path, files, "alone"))


@pytest.mark.req("AHE-41")
@pytest.mark.parametrize(
    "must",
    ["mentee.years >= 1", "not mentee.first_time", "mentor.years >= 5 and mentee.years > 2", "mentee.years > 1 + 1"],
)
def test_no_rule_may_turn_mentees_away_for_their_experience(tmp_path: Path, must: str):
    (problem,) = mistakes(tmp_path, rule(must))
    assert "turns mentees away for their experience – compare with the mentor" in problem


@pytest.mark.req("AHE-41")
@settings(max_examples=50, deadline=None)
@given(mentees(), st.integers(0, 60))
def test_the_shipped_rules_take_a_mentee_of_any_experience(mentee: Profile, years: int):
    assert unmet(shipped(), replace(mentee, years=float(years)), "mentee") == ()


@pytest.mark.req("AHE-32")
def test_a_program_may_require_years_and_an_advisor_waive_them(tmp_path: Path):
    found = loaded(tmp_path, program('[[rules]]\nid = "experience"\nadvises = false\n')).matching
    assert [r.id for r in unmet(found, Profile(id="m", years=3), "mentor")] == ["experience"]
    assert unmet(found, Profile(id="m", years=5), "mentor") == ()
    assert unmet(found, Profile(id="m", years=3, waived=frozenset({"experience"})), "mentor") == ()


def test_a_rule_of_the_program_below_can_be_left_out(tmp_path: Path):
    assert loaded(tmp_path, program('[matching]\nwithout = ["experience"]')).matching.rules == ()


def test_a_program_changes_one_weight_and_keeps_the_others(tmp_path: Path):
    found = loaded(tmp_path, program("[matching.weights]\nplace = 40"))
    assert found.matching.weights == {**Matching().weights, "place": 40}


def test_own_synonyms_are_added_to_the_shipped_ones(tmp_path: Path):
    words = loaded(tmp_path, synonyms("[same]\nbudgeting = ['counting beans']\n")).matching.vocabulary
    assert words.is_same("counting beans", "finances")
    assert not words.is_same("counting beans", "leadership")


MENTOR = Profile(id="m", years=7, site="Elm  Hospital", languages=("en", "es"), offered=("Budgets",), first_time=False)
MENTEE = Profile(id="e", years=3, site="elm hospital", languages=("es",), sought=("budgets",))


@pytest.mark.parametrize(
    ("must", "is_met"),
    [
        ("mentor.years >= 5", True),
        ("mentor.years - mentee.years > 4", False),
        ("mentor.years - mentee.years > 3.5 or mentee.years == 9", True),
        ("mentor.site == mentee.site", True),
        ("mentor.site != mentee.site", False),
        ('mentor.site == "Elm Hospital"', True),
        ("mentor.languages shares mentee.languages", True),
        ("'de' in mentor.languages", False),
        ("mentor.offered shares mentee.sought", True),
        ("not (mentor.years < 5 or mentee.years > 9)", True),
        ("not mentor.first_time", True),
        ("mentee.first_time", None),
        ("mentor.field == mentee.field", None),
        ("mentor.field == mentee.field or mentor.years > 1", True),
        ("mentor.field == mentee.field and mentor.years > 9", False),
    ],
)
def test_a_rule_holds_or_not_or_nobody_said(must: str, is_met: bool | None):
    assert holds(parsed(must), MENTOR, MENTEE) is is_met


@settings(max_examples=300, deadline=None)
@given(
    st.text(max_size=60)
    | st.lists(st.sampled_from(["mentor.years", "(", ")", "and", "not", ">", "3", "'x'", "in", "-"])).map(" ".join)
)
def test_any_text_is_a_rule_or_a_mistake_that_says_so(text: str):
    told, rule_ = "", None
    try:
        rule_ = parsed(text)
    except RuleError as error:
        told = str(error)
    assert (" – " in told) == (rule_ is None)
    assert rule_ is None or holds(rule_, MENTOR, MENTEE) in (True, False, None)
