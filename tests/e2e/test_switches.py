"""Ten calendar programs, each with seven switches, through whole ticks: whose answer counts, and who hears of it."""

from datetime import timedelta
from pathlib import Path

import pytest

from coordinator.simulate.calendar.clients import CLIENTS
from tests.cli.running import run
from tests.e2e.chapters import MAYA, MONA, Chapter, on_maildir
from tests.e2e.seasons import introduced
from tests.e2e.test_calendars import another, invitation

OTHER = "m.ek@clinic.example"


@pytest.fixture
def chapter(tmp_path: Path) -> Chapter:
    """Both have the invitation to their first meeting."""
    chapter = on_maildir(tmp_path / "elm")
    introduced(chapter)
    return chapter


@pytest.fixture(params=sorted(CLIENTS))
def client(request) -> str:
    return request.param


def click(chapter: Chapter, client: str, partstat: str = "DECLINED", *, invite: bytes = b"", **switches) -> bytes:
    """What Mona's calendar sends; her invitation is the newest one, unless another is named."""
    invite = invite or invitation(chapter, MONA).raw
    return CLIENTS[client](invite, attendee=MONA, partstat=partstat, now=chapter.now, **switches)


def said(chapter: Chapter) -> str:
    return chapter.pair.meetings[0].partstats[chapter.person(MONA).id]


def vouch(chapter: Chapter) -> None:
    """A human accepts the one held message as Mona's."""
    (held,) = chapter.held()
    outcome = run("--chapter", chapter.folder, "held", "accept", held.id, "--as", MONA, "--now", str(chapter.now))
    assert outcome.code == 0, outcome.err


def test_a_registered_alias_counts_at_once(chapter: Chapter, client: str):
    assert run("--chapter", chapter.folder, "people", "alias", MONA, OTHER).code == 0
    chapter.deliver(click(chapter, client, alias=OTHER))
    assert (said(chapter), chapter.held()) == ("DECLINED", [])


def test_an_alias_that_nobody_registered_waits_for_a_human_and_then_counts(chapter: Chapter, client: str):
    chapter.deliver(click(chapter, client, alias=OTHER))
    assert said(chapter) == "NEEDS-ACTION"
    assert "an alias, an assistant?" in chapter.held()[0].reason
    vouch(chapter)
    assert said(chapter) == "DECLINED"


def test_an_assistant_waits_for_a_human_and_then_counts(chapter: Chapter, client: str):
    chapter.deliver(click(chapter, client, delegate="assistant@clinic.example"))
    assert said(chapter) == "NEEDS-ACTION"
    assert "an alias, an assistant?" in chapter.held()[0].reason
    vouch(chapter)
    assert said(chapter) == "DECLINED"


def test_the_language_of_a_calendar_changes_nothing(chapter: Chapter, client: str):
    chapter.deliver(click(chapter, client, "TENTATIVE", language="fr"))
    assert (said(chapter), chapter.held()) == ("TENTATIVE", [])


def test_an_answer_without_what_it_should_have_counts(chapter: Chapter, client: str):
    chapter.deliver(click(chapter, client, without={"ORGANIZER", "METHOD", "SEQUENCE", "DTSTAMP", "END"}))
    assert (said(chapter), chapter.held()) == ("DECLINED", [])


def test_a_late_answer_to_the_old_time_does_not_count_and_its_writer_hears_the_new_one_once(
    chapter: Chapter, client: str
):
    old, (first,) = invitation(chapter, MONA).raw, chapter.pair.meetings
    chapter.rsvp(invitation(chapter, MAYA), "TENTATIVE", counter=another(chapter))
    chapter.reply(chapter.last(MONA, "suggests another time"), "yes")
    assert chapter.pair.meetings[0].start == first.start.replace(hour=15) + timedelta(days=2)
    for _ in range(2):
        chapter.now += timedelta(minutes=1)
        chapter.deliver(click(chapter, client, "ACCEPTED", invite=old))
    assert said(chapter) == "NEEDS-ACTION"
    (told,) = chapter.to(MONA, "older invitation")
    assert "Sat 24 January 2026, 16:00 (Berlin)" in " ".join(told.parent.text.split())
    chapter.deliver(click(chapter, client, "ACCEPTED"))
    assert said(chapter) == "ACCEPTED"


def test_the_same_answer_twice_counts_once(chapter: Chapter, client: str):
    raw = click(chapter, client)
    chapter.deliver(raw)
    before, letters = chapter.pair, len(chapter.letters)
    chapter.deliver(raw.replace(b"Message-ID: <", b"Message-ID: <again.", 1))
    assert chapter.pair.meetings == before.meetings
    assert len(chapter.letters) == letters


def test_an_answer_for_one_instance_counts_for_the_meeting(chapter: Chapter, client: str):
    chapter.deliver(click(chapter, client, "ACCEPTED", instance=True))
    assert (said(chapter), chapter.held()) == ("ACCEPTED", [])
