"""Answers that Outlook sends inside a winmail.dat, built here as MS-OXTNEF and MS-OXCICAL describe them."""

import base64
import struct
from datetime import UTC, datetime, timedelta

import pytest

from coordinator.formats.itip import read_calendar
from coordinator.formats.mime import parse
from coordinator.formats.own import Own
from coordinator.formats.tnef import answer_of
from tests.formats_calendar.invites import ADA, PLAIN, PROGRAM

OWN = Own(address=PROGRAM, domain=PROGRAM.rpartition("@")[2])
MEETING = bytes.fromhex("90dad86e0b451b1098da00aa003f1305")
APPOINTMENT = bytes.fromhex("0220060000000000c000000000000046")
EPOCH = datetime(1601, 1, 1, tzinfo=UTC)


def attribute(name: int, value: bytes) -> bytes:
    return struct.pack("<BII", 1, name, len(value)) + value + struct.pack("<H", sum(value) & 0xFFFF)


def named(group: bytes, number: int, kind: int, value: bytes) -> bytes:
    return struct.pack("<HH", kind, 0x8000) + group + struct.pack("<II", 0, number) + value


def binary(value: bytes) -> bytes:
    return struct.pack("<II", 1, len(value)) + value + b"\0" * (-len(value) % 4)


def moment(at: datetime) -> bytes:
    return struct.pack("<Q", (at - EPOCH) // timedelta(microseconds=1) * 10)


def global_id(uid: str) -> bytes:
    data = b"vCal-Uid\x01\x00\x00\x00" + uid.encode() + b"\0"
    return bytes.fromhex("040000008200E00074C5B7101A82E008") + b"\0" * 20 + struct.pack("<I", len(data)) + data


def winmail(kind: str, uid: str = PLAIN.uid, *, proposed: tuple[datetime, datetime] | None = None) -> bytes:
    properties = [named(MEETING, 0x23, 0x102, binary(global_id(uid)))]
    if proposed:
        properties += [named(APPOINTMENT, 0x8250 + n, 0x40, moment(at)) for n, at in enumerate(proposed)]
    block = struct.pack("<I", len(properties)) + b"".join(properties)
    return b"\x78\x9f\x3e\x22\x01\x00" + attribute(0x00078008, kind.encode() + b"\0") + attribute(0x00069003, block)


def mail(attached: bytes) -> bytes:
    head = (
        f"From: Ada <{ADA}>\r\nTo: {PROGRAM}\r\nSubject: Accepted: Meeting\r\nMessage-ID: <w@example.org>\r\n"
        "Date: Tue, 24 Nov 2026 10:00:00 +0000\r\nMIME-Version: 1.0\r\n"
        'Content-Type: application/ms-tnef; name="winmail.dat"\r\nContent-Transfer-Encoding: base64\r\n\r\n'
    )
    return head.encode() + base64.encodebytes(attached).replace(b"\n", b"\r\n")


def answer(attached: bytes):
    message = parse(mail(attached), OWN)
    return message, read_calendar(message.calendar, sender=message.envelope.sender, sent=message.envelope.date)[0]


@pytest.mark.parametrize(
    ("kind", "partstat"),
    [
        ("IPM.Schedule.Meeting.Resp.Pos", "ACCEPTED"),
        ("IPM.Schedule.Meeting.Resp.Neg", "DECLINED"),
        ("IPM.Schedule.Meeting.Resp.Tent", "TENTATIVE"),
        ("IPM.Microsoft Schedule.MtgRespP", "ACCEPTED"),
        ("IPM.Microsoft Schedule.MtgRespN", "DECLINED"),
        ("IPM.Microsoft Schedule.MtgRespA", "TENTATIVE"),
    ],
)
def test_an_answer_in_winmail_dat_is_understood(kind, partstat):
    message, reply = answer(winmail(kind))
    assert message.kind == "calendar"
    assert (reply.method, reply.uid, reply.attendee, reply.partstat) == ("REPLY", PLAIN.uid, ADA, partstat)
    assert reply.stamp == datetime(2026, 11, 24, 10, tzinfo=UTC)


def test_a_proposed_time_in_winmail_dat_is_that_instant():
    start = datetime(2026, 12, 10, 15, tzinfo=UTC)
    _, reply = answer(winmail("IPM.Schedule.Meeting.Resp.Tent", proposed=(start, start + timedelta(minutes=30))))
    assert (reply.method, reply.start, reply.end) == ("COUNTER", start, start + timedelta(minutes=30))


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\x78\x9f\x3e\x22",
        b"\x78\x9f\x3e\x22" + b"\xff" * 500,
        winmail("IPM.Note"),
        winmail("IPM.Schedule.Meeting.Request"),
        winmail("IPM.Schedule.Meeting.Resp.Pos", uid=""),
        winmail("IPM.Schedule.Meeting.Resp.Pos", uid="x\r\nATTENDEE:y"),
    ],
)
def test_what_is_no_answer_or_is_broken_says_nothing(raw):
    assert answer_of(raw) == b""


def test_no_damage_to_an_answer_breaks_the_reader():
    whole = winmail("IPM.Schedule.Meeting.Resp.Pos", proposed=(EPOCH + timedelta(days=150_000), EPOCH))
    for cut in range(len(whole)):
        answer_of(whole[:cut])
        answer_of(whole[:cut] + b"\xff\xff\xff\x7f" + whole[cut + 4 :])
