"""`init`, `check` and `schedule`."""

import os
import pty
import select
import sys
from pathlib import Path

import pytest

from coordinator import config
from tests.cli.running import ROOT, run

FLAGS = (
    "--name", "Elm", "--address", "mentoring@example.org", "--coordinator", "chief@example.org",
    "--timezone", "Europe/Berlin", "--now", "2026-01-12T08:00",
)  # fmt: skip


def test_a_chapter_is_made_from_flags_and_nobody_else_may_read_it(tmp_path: Path):
    outcome = run("init", tmp_path / "elm", *FLAGS)
    assert outcome.code == 0
    for step in ("people import", "pair MENTOR MENTEE --advisor ADVISOR", "check", "tick --dry-run", "schedule cron"):
        assert f"coordinator --chapter {tmp_path / 'elm'} {step}" in outcome.out
    assert outcome.out.endswith(f"{tmp_path / 'elm'} people import people.csv --invite\n")
    settings = config.load(tmp_path / "elm")
    assert (settings.program, settings.chapter.name, settings.chapter.timezone) == ("six-month", "Elm", "Europe/Berlin")
    for path in (tmp_path / "elm").rglob("*"):
        assert path.stat().st_mode & 0o077 == 0, path
    assert run("--chapter", tmp_path / "elm", "check").code == 0
    assert run("--chapter", tmp_path / "elm", "status", "--json").json["participants"] == 0


@pytest.mark.parametrize(
    ("flags", "said"),
    [
        (("--timezone", "Mars"), "--timezone Mars: will not do – write it as Europe/Berlin"),
        (("--address", "nobody"), "--address nobody: will not do"),
        (("--coordinator", "x y"), "--coordinator x y: will not do"),
        (("--coordinator", "mentoring@example.org"), "alerts would come back to the program"),
        (("--program", "seven"), "--program seven: no such program – one of: "),
        (("--language", "klingon"), "is no language"),
        (("--imap", "host:port"), "write HOST or HOST:PORT"),
    ],
)
def test_a_flag_that_will_not_do_is_named_and_nothing_is_made(tmp_path: Path, flags: tuple[str, ...], said: str):
    outcome = run("init", tmp_path / "elm", *FLAGS, *flags)
    assert outcome.code in (2, 78)
    assert said in outcome.err
    assert "config.toml:" not in outcome.err
    assert not (tmp_path / "elm").exists()


def test_a_chapter_is_never_overwritten_and_other_files_stay(tmp_path: Path):
    folder = tmp_path / "elm"
    folder.mkdir()
    (folder / "notes.txt").write_text("mine")
    assert run("init", folder, *FLAGS, "--coordinator", "mentoring@example.org").code == 78
    assert [p.name for p in folder.iterdir()] == ["notes.txt"]
    assert run("init", folder, *FLAGS).code == 0
    key = (folder / "secret.key").read_bytes()
    again = run("init", folder, *FLAGS)
    assert (again.code, "there is a chapter already" in again.err) == (2, True)
    assert (folder / "secret.key").read_bytes() == key
    assert run("init", folder / "notes.txt", *FLAGS).code == 2


def test_without_flags_and_without_anybody_to_ask_it_says_which_flag_is_missing(tmp_path: Path):
    outcome = run("init", tmp_path / "elm")
    assert outcome.code == 2
    assert "nobody is here to ask" in outcome.err


def typed(arguments: list[str], answers: list[str]) -> tuple[int, str]:
    """A command before a terminal at which somebody types, one answer a question."""
    child, terminal = pty.fork()
    if child == 0:
        os.chdir(ROOT)
        os.execv(sys.executable, [sys.executable, "-m", "coordinator", *arguments])
    shown = b""
    for answer in [*answers, None]:
        while answer is None or not shown.rstrip(b" ").endswith(b":"):
            if not select.select([terminal], [], [], 30)[0]:
                raise AssertionError(f"it waits: {shown.decode()}")
            try:
                more = os.read(terminal, 4096)
            except OSError:
                more = b""
            shown += more
            if not more:
                break
        if answer is not None:
            os.write(terminal, answer.encode() + b"\n")
            shown += b"\n"
    _, status = os.waitpid(child, 0)
    os.close(terminal)
    return os.waitstatus_to_exitcode(status), shown.decode()


def test_somebody_who_sits_there_is_asked_and_asked_again(tmp_path: Path):
    answers = ["Elm", "no address", "mentoring@example.org", "chief@example.org", "Mars", "Europe/Berlin", "", ""]
    code, shown = typed(["init", str(tmp_path / "elm")], answers)
    assert code == 0, shown
    assert "no address: will not do" in shown
    assert "Mars: will not do" in shown
    settings = config.load(tmp_path / "elm")
    assert (settings.chapter.name, settings.chapter.address) == ("Elm", "mentoring@example.org")
    assert (settings.inbox[0], settings.outbox[0]) == ("maildir", "maildir")


def test_somebody_who_names_servers_is_asked_who_logs_in(tmp_path: Path):
    answers = [
        "Elm", "mentoring@example.org", "chief@example.org", "UTC", "imap.example.org", "", "", "pass show mentoring",
    ]  # fmt: skip
    code, shown = typed(["init", str(tmp_path / "elm"), "--no-login"], answers)
    assert code == 0, shown
    settings = config.load(tmp_path / "elm")
    assert (settings.inbox[0], settings.outbox[0]) == ("imap", "smtp")
    assert "smtp.example.org" in (tmp_path / "elm" / "config.toml").read_text()


def test_check_lists_mistakes_of_configuration_letters_and_state_all_at_once(chapter: Path):
    toml = chapter / "config.toml"
    toml.write_text(toml.read_text().replace("Europe/Berlin", "Mars").replace("language = ", "langage = ", 1))
    own = chapter / "templates" / "six-month"
    own.mkdir(parents=True)
    (own / "debrief.md").write_text(
        '+++\nid = "debrief"\nsubjct = "x"\n\n[[fields]]\nname = "met"\nkind = "yesno"\nask = "?"\n+++\nHi {% if %}\n'
    )
    (chapter / "state" / "cohort.json").write_bytes(b"{")
    outcome = run("--chapter", chapter, "check")
    assert outcome.code == 78
    for said in (
        "timezone is no time zone", 'did you mean "language"?', "templates/six-month/debrief.md:3:",
        'did you mean "subject"?', "templates/six-month/debrief.md:7:", 'did you mean "yes_no"?',
        "templates/six-month/debrief.md:10:", "cohort.json: cannot be read",
    ):  # fmt: skip
        assert said in outcome.err


def test_a_prompt_that_was_asked_and_is_gone_is_a_mistake_and_stops_the_tick(chapter: Path):
    own = chapter / "templates" / "mine"
    own.mkdir(parents=True)
    (own / "program.toml").write_text('extends = "six-month"\ntitle = "Mine"\n\n[[stages]]\nid = "hello"\n'
        'kind = "letter"\nprompt = "hello"\naudience = ["mentee"]\nopens = "start"\ncloses = "14 days"\n')  # fmt: skip
    letter = (
        '+++\nid = "hello"\nsubject = "Hello"\n\n[[fields]]\nname = "how"\nkind = "text"\nask = "How are you?"\n+++\n'
        "{{ questions }}\n"
    )
    (own / "hello.md").write_text(letter)
    toml = chapter / "config.toml"
    toml.write_text(toml.read_text().replace('"six-month"', '"mine"'))
    assert run("--chapter", chapter, "check").code == 0, run("--chapter", chapter, "check").err
    ticked = run("--chapter", chapter, "tick", "--json", "--now", "2026-01-12T08:05").json
    assert any("hello" in x["prompt"] for x in ticked["letters"])
    (own / "hello.md").unlink()
    (own / "hallo.md").write_text(letter.replace('"hello"', '"hallo"'))
    program = own / "program.toml"
    program.write_text(program.read_text().replace('prompt = "hello"', 'prompt = "hallo"'))
    for command in (("check",), ("tick", "--now", "2026-01-12T08:20")):
        outcome = run("--chapter", chapter, *command)
        assert outcome.code == 78, command
        assert "'hello' was asked and is in the program no longer" in outcome.err
        assert "was it renamed to 'hallo'?" in outcome.err
    program.write_text('retired = ["hello"]\n' + program.read_text())
    assert run("--chapter", chapter, "check").code == 0, "it is gone on purpose"
    assert run("--chapter", chapter, "tick", "--now", "2026-01-12T08:25").code == 0


def test_a_stage_is_taken_out_while_its_question_is_open(chapter: Path):
    """What is asked already may still be answered; nobody is reminded of it."""
    assert run("--chapter", chapter, "tick", "--now", "2026-01-12T08:05").code == 0
    own = chapter / "templates" / "six-month"
    own.mkdir(parents=True)
    (own / "program.toml").write_text('extends = "six-month"\nwithout = ["introduction"]\n')
    for command in (("check",), ("tick", "--now", "2026-01-13T08:20"), ("status", "--now", "2026-01-13T08:21")):
        outcome = run("--chapter", chapter, *command)
        assert outcome.code == 0, (command, outcome.err)


@pytest.mark.parametrize("kind", ["cron", "systemd", "launchd"])
def test_what_to_install_names_this_chapter(chapter: Path, kind: str):
    outcome = run("--chapter", chapter, "schedule", kind, "--minutes", "10")
    assert outcome.code == 0
    assert str(chapter) in outcome.out
    assert {"cron": "*/10 * * * *", "systemd": "OnCalendar=*:0/10", "launchd": "<integer>600</integer>"}[
        kind
    ] in outcome.out
