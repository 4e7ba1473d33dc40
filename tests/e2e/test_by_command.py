"""What a volunteer changes by command in the middle of a season, and the season goes on as it should."""

from pathlib import Path

from coordinator.programs.folders import shipped
from tests.cli.running import Outcome, run
from tests.e2e.chapters import MAYA, MONA, Chapter, on_maildir
from tests.e2e.seasons import with_goals


def command(chapter: Chapter, *arguments: str) -> Outcome:
    return run("--chapter", chapter.folder, *arguments, "--now", str(chapter.now))


def test_whoever_asked_for_no_more_mail_is_not_woken_by_a_pause(chapter: Chapter):
    with_goals(chapter)
    chapter.reply(chapter.last(MAYA), "STOP")
    outcome = command(chapter, "people", "pause", MAYA, "--until", "2026-01-25")
    assert (outcome.code, chapter.person(MAYA).status) == (2, "stopped")
    assert "is stopped and gets no mail before people resume" in outcome.err
    before = len(chapter.to(MAYA))
    chapter.wait(days=20)
    assert len(chapter.to(MAYA)) == before


def test_whoever_withdraws_consent_gets_no_more_mail_and_the_other_hears_that_the_meeting_is_off(chapter: Chapter):
    with_goals(chapter)
    outcome = command(chapter, "people", "set", MAYA, "consent=no")
    assert outcome.code == 0
    assert "no more mail goes to them" in outcome.out
    before = len(chapter.to(MAYA))
    chapter.wait(days=10)
    assert [x.subject for x in chapter.to(MAYA)[before:] if "Off:" not in x.subject] == []
    assert chapter.to(MONA, "Off: your meeting with Maya")


def test_a_letter_that_is_open_in_an_editor_stops_no_tick(chapter: Chapter):
    with_goals(chapter)
    own = chapter.folder / "templates" / "six-month"
    own.mkdir(parents=True)
    (own / ".#debrief.md").symlink_to("ada@laptop.4711:1764000000")
    (chapter.folder / "templates" / ".#notes").symlink_to("ada@laptop.4711:1764000000")
    chapter.wait_for(MAYA, "what it is about")
    assert run("--chapter", chapter.folder, "check").code == 0


def test_a_letter_that_could_not_be_written_goes_out_once_its_template_is_mended(tmp_path: Path):
    """As `check` knows no goals, it cannot know that there is no first one yet."""
    chapter = on_maildir(tmp_path / "elm")
    own = chapter.folder / "templates" / "six-month" / "introduction-mentee.md"
    own.parent.mkdir(parents=True)
    own.write_text((shipped() / "base" / own.name).read_text() + "\nYour first goal: {{ goals[0].text }}\n")
    assert run("--chapter", chapter.folder, "check").code == 0
    assert chapter.tick().failed == 1
    chapter.wait(days=2)
    assert not chapter.to(MAYA)
    assert len(chapter.to("chief@example.org", "could not be written")) == 2, "each day"
    assert len(chapter.to(MONA, "is your mentee")) == len(chapter.to(MONA, "Meet Maya")) <= 1
    own.unlink()
    chapter.wait(days=3)
    assert len(chapter.to(MAYA, "is your mentor")) == 1
    assert chapter.pair.asked["p1/introduction/mentee"].sent
