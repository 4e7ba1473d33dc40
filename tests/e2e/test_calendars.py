"""Real calendar answers through a whole tick: a proposed time, a note, plain words, and an invitation of their own."""

from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path

import pytest
from icalendar import Calendar

from coordinator import config
from coordinator.core.zones import zone
from coordinator.simulate.rsvp import answer
from coordinator.tick.feeds import name_of
from tests.cli.running import run
from tests.e2e.chapters import ADAM, MAYA, MONA, Chapter, on_maildir
from tests.e2e.entries import entries

BERLIN = zone("Europe/Berlin")


@pytest.fixture
def chapter(tmp_path: Path) -> Chapter:
    """Nobody picked a time, and both have an invitation."""
    chapter = on_maildir(tmp_path / "chapter")
    chapter.tick()
    chapter.wait(days=6)
    return chapter


def invitation(chapter: Chapter, who: str):
    return next(letter for letter in reversed(chapter.to(who)) if letter.invitation)


def another(chapter: Chapter) -> tuple[datetime, datetime]:
    """Two days after the meeting, at sixteen o'clock in Berlin."""
    start = chapter.pair.meetings[0].start.astimezone(BERLIN) + timedelta(days=2)
    start = start.replace(hour=16, minute=0).astimezone(UTC)
    return start, start + timedelta(minutes=45)


@pytest.mark.req("AAHA-22")
@pytest.mark.parametrize("client", ["outlook_web", "gmail_web", "outlook_classic", "mutt"])
def test_a_proposal_of_a_real_client_is_asked_and_moves_the_same_event(chapter: Chapter, client: str):
    first, proposed = chapter.pair.meetings[0], another(chapter)
    chapter.rsvp(invitation(chapter, MONA), "TENTATIVE", client=client, counter=proposed)
    ask = chapter.last(MAYA, "suggests another time")
    assert "16:00" in ask.subject
    chapter.reply(ask, {1: "yes"})
    moved = chapter.pair.meetings[0]
    assert (moved.uid, moved.sequence, moved.start) == (first.uid, 1, proposed[0])
    assert {invitation(chapter, who).invitation.start for who in (MONA, MAYA)} == {proposed[0]}


def test_a_no_is_told_with_a_declinecounter(chapter: Chapter):
    chapter.rsvp(invitation(chapter, MONA), "TENTATIVE", counter=another(chapter))
    chapter.reply(chapter.last(MAYA, "suggests another time"), {1: "no"})
    told = chapter.last(MONA, "It stays on")
    assert b"method=DECLINECOUNTER" in told.raw
    assert chapter.pair.meetings[0].sequence == 0


def test_of_two_answers_read_in_one_tick_the_one_that_was_given_last_counts(chapter: Chapter):
    first, letter = chapter.pair.meetings[0], invitation(chapter, MONA)
    said = {"attendee": MONA, "comment": ""}
    sent = [
        answer(letter.raw, "outlook_web", partstat="TENTATIVE", counter=another(chapter), now=chapter.now, **said),
        answer(letter.raw, "outlook_web", partstat="ACCEPTED", now=chapter.now + timedelta(minutes=2), **said),
    ]
    for raw in sent:
        chapter.mail.deliver(raw, chapter.now)
    chapter.tick(chapter.now + timedelta(minutes=15))
    meeting = chapter.pair.meetings[0]
    assert (meeting.counter, meeting.start, meeting.sequence) == (None, first.start, 0)
    assert "ACCEPTED" in meeting.partstats.values()
    assert not chapter.to(MAYA, "suggests another time")


@pytest.mark.parametrize("client", ["outlook_web", "gmail_web", "mutt"])
def test_a_note_beside_a_no_is_read_like_a_reply(chapter: Chapter, client: str):
    chapter.rsvp(invitation(chapter, MONA), "DECLINED", client=client, comment="Could we do Thursday 4pm instead?")
    assert "16:00" in chapter.last(MAYA, "suggests another time").subject


def test_plain_words_to_an_invitation_count_as_much_as_a_click(chapter: Chapter):
    thursday = another(chapter)[0]
    chapter.reply(invitation(chapter, MONA), "can't, Thursday 4?")
    chapter.reply(chapter.last(MAYA, "suggests another time"), "yes, works for me")
    assert chapter.pair.meetings[0].start == thursday


def test_a_date_that_begins_the_reply_is_no_number_of_a_question(chapter: Chapter):
    start, _ = another(chapter)
    chapter.reply(invitation(chapter, MONA), f"{start:%-d %B} 4pm instead?")
    assert "16:00" in chapter.last(MAYA, "suggests another time").subject
    assert not chapter.held()


@pytest.mark.parametrize(("words", "hour"), [("1 hour later please", "13:00"), ("half an hour earlier?", "11:30")])
def test_how_far_to_move_is_no_answer_to_a_question_of_the_letter(chapter: Chapter, words: str, hour: str):
    assert 1 in {ask.number for ask in invitation(chapter, MONA).asks}
    chapter.reply(invitation(chapter, MONA), words)
    assert hour in chapter.last(MAYA, "suggests another time").subject


@pytest.mark.req("ACHE-43")
def test_both_keep_it_short_by_mail_and_the_same_event_shrinks(chapter: Chapter):
    chapter.rsvp(invitation(chapter, MONA), "DECLINED")
    chapter.wait(days=1)
    chapter.reply(chapter.last(MONA, "Short rather than not at all"), "a")
    chapter.reply(chapter.last(MAYA, "Another time with"), {2: "a"})
    meeting = chapter.pair.meetings[0]
    assert (meeting.sequence, meeting.end - meeting.start) == (1, timedelta(minutes=15))
    assert "15 minutes" in chapter.last(MAYA, "rather short than not at all").parent.text


def own_invitation(chapter: Chapter, method: str = "REQUEST") -> bytes:
    start, end = another(chapter)
    lines = (
        "BEGIN:VCALENDAR",
        "PRODID:-//Google Inc//Google Calendar 70.9054//EN",
        "VERSION:2.0",
        f"METHOD:{method}",
        "BEGIN:VEVENT",
        f"DTSTART:{start:%Y%m%dT%H%M%SZ}",
        f"DTEND:{end:%Y%m%dT%H%M%SZ}",
        "DTSTAMP:20260118T090000Z",
        f"ORGANIZER;CN=Mona:mailto:{MONA}",
        "UID:7f3kd02@google.com",
        f"ATTENDEE;ROLE=REQ-PARTICIPANT;PARTSTAT=NEEDS-ACTION;RSVP=TRUE:mailto:{MAYA}",
        "ATTENDEE;ROLE=OPT-PARTICIPANT;PARTSTAT=NEEDS-ACTION;RSVP=TRUE:mailto:mentoring@example.org",
        "LOCATION:Café Central",
        "SUMMARY:Something private",
        "END:VEVENT",
        "END:VCALENDAR",
        "",
    )
    mail = EmailMessage(policy=SMTP)
    mail["From"], mail["To"], mail["Cc"] = f"Mona <{MONA}>", MAYA, "mentoring@example.org"
    mail["Subject"], mail["Message-ID"] = "Invitation: Something private", f"<own-{method}@google.com>"
    mail["Date"] = chapter.now.strftime("%a, %d %b %Y %H:%M:%S +0000")
    mail.set_content("Something private")
    mail.add_alternative("\r\n".join(lines), subtype="calendar", params={"method": method}, cte="base64")
    return mail.as_bytes()


def test_an_invitation_of_their_own_wins_and_its_words_are_not_kept(chapter: Chapter):
    ours = chapter.pair.meetings[0]
    chapter.deliver(own_invitation(chapter))
    first, theirs = chapter.pair.meetings
    assert (first.uid, first.status) == (ours.uid, "cancelled")
    assert (theirs.uid, theirs.place, theirs.start) == ("7f3kd02@google.com", "Café Central", another(chapter)[0])
    assert {invitation(chapter, who).invitation.method for who in (MONA, MAYA)} == {"CANCEL"}
    state = b"".join(path.read_bytes() for path in (chapter.folder / "state").rglob("*") if path.is_file())
    assert b"Something private" not in state
    assert not chapter.held()


def test_a_time_of_their_own_in_words_is_no_proposal_and_when_it_falls_through_times_are_offered_again(
    chapter: Chapter,
):
    (ours,) = chapter.pair.meetings
    when = another(chapter)[0].astimezone(BERLIN)
    chapter.reply(invitation(chapter, MONA), f"We arranged it ourselves: {when:%A %d %B} 16:00")
    assert not chapter.to(MONA, "I asked Maya whether")
    ours, theirs = chapter.pair.meetings
    assert (ours.status, theirs.organizer, theirs.start) == ("cancelled", chapter.person(MONA).id, another_start(ours))
    chapter.reply(invitation(chapter, MONA), "Sorry, I can't make it")
    chapter.wait(days=2)
    asked = chapter.last(MAYA, "A new time with Mona?")
    assert [ask.number for ask in asked.asks if "Which of these" in ask.words] == [1]
    chapter.reply(asked, "b")
    fresh = chapter.pair.meetings[-1]
    assert (fresh.status, fresh.organizer) == ("invited", "")
    assert invitation(chapter, MONA).invitation.uid == fresh.uid


# Place


@pytest.mark.req("ACHE-30", "ACHE-44")
def test_a_place_named_later_stands_in_both_calendars_and_an_answer_before_it_still_counts(chapter: Chapter):
    first, meeting = invitation(chapter, MONA), chapter.pair.meetings[0]
    chapter.rsvp(invitation(chapter, MAYA), "ACCEPTED", client="gmail_web")
    chapter.reply(first, "place: https://meet.example/oak")
    chapter.wait(days=9)
    for who in (MONA, MAYA):
        entry = entries(chapter, who, meeting.uid)[-1]
        assert (entry.place, entry.sequence, entry.start) == ("https://meet.example/oak", 0, meeting.start)
        assert "Where: https://meet.example/oak" in entry.description.splitlines()
    chapter.rsvp(first, "ACCEPTED", client="outlook_web")
    assert set(chapter.pair.meetings[0].partstats.values()) == {"ACCEPTED"}


# Times by mail


TUE_THU, FRI, WED = ((1, 12, 18), (3, 12, 18)), ((4, 12, 18),), ((2, 8, 12),)


@pytest.mark.req("AHE-7")
@pytest.mark.parametrize(
    ("words", "free"),
    [
        ("none", ()),
        ("1. none of these work for me, sorry", ()),
        ("1: none, I am travelling", ()),
        ("Tue/Thu afternoons", TUE_THU),
        ("1. Tue/Thu afternoons", TUE_THU),
        ("1: Tuesday and Thursday afternoons would be best", TUE_THU),
        ("1. none, Friday afternoons are best", FRI),
        ("none of these, I am free Wednesday mornings", WED),
    ],
)
def test_who_takes_none_of_the_times_is_understood_and_gets_others_inside_the_hours_they_named(
    tmp_path: Path, words: str, free: tuple[tuple[int, int, int], ...]
):
    chapter = on_maildir(tmp_path / "chapter")
    chapter.tick()
    first = chapter.last(MAYA)
    chapter.reply(first, words)
    assert chapter.pair.meetings == (), "nothing is taken that they did not say"
    assert tuple((f.weekday, f.begin // 60, f.end // 60) for f in chapter.person(MAYA).free) == free
    others = chapter.last(MAYA, "Not those, then")
    assert others.subject == "Other times with Mona"
    offered = times_in(chapter, others)
    assert len(offered) == 3
    assert not {*offered} & {*times_in(chapter, first)} or free
    assert all(not free or any(is_inside(span, hours) for hours in free) for span in offered)
    chapter.reply(others, "1. c")
    assert [m.start for m in chapter.pair.meetings] == [offered[2][0]]


def times_in(chapter: Chapter, letter) -> tuple[tuple[datetime, datetime], ...]:
    known = chapter.work().letter_by_message_id(letter.parent.message_id)
    assert known is not None
    return next(q.slots for q in known.questions if q.slots)


def is_inside(span: tuple[datetime, datetime], hours: tuple[int, int, int]) -> bool:
    start, end = (at.astimezone(BERLIN) for at in span)
    weekday, first, last = hours
    return start.weekday() == weekday and first <= start.hour and end.hour + end.minute / 60 <= last


def test_after_two_rounds_of_no_a_person_looks(tmp_path: Path):
    chapter = on_maildir(tmp_path / "chapter")
    chapter.tick()
    chapter.reply(chapter.last(MAYA), {1: "none"})
    assert not chapter.held()
    chapter.reply(chapter.last(MAYA, "Not those, then"), "none of them either")
    assert [held.reason for held in chapter.held()] == ["the answer to question 1: none of the times suits"]
    chapter.wait(days=2)
    assert len(chapter.to(MAYA, "Not those, then")) == 1


# Calendars to look at


def published(chapter: Chapter) -> dict[str, str]:
    """First name → the file of that person, as it stands in the folder."""
    secret, work = config.load(chapter.folder).chapter.secret, chapter.work()
    people = {p.first_name: chapter.folder / "feeds" / name_of(secret, p.id) for p in work.participants()}
    return {name: path.read_text(encoding="utf-8") for name, path in people.items() if path.exists()}


@pytest.fixture
def publishing(tmp_path: Path) -> Chapter:
    """A chapter that publishes a calendar for each person; both have an invitation."""
    chapter = on_maildir(tmp_path / "chapter")
    path = chapter.folder / "config.toml"
    path.write_text(path.read_text().replace("[meetings]", '[meetings]\nfeeds = "feeds"'))
    chapter.tick()
    chapter.wait(days=6)
    return chapter


def test_each_person_has_a_calendar_file_that_follows_every_change(publishing: Chapter):
    chapter = publishing
    (meeting,) = chapter.pair.meetings
    files = published(chapter)
    assert set(files) == {"Mona", "Maya"}, "nobody else is invited to anything"
    for text in files.values():
        (event,) = Calendar.from_ical(text).walk("VEVENT")
        assert (event["UID"], event["DTSTART"].dt, event["STATUS"]) == (meeting.uid, meeting.start, "CONFIRMED")
        assert "mailto:" not in text.lower()
        assert "example.com" not in text
    chapter.reply(invitation(chapter, MONA), "place: Café Central")
    chapter.rsvp(invitation(chapter, MONA), "TENTATIVE", counter=another(chapter))
    chapter.reply(chapter.last(MAYA, "suggests another time"), "yes")
    for text in published(chapter).values():
        (event,) = Calendar.from_ical(text).walk("VEVENT")
        assert (event["DTSTART"].dt, event["LOCATION"]) == (another_start(meeting), "Café Central")


def another_start(meeting) -> datetime:
    return (meeting.start.astimezone(BERLIN) + timedelta(days=2)).replace(hour=16, minute=0).astimezone(UTC)


def test_the_file_of_somebody_who_left_goes_and_a_dry_run_writes_none(publishing: Chapter):
    chapter = publishing
    chapter.mail.deliver(chapter.answered(invitation(chapter, MAYA), "STOP"), chapter.now)
    before = published(chapter)
    chapter.tick(chapter.now + timedelta(minutes=5), dry=True)
    assert published(chapter) == before
    chapter.tick(chapter.now + timedelta(minutes=10))
    (event,) = Calendar.from_ical(published(chapter)["Mona"]).walk("VEVENT")
    assert set(published(chapter)) == {"Mona"}
    assert event["STATUS"] == "CANCELLED"


def test_show_prints_the_calendar_of_a_pairing_and_of_a_person_without_place_and_agenda(publishing: Chapter):
    chapter = publishing
    chapter.reply(invitation(chapter, MONA), "place: Café Central")
    (meeting,) = chapter.pair.meetings
    for who in ("p1", MONA, chapter.person(MAYA).id):
        text = run("--chapter", chapter.folder, "show", who, "--ics").out
        (event,) = Calendar.from_ical(text).walk("VEVENT")
        assert (event["UID"], event["DTSTART"].dt) == (meeting.uid, meeting.start)
        assert "Café" not in text
        assert "expectations" not in text
        assert "mailto:" not in text.lower()
    nothing = run("--chapter", chapter.folder, "show", ADAM, "--ics")
    assert (nothing.code, Calendar.from_ical(nothing.out).walk("VEVENT")) == (0, [])
