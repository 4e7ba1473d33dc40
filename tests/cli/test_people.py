"""The roster, from and to whatever a spreadsheet program saves."""

from pathlib import Path

import pytest

from coordinator.formats import roster
from coordinator.store import open_store
from coordinator.store.work import Work
from tests.cli.running import Outcome, run
from tests.e2e.chapters import MONDAY


def imported(folder: Path, content: str | bytes, *flags: str) -> Outcome:
    file = folder.parent / "roster.csv"
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    return run("--chapter", folder, "people", "import", file, *flags)


def loaded(folder: Path) -> Work:
    return open_store(folder / "state", now=MONDAY).load()


def people(folder: Path) -> list[tuple[str, str, str, tuple[str, ...]]]:
    return sorted((p.address, p.first_name, p.last_name, p.roles) for p in loaded(folder).participants())


SHEETS = {
    "plain": "email,first_name,last_name,roles\njuergen@example.org,Jürgen,Müller,mentor\n".encode(),
    "byte-order mark, semicolons, German headers, another order": (
        "\ufeffRolle;Nachname;Vorname;E-Mail\r\nMentor;Müller;Jürgen;Juergen@Example.org\r\n".encode()
    ),
    "Windows encoding": "Vorname;Nachname;E-Mail;Rolle\r\nJürgen;Müller;juergen@example.org;Mentorin\r\n".encode(
        "cp1252"
    ),
    "UTF-16 with tabs": "email\tfirst name\tlast name\trole\njuergen@example.org\tJürgen\tMüller\tmentor\n".encode(
        "utf-16"
    ),
    "Excel's separator line": "sep=;\r\nemail;name;role\r\njuergen@example.org;Jürgen Müller;mentor\r\n".encode(),
    "a name behind a comma, an address in brackets": (
        'E-mail address,Name,Role\nJürgen <juergen@example.org>,"Müller, Jürgen",Mentor\n'.encode()
    ),
    "empty lines and trailing separators": (
        "email,first_name,last_name,roles,,\n\n,,,,,\njuergen@example.org,Jürgen,Müller,mentor,,\n".encode()
    ),
}


@pytest.mark.parametrize("content", SHEETS.values(), ids=SHEETS)
def test_a_clear_sheet_is_imported_however_it_was_saved(empty: Path, content: bytes):
    assert imported(empty, content).code == 0
    assert people(empty) == [("juergen@example.org", "Jürgen", "Müller", ("mentor",))]


def test_every_problem_is_listed_with_its_line_and_nothing_is_imported(empty: Path):
    outcome = imported(
        empty,
        """email,first_name,roles,timezone,language,consent
good@example.org,Good,mentor,,,
Good@Example.org,Again,mentor,,,
not-an-address,X,mentor,,,
wizard@example.org,Y,wizard,,,
,Empty,mentor,,,
nameless@example.org,,mentor,,,
mars@example.org,Q,mentor,Mars/Base,,
tlh@example.org,L,mentor,,klingon,
"two
lines",L,mentor,,,
mentoring@example.org,Self,mentor,,,
maybe@example.org,M,mentor,,,perhaps
more@example.org,M,mentor,,,yes,what
""",
    )
    assert outcome.code == 65
    assert outcome.err.splitlines()[1:] == [
        "line 3: 'good@example.org' stands in line 2 already",
        "line 4: 'not-an-address' is no email address",
        "line 5: no role 'wizard' – one of mentor, mentee, advisor, coordinator",
        "line 6: no email address",
        "line 7: no first name",
        "line 8: no time zone 'Mars/Base' – write it as Europe/Berlin",
        "line 9: no language 'klingon' – write it as en, es or de",
        "line 10: 'two lines' is no email address",
        "line 12: mentoring@example.org is the program's own mailbox – it would write to itself",
        "line 13: consent 'perhaps' – write yes or no",
        "line 14: more cells than the first line has columns – is there a stray separator?",
    ]
    assert "nothing was imported" in outcome.err
    assert people(empty) == []


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "line 1: the file is empty"),
        (b"PK\x03\x04rest of a workbook", "line 1: this is a workbook"),
        (b"name,foo\nA,b\n", "line 1: no column for the email address"),
        (b"email,first_name,e-mail\na@example.org,A,b@example.org\n", "line 1: two columns for email"),
        (b'email,first_name\n"open@example.org,A\n', "line 2: a quotation mark is never closed"),
    ],
)
def test_a_file_that_is_no_roster_says_why(empty: Path, content: bytes, said: str):
    outcome = imported(empty, content)
    assert outcome.code == 65
    assert said in outcome.err


def test_importing_twice_changes_nothing_and_an_empty_cell_takes_nothing_away(empty: Path):
    sheet = "email,first_name,roles,timezone,consent\na@example.org,Ada,mentor,Europe/Berlin,yes\n"
    assert imported(empty, sheet).out.startswith("1 new, 0 changed")
    assert imported(empty, sheet).out == "0 new, 0 changed, 1 as before\n"
    changed = imported(empty, "email,first_name,roles,timezone,consent\na@example.org,Ada,mentee,,\n")
    assert changed.out == "0 new, 1 changed, 0 as before\n"
    (ada,) = loaded(empty).participants()
    assert (ada.roles, ada.timezone, ada.consent is not None) == (("mentor", "mentee"), "Europe/Berlin", True)


def test_two_lines_for_one_person_under_two_addresses_are_named(empty: Path):
    imported(empty, "email,first_name\na@example.org,Ada\n")
    assert run("--chapter", empty, "people", "alias", "a@example.org", "b@example.org").code == 0
    outcome = imported(empty, "email,first_name\na@example.org,Ada\nb@example.org,Ada\n")
    assert outcome.code == 65
    assert "line 3: b@example.org is the person of line 2" in outcome.err


def test_a_dry_run_of_an_import_changes_nothing(empty: Path):
    outcome = imported(empty, "email,first_name\na@example.org,Ada\n", "--dry-run")
    assert outcome.out == "would import: 1 new, 0 changed, 0 as before\n"
    assert people(empty) == []


FORMULA = '=HYPERLINK("http://evil.example","click")'


def test_an_export_comes_back_unchanged_and_no_spreadsheet_runs_a_word_of_it(empty: Path):
    cells = FORMULA.replace('"', '""')
    imported(
        empty,
        f'email,first_name,last_name,roles,consent,years,motto\na@example.org,"{cells}",@SUM,both,yes,5,"+1 for all"\n',
    )
    exported = run("--chapter", empty, "people", "export")
    assert exported.out.splitlines()[0].endswith('"consent","motto","years"')
    assert "\"'=HYPERLINK" in exported.out
    assert '"\'@SUM"' in exported.out
    assert '"\'+1 for all"' in exported.out
    assert imported(empty, exported.out).out == "0 new, 0 changed, 1 as before\n"
    assert '"=HYPERLINK' in run("--chapter", empty, "people", "export", "--raw").out


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@x", "\t=1", "\r=1", "＝1", "＋1", "－1", "＠x"])
def test_no_cell_begins_like_a_formula(cell: str):
    written = roster.write(["name"], [[cell]])
    assert written.split("\r\n", 1)[1].startswith("\"'")


def test_a_correction_is_recorded_and_a_wrong_one_refused_whole(chapter: Path):
    at = ("--chapter", chapter, "people", "set", "maya@example.com")
    assert run(*at, "first_name=May", "timezone=America/New_York", "language=es", "consent=no").code == 0
    maya = loaded(chapter).participant_at("maya@example.com")
    assert maya is not None
    assert (maya.first_name, maya.timezone, maya.language, maya.consent) == ("May", "America/New_York", "es", None)
    for value, said in (
        ("address=mona@example.com", "belongs to Mona Ek (u1) already"),
        ("address=mentoring@example.org", "the program's own mailbox"),
        ("address=foo", "is no email address"),
        ("first_name=", "cannot be empty"),
        ("roles=wizard", "no role wizard"),
        ("timezone=Mars", "no time zone of that name"),
        ("language=klingon", "is no language"),
        ("consent=perhaps", "consent=yes or consent=no"),
        ("colour=red", "write KEY=VALUE with one of first_name"),
    ):
        outcome = run(*at, "last_name=Changed", value)
        assert (outcome.code, said in outcome.err) == (2, True), outcome.err
    assert loaded(chapter).participant_at("maya@example.com") == maya


def test_somebody_unknown_is_not_found_but_a_near_name_is_offered(chapter: Path):
    outcome = run("--chapter", chapter, "show", "mayaa@example.com")
    assert outcome.code == 2
    assert "did you mean maya@example.com?" in outcome.err


def test_an_alias_belongs_to_one_person_only(chapter: Path):
    alias = ("--chapter", chapter, "people", "alias", "maya@example.com")
    assert run(*alias, "Maya@Home.example").out == "u2: maya@example.com, maya@home.example\n"
    assert run("--chapter", chapter, "show", "maya@home.example", "--json").json["id"] == "u2"
    assert run(*alias, "mona@example.com").code == 2
    assert run(*alias, "no address").code == 2


def test_a_pause_has_an_end_in_the_future_or_none(chapter: Path):
    pause = ("--chapter", chapter, "people", "pause", "maya@example.com", "--now", "2026-01-12T08:00")
    assert run(*pause, "--until", "2026-13-01").err == "coordinator: 2026-13-01: not a day – write it as 2026-01-15\n"
    assert run(*pause, "--until", "2026-01-02").code == 2
    assert run(*pause, "--until", "2026-02-01").code == 0
    shown = run("--chapter", chapter, "show", "maya@example.com", "--json").json
    assert (shown["status"], shown["paused_until"]) == ("paused", "2026-02-01T06:00:00+00:00")
    assert run("--chapter", chapter, "people", "resume", "maya@example.com").code == 0
    assert run("--chapter", chapter, "show", "maya@example.com", "--json").json["status"] == "active"
