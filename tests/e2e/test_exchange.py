"""The same season on a folder, on Exchange, and behind access tokens; and Exchange at its worst."""

import os
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from coordinator import config
from coordinator.core.records import Pairing
from tests.cli.running import run
from tests.e2e.chapters import MAYA, MONA, Chapter, day, on_maildir
from tests.e2e.exchange_chapters import OURS, ExchangeChapter, configure, on_bearer, on_exchange
from tests.e2e.seasons import debriefed, introduced, met
from tests.servers import dovecot, oauth, smtp_sink
from tests.servers.dovecot import Dovecot
from tests.servers.exchange import Double, Fault
from tests.servers.smtp_sink import Sink

pytestmark = pytest.mark.server
SECRET = b"5" * 64
NIGHTLY = bool(os.environ.get("COORDINATOR_NIGHTLY"))
END = day("2026-07-20" if NIGHTLY else "2026-03-20", 12)
"""Every night to the end of the program, else two months."""


@pytest.fixture
def on_ews(exchange_server: Double, sink: Sink, tmp_path: Path) -> ExchangeChapter:
    exchange_server.sink = sink
    return on_exchange(tmp_path / "elm", exchange_server, secret=SECRET)


def reference(folder: Path) -> Chapter:
    """On folders, with the same key, so that every name is the same."""
    folder.mkdir()
    chapter = on_maildir(folder / "elm")
    (chapter.folder / "secret.key").write_bytes(SECRET)
    chapter.itself = True
    return chapter


@pytest.fixture(scope="module")
def season(tmp_path_factory: pytest.TempPathFactory) -> Chapter:
    """The whole of it on folders, to compare with."""
    chapter = reference(tmp_path_factory.mktemp("season") / "reference")
    played(chapter)
    return chapter


def played(chapter: Chapter) -> None:
    """Two months of answers, then silence to the end."""
    debriefed(chapter)
    chapter.wait(until=END)


def story(chapter: Chapter) -> list[tuple[datetime, str, str, str]]:
    return sorted(
        (at, letter.parent.recipient, letter.subject, letter.parent.message_id) for at, letter in chapter.letters
    )


def state(chapter: Chapter) -> dict[str, Any]:
    """Everything that is remembered of people and pairs, without how often it was written."""
    work = chapter.work()
    pairs = {pair.id: _settled(pair) for pair in work.pairings()}
    people = {person.id: replace(person, version=0) for person in work.participants()}
    return {"pairs": pairs, "people": people, "held": [h.reason for h in work.all_held()]}


def _settled(pair: Pairing) -> Pairing:
    return replace(pair, version=0)


def assert_same(chapter: Chapter, reference: Chapter) -> None:
    assert story(chapter) == story(reference)
    assert state(chapter) == state(reference)
    assert chapter.mail.waiting() == []
    assert chapter.mail.quarantined() == []
    assert len(chapter.mail.processed()) == len(reference.mail.processed())


def test_a_season_on_exchange_mail_and_calendar_comes_to_the_same(on_ews: ExchangeChapter, season: Chapter) -> None:
    played(on_ews)
    assert_same(on_ews, season)
    invited = Counter(one for one in on_ews.double.invitations if one[1] == "REQUEST")
    meetings = on_ews.pair.meetings
    assert len(meetings) >= (5 if NIGHTLY else 2)
    assert {uid for _, _, uid in invited} == {meeting.uid for meeting in meetings}
    assert {who for who, _, _ in invited} == {MAYA, MONA}
    assert all(letter.invitation is None for _, letter in on_ews.letters), "the calendar invites, the letter tells"


def test_a_season_on_exchange_with_invitations_by_mail_comes_to_the_same(
    exchange_server: Double, sink: Sink, tmp_path: Path
) -> None:
    exchange_server.sink = sink
    chapter, here = (
        on_exchange(tmp_path / "elm", exchange_server, calendar="imip", secret=SECRET),
        reference(tmp_path / "reference"),
    )
    for each in (chapter, here):
        met(each)
    assert_same(chapter, here)
    assert exchange_server.invitations == []


@pytest.fixture
def bearer(tmp_path: Path) -> Iterator[Chapter]:
    if dovecot.program() is None:
        pytest.skip("Dovecot is not installed")
    with (
        oauth.running() as provider,
        dovecot.running(tmp_path / "d", introspection=f"{provider.url}/introspect") as server,
        smtp_sink.running(tmp_path / "s", login=True, bearer="OAUTHBEARER") as sink,
    ):
        sink.judge = provider.is_good
        yield on_bearer(tmp_path / "elm", server, sink, provider, secret=SECRET)


def test_a_season_behind_access_tokens_comes_to_the_same(bearer: Chapter, season: Chapter) -> None:
    played(bearer)
    assert_same(bearer, season)


def test_a_declined_meeting_is_moved_and_both_calendars_follow(on_ews: ExchangeChapter) -> None:
    introduced(on_ews)
    (meeting,) = on_ews.pair.meetings
    on_ews.rsvp(on_ews.last(MONA, "you and"), "DECLINED")
    assert on_ews.pair.meetings[0].partstats[on_ews.person(MONA).id] == "DECLINED"
    item = on_ews.double.mailboxes[OURS].meeting(meeting.uid)
    assert item is not None
    assert on_ews.mail.waiting() == []


def test_who_wants_no_more_mail_is_out_of_both_calendars_at_once(on_ews: ExchangeChapter) -> None:
    introduced(on_ews)
    uid = on_ews.pair.meetings[0].uid
    on_ews.reply(on_ews.last(MAYA), "STOP")
    on_ews.wait(days=2)
    off = [one for one in on_ews.double.invitations if one[1] == "CANCEL"]
    if on_ews.pair.meetings[0].status == "cancelled":
        assert sorted(off) == [(MAYA, "CANCEL", uid), (MONA, "CANCEL", uid)]
        assert on_ews.double.mailboxes[OURS].meeting(uid) is None
    else:
        pytest.fail("the meeting still stands")


def test_an_answer_that_comes_by_mail_and_stands_in_the_calendar_counts_once(on_ews: ExchangeChapter) -> None:
    introduced(on_ews)
    before = len(on_ews.letters)
    on_ews.rsvp(on_ews.last(MONA, "you and"), "ACCEPTED")
    stamps = on_ews.pair.meetings[0].stamps
    on_ews.tick(on_ews.now + timedelta(minutes=15))
    on_ews.deliver(b"From: robot@example.net\r\nSubject: x\r\nMessage-ID: <1@example.net>\r\n\r\nx\r\n")
    assert on_ews.pair.meetings[0].stamps == stamps
    assert len(on_ews.letters) == before


def test_an_answer_that_stands_in_the_calendar_alone_is_taken(on_ews: ExchangeChapter) -> None:
    introduced(on_ews)
    uid = on_ews.pair.meetings[0].uid
    on_ews.double.clock = on_ews.now
    on_ews.double.accept(MONA, uid)
    inbox = on_ews.double.mailboxes[OURS].known("inbox")
    inbox.items.clear()
    on_ews.deliver(b"From: robot@example.net\r\nSubject: x\r\nMessage-ID: <1@example.net>\r\n\r\nx\r\n")
    assert on_ews.pair.meetings[0].partstats[on_ews.person(MONA).id] == "ACCEPTED"


def test_somebody_who_was_not_invited_answers_and_nothing_changes(on_ews: ExchangeChapter) -> None:
    introduced(on_ews)
    before = on_ews.pair.meetings
    raw = on_ews.invitation(MAYA, before[0].uid)
    from coordinator.simulate import rsvp

    answer = rsvp.answer(raw, "gmail_web", attendee=MAYA, partstat="DECLINED", comment="", now=on_ews.now)
    account = on_ews.deliver(answer.replace(MAYA.encode(), b"eve@example.net"))
    assert on_ews.pair.meetings == before
    # As by mail: an answer from an unknown address may be an alias's, so a human looks.
    assert (account.held, account.applied) == (1, 0)


def test_a_meeting_deleted_by_hand_in_outlook_is_told_once(on_ews: ExchangeChapter) -> None:
    introduced(on_ews)
    on_ews.double.delete_by_hand(OURS, on_ews.pair.meetings[0].uid)
    stranger = b"From: robot@example.net\r\nSubject: x\r\nMessage-ID: <%d@example.net>\r\n\r\nx\r\n"
    first = on_ews.deliver(stranger % 1)
    second = on_ews.deliver(stranger % 2)
    assert [line for line in first.news if "deleted from the program's calendar by hand" in line]
    assert not [line for line in second.news if "deleted" in line]
    assert on_ews.pair.meetings[0].status == "invited"


def test_who_is_taken_is_offered_other_times(on_ews: ExchangeChapter) -> None:
    for hours in range(24 * 50):
        begin = day("2026-01-13", 0) + timedelta(hours=hours)
        if begin.hour < 13:
            on_ews.double.take(MONA, begin, begin + timedelta(hours=1))
    on_ews.tick()
    assert "GetUserAvailabilityRequest" in on_ews.double.requests
    letter = on_ews.work().letter_by_message_id(on_ews.last(MAYA).parent.message_id)
    assert letter is not None
    offered = [start for question in letter.questions for start, _ in question.slots]
    assert len(offered) == 3
    assert all(start.hour >= 13 for start in offered), "Mona's mornings are taken"


def fallen(on_ews: ExchangeChapter, server: Dovecot, sink: Sink) -> None:
    """Gives the chapter an IMAP and SMTP server to fall back on."""
    password = on_ews.folder.parent / "password"
    password.write_text(server.password)
    password.chmod(0o600)
    text = (on_ews.folder / "config.toml").read_text()
    inside = text.partition("[inbox]")[2].partition("[exchange]")[2]
    imap = f'[inbox.fallback]\nbackend = "imap"\nhost = "127.0.0.1"\nport = {server.port}\nplaintext = true\n'
    imap += f'username = "fallen@example.org"\npassword_file = "{password}"\n'
    smtp = f'[outbox.fallback]\nbackend = "smtp"\nhost = "127.0.0.1"\nport = {sink.port}\nplaintext = true\n'
    doors = f'[inbox]\nbackend = "exchange"\n{imap}[outbox]\nbackend = "exchange"\n{smtp}[exchange]{inside}'
    configure(on_ews.folder, doors)


def test_a_tenant_that_blocks_exchange_ends_the_tick_and_loses_nothing(on_ews: ExchangeChapter) -> None:
    introduced(on_ews)
    before = state(on_ews)
    on_ews.double.faults.extend(Fault(how="403") for _ in range(3))
    at = (on_ews.now + timedelta(hours=1)).isoformat()
    outcome = run("--chapter", on_ews.folder, "tick", "--now", at)
    assert outcome.code == 77
    assert len(outcome.err.splitlines()) == 1
    for words in ("1 April 2027", "IMAP with OAuth", 'calendar = "imip"'):
        assert words in outcome.err
    assert state(on_ews) == before
    on_ews.double.faults.clear()
    on_ews.wait(days=12)
    assert on_ews.to(MAYA, "What would you like to reach")


def test_with_imap_to_fall_back_on_the_tick_goes_on_and_meetings_keep_their_names(
    on_ews: ExchangeChapter, imap_server: Dovecot, sink: Sink
) -> None:
    introduced(on_ews)
    uid = on_ews.pair.meetings[0].uid
    fallen(on_ews, imap_server, sink)
    before = len(sink.accepted)
    on_ews.double.faults.extend(Fault(how="403") for _ in range(500))
    reply = on_ews.answered(on_ews.last(MONA, "Meet Maya"), {1: "place: Blue Room"}, client="outlook_web")
    imap_server.deliver("fallen@example.org", reply)
    account = on_ews.tick(on_ews.now + timedelta(minutes=15))
    assert account.read >= 1
    assert [line for line in account.news if "1 April 2027" in line]
    on_ews.wait(until=on_ews.pair.meetings[0].start - timedelta(hours=2))
    from coordinator.formats.ical_own import invite_in

    again = [found for _, _, raw in sink.accepted[before:] if (found := invite_in(raw)) is not None]
    assert again
    assert {one.uid for one in again} == {uid}
    assert all(one.sequence >= 0 for one in again)


def test_a_meeting_that_was_begun_by_mail_goes_on_by_mail_after_the_move_to_exchange(
    exchange_server: Double, sink: Sink, tmp_path: Path
) -> None:
    exchange_server.sink = sink
    chapter = on_exchange(tmp_path / "elm", exchange_server, calendar="imip")
    introduced(chapter)
    text = (chapter.folder / "config.toml").read_text()
    (chapter.folder / "config.toml").write_text(text.replace('calendar = "imip"', 'calendar = "exchange"'))
    chapter.wait(days=2)
    assert exchange_server.invitations == [], "nobody is invited twice"


def test_a_meeting_that_was_begun_in_the_calendar_goes_on_by_mail_under_its_name(on_ews: ExchangeChapter) -> None:
    introduced(on_ews)
    uid = on_ews.pair.meetings[0].uid
    asked = len(on_ews.double.invitations)
    text = (on_ews.folder / "config.toml").read_text()
    (on_ews.folder / "config.toml").write_text(text.replace('calendar = "exchange"', 'calendar = "imip"'))
    on_ews.tick(on_ews.now + timedelta(hours=1))
    assert not [letter for _, letter in on_ews.letters if letter.invitation], "the move itself invites nobody"
    on_ews.reply(on_ews.last(MONA, "Meet Maya"), {1: "place: Blue Room"}, client="outlook_web")
    on_ews.wait(until=on_ews.pair.meetings[0].start - timedelta(hours=2))
    by_mail = [letter.invitation for _, letter in on_ews.letters if letter.invitation]
    assert by_mail
    assert {invitation.uid for invitation in by_mail} == {uid}
    assert len(on_ews.double.invitations) == asked


def test_a_chapter_without_a_calendar_invites_by_mail_and_a_human_is_told(
    on_ews: ExchangeChapter,
) -> None:
    box = on_ews.double.mailboxes[OURS]
    on_ews.tick()
    calendar = box.known("calendar")
    del box.folders[calendar.id]
    account = on_ews.reply(on_ews.last(MAYA), {1: "b"})
    assert [line for line in account.news if "no calendar" in line]
    assert on_ews.last(MAYA, "you and Mona").invitation is not None


OPERATIONS = ["FindItem", "GetItem", "MoveItem", "CreateItem", "CalendarItem"]
"""The last is what creates a meeting."""
GUARANTEES = [
    Fault(how="ErrorServerBusy", back_off=600_000),
    Fault(how="401"),
    Fault(how="403"),
    Fault(how="503", retry_after=600),
    Fault(how="drop"),
    Fault(how="drop", after=True),
    Fault(how="cut"),
    Fault(how="cut", after=True),
    Fault(how="ErrorIrresolvableConflict"),
    Fault(how="ErrorItemNotFound"),
    Fault(how="ErrorInvalidSyncStateData"),
    Fault(how="ErrorMailboxStoreUnavailable"),
    Fault(how="ErrorQuotaExceeded"),
]


EVERY = [(fault, operation) for fault in GUARANTEES for operation in OPERATIONS]
SOME = [
    *((fault, OPERATIONS[number % 4]) for number, fault in enumerate(GUARANTEES)),
    *((fault, "CalendarItem") for fault in GUARANTEES if fault.after or fault.how in {"403", "503"}),
]
"""Each at one step, and the worst while sending; every night, each at every step."""


@pytest.mark.parametrize(("fault", "operation"), EVERY if NIGHTLY else SOME)
def test_whatever_breaks_no_reply_is_lost_and_each_counts_once(
    on_ews: ExchangeChapter, fault: Fault, operation: str
) -> None:
    """G1 to G4: a reply has its effect exactly once, no letter is written twice, none goes out more than once more."""
    on_ews.tick()
    on_ews.double.faults.append(replace(fault, on=operation))
    reply = on_ews.answered(on_ews.last(MAYA), {1: "b", 2: "a, d"})
    on_ews.mail.deliver(reply, on_ews.now)
    for quarter in range(1, 5):
        run("--chapter", on_ews.folder, "tick", "--now", (on_ews.now + timedelta(minutes=15 * quarter)).isoformat())
    on_ews.double.faults.clear()
    on_ews.tick(on_ews.now + timedelta(hours=2))
    assert on_ews.mail.waiting() == []
    assert on_ews.mail.processed() == [reply]
    assert len(on_ews.pair.meetings) == 1
    went = Counter((letter.parent.message_id, letter.raw) for _, letter in on_ews.letters)
    assert len({id_ for id_, _ in went}) == len(went), "the same name, the same bytes"
    assert sum(went.values()) <= len(went) + (1 if fault.after else 0)
    keys = Counter(letter.parent.message_id for _, letter in on_ews.letters)
    assert set(keys) == {one.message_id for one in on_ews.work().letters() if one.state == "sent"}
    uid = on_ews.pair.meetings[0].uid
    by_calendar = on_ews.double.invitations.count((MAYA, "REQUEST", uid))
    by_mail = sum(1 for letter in on_ews.to(MAYA) if letter.invitation)
    assert (by_calendar, by_mail) == ((0, 1) if fault.how == "403" and operation == "CalendarItem" else (1, 0))


def test_settings_of_both_kinds_are_one_configuration(on_ews: ExchangeChapter) -> None:
    settings = config.load(on_ews.folder)
    assert settings.calendar is not None
    assert settings.inbox == settings.outbox == settings.calendar


def test_a_tick_of_two_hundred_messages_costs_few_requests(
    on_ews: ExchangeChapter, capsys: pytest.CaptureFixture[str]
) -> None:
    on_ews.tick()
    for number in range(200):
        raw = f"From: p{number}@example.net\r\nSubject: {number}\r\nMessage-ID: <{number}@example.net>\r\n\r\nhello\r\n"
        on_ews.mail.deliver(raw.encode(), on_ews.now)
    on_ews.double.requests.clear()
    account = on_ews.tick(on_ews.now + timedelta(minutes=15))
    assert account.read == 200
    spent = Counter(on_ews.double.requests)
    each = sum(spent.values()) / 200
    with capsys.disabled():
        sys.stdout.write(f"\na tick of 200 messages: {dict(spent)}, {each:.3f} requests a message ")
    assert each < 1.2
    assert on_ews.mail.waiting() == []
