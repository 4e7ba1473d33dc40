"""Calendars that were made to do harm: one clear outcome each, nothing expanded, nothing raised."""

import random
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coordinator.core.reading import CalendarReply
from coordinator.formats.itip import read_calendar
from coordinator.simulate.calendar.clients import CLIENTS
from tests.formats_calendar.invites import ADA, PLAIN, mailed
from tests.formats_calendar.mails import calendar_parts

SENT = datetime(2026, 11, 25, 8, 5, 30, tzinfo=UTC)
HEAD = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nMETHOD:REPLY\r\nBEGIN:VEVENT\r\nUID:u@example.org\r\n"
NO = f"ATTENDEE;PARTSTAT=DECLINED:mailto:{ADA}\r\n"
TAIL = "END:VEVENT\r\nEND:VCALENDAR\r\n"


def read(raw: bytes):
    return read_calendar([raw], sender=ADA, sent=SENT)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (HEAD + NO + "X-PAD:" + "x" * 5_000_000 + "\r\n" + TAIL, "a calendar of more than 64 KB, not read"),
        (
            HEAD + NO + TAIL.replace("END:VCALENDAR", "BEGIN:VEVENT\r\nEND:VEVENT\r\n" * 200),
            "more than 20 events, not read",
        ),
        (HEAD + "".join(NO.replace("ada", f"a{n}") for n in range(60)) + TAIL, "more than 50 attendees, not read"),
        (HEAD.replace("u@example.org", "u" * 500) + NO + TAIL, "a calendar answer without a usable UID"),
    ],
)
def test_too_much_is_refused_with_its_reason(text, problem):
    reply, problems = read(text.encode())
    assert reply is None
    assert problem in problems


@pytest.mark.parametrize(
    "rule",
    [
        "RRULE:FREQ=SECONDLY",
        "RRULE:FREQ=SECONDLY;COUNT=999999999",
        "RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
        "RDATE:" + ",".join(["20260101T000000Z"] * 500),
    ],
)
def test_a_repetition_is_noted_and_never_followed(rule):
    reply, problems = read(f"{HEAD}{NO}DTSTART:20260101T000000Z\r\n{rule}\r\n{TAIL}".encode())
    assert reply.partstat == "DECLINED"
    assert problems == ("a repeated event; its repetition is not followed",)


@pytest.mark.parametrize(
    "rule",
    [
        "RRULE:FREQ=SECONDLY",
        "RRULE:FREQ=YEARLY;BYMONTH=99;BYDAY=9XX",
        "RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30;BYDAY=5SU",
        "RRULE:FREQ=YEARLY;BYMONTH=1;BYMONTHDAY=" + "1," * 20000,
        "RRULE:;;;===",
        "RRULE:FREQ=YEARLY;UNTIL=0000;BYMONTH=3;BYDAY=-5SU",
        "",
    ],
)
def test_a_zone_with_impossible_rules_ends_in_an_instant_or_a_problem(rule):
    zone = f"BEGIN:VTIMEZONE\r\nTZID:X\r\nBEGIN:STANDARD\r\nDTSTART:16010101T000000\r\nTZOFFSETFROM:+9999\r\nTZOFFSETTO:-9999\r\n{rule}\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n"
    text = HEAD.replace("REPLY", "COUNTER").replace("BEGIN:VEVENT", f"{zone}BEGIN:VEVENT")
    reply, _ = read(f"{text}{NO}DTSTART;TZID=X:19700101T000000\r\nDTEND;TZID=X:21001231T235959\r\n{TAIL}".encode())
    assert reply.method == "COUNTER"
    assert reply.end is None


@pytest.mark.parametrize(
    "text",
    [
        "\n" * 65_000,
        "\r" * 65_000,
        "\n " * 32_000,
        "a\n" * 32_000,
        "a" * 65_000,
        ":" * 65_000,
        ";" * 65_000,
        "A:\n" * 21_000,
        "BEGIN:VEVENT\n" * 5_000,
        "BEGIN:X\n" * 8_000,
        "END:VEVENT\n" * 5_000,
        "BEGIN:VTIMEZONE\n" * 4_000,
        HEAD + "ATTENDEE" + ";a=b" * 15_000 + ":mailto:ada@example.org\n" + TAIL,
        HEAD + "ATTENDEE" + ';a="' * 15_000 + "\n" + TAIL,
        HEAD + "ATTENDEE;PARTSTAT=DECLINED:" + "mailto:" * 9_000 + "\n" + TAIL,
        HEAD + "ATTENDEE;PARTSTAT=DECLINED:" + "a@" * 30_000 + "\n" + TAIL,
        HEAD + NO + "COMMENT:" + "\\n" * 30_000 + "\n" + TAIL,
        HEAD + NO + "COMMENT:" + "&lt;" * 15_000 + "\n" + TAIL,
        HEAD + NO + "COMMENT:x\n" * 6_000 + TAIL,
        HEAD + NO + "SEQUENCE:" + "9" * 60_000 + "\n" + TAIL,
        HEAD + NO + "DTSTAMP:" + "2" * 60_000 + "\n" + TAIL,
        HEAD + NO + "DURATION:P" + "1W" * 30_000 + "\n" + TAIL,
        HEAD + NO + "DTSTART;TZID=" + "/a" * 30_000 + ":20260101T000000\n" + TAIL,
        HEAD + "ATTENDEE;PARTSTAT=DECLINED;X-RESPONSE-COMMENT=" + "^" * 60_000 + ":mailto:ada@example.org\n" + TAIL,
        HEAD + "ATTENDEE;PARTSTAT=DECLINED;X-RESPONSE-COMMENT=" + "&" * 60_000 + ":mailto:ada@example.org\n" + TAIL,
    ],
    ids=range(25),
)
def test_a_calendar_made_to_be_slow_is_read_like_any_other(text):
    for method in ("REPLY", "COUNTER"):
        reply, problems = read(text.replace("METHOD:REPLY", f"METHOD:{method}").encode())
        assert reply is not None or problems


REAL = [
    part
    for name, answer in sorted(CLIENTS.items())
    for part in calendar_parts(
        answer(mailed(PLAIN, ADA), attendee=ADA, partstat="DECLINED", comment="no, sorry", now=SENT)
    )[:1]
]


def is_sound(read_back: tuple[CalendarReply | None, tuple[str, ...]]) -> bool:
    reply, problems = read_back
    if reply is None:
        return bool(problems)
    bounded = len(reply.comment) <= 2000 and 0 < len(reply.uid) <= 400 and len(reply.attendee) < 320
    aware = all(instant is None or instant.tzinfo is UTC for instant in (reply.start, reply.end, reply.stamp))
    return bounded and aware and (reply.sequence is None or 0 <= reply.sequence <= 10_000)


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=400))
def test_no_bytes_break_the_reader(raw):
    assert is_sound(read(raw))


def test_no_damage_to_a_real_answer_breaks_the_reader():
    chance = random.Random(20261125)
    for _ in range(1500):
        raw = bytearray(chance.choice(REAL))
        for _ in range(chance.randint(1, 12)):
            place = chance.randrange(max(len(raw), 1))
            match chance.randrange(4):
                case 0:
                    raw[place : place + 1] = bytes([chance.randrange(256)])
                case 1:
                    del raw[place : place + chance.randint(1, 40)]
                case 2:
                    raw[place:place] = chance.choice(
                        [b"\r\n", b'"', b";", b":", b"=", b"\0", b"\xff", b"BEGIN:VEVENT\r\n", b"99999999999"]
                    )
                case _:
                    raw = raw[:place] or raw
        assert is_sound(read(bytes(raw)))


@settings(max_examples=200, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(
                [
                    "ATTENDEE",
                    "DTSTART",
                    "DTEND",
                    "DURATION",
                    "DTSTAMP",
                    "SEQUENCE",
                    "COMMENT",
                    "UID",
                    "RRULE",
                    "BEGIN",
                    "END",
                    "X-MS-OLK-ORIGINALSTART",
                ]
            ),
            st.sampled_from(
                ["", ";PARTSTAT=DECLINED", ";TZID=X", ";TZID=Europe/Berlin", ';CN="', ";SENT-BY=mailto:a@b.example"]
            ),
            st.one_of(
                st.text(max_size=30),
                st.sampled_from(
                    [
                        "20260329T023000",
                        "21001231T235959",
                        "19700101T000000Z",
                        "VTIMEZONE",
                        "STANDARD",
                        "VEVENT",
                        "mailto:ada@example.org",
                        "-PT1S",
                    ]
                ),
            ),
        ),
        max_size=25,
    ),
    st.sampled_from(["REPLY", "COUNTER", "REFRESH", ""]),
)
def test_no_arrangement_of_known_lines_breaks_the_reader(lines, method):
    body = "".join(f"{name}{params}:{value}\r\n" for name, params, value in lines)
    assert is_sound(read((HEAD.replace("REPLY", method) + body + TAIL).encode("utf-8", "surrogatepass")))


def test_problems_never_repeat_what_somebody_wrote():
    canary = "Canary4711"
    for raw in REAL:
        damaged = raw.replace(b"DECLINED", canary.encode()).replace(b"SEQUENCE:0", f"SEQUENCE:{canary}".encode())
        for text in (damaged, damaged.replace(b"METHOD:REPLY", f"METHOD:{canary}".encode())):
            _, problems = read(text)
            assert problems
            assert canary not in "".join(problems)
