"""Help works whatever is broken: while the program cannot be loaded, a call reaches a human in the same tick."""

import shutil
from datetime import timedelta
from pathlib import Path

import pytest

from coordinator import programs
from coordinator.errors import ConfigurationError
from tests.e2e.chapters import ADAM, MAYA, MONA, Chapter, on_maildir

BROKEN = '+++\nid = "debrief"\nsubject = "Did you {{ nobody.first_name }} meet?"\n+++\nHello {% if %}\n'


@pytest.fixture
def chapter(tmp_path: Path) -> Chapter:
    """A pair that has been written to, and a template with a mistake in it since."""
    made = on_maildir(tmp_path / "elm")
    made.wait(days=1)
    folder = made.folder / "templates" / "six-month"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "debrief.md").write_text(BROKEN)
    return made


def broken_tick(chapter: Chapter, minutes: float = 15, **more: object) -> str:
    """What the tick says is wrong; the letters that went out all the same are collected."""
    with pytest.raises(ConfigurationError) as caught:
        chapter.tick(chapter.now + timedelta(minutes=minutes), **more)
    return str(caught.value)


@pytest.mark.req("AAHA-26")
def test_help_is_answered_and_passed_on_though_a_template_stops_everything_else(chapter: Chapter):
    letter, before = chapter.last(MAYA), len(chapter.letters)
    chapter.mail.deliver(chapter.answered(letter, "HELP\nhe shouts at me"), chapter.now)
    said = broken_tick(chapter)
    assert "debrief.md" in said
    new = [x for _, x in chapter.letters[before:]]
    assert [x.parent.recipient for x in new] == [MAYA, ADAM]
    assert b"X-Priority: 1" in new[1].raw
    assert "shouts" not in new[1].parent.text
    assert len(chapter.mail.waiting()) == 1, "the message itself waits for a tick that can take it in whole"


@pytest.mark.req("AAHA-26")
def test_nobody_is_told_twice_of_a_call_that_was_heard_meanwhile(chapter: Chapter):
    letter = chapter.last(MAYA)
    chapter.mail.deliver(chapter.answered(letter, "HELP"), chapter.now)
    broken_tick(chapter)
    count = len(chapter.letters)
    broken_tick(chapter)
    assert len(chapter.letters) == count
    (chapter.folder / "templates" / "six-month" / "debrief.md").unlink()
    chapter.tick(chapter.now + timedelta(hours=2))
    assert not [x for _, x in chapter.letters[count:] if "help" in x.subject.casefold()]
    assert not chapter.mail.waiting()


@pytest.mark.req("AAHA-26")
def test_an_unanswered_call_goes_to_the_coordinator_after_the_hours_of_the_program(chapter: Chapter):
    letter = chapter.last(MAYA)
    chapter.mail.deliver(chapter.answered(letter, "HELP"), chapter.now)
    broken_tick(chapter)
    count = len(chapter.letters)
    broken_tick(chapter, minutes=241)
    assert [x.parent.recipient for _, x in chapter.letters[count:]] == ["chief@example.org"]


@pytest.mark.req("AAHA-26")
def test_an_advisor_who_answers_the_alert_is_heard_while_nothing_else_works(chapter: Chapter):
    chapter.mail.deliver(chapter.answered(chapter.last(MAYA), "HELP"), chapter.now)
    broken_tick(chapter)
    alert, count = chapter.last(ADAM, "asks for help"), len(chapter.letters)
    chapter.mail.deliver(chapter.answered(alert, "I ring her now."), chapter.now)
    broken_tick(chapter)
    assert [x.parent.recipient for _, x in chapter.letters[count:]] == [MAYA]
    broken_tick(chapter, minutes=300)
    later = [(x.parent.recipient, x.parent.subject) for _, x in chapter.letters[count + 1 :]]
    assert later == [("chief@example.org", "Six months of mentoring: please have a look")], (
        "it is the third run that failed"
    )


@pytest.mark.req("AAHA-26")
def test_words_of_danger_are_heard_and_all_other_mail_waits_untouched(chapter: Chapter):
    letter, count = chapter.last(MONA), len(chapter.letters)
    chapter.mail.deliver(chapter.answered(chapter.last(MAYA), "I want to kill myself"), chapter.now)
    chapter.mail.deliver(chapter.answered(letter, "1 yes"), chapter.now)
    broken_tick(chapter)
    assert {x.parent.recipient for _, x in chapter.letters[count:]} == {MAYA, ADAM}
    assert "112" in chapter.letters[count][1].parent.text
    assert len(chapter.mail.waiting()) == 2


def test_a_dry_run_of_a_broken_program_sends_nothing_and_remembers_nothing(chapter: Chapter):
    chapter.mail.deliver(chapter.answered(chapter.last(MAYA), "HELP"), chapter.now)
    count = len(chapter.letters)
    broken_tick(chapter, dry=True)
    assert len(chapter.letters) == count
    broken_tick(chapter)
    assert len(chapter.letters) == count + 2


def test_what_a_tick_that_dies_over_something_else_had_heard_of_help_was_sent_before(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    chapter = on_maildir(tmp_path / "elm")
    chapter.wait(days=1)
    count = len(chapter.letters)
    chapter.mail.deliver(chapter.answered(chapter.last(MAYA), "HELP"), chapter.now)
    monkeypatch.setattr("coordinator.tick.onward.advance", _broken)
    with pytest.raises(ZeroDivisionError):
        chapter.tick(chapter.now + timedelta(minutes=15))
    assert [x.parent.recipient for _, x in chapter.letters[count:]] == [MAYA, ADAM]


def _broken(*_: object) -> None:
    raise ZeroDivisionError


@pytest.mark.parametrize("broken", ["base/help-alert.md", "base/layout.md", "base/program.toml", "words/en.toml"])
def test_even_with_the_shipped_texts_broken_help_reaches_a_human(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, broken: str
):
    chapter = on_maildir(tmp_path / "elm")
    chapter.wait(days=1)
    copied = tmp_path / "templates"
    shutil.copytree(programs.shipped(), copied)
    (copied / broken).write_text("+++\nnot = [toml\n")
    monkeypatch.setattr("coordinator.programs.folders.shipped", lambda: copied)
    count = len(chapter.letters)
    chapter.mail.deliver(chapter.answered(chapter.last(MAYA), "HELP\nhe shouts"), chapter.now)
    assert Path(broken).name in broken_tick(chapter)
    new = [x for _, x in chapter.letters[count:]]
    assert [x.parent.recipient for x in new] == [MAYA, ADAM]
    assert "Maya Roy asks for help" in new[1].parent.text
    assert not any("shouts" in x.parent.text for x in new[1:])
