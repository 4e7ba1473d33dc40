"""`tick`: what it prints, what it leaves alone, and what it promises to scripts."""

import subprocess
from pathlib import Path

import pytest

from tests.cli.running import python, run, start

NOW = ("--now", "2026-01-12T08:05")


def everything(folder: Path) -> dict[str, tuple[bytes, int, int]]:
    """Each file's bytes, rights and time."""
    return {
        str(p.relative_to(folder)): (p.read_bytes(), p.stat().st_mode, p.stat().st_mtime_ns)
        for p in folder.rglob("*")
        if p.is_file()
    } | {str(p.relative_to(folder)): (b"", p.stat().st_mode, 0) for p in folder.rglob("*") if p.is_dir()}


def test_a_dry_run_shows_the_letters_and_touches_not_a_byte(chapter: Path):
    mail = chapter / "mail" / "new" / "1.strange"
    mail.write_bytes(b"From: maya@example.com\r\nSubject: HELP\r\n\r\nHELP\r\n")
    before = everything(chapter)
    outcome = run("--chapter", chapter, "tick", "--dry-run", *NOW)
    assert outcome.code == 0, outcome.err
    assert "introduction-mentee" in outcome.out
    assert "help-received" in outcome.out
    assert "would send" in outcome.out
    assert everything(chapter) == before
    again = run("--chapter", chapter, "tick", "--json", *NOW).json
    assert {x["prompt"] for x in again["letters"]} == {
        line.split()[0] for line in outcome.out.splitlines() if "@" in line
    }


def test_json_is_what_was_promised_and_nothing_else(chapter: Path):
    plain = run("--chapter", chapter, "tick", "--json", *NOW).json
    assert list(plain) == [
        "now", "read", "applied", "held", "quarantined", "bounces", "ignored", "sent", "failed", "due_next", "letters",
    ]  # fmt: skip
    assert (plain["now"], plain["sent"], plain["failed"]) == ("2026-01-12T08:05:00+00:00", 3, 0)
    assert [list(x) for x in plain["letters"]] == [["key", "prompt", "to", "message_id"]] * 3
    assert {(x["key"], x["to"]) for x in plain["letters"]} == {
        ("p1/introduced/advisor-u3", "adam@example.com"),
        ("p1/introduction/mentee", "maya@example.com"),
        ("p1/introduction-mentor/mentor", "mona@example.com"),
    }
    assert plain["due_next"] > plain["now"]


def test_an_idle_tick_says_nothing_at_all_under_cron(chapter: Path):
    run("--chapter", chapter, "tick", *NOW)
    process = start("--chapter", chapter, "tick", "--now", "2026-01-12T08:20", stdin=subprocess.DEVNULL)
    assert (*process.communicate(timeout=60), process.returncode) == (b"", b"", 0)


def test_an_idle_tick_loads_no_letter_and_no_calendar_and_no_template(chapter: Path):
    run("--chapter", chapter, "tick", *NOW)
    script = (
        "import sys; from coordinator.cli import main\n"
        f"main(['--chapter', {str(chapter)!r}, 'tick', '--now', '2026-01-12T08:20'])\n"
        "print(sorted(m for m in ('icalendar', 'jinja2', 'markdown_it', 'css_inline', 'imapclient', 'tinydb', "
        "'smtplib', 'coordinator.core.advance') if m in sys.modules))"
    )
    assert python(script) == "[]\n"


def test_a_rehearsal_sends_every_letter_to_one_address_and_remembers_nothing(chapter: Path):
    state = everything(chapter / "state")
    outcome = run("--chapter", chapter, "tick", "--send-all-to", "me@example.org", *NOW)
    assert outcome.code == 0, outcome.err
    sent = [p.read_bytes() for p in (chapter / "out" / "new").iterdir()]
    assert len(sent) == 3
    assert all(raw.startswith(b"Delivered-To: me@example.org") for raw in sent)
    assert everything(chapter / "state") == state
    assert run("--chapter", chapter, "tick", "--json", *NOW).json["sent"] == 3


@pytest.mark.parametrize(
    ("flags", "said"),
    [
        (("--now", "yesterday"), "not a time"),
        (("--send-all-to", "nobody"), "is no email address"),
        (("--frob",), "No such option"),
    ],
)
def test_a_flag_that_makes_no_sense_is_a_usage_error(chapter: Path, flags: tuple[str, ...], said: str):
    outcome = run("--chapter", chapter, "tick", *flags)
    assert outcome.code == 2
    assert said in outcome.err


def test_after_a_long_gap_a_human_looks_at_the_clock_first(chapter: Path):
    run("--chapter", chapter, "tick", *NOW)
    late = ("--now", "2026-04-20T08:05")
    for _ in range(2):
        outcome = run("--chapter", chapter, "tick", *late)
        assert outcome.code == 3
        assert "--confirm-gap" in outcome.out
        assert "sent 0" in outcome.out
    assert run("--chapter", chapter, "tick", "--confirm-gap", "--json", *late).json["sent"] > 0
    assert run("--chapter", chapter, "tick", "--now", "2026-04-20T08:20").code == 0


def test_a_clock_that_runs_backwards_sends_nothing(chapter: Path):
    run("--chapter", chapter, "tick", *NOW)
    outcome = run("--chapter", chapter, "tick", "--now", "2026-01-10T08:05")
    assert outcome.code == 3
    assert "before the last tick" in outcome.out


def test_news_for_a_human_is_exit_code_3_and_waits_in_held(chapter: Path):
    run("--chapter", chapter, "tick", *NOW)
    letters = [p.read_text() for p in (chapter / "out" / "new").iterdir()]
    (maya,) = [x for x in letters if x.startswith("Delivered-To: maya@")]
    reply_to = maya.partition("Reply-To: ")[2].splitlines()[0]
    (chapter / "mail" / "new" / "1.eve").write_text(
        f"From: eve@evil.example\nTo: {reply_to}\nSubject: Re: x\nMessage-ID: <1@evil.example>\n\n1. a\n"
    )
    outcome = run("--chapter", chapter, "tick", "--now", "2026-01-12T08:20")
    assert outcome.code == 3
    assert "1. a" not in outcome.out
    status = run("--chapter", chapter, "status", "--now", "2026-01-12T08:20")
    assert status.code == 3
    assert "1 message waits for you" in status.out
    (held,) = run("--chapter", chapter, "held", "--json").json
    assert list(held) == ["id", "from", "received", "reason"]
    assert (held["from"], held["received"]) == ("eve@evil.example", "2026-01-12T08:20:00+00:00")
    assert held["reason"]
    at = ("--chapter", chapter, "held")
    assert run(*at, "show", held["id"], "--json").json["text"] == "1. a"
    assert "From: eve@evil.example" in run(*at, "show", held["id"], "--raw").out
    assert "say whose mail it is" in run(*at, "accept", held["id"]).err
    assert run(*at, "reject", held["id"], "--json").json == {"id": held["id"], "outcome": "rejected"}
    assert run(*at, "accept", held["id"], "--as", "maya@example.com").code == 2
    assert run(*at, "list").out == "nothing waits\n"
    assert held["id"] in run(*at, "list", "--all").out
    assert run("--chapter", chapter, "status", "--now", "2026-01-12T08:20").code == 0
    assert run(*at, "show", "h0").code == 2
