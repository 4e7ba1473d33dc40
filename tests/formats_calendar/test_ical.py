"""Invites as every client needs them, whatever stands in names and texts."""

import base64
import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from coordinator.core import tokens
from coordinator.core.effects import Attendee
from coordinator.formats.ical import feed
from tests.formats_calendar.incoming import component, faults_of_calendar, faults_of_mail, said, unfolded, value
from tests.formats_calendar.invites import ADA, BOB, NOON, PLAIN, invite, mailed, part_of


@pytest.mark.parametrize("recipient", [ADA, BOB])
@pytest.mark.parametrize("method", ["REQUEST", "CANCEL"])
@pytest.mark.parametrize("zone", ["Europe/Berlin", "UTC", "America/Vancouver", "Asia/Kolkata", "America/Santiago"])
def test_every_client_shows_the_invitation_with_its_buttons(method, zone, recipient):
    assert faults_of_mail(mailed(invite(method=method, zone=zone), recipient), recipient) == []


def test_the_check_itself_finds_faults():
    calendar = part_of(PLAIN)
    assert faults_of_calendar(calendar.replace(b"METHOD:REQUEST\r\n", b""))
    assert faults_of_calendar(calendar.replace(b"\r\n", b"\n"))
    assert faults_of_calendar(calendar.replace(b"RSVP=TRUE", b"RSVP=FALSE"))
    assert faults_of_calendar(calendar.replace(b"ORGANIZER", b"X-ORGANIZER"))
    assert faults_of_calendar(calendar.replace(b":mailto:program@", b":program@"))
    assert faults_of_calendar(calendar.replace(b"TZID:Europe/Berlin", b"TZID:Europe/Bern"))
    assert faults_of_calendar(calendar.replace(b"STATUS:CONFIRMED", b"STATUS:CANCELLED"))
    assert faults_of_calendar(calendar.replace(b"BYDAY=", b"X="))
    assert faults_of_mail(mailed(PLAIN, "eve@example.org"), "eve@example.org")


def test_the_times_stand_on_the_pairs_own_clock_and_the_stamp_in_utc():
    lines = unfolded(part_of(invite(sequence=3)))
    event = component(lines, "VEVENT")
    assert said(event, "DTSTART") == ["DTSTART;TZID=Europe/Berlin:20261208T120000"]
    assert said(event, "DTEND") == ["DTEND;TZID=Europe/Berlin:20261208T124500"]
    assert value(event, "DTSTAMP") == "20261124T093015Z"
    assert value(event, "SEQUENCE") == "3"
    assert value(event, "UID") == PLAIN.uid


def test_a_zone_that_two_yearly_rules_cannot_say_is_written_in_utc():
    for zone in ("Africa/Cairo", "America/Santiago", "Asia/Jerusalem", "America/Havana", "America/Vancouver"):
        lines = unfolded(part_of(invite(zone=zone)))
        assert "BEGIN:VTIMEZONE" not in lines
        assert said(component(lines, "VEVENT"), "DTSTART") == ["DTSTART:20261208T110000Z"]
    later = unfolded(
        part_of(invite(zone="America/Vancouver", start=NOON.replace(year=2027), end=NOON.replace(year=2028)))
    )
    assert "TZID:America/Vancouver" in later


def test_a_cancellation_frees_the_time_and_rings_no_alarm():
    event = component(unfolded(part_of(invite(method="CANCEL", sequence=1))), "VEVENT")
    assert value(event, "STATUS") == "CANCELLED"
    assert value(event, "TRANSP") == "TRANSPARENT"
    assert value(event, "X-MICROSOFT-CDO-BUSYSTATUS") == "FREE"
    assert "BEGIN:VALARM" not in event


def test_known_answers_are_kept_and_all_are_asked_to_answer():
    people = (replace(PLAIN.attendees[0], partstat="ACCEPTED"), PLAIN.attendees[1])
    attendees = said(component(unfolded(part_of(invite(attendees=people))), "VEVENT"), "ATTENDEE")
    assert ["PARTSTAT=ACCEPTED" in line for line in attendees] == [True, False]
    assert all("RSVP=TRUE" in line for line in attendees)


HOSTILE = [
    'Ada "the first" Lovelace',
    "Ada\r\nATTENDEE:mailto:eve@example.org",
    "Ada\nEND:VEVENT\nBEGIN:VEVENT",
    "Ada\rX-EVIL:1",
    "Ada\u2028DTSTART:20200101T000000Z",
    "Ada\u2029\u0085\x0b\x0c\x1c\x1d\x1eMETHOD:CANCEL",
    "Ada\x00\x01\x1b[2J\x7f\x9b",
    "Ada\ud800 half a character",
    "Ada\u202egnirts desrever\u2066",
    "Ada;CN=Eve:mailto:eve@example.org",
    "Ada, Lovelace; \\N \\n \\; \\,",
    "Ada ^n^'^^ caret",
    "Ada 👩‍💻🏳️‍🌈 Löve Ñandú 李 العربية",
    "A" * 5000,
    "",
    " \t ",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_no_name_or_text_adds_a_line_or_a_sign_that_nobody_sees(text):
    usual = unfolded(part_of(PLAIN))
    asked = invite(
        summary=text,
        place=text,
        description=text,
        attendees=tuple(Attendee(name=text, address=person.address) for person in PLAIN.attendees),
    )
    calendar = part_of(asked)
    assert faults_of_calendar(calendar) == []
    lines = unfolded(calendar)
    assert [line.split(":")[0].split(";")[0] for line in lines] == [line.split(":")[0].split(";")[0] for line in usual]
    shown = "".join(lines)
    assert not any(ord(sign) < 32 or 0x7F <= ord(sign) < 0xA0 or sign in "\u2028\u2029\u202e\u2066" for sign in shown)
    assert max(map(len, lines)) < 9000


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=200), st.text(max_size=200))
def test_any_text_comes_back_from_another_reader_as_a_person_would_read_it(summary, description):
    event = Calendar.from_ical(part_of(invite(summary=summary, description=description))).walk("VEVENT")[0]
    visible = [sign for sign in summary if sign.isprintable() and not sign.isspace()]
    assert [sign for sign in str(event["SUMMARY"]) if not sign.isspace() and sign.isprintable()] == visible
    words = "".join(sign for sign in description if sign.isprintable() and not sign.isspace())
    assert "".join(sign for sign in str(event["DESCRIPTION"]) if sign.isprintable() and not sign.isspace()) == words


def test_the_lines_of_an_agenda_stay_lines():
    event = Calendar.from_ical(part_of(PLAIN)).walk("VEVENT")[0]
    assert str(event["DESCRIPTION"]) == PLAIN.description
    assert str(event["LOCATION"]) == PLAIN.place


@pytest.mark.parametrize(
    "address",
    [
        "",
        "ada",
        "ada@",
        "@example.org",
        "a b@example.org",
        "ada@example.org\r\nX:1",
        "ada@example.org;CN=x",
        'a"b@example.org',
        "a@b@c",
    ],
)
def test_an_address_that_cannot_stand_in_a_calendar_is_refused_without_being_repeated(address):
    with pytest.raises(ValueError, match="cannot stand in a calendar") as caught:
        part_of(invite(attendees=(Attendee(name="Ada", address=address),)))
    assert not address or address not in str(caught.value)


@pytest.mark.parametrize(
    "changes",
    [
        {"method": "PUBLISH"},
        {"end": NOON},
        {"sequence": -1},
        {"attendees": ()},
        {"zone": "Europe/Atlantis"},
        {"attendees": (Attendee(name="Ada", address=ADA, partstat="PERHAPS"),)},
    ],
)
def test_an_invite_that_makes_no_sense_is_refused(changes):
    with pytest.raises(ValueError):  # noqa: PT011
        part_of(invite(**changes))


def test_the_same_invite_is_the_same_bytes():
    assert part_of(PLAIN) == part_of(invite())


def test_a_uid_belongs_to_one_meeting_and_cannot_be_guessed():
    uid = tokens.uid(b"secret", "p1/meeting/1", "mentoring.example")
    assert uid == tokens.uid(b"secret", "p1/meeting/1", "mentoring.example")
    others = {tokens.uid(b"secret", f"p{n}/meeting/1", "mentoring.example") for n in range(2, 500)}
    others.add(tokens.uid(b"other", "p1/meeting/1", "mentoring.example"))
    assert len(others) == 499
    assert uid not in others
    local, _, domain = uid.partition("@")
    assert (len(base64.b32decode(local.upper())), domain) == (20, "mentoring.example")
    with pytest.raises(ValueError, match="secret"):
        tokens.uid(b"", "p1/meeting/1", "mentoring.example")


def test_a_feed_says_when_and_where_and_names_nobody():
    meetings = [
        invite(
            uid=f"{number}@mentoring.example",
            start=NOON + timedelta(days=30 * number),
            end=NOON + timedelta(days=30 * number, hours=1),
            zone=zone,
        )
        for number, zone in enumerate(["Europe/Berlin", "America/New_York", "UTC", "Europe/Berlin", "Africa/Cairo"])
    ]
    meetings.append(invite(uid="gone@mentoring.example", method="CANCEL"))
    random.Random(1).shuffle(meetings)
    raw = feed(meetings, name="Ada\r\nBEGIN:VEVENT")
    assert b"mailto:" not in raw
    assert b"METHOD" not in raw
    read = Calendar.from_ical(raw)
    events = read.walk("VEVENT")
    assert [event["DTSTART"].dt.astimezone(UTC) for event in events] == sorted(meeting.start for meeting in meetings)
    assert {str(zone["TZID"]) for zone in read.walk("VTIMEZONE")} == {"Europe/Berlin", "America/New_York"}
    assert [str(event["STATUS"]) for event in events if event["UID"].startswith("gone")] == ["CANCELLED"]
    assert feed(meetings, name="Ada") == feed(reversed(meetings), name="Ada")


def test_an_empty_feed_is_a_calendar_without_events():
    assert Calendar.from_ical(feed([], name="Nobody")).walk("VEVENT") == []


def test_a_stamp_in_another_zone_is_written_in_utc():
    stamp = datetime.fromisoformat("2026-11-24T10:30:15+01:00")
    assert b"DTSTAMP:20261124T093015Z\r\n" in part_of(invite(stamp=stamp))
