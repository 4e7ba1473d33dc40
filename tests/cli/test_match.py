"""Proposals of pairs from the command line, over a real chapter."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from coordinator.store import open_store
from tests.cli.running import founded, run

NOW = ("--now", "2026-01-12T08:00")
PEOPLE = """email,first_name,roles,timezone,consent,years,field,wanted,site,offers,goals,experience,capacity,manager
mona@example.com,Mona,mentor,Europe/Berlin,yes,9,IT,,Oak,"budgeting, networking",,night shifts,2,
max@example.com,Max,mentor,Europe/Berlin,yes,12,ICU,,Elm,leadership,,,1,
maya@example.com,Maya,mentee,Europe/Berlin,yes,3,ICU,IT,Elm,,"budgets; networking",night shift,,max@example.com
milo@example.com,Milo,mentee,Europe/Berlin,yes,4,ICU,,Elm,,leading a team,,,
zoe@example.com,Zoe,mentee,Europe/Berlin,yes,40,ICU,,Elm,,retirement,,,
nils@example.com,Nils,mentee,Europe/Berlin,,2,,,,,,,,
adam@example.com,Adam,advisor,Europe/Berlin,yes,,,,,,,,,
"""


@pytest.fixture
def elm(tmp_path: Path) -> Path:
    return imported(founded(tmp_path / "elm"), PEOPLE)


def imported(folder: Path, people: str) -> Path:
    roster = folder.parent / "people.csv"
    roster.write_text(people)
    outcome = run("--chapter", folder, "people", "import", roster, *NOW)
    assert outcome.code == 0, outcome.err
    return folder


def with_rules(folder: Path, lines: str) -> Path:
    program = folder / "templates" / "six-month" / "program.toml"
    program.parent.mkdir(parents=True, exist_ok=True)
    program.write_text('extends = "six-month"\n' + lines)
    return folder


@pytest.mark.req("AHE-34", "ACHE-18", "ACHE-19", "ACHE-23")
def test_each_pair_is_explained_in_one_sentence(elm: Path):
    found = run("--chapter", elm, "match", "--json", *NOW).json
    pairs = {one["mentee"]: one for one in found["pairs"]}
    assert {(who, one["mentor"]) for who, one in pairs.items()} == {
        ("maya@example.com", "mona@example.com"),
        ("milo@example.com", "max@example.com"),
    }
    assert pairs["maya@example.com"]["reason"] == (
        "Both know night shifts; the mentor comes from IT; gap 6 y; leads to IT; covers “budgets” and “networking”."
    )
    assert [one["kind"] for one in pairs.values()] == ["full", "full"]


@pytest.mark.req("AHE-42")
def test_a_mentee_whom_only_absurd_mentors_would_suit_stays_alone_and_both_options_are_shown(elm: Path):
    outcome = run("--chapter", elm, "match", *NOW)
    assert "nobody for zoe@example.com: the rule level keeps every mentor away" in outcome.out
    assert "mona@example.com but for level:" in outcome.out
    assert "max@example.com but for level:" in outcome.out


def test_who_lost_to_whom_is_told_on_request(elm: Path):
    run("--chapter", elm, "people", "set", "max@example.com", "consent=no", *NOW)
    told = run("--chapter", elm, "match", "--explain", *NOW).out
    assert "gap 25 of 25" in told
    assert "not now: nils@example.com as mentee: no consent on record" in told
    assert "not now: max@example.com as mentor: no consent on record" in told


def test_the_same_people_give_the_same_words(elm: Path):
    for mode in ("total", "worst", "stable"):
        asked = ("--chapter", elm, "match", "--explain", "--mode", mode, *NOW)
        assert run(*asked).out == run(*asked).out != ""


def test_a_spreadsheet_gets_a_row_for_each_pair(elm: Path):
    outcome = run("--chapter", elm, "match", "--csv", *NOW)
    assert outcome.out.splitlines()[0].startswith('"mentee","mentor","score"')
    assert outcome.out.count("example.com") == 4


def test_accepted_pairs_become_pairings_and_are_proposed_no_more(elm: Path):
    accepted = run("--chapter", elm, "match", "--accept", "all", "--advisor", "adam@example.com", *NOW)
    assert accepted.code == 0, accepted.err
    assert sorted(accepted.out.split("\n")[:2]) == [
        "p1  milo@example.com with max@example.com",
        "p2  maya@example.com with mona@example.com",
    ] or sorted(accepted.out.split("\n")[:2]) == [
        "p1  maya@example.com with mona@example.com",
        "p2  milo@example.com with max@example.com",
    ]
    again = run("--chapter", elm, "match", "--json", *NOW).json
    assert again["pairs"] == []
    assert {(one["who"], one["why"]) for one in again["not_now"]} >= {
        ("max@example.com", "no free seat"),
        ("maya@example.com", "has a mentor"),
    }
    assert run("--chapter", elm, "status", "--json", *NOW).json["pairings"][0]["advisors"] == ["adam@example.com"]


def test_a_pair_that_covers_no_first_goal_is_made_only_by_name(tmp_path: Path):
    people = "\n".join(PEOPLE.splitlines()[i] for i in (0, 2, 3)).replace("max@example.com\n", "\n")
    elm = imported(founded(tmp_path / "elm"), people.removesuffix("max@example.com"))
    assert "goal 1 is not covered" in run("--chapter", elm, "match", *NOW).out
    refused = run("--chapter", elm, "match", "--accept", "all", *NOW)
    assert (refused.code, "no first goal is covered" in refused.err) == (2, True)
    assert run("--chapter", elm, "match", "--accept", "maya@example.com", *NOW).out.startswith("p1  maya")


def test_nobody_is_accepted_for_whom_nobody_is_proposed(elm: Path):
    refused = run("--chapter", elm, "match", "--accept", "zoe@example.com", *NOW)
    assert (refused.code, "zoe@example.com: nobody is proposed for them" in refused.err) == (2, True)


def test_a_rule_that_excludes_everybody_is_named_with_those_whom_it_excludes(elm: Path):
    with_rules(elm, '[[rules]]\nid = "seniors"\nmust = "mentor.years >= 30"\nwhy = "too few years"\n')
    outcome = run("--chapter", elm, "match", *NOW)
    assert outcome.code == 0
    assert "nobody to pair" in outcome.out
    assert (
        "the rule seniors excludes everybody for maya@example.com, milo@example.com, zoe@example.com – too few years"
        in outcome.out
    )


@pytest.mark.req("AHE-32")
def test_years_of_experience_are_advice_unless_a_program_requires_them(elm: Path):
    changed = PEOPLE.replace("yes,9,IT", "yes,4,IT")
    imported(elm, changed)
    found = run("--chapter", elm, "match", "--json", *NOW).json
    advice = {one["mentor"]: one["advice"] for one in found["pairs"]}
    assert [a["rule"] for a in advice["mona@example.com"]] == ["experience"]
    with_rules(elm, '[[rules]]\nid = "experience"\nadvises = false\n')
    found = run("--chapter", elm, "match", "--json", *NOW).json
    assert "mona@example.com" not in {one["mentor"] for one in found["pairs"]}


@pytest.mark.req("AHE-37")
def test_one_person_may_be_mentee_of_one_and_mentor_of_another(tmp_path: Path):
    rows = ["email,first_name,roles,consent,years", "a@example.com,A,mentor,yes,12", "b@example.com,B,both,yes,6",
            "c@example.com,C,mentee,yes,1"]  # fmt: skip
    elm = imported(founded(tmp_path / "elm"), "\n".join(rows))
    found = run("--chapter", elm, "match", "--json", *NOW).json["pairs"]
    assert {(one["mentor"], one["mentee"]) for one in found} == {
        ("a@example.com", "b@example.com"),
        ("b@example.com", "c@example.com"),
    }


@pytest.mark.req("IMA-3")
def test_what_a_profile_says_of_culture_moves_no_score_and_is_printed_nowhere(elm: Path):
    before = run("--chapter", elm, "match", "--json", "--explain", *NOW).out
    rows = PEOPLE.splitlines()
    canary = [rows[0] + ",culture", *(row + ",canary-77" for row in rows[1:])]
    imported(elm, "\n".join(canary))
    for how in ("--json", "--csv", "--explain"):
        assert "canary-77" not in run("--chapter", elm, "match", how, *NOW).out
    assert run("--chapter", elm, "match", "--json", "--explain", *NOW).out == before


@pytest.mark.req("AHE-42", "AHE-33")
def test_status_says_which_rule_keeps_everybody_away_and_from_whom(elm: Path):
    status = run("--chapter", elm, "status", *NOW)
    assert "nobody for zoe@example.com: the rule level keeps every mentor away: the mentor has not more" in status.out
    strict = with_rules(elm, '[[rules]]\nid = "ten"\nmust = "mentor.years >= 90"\nwhy = "mentors are ninety"\n')
    found = run("--chapter", strict, "status", "--json", *NOW).json["nobody"]
    (one,) = [x for x in found if "maya@example.com" in x["mentees"]]
    assert "the rule ten keeps every mentor away: mentors are ninety" in one["why"]
    assert "milo@example.com" in one["mentees"]


@pytest.mark.req("AMIA-16")
def test_whoever_was_in_a_pairing_does_not_wait_for_a_mentor_afterwards(elm: Path):
    assert run("--chapter", elm, "match", "--accept", "all", *NOW).code == 0
    assert run("--chapter", elm, "pairing", "set", "p1", "status=ended", *NOW).code == 0
    waiting = {
        p.first_name for p in open_store(elm / "state", now=datetime(2026, 1, 12, tzinfo=UTC)).load().unmatched()
    }
    assert waiting == {"Zoe"}


@pytest.mark.req("ACHE-9")
def test_a_cohort_of_the_roster_is_matched_and_reported_by_itself(elm: Path):
    roster = elm.parent / "cohorts.csv"
    roster.write_text("email,first_name,Kohorte\nmaya@example.com,Maya,Pilot 1\nmax@example.com,Max,other\n")
    assert run("--chapter", elm, "people", "import", roster, *NOW).code == 0
    assert run("--chapter", elm, "people", "set", "zoe@example.com", "cohort=Pilot 1", *NOW).code == 0
    found = run("--chapter", elm, "match", "--cohort", "pilot 1", "--json", *NOW).json
    assert [(one["mentee"], one["mentor"]) for one in found["pairs"]] == [("maya@example.com", "mona@example.com")]
    assert [one["mentee"] for one in found["unplaced"]] == ["zoe@example.com"], "nobody of another cohort is looked at"
    made = run("--chapter", elm, "match", "--cohort", "pilot 1", "--accept", "all", *NOW)
    assert made.out.strip() == "p1  maya@example.com with mona@example.com"
    told = run("--chapter", elm, "report", "--cohort", "pilot 1", *NOW).out
    assert "cohort Pilot 1" in told
    assert "1–4 pairs so far" in told, "few are not counted out"
    wrong = run("--chapter", elm, "match", "--cohort", "pilot 7", *NOW)
    assert (wrong.code, "there is Pilot 1, other" in wrong.err) == (2, True)
