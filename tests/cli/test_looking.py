"""`status`, `show`, `why`, `preview`, `read`, and help itself."""

import email
import json
from dataclasses import replace
from pathlib import Path

import pytest

from coordinator.store import lock
from tests.cli.running import python, run
from tests.e2e.chapters import ADAM, MAYA, Chapter, on_maildir
from tests.e2e.seasons import debriefed, met

NOW = ("--now", "2026-01-12T08:05")


@pytest.fixture
def season(tmp_path: Path) -> Chapter:
    chapter = on_maildir(tmp_path / "elm")
    debriefed(chapter)
    return chapter


def at(season: Chapter) -> tuple[str, str]:
    return ("--now", season.now.isoformat())


def test_status_as_json_is_what_was_promised(season: Chapter):
    plain = run("--chapter", season.folder, "status", "--json", *at(season)).json
    assert list(plain) == [
        "program",
        "participants",
        "pairings",
        "held",
        "uncertain",
        "given_up",
        "quarantined",
        "last_tick",
        "searches",
        "applicants",
        "nobody",
        "joining",
        "failing",
    ]
    (pair,) = plain["pairings"]
    assert list(pair) == ["id", "mentor", "mentee", "advisors", "stage", "next_due", "last_contact", "flags"]
    assert (plain["program"], plain["participants"], plain["held"], plain["uncertain"]) == ("six-month", 3, 0, 0)
    assert (pair["mentor"], pair["mentee"], pair["advisors"]) == (
        "mona@example.com", "maya@example.com", ["adam@example.com"],
    )  # fmt: skip
    assert pair["next_due"] > season.now.isoformat()


def test_status_for_a_person_is_a_line_a_pairing(season: Chapter):
    outcome = run("--chapter", season.folder, "status", *at(season))
    assert outcome.code == 0
    assert "p1" in outcome.out
    assert "maya@example.com with mona@example.com" in outcome.out


def test_show_tells_facts_and_nothing_confidential(season: Chapter):
    shown = run("--chapter", season.folder, "show", "p1", "--json", *at(season)).json
    assert [(g["number"], g["owner"], g["state"]) for g in shown["goals"]] == [
        (1, "mentee", "open"),
        (2, "mentee", "open"),
    ]
    assert shown["meetings"][0]["minutes"] == 50
    for flags in ((), ("--json",)):
        printed = run("--chapter", season.folder, "show", "p1", *flags, *at(season)).out
        assert "role play" not in printed
        assert "team meeting" not in printed
    person = run("--chapter", season.folder, "show", MAYA, *at(season)).out
    assert "role play" not in person
    calendar = run("--chapter", season.folder, "show", "p1", "--ics").out
    assert calendar.startswith("BEGIN:VCALENDAR")
    assert season.pair.meetings[0].uid in calendar


def test_why_tells_no_word_that_somebody_wrote(season: Chapter):
    """A letter may name a goal, in its subject or in a question."""
    with lock(season.folder / "state"):
        work = season.work()
        letter = work.letter_by_message_id(season.last(MAYA, "Did you two talk").parent.message_id)
        assert letter is not None
        asked = replace(letter.questions[0], field=replace(letter.questions[0].field, ask="G1, ZX-77: how is it?"))
        work.stage([replace(letter, subject="ZX-77", questions=(asked,), version=letter.version + 1)])
        work.commit()
    told = run("--chapter", season.folder, "why", letter.message_id)
    assert told.code == 0
    assert "ZX-77" not in told.out


def test_why_names_the_reason_of_a_mail_by_message_id_ref_or_key(season: Chapter):
    letter = season.last(MAYA, "Did you two talk")
    by_id = run("--chapter", season.folder, "why", letter.parent.message_id, "--json").json
    by_ref = run("--chapter", season.folder, "why", letter.parent.ref, "--json").json
    by_key = run("--chapter", season.folder, "why", by_id["key"], "--json").json
    assert by_id == by_ref == by_key
    assert (by_id["to"], by_id["state"], by_id["pairings"]) == (MAYA, "sent", ["p1"])
    assert "Did you two talk since my last mail?" in [q["asked"] for q in by_id["questions"]]
    outcome = run("--chapter", season.folder, "why", "<nothing@example.org>")
    assert (outcome.code, "no letter of ours" in outcome.err) == (2, True)


def test_a_preview_shows_a_letter_as_text_as_html_and_in_another_language(chapter: Path):
    assert "1. Did you two talk" in run("--chapter", chapter, "preview", "debrief").out
    assert run("--chapter", chapter, "preview", "debrief", "--html").out.startswith("<!DOCTYPE html>")
    assert "1. ¿" in run("--chapter", chapter, "preview", "debrief", "--lang", "es").out
    outcome = run("--chapter", chapter, "preview", "debreif")
    assert (outcome.code, "did you mean debrief?" in outcome.err) == (2, True)


def test_every_letter_of_the_program_can_be_previewed(chapter: Path):
    known = run("--chapter", chapter, "preview", "xyzzy").err.partition("one of ")[2].strip().split(", ")
    assert len(known) > 20
    for name in known:
        outcome = run("--chapter", chapter, "preview", name)
        assert (outcome.code, outcome.err) == (0, ""), name


def test_a_mail_is_read_against_its_parent_without_any_state(tmp_path: Path):
    chapter = on_maildir(tmp_path / "elm")
    met(chapter)
    letter = chapter.last(MAYA, "Did you two talk")
    mails, parents = tmp_path / "mails", tmp_path / "parents"
    for folder in (mails, parents):
        folder.mkdir()
    (mails / "1.eml").write_bytes(chapter.answered(letter, {1: "yes", 2: "40 min"}))
    (parents / "1.eml").write_bytes(letter.raw)
    context = tmp_path / "context.toml"
    context.write_text('language = "en"\ntimezone = "Europe/Berlin"\nnow = 2026-01-23T10:00:00Z\ngoals = ["One"]\n')
    outcome = run("read", mails, "--parent", parents, "--prompt", "debrief", "--context", context, "--json")
    assert outcome.code == 0, outcome.err
    (line,) = outcome.out.splitlines()
    plain = json.loads(line)
    assert list(plain) == [
        "file", "kind", "from", "text", "language", "calendar", "bounce", "problems", "answers",
    ]  # fmt: skip
    assert (plain["kind"], plain["from"], plain["problems"]) == ("reply", MAYA, [])
    assert plain["answers"]["met"]["value"] is True
    assert plain["answers"]["minutes"]["value"] == 40
    assert plain["answers"]["minutes"]["evidence"]
    assert plain["answers"]["helped"] == {"value": None, "reason": "not answered"}
    assert "answer 2 minutes: 40" in run("read", mails, "--parent", parents, "--prompt", "debrief").out


def test_reading_says_what_is_wrong_with_its_flags(tmp_path: Path):
    (tmp_path / "x.eml").write_bytes(b"From: a@example.org\r\n\r\nhi\r\n")
    (tmp_path / "bad.toml").write_text("language = ")
    assert run("read", tmp_path / "x.eml", "--prompt", "debreif").code == 2
    assert run("read", tmp_path / "none.eml").code == 2
    assert run("read", tmp_path / "x.eml", "--context", tmp_path / "bad.toml").code == 65


def test_help_of_every_command_says_what_each_flag_does():
    top = run("--help").out
    names = [
        line.split()[0]
        for line in top.partition("Commands:")[2].splitlines()
        if line.startswith("  ") and line[2] != " "
    ]
    assert len(names) >= 18
    groups = {"held": ("list", "show", "accept", "reject"), "pairing": ("set",),
              "people": ("import", "export", "set", "alias", "pause", "resume")}  # fmt: skip
    for name in names:
        for words in [(name,), *((name, sub) for sub in groups.get(name, ()))]:
            shown = run(*words, "--help").out
            assert f"Usage: coordinator {' '.join(words)}" in shown
            for line in shown.partition("Options:")[2].partition("Commands:")[0].splitlines():
                if line.startswith("  --"):
                    flag = line.split()[0]
                    after = shown.partition(f"  {flag}")[2].partition("\n  -")[0]
                    assert len(after.split()) > 3, f"{words} {flag} says nothing"


def test_help_imports_no_mail_calendar_or_template_library():
    heavy = (
        "icalendar", "imapclient", "exchangelib", "smtplib", "imaplib", "email", "jinja2", "markdown_it", "css_inline",
        "tinydb", "orjson",
    )  # fmt: skip
    script = (
        "import sys; from coordinator.cli import main\ntry: main(['--help'])\nexcept SystemExit: pass\n"
        f"print('loaded', [m for m in {heavy!r} if m in sys.modules])"
    )
    assert python(script).endswith("loaded []\n")


def test_a_shell_completes_the_commands():
    script = (
        "import os; os.environ['_COORDINATOR_COMPLETE'] = 'bash_source'; from coordinator.cli import main; main([])"
    )
    assert "_coordinator_completion" in python(script)
    words = (
        "import os; os.environ.update(_COORDINATOR_COMPLETE='bash_complete', COMP_WORDS='coordinator pre', COMP_CWORD='1')\n"
        "from coordinator.cli import main; main([])"
    )
    assert "preview" in python(words)


def test_nothing_is_coloured_when_nobody_wants_colour(season: Chapter, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("NO_COLOR", "1")
    for command in (("status",), ("show", "p1"), ("held",), ("preview", "debrief")):
        assert "\x1b[" not in run("--chapter", season.folder, *command).out


def test_the_chapter_is_found_by_flag_then_environment_then_folder(
    chapter: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.chdir(tmp_path)
    assert run("status", *NOW).code == 78
    monkeypatch.setenv("COORDINATOR_CHAPTER", str(chapter))
    assert run("status", *NOW).code == 0
    assert run("--chapter", tmp_path, "status", *NOW).code == 78
    monkeypatch.delenv("COORDINATOR_CHAPTER")
    monkeypatch.chdir(chapter)
    assert run("status", *NOW).code == 0


def test_the_chapter_may_be_named_behind_the_command_as_well(chapter: Path):
    behind = run("status", "--chapter", chapter, *NOW)
    assert behind == run("--chapter", chapter, "status", *NOW)
    assert behind.code == 0
    assert run("people", "export", f"--chapter={chapter}").code == 0
    assert run("status", "--chapter").code == 2


@pytest.mark.parametrize(
    ("typed", "meant"), [("statsu", "status"), ("pause", "people pause"), ("accept", "held accept")]
)
def test_a_command_that_is_misspelt_is_guessed(typed: str, meant: str):
    outcome = run(typed)
    assert outcome.code == 2
    assert f"did you mean coordinator {meant}?" in outcome.err


def test_every_letter_that_was_sent_says_how_to_stop_and_whom_to_ask(season: Chapter):
    for _, letter in season.letters:
        mail = email.message_from_bytes(letter.raw)
        assert "STOP" in letter.parent.text
        assert mail["List-Unsubscribe"]
        if letter.parent.recipient != ADAM:
            assert ADAM in letter.parent.text
