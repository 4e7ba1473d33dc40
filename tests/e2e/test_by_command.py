"""What a volunteer changes by command in the middle of a season, and the season goes on as it should."""

from tests.cli.running import Outcome, run
from tests.e2e.chapters import MAYA, MONA, Chapter
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
