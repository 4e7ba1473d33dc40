"""Help works whatever is broken: with a state that cannot be read, and with a `config.toml` that holds mistakes."""

import re
from datetime import timedelta
from pathlib import Path

import pytest

from coordinator.simulate.letters import received
from tests.cli.running import Outcome, run
from tests.e2e.chapters import ADAM, MAYA, Chapter, on_maildir

CHIEF = "chief@example.org"


@pytest.fixture
def chapter(tmp_path: Path) -> Chapter:
    """A pair that has been written to."""
    made = on_maildir(tmp_path / "elm")
    made.wait(days=1)
    return made


def tick(chapter: Chapter, minutes: float = 15, *flags: str) -> Outcome:
    """As cron runs it; the letters that went out are collected."""
    chapter.now += timedelta(minutes=minutes)
    done = run("--chapter", chapter.folder, "tick", *flags, "--now", chapter.now.isoformat())
    chapter.letters += [(chapter.now, received(raw)) for raw in chapter.mail.collect()]
    return done


def told(chapter: Chapter, since: int) -> list[str]:
    return [letter.parent.recipient for _, letter in chapter.letters[since:]]


def cries(chapter: Chapter, text: str = "HELP\nhe shouts at me") -> int:
    """How many letters there were before."""
    chapter.mail.deliver(chapter.answered(chapter.last(MAYA), text), chapter.now)
    return len(chapter.letters)


def cut(chapter: Chapter) -> Path:
    """The state, as after a disk that lost its end."""
    hot = chapter.folder / "state" / "cohort.json"
    hot.write_bytes(hot.read_bytes()[:-400])
    return hot


@pytest.mark.req("AAHA-26")
def test_with_a_state_that_cannot_be_read_help_is_heard_from_the_copy_in_the_mailbox(chapter: Chapter):
    cut(chapter)
    before = cries(chapter)
    done = tick(chapter)
    assert done.code == 65
    assert "calls for help are heard" in done.err
    assert sorted(told(chapter, before)) == [ADAM, CHIEF, MAYA]
    alert = chapter.last(ADAM)
    assert b"X-Priority: 1" in alert.raw
    assert not any(
        "shouts" in letter.parent.text for _, letter in chapter.letters[before:] if letter.parent.recipient != MAYA
    )
    assert "cohort.json.bak.1" in chapter.last(CHIEF).parent.text
    assert "all other mail waits in the inbox" in " ".join(chapter.last(CHIEF).parent.text.split())
    assert len(chapter.mail.waiting()) == 1


@pytest.mark.req("AAHA-26")
@pytest.mark.parametrize("broken", ["state", "config.toml"])
def test_help_is_heard_behind_a_flood_of_strangers_too(chapter: Chapter, broken: str):
    settings = chapter.folder / "config.toml"
    settings.write_text(re.sub(r"#? ?messages = 2000", "messages = 5", settings.read_text()))
    assert "messages = 5" in settings.read_text()
    tick(chapter)
    if broken == "state":
        cut(chapter)
    else:
        settings.write_text(settings.read_text() + 'nonsense = "x"\n')
    for number in range(20):
        raw = f"From: s{number}@stranger.example\r\nMessage-ID: <{number}@stranger.example>\r\n\r\nhello\r\n"
        chapter.mail.deliver(raw.encode(), chapter.now)
    before = cries(chapter)
    tick(chapter)
    assert ADAM in told(chapter, before)


@pytest.mark.req("AAHA-26")
def test_while_the_state_is_broken_nobody_is_told_twice_and_what_nobody_answers_goes_further(chapter: Chapter):
    cut(chapter)
    cries(chapter)
    tick(chapter)
    count = len(chapter.letters)
    tick(chapter)
    assert told(chapter, count) == []
    tick(chapter, minutes=241)
    assert told(chapter, count) == [CHIEF]


@pytest.mark.req("AAHA-26")
def test_once_the_state_can_be_read_again_the_mail_is_taken_in_whole_and_the_copy_goes(chapter: Chapter):
    hot = chapter.folder / "state" / "cohort.json"
    whole = hot.read_bytes()
    cut(chapter)
    letter = chapter.last(MAYA)
    chapter.mail.deliver(chapter.answered(letter, "1. yes\nHELP\nhe shouts"), chapter.now)
    tick(chapter)
    count, alert = len(chapter.letters), chapter.last(ADAM)
    hot.write_bytes(whole)
    assert tick(chapter).code in (0, 3)
    again = [x for _, x in chapter.letters[count:] if x.parent.recipient == ADAM]
    assert {x.parent.message_id for x in again} <= {alert.parent.message_id}
    assert not chapter.mail.waiting()
    assert not (chapter.folder / "spare").exists()


def test_restored_from_the_mailbox_it_goes_on_as_if_nothing_had_happened(chapter: Chapter):
    cut(chapter)
    cries(chapter)
    tick(chapter)
    count = len(chapter.letters)
    assert run("--chapter", chapter.folder, "restore", "--from-mailbox", "--replace").code == 0
    assert tick(chapter).code in (0, 3)
    assert ADAM not in told(chapter, count), "the copy in Sent tells that this alert went out"
    assert not chapter.mail.waiting()


@pytest.mark.req("AAHA-26")
def test_with_no_copy_of_the_state_at_all_it_is_said_that_calls_for_help_wait(chapter: Chapter):
    for folder in (chapter.folder / "mail").glob(".*napshots*"):
        for file in folder.rglob("*.*"):
            if file.is_file():
                file.unlink()
    cut(chapter)
    before = cries(chapter)
    done = tick(chapter)
    assert done.code == 65
    assert "calls for help wait" in done.err
    assert told(chapter, before) == []
    assert len(chapter.mail.waiting()) == 1


def test_a_dry_run_on_a_broken_state_writes_and_sends_nothing(chapter: Chapter):
    cut(chapter)
    before = cries(chapter)
    assert tick(chapter, 15, "--dry-run").code == 65
    assert told(chapter, before) == []
    assert not (chapter.folder / "spare").exists()


def test_an_old_machine_with_a_broken_state_stays_silent(chapter: Chapter):
    """Another one took over: the mark in the mailbox names it."""
    cut(chapter)
    kept = chapter.folder / "state" / "kept.json"
    text = kept.read_text()
    kept.write_text(text.replace('"epoch":"', '"epoch":"0'))
    assert kept.read_text() != text
    before = cries(chapter)
    assert tick(chapter).code == 65
    assert told(chapter, before) == []


BROKEN = [
    ("an unknown key", 'language = "en"', 'language = "en"\nlanguge = "de"'),
    ("no time zone", 'timezone = "Europe/Berlin"', 'timezone = "Europe/Berln"'),
    ("a line that is no TOML", 'timezone = "Europe/Berlin"', "timezone = Europe/Berlin"),
    ("no program", 'program = "six-month"', 'programme = "six-month"'),
    ("an unknown table", "[chapter]", "[limit]\nmessages = 5\n\n[chapter]"),
    ("a table with a wrong number", "[chapter]", "[limits]\nmessages = -5\n\n[chapter]"),
]


@pytest.mark.req("AAHA-26")
@pytest.mark.parametrize(("_what", "sound", "broken"), BROKEN, ids=[each[0] for each in BROKEN])
def test_with_a_mistake_in_the_settings_help_is_heard_with_those_that_are_sound(
    chapter: Chapter, _what: str, sound: str, broken: str
):
    config = chapter.folder / "config.toml"
    text = config.read_text()
    assert sound in text
    config.write_text(text.replace(sound, broken, 1))
    before = cries(chapter)
    done = tick(chapter)
    assert done.code == 78
    assert "config.toml:" in done.err
    assert "calls for help are heard" in done.err
    assert told(chapter, before) == [MAYA, ADAM]
    assert len(chapter.mail.waiting()) == 1
    tick(chapter)
    assert told(chapter, before) == [MAYA, ADAM]
    config.write_text(text)
    assert tick(chapter).code in (0, 3)
    assert ADAM not in told(chapter, before + 2)
    assert not chapter.mail.waiting()


@pytest.mark.parametrize("broken", ['coordinator = "', 'backend = "maildi', "[outbox"])
def test_without_settings_for_the_mail_nothing_is_read_or_sent(chapter: Chapter, broken: str):
    config = chapter.folder / "config.toml"
    text = config.read_text()
    assert broken in text
    config.write_text(text.replace(broken, f"x{broken}", 1))
    before = cries(chapter)
    assert tick(chapter).code == 78
    assert told(chapter, before) == []
    assert len(chapter.mail.waiting()) == 1


def test_without_the_key_nothing_is_sent_that_could_not_be_answered(chapter: Chapter):
    (chapter.folder / "secret.key").unlink()
    before = cries(chapter)
    assert tick(chapter).code == 78
    assert told(chapter, before) == []
