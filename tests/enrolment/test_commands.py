"""The volunteer's side: a roster or a form's export is brought in, what waits is seen, and decided by command."""

import json
from pathlib import Path

import pytest

from tests.cli.running import founded, run

NOW = ("--now", "2026-01-12T09:00")
GOOGLE = (
    '"Timestamp","Email Address","Your name","Would you like to be a mentor or mentee?",'
    '"How many years of experience do you have?","Do you agree to take part?"\n'
    '"1/8/2026 9:01:00","Maya@Example.org","Maya Roy","Mentee","1","Yes, I agree"\n'
    '"1/8/2026 9:05:00","mona@example.org","Mona Ek","Mentor","7","Yes, I agree"\n'
    '"1/9/2026 9:05:00","maya@example.org","Maya Roy","Mentee","2","Yes, I agree"\n'
)
MICROSOFT = (
    "ID,Start time,Completion time,Email,Name,What is your email address?,Which languages do you speak?\n"
    "1,1/8/26 9:01,1/8/26 9:04,anonymous,Ada Byron,ada@example.org,English;Spanish;\n"
)


@pytest.fixture
def chapter(tmp_path: Path) -> Path:
    return founded(tmp_path / "elm", "--program", "mentee-led", now="2026-01-12T08:00")


def imported(chapter: Path, text: str, *flags: str):
    file = chapter.parent / "people.csv"
    file.write_text(text)
    return run("--chapter", chapter, "people", "import", file, *flags, *NOW)


def everybody(chapter: Path) -> dict:
    from datetime import UTC, datetime

    from coordinator.store import open_store

    work = open_store(chapter / "state", now=datetime(2026, 1, 12, 9, tzinfo=UTC)).load()
    return {p.address: p for p in work.participants()}


def test_a_google_form_is_understood_by_its_questions_and_the_newer_answer_counts(chapter: Path):
    rehearsal = imported(chapter, GOOGLE, "--dry-run", "--invite")
    assert "'How many years of experience do you have?' is years" in rehearsal.out
    assert "'Timestamp' is set aside" in rehearsal.out
    assert "would import: 2 new" in rehearsal.out
    assert everybody(chapter) == {}
    assert imported(chapter, GOOGLE, "--invite").code == 0
    people = everybody(chapter)
    assert people["maya@example.org"].profile["years"] == "2"
    assert people["maya@example.org"].roles == ("mentee",)
    assert people["mona@example.org"].consent is not None


def test_a_microsoft_form_takes_the_address_that_was_asked_for(chapter: Path):
    assert imported(chapter, MICROSOFT).code == 0
    (ada,) = everybody(chapter).values()
    assert ada.address == "ada@example.org"
    assert ada.profile == {"languages": "English;Spanish;"}


GERMAN = (
    "Id;Startzeit;Fertigstellungszeit;E-Mail;Name;Vorname;Nachname;Möchten Sie Mentor oder Mentee sein?;Berufsjahre;"
    "Fachgebiet;Ziele;Sprachen;Lieblingsfarbe;Ich bin einverstanden\n"
    "1;1/8/26 9:10;1/8/26 9:14;anonymous;;Ute;Berg;Mentorin;15;Pflege;;Deutsch;rot;Ja\n"
    "2;1/8/26 9:20;1/8/26 9:24;ida@example.org;I. Stein;Ida;Stein;Mentee;3;Pflege;Team leiten;Deutsch;blau;Ja, gerne\n"
)


@pytest.mark.req("ACHE-10")
def test_a_microsoft_form_in_german_is_understood_and_says_who_left_no_address(chapter: Path):
    rehearsal = imported(chapter, GERMAN, "--dry-run")
    assert rehearsal.code == 65
    assert "'Name' is set aside" in rehearsal.out
    assert "'Lieblingsfarbe' is kept as lieblingsfarbe, and nothing looks at it" in rehearsal.out
    assert "--column 'Lieblingsfarbe=field'" in rehearsal.out
    assert "line 2: no email address: the form did not ask for one" in rehearsal.err
    assert imported(chapter, GERMAN, "--skip").code == 0
    (ida,) = everybody(chapter).values()
    assert (ida.name, ida.roles, ida.consent is not None) == ("Ida Stein", ("mentee",), True)
    assert ida.profile["years"] == "3"
    assert (ida.profile["field"], ida.profile["sought"]) == ("Pflege", "Team leiten")


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("I would like to be a", "roles"),
        ("Would you like to be a mentor or a mentee?", "roles"),
        ("What field do you work in?", "field"),
        ("Field of work", "field"),
        ("Career goals", "sought"),
        ("¿Cuántos años de experiencia tienes?", "years"),
    ],
)
def test_a_question_is_taken_for_what_it_asks_about(chapter: Path, question: str, name: str):
    seen = imported(chapter, f"email,first_name,{question}\nada@example.org,Ada,mentee\n", "--dry-run")
    assert f"{question!r} is {name}\n" in seen.out


def test_of_two_columns_for_one_thing_it_is_said_which_and_how_to_set_one_aside(chapter: Path):
    text = "email,first_name,Time zone,Your time zone please\nada@example.org,Ada,UTC,UTC\n"
    twice = imported(chapter, "email,first_name,consent,Einwilligung\nada@example.org,Ada,yes,yes\n")
    assert "two columns for consent: 'consent', 'Einwilligung' – set one aside: --column 'Einwilligung=-'" in twice.err
    assert imported(chapter, text, "--column", "Your time zone please=-").code == 0
    assert everybody(chapter)["ada@example.org"].profile == {}


def test_nobody_invites_an_advisor_and_the_count_says_so(chapter: Path):
    text = "email,first_name,roles,consent\nada@example.org,Ada,advisor,yes\nmaya@example.org,Maya,mentee,\n"
    assert "would import: 2 new, 0 changed, 0 as before, 1 invited" in imported(
        chapter, text, "--dry-run", "--invite"
    ).out.replace("\n", " ")
    assert "1 invited" in imported(chapter, text, "--invite").out


def test_whoever_imports_may_say_what_a_column_is(chapter: Path):
    text = "email,first_name,Favourite ward\nada@example.org,Ada,surgery\n"
    assert imported(chapter, text, "--column", "Favourite ward=field").code == 0
    assert everybody(chapter)["ada@example.org"].profile == {"field": "surgery"}
    wrong = imported(chapter, text, "--column", "Favourite ward")
    assert wrong.code == 2
    assert "HEADER=NAME" in wrong.err


@pytest.mark.req("ACHE-10", "ACHE-5")
def test_fifty_rows_with_three_faults_invite_forty_seven_and_importing_again_changes_nothing(chapter: Path):
    rows = [f"p{n}@example.org,Person{n},mentee" for n in range(47)]
    rows += ["p3@example.org,Again,mentee", "p4@example.org,Again,mentee", "not an address,Bad,mentee"]
    text = "email,first_name,roles\n" + "\n".join(rows) + "\n"
    refused = imported(chapter, text, "--invite")
    assert refused.code == 65
    taken = imported(chapter, text, "--invite", "--skip")
    assert "47 new" in taken.out
    assert "47 invited" in taken.out
    assert taken.err.count("\nline ") == 3
    again = imported(chapter, text, "--invite", "--skip")
    assert "0 new, 0 changed, 47 as before, 0 invited" in again.out
    run("--chapter", chapter, "tick", *NOW)
    sent = list((chapter / "out" / "new").iterdir())
    assert len(sent) == 47


def test_status_shows_who_joins_who_searches_and_on_whom_it_waits(chapter: Path):
    profile = "sought,offered,years,field,capacity"
    text = (
        f"email,first_name,roles,consent,{profile}\n"
        "maya@example.org,Maya,mentee,yes,lead a team,,1,nursing,\n"
        "mona@example.org,Mona,mentor,yes,,lead a team,7,nursing,1\n"
        "zoe@example.org,Zoe,mentor,,,,,,\n"
    )
    assert imported(chapter, text, "--invite").code == 0
    assert run("--chapter", chapter, "tick", *NOW).code == 0
    told = run("--chapter", chapter, "status", "--now", "2026-01-14T09:00")
    assert "1 invited without an answer" in told.out
    assert "maya@example.org looks for a mentor, 2 days: the mentee chooses whom to ask" in told.out
    plain = json.loads(run("--chapter", chapter, "status", "--json", *NOW).out)
    assert [c["mentor"] for c in plain["searches"][0]["candidates"]] == ["mona@example.org"]


def led(tmp_path: Path) -> Path:
    chapter = founded(tmp_path / "oak", "--program", "advisor-led", now="2026-01-12T08:00")
    text = (
        "email,first_name,roles,consent,sought,offered,years,field,capacity\n"
        "adam@example.org,Adam,advisor,yes,,,,,\n"
        "maya@example.org,Maya,mentee,yes,lead a team,,1,nursing,\n"
        "mona@example.org,Mona,mentor,yes,,lead a team,7,nursing,1\n"
    )
    assert imported(chapter, text, "--invite").code == 0
    assert run("--chapter", chapter, "tick", *NOW).code == 0
    return chapter


def test_the_volunteer_decides_by_command_and_the_gates_hold_there_too(tmp_path: Path):
    chapter = led(tmp_path)
    assert "would like to be a mentor" in run("--chapter", chapter, "status", *NOW).out
    accepted = run("--chapter", chapter, "approve", "mona@example.org", *NOW)
    assert "Mona is on the list now" in accepted.out, accepted.err
    early = run("--chapter", chapter, "approve", "maya@example.org", "mona@example.org", *NOW)
    assert "the profile comes first" in early.out, early.err
    assert everybody(chapter)["mona@example.org"].seats[0].state == "open"


@pytest.mark.req("AMIA-21")
def test_a_search_is_shown_whole_with_who_is_asked_and_who_decided_what(tmp_path: Path):
    chapter = led(tmp_path)
    seen = run("--chapter", chapter, "show", "m1", *NOW)
    assert seen.code == 0, seen.err
    assert "mentee: maya@example.org" in seen.out
    assert "advisors: adam@example.org" in seen.out
    assert "step: an advisor looks at the profile" in seen.out
    plain = json.loads(run("--chapter", chapter, "show", "m1", "--json", *NOW).out)
    assert (plain["log"], plain["gates"], plain["candidates"]) == ([], {}, [])


def test_a_decision_about_nobody_says_who_waits(tmp_path: Path):
    chapter = led(tmp_path)
    wrong = run("--chapter", chapter, "decline", "adam@example.org", *NOW)
    assert wrong.code == 2
    assert "coordinator status" in wrong.err
    declined = run("--chapter", chapter, "decline", "mona@example.org", *NOW)
    assert "kind no" in declined.out
