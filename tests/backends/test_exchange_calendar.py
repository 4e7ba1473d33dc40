"""Meetings in the program's calendar on Exchange: invited, changed, called off, answered, and who is free."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from coordinator.backends import Calendar, exchange, open_calendar
from coordinator.core.effects import Attendee, Invite
from coordinator.errors import BackendError, LoginError, RefusedError
from tests.backends.mailboxes import on_exchange
from tests.servers.exchange import Double, Fault
from tests.servers.smtp_sink import Sink

pytestmark = pytest.mark.server
OURS, MONA, MAYA = "mentoring@example.org", "mona@example.org", "maya@elsewhere.example"
NOON = datetime(2026, 12, 8, 11, 0, tzinfo=UTC)
UID = "abcdef-0123@example.org"
MEETING = Invite(
    method="REQUEST",
    uid=UID,
    sequence=0,
    start=NOON,
    end=NOON + timedelta(minutes=45),
    zone="Europe/Berlin",
    stamp=NOON - timedelta(days=20),
    summary="Maya & Mona: Mentoring",
    description="Agenda\n- Größe; <b>one</b> & two\n",
    place="By phone",
    attendees=(Attendee(name="Maya Roy", address=MAYA), Attendee(name="Mona Ek", address=MONA)),
)


@pytest.fixture
def double(exchange_server: Double, sink: Sink) -> Double:
    exchange_server.add(MONA, "Mona Ek")
    exchange_server.sink = sink
    return exchange_server


@pytest.fixture
def ours(double: Double) -> exchange.Settings:
    return on_exchange(double, "mentoring").settings


@pytest.fixture
def calendar(ours: exchange.Settings) -> Iterator[Calendar]:
    with open_calendar("exchange", ours) as calendar:
        yield calendar


def moved(invite: Invite, hours: int) -> Invite:
    later = timedelta(hours=hours)
    return replace(invite, sequence=invite.sequence + 1, start=invite.start + later, end=invite.end + later)


def test_people_here_and_elsewhere_are_invited_once(double: Double, calendar: Calendar, sink: Sink) -> None:
    for _ in range(3):
        assert calendar.book(MEETING)
    assert sorted(double.invitations) == [(MAYA, "REQUEST", UID), (MONA, "REQUEST", UID)]
    item = double.mailboxes[OURS].meeting(UID)
    assert item is not None
    assert (item.start, item.end) == (MEETING.start, MEETING.end)
    assert item.values["StartTimeZone"].get("Id") == "W. Europe Standard Time"
    assert item.values["ReminderIsSet"] in {"1", "true"}
    assert "Größe; <b>one</b> & two" in item.values["Body"].text
    theirs = double.mailboxes[MONA].meeting(UID)
    assert theirs is not None
    assert theirs.values["LegacyFreeBusyStatus"] == "Tentative"
    ((_, recipients, raw),) = sink.accepted
    assert recipients == [MAYA]
    assert b'method="REQUEST"' in raw or b"method=REQUEST" in raw


def test_nobody_has_accepted_before_they_said_so(double: Double, calendar: Calendar) -> None:
    calendar.book(MEETING)
    assert {one.address: one.partstat for one in calendar.kept(NOON - timedelta(days=30)).responses} == {}


def test_a_new_time_asks_everybody_again_under_the_same_name(double: Double, calendar: Calendar) -> None:
    calendar.book(MEETING)
    double.accept(MONA, UID)
    calendar.book(moved(MEETING, 2))
    item = double.mailboxes[OURS].meeting(UID)
    assert item is not None
    assert item.start == NOON + timedelta(hours=2)
    assert item.values["AppointmentSequenceNumber"] == "1"
    assert calendar.kept(NOON - timedelta(days=30)).responses == ()
    assert len(double.mailboxes[OURS].known("calendar").items) == 1
    assert double.invitations.count((MONA, "REQUEST", UID)) == 2


def test_a_meeting_is_shortened_and_keeps_its_beginning(double: Double, calendar: Calendar) -> None:
    calendar.book(MEETING)
    calendar.book(replace(MEETING, sequence=1, end=NOON + timedelta(minutes=15)))
    item = double.mailboxes[OURS].meeting(UID)
    assert item is not None
    assert item.end - item.start == timedelta(minutes=15)


def test_words_alone_change_no_answers(double: Double, calendar: Calendar) -> None:
    calendar.book(MEETING)
    double.accept(MONA, UID)
    calendar.book(replace(MEETING, description="Agenda\n- another point"))
    assert [one.partstat for one in calendar.kept(NOON - timedelta(days=30)).responses] == ["ACCEPTED"]


def test_a_meeting_is_called_off_once_for_all(double: Double, calendar: Calendar, sink: Sink) -> None:
    calendar.book(MEETING)
    off = replace(MEETING, method="CANCEL", sequence=1)
    for _ in range(2):
        assert calendar.book(off)
    assert double.mailboxes[OURS].meeting(UID) is None
    assert [one for one in double.invitations if one[1] == "CANCEL"] == [(MAYA, "CANCEL", UID), (MONA, "CANCEL", UID)]
    theirs = double.mailboxes[MONA].meeting(UID)
    assert theirs is not None
    assert theirs.values["IsCancelled"] == "true"
    assert calendar.kept(NOON - timedelta(days=30)).gone == (), "we did it ourselves"


def test_each_answer_comes_back_with_who_and_when(double: Double, calendar: Calendar) -> None:
    calendar.book(MEETING)
    double.clock = NOON - timedelta(days=3)
    double.tentative(MONA, UID)
    (response,) = calendar.kept(NOON - timedelta(days=30)).responses
    assert (response.uid, response.address, response.partstat, response.at, response.sequence) == (
        UID, MONA, "TENTATIVE", NOON - timedelta(days=3), 0,
    )  # fmt: skip
    double.decline(MONA, UID, "too early")
    assert [one.partstat for one in calendar.kept(NOON - timedelta(days=30)).responses] == ["DECLINED"]


def test_a_proposed_time_comes_back(double: Double, calendar: Calendar) -> None:
    calendar.book(MEETING)
    double.propose(MONA, UID, NOON + timedelta(days=1), NOON + timedelta(days=1, minutes=45))
    (response,) = calendar.kept(NOON - timedelta(days=30)).responses
    assert (response.start, response.end) == (NOON + timedelta(days=1), NOON + timedelta(days=1, minutes=45))


def test_a_delegate_answers_for_somebody(double: Double, calendar: Calendar) -> None:
    calendar.book(MEETING)
    double.delegate(MONA, UID, by="assistant@example.org")
    assert [(one.address, one.partstat) for one in calendar.kept(NOON - timedelta(days=30)).responses] == [
        (MONA, "ACCEPTED")
    ]
    assert b"Sender: assistant@example.org" in double.mails(OURS)[-1]


def test_somebody_elsewhere_answers_by_mail_and_the_calendar_knows(
    double: Double, calendar: Calendar, sink: Sink
) -> None:
    from coordinator.simulate import rsvp

    calendar.book(MEETING)
    invitation = sink.accepted[0][2]
    answer = rsvp.answer(invitation, "gmail_web", attendee=MAYA, partstat="ACCEPTED", comment="", now=NOON)
    double.deliver(OURS, answer)
    assert [(one.address, one.partstat) for one in calendar.kept(NOON - timedelta(days=30)).responses] == [
        (MAYA, "ACCEPTED")
    ]
    assert double.mails(OURS) == [answer], "and the mail lies in the inbox as ever"


def test_two_answers_at_once_are_both_there(double: Double, calendar: Calendar, sink: Sink) -> None:
    from coordinator.simulate import rsvp

    calendar.book(MEETING)
    double.clock = NOON - timedelta(days=1)
    answer = rsvp.answer(sink.accepted[0][2], "outlook_web", attendee=MAYA, partstat="DECLINED", comment="", now=NOON)
    double.accept(MONA, UID)
    double.deliver(OURS, answer)
    found = {one.address: one.partstat for one in calendar.kept(NOON - timedelta(days=30)).responses}
    assert found == {MONA: "ACCEPTED", MAYA: "DECLINED"}


def test_an_answer_of_somebody_who_was_not_invited_is_shown_as_theirs(
    double: Double, calendar: Calendar, sink: Sink
) -> None:
    from coordinator.simulate import rsvp

    calendar.book(MEETING)
    raw = rsvp.answer(sink.accepted[0][2], "gmail_web", attendee=MAYA, partstat="ACCEPTED", comment="", now=NOON)
    double.deliver(OURS, raw.replace(MAYA.encode(), b"eve@elsewhere.example"))
    addresses = [one.address for one in calendar.kept(NOON - timedelta(days=30)).responses]
    assert MAYA not in addresses


def test_a_meeting_deleted_by_hand_is_told_and_put_back_by_its_next_change(double: Double, calendar: Calendar) -> None:
    calendar.book(MEETING)
    double.delete_by_hand(OURS, UID)
    assert calendar.kept(NOON - timedelta(days=30)).gone == (UID,)
    assert calendar.book(moved(MEETING, 1))
    assert double.mailboxes[OURS].meeting(UID) is not None
    assert calendar.kept(NOON - timedelta(days=30)).gone == ()


def test_what_began_by_mail_goes_on_by_mail(double: Double, calendar: Calendar) -> None:
    assert not calendar.book(moved(MEETING, 1))
    assert not calendar.book(replace(MEETING, method="CANCEL", sequence=2))
    assert double.invitations == []
    assert double.mailboxes[OURS].meeting(UID) is None


def test_a_stale_change_key_is_no_hindrance(double: Double, calendar: Calendar) -> None:
    calendar.book(MEETING)
    double.stale = 2
    assert calendar.book(moved(MEETING, 1))
    double.stale = 5
    with pytest.raises(BackendError):
        calendar.book(moved(moved(MEETING, 1), 1))


def test_an_item_that_vanishes_between_look_and_change_is_made_anew(double: Double, calendar: Calendar) -> None:
    calendar.book(MEETING)
    double.faults.append(Fault(how="ErrorItemNotFound", on="UpdateItem"))
    assert calendar.book(moved(MEETING, 1))
    assert len(double.mailboxes[OURS].known("calendar").items) == 1


@pytest.mark.parametrize("how", ["drop", "cut"])
def test_an_answer_that_is_lost_makes_no_second_invitation(double: Double, calendar: Calendar, how: str) -> None:
    double.faults.append(Fault(how=how, on="CreateItem", after=True))
    with pytest.raises(BackendError) as caught:
        calendar.book(MEETING)
    assert caught.value.later
    assert calendar.book(MEETING)
    assert double.invitations.count((MONA, "REQUEST", UID)) == 1


def test_a_full_mailbox_takes_no_meeting_and_says_so(double: Double, calendar: Calendar) -> None:
    double.mailboxes[OURS].full = True
    with pytest.raises(BackendError, match="the mailbox is full"):
        calendar.book(MEETING)
    assert double.invitations == []


def test_a_mailbox_without_a_calendar_says_what_to_do(double: Double) -> None:
    double.add("plain@example.org", calendar=False)
    settings = replace(on_exchange(double, "plain").settings)
    double.add("plain@example.org", calendar=False)
    with (
        open_calendar("exchange", settings) as calendar,
        pytest.raises(BackendError, match="has no calendar") as caught,
    ):
        calendar.book(MEETING)
    assert not caught.value.later
    assert 'calendar = "imip"' in str(caught.value)


def test_a_refusal_of_exchange_is_told_apart_from_a_refused_login(double: Double, calendar: Calendar) -> None:
    double.faults.append(Fault(how="403"))
    with pytest.raises(RefusedError):
        calendar.book(MEETING)
    double.faults.append(Fault(how="401"))
    with pytest.raises(LoginError) as caught:
        calendar.book(MEETING)
    assert not isinstance(caught.value, RefusedError)


def test_who_is_taken_is_known_of_people_here(double: Double, calendar: Calendar) -> None:
    double.take(MONA, NOON, NOON + timedelta(hours=1))
    double.take(MONA, NOON + timedelta(days=1), NOON + timedelta(days=1, hours=2), "Tentative")
    double.take(MONA, NOON + timedelta(days=2), NOON + timedelta(days=2, hours=2), "Free")
    busy = calendar.busy([MONA, MAYA], NOON - timedelta(days=1), NOON + timedelta(days=40))
    assert busy == {
        MONA: (
            (NOON, NOON + timedelta(hours=1)),
            (NOON + timedelta(days=1), NOON + timedelta(days=1, hours=2)),
        )
    }
    assert calendar.busy([], NOON, NOON + timedelta(days=1)) == {}


def test_a_place_that_is_a_room_books_the_room(double: Double, ours: exchange.Settings) -> None:
    room = "blue@example.org"
    double.add(room, "Blue Room")
    double.rooms = {"Blue Room": room}
    with open_calendar("exchange", replace(ours, rooms=double.room_list)) as calendar:
        assert calendar.rooms() == {"Blue Room": room}
        calendar.book(replace(MEETING, place="blue room"))
        assert calendar.busy([room], NOON - timedelta(days=1), NOON + timedelta(days=1)) == {
            room: ((MEETING.start, MEETING.end),)
        }
    item = double.mailboxes[OURS].meeting(UID)
    assert item is not None
    assert "Resources" in item.values


@pytest.mark.parametrize("zone", ["America/New_York", "Asia/Kathmandu", "Africa/Casablanca", "UTC", "Nowhere/Land"])
def test_a_meeting_stands_at_its_instant_in_every_zone(double: Double, calendar: Calendar, zone: str) -> None:
    calendar.book(replace(MEETING, zone=zone))
    item = double.mailboxes[OURS].meeting(UID)
    assert item is not None
    assert (item.start, item.end) == (MEETING.start, MEETING.end)


def test_booking_costs_few_requests(double: Double, calendar: Calendar) -> None:
    calendar.book(MEETING)
    first = len(double.requests)
    calendar.book(MEETING)
    again = len(double.requests) - first
    calendar.book(moved(MEETING, 1))
    assert (first, again) == (2, 2), double.requests
    assert len(double.requests) - first - again == 3
