"""Odd calendars that real programs send, and what each of them says."""

from datetime import UTC, datetime, timedelta

import pytest

from coordinator.formats.itip import read_calendar
from coordinator.formats.itip_times import known_zone
from coordinator.formats.itip_windows import iana_name, windows_name
from coordinator.formats.vtimezone import lines as zone_lines

SENT = datetime(2026, 11, 25, 8, 5, 30, tzinfo=UTC)
UID = "2bfb3352471395f376483219b1fcd0f7@mentoring.example"


def calendar(*event: str, method: str = "METHOD:REPLY", head: tuple[str, ...] = (), end: str = "\r\n") -> bytes:
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//test//EN", method, *head, "BEGIN:VEVENT"]
    lines += [f"UID:{UID}", "DTSTAMP:20261125T080000Z", "SEQUENCE:1", *event, "END:VEVENT", "END:VCALENDAR", ""]
    return end.join(filter(None, lines)).encode()


def read(*parts: bytes, sender: str | None = "ada@example.org", sent: datetime | None = SENT):
    return read_calendar(parts, sender=sender, sent=sent)


ADA_SAYS_NO = "ATTENDEE;PARTSTAT=DECLINED:mailto:ada@example.org"


@pytest.mark.parametrize(
    "line",
    [
        "ATTENDEE;PARTSTAT=DECLINED;CN=Ada:MAILTO:Ada@Example.ORG",
        "ATTENDEE;PARTSTAT=declined:mailto:ada@example.org",
        "attendee;partstat=Declined:mailto:ada@example.org",
        'ATTENDEE;CN="Lovelace: Ada; Countess, of";PARTSTAT=DECLINED:mailto:ada@example.org',
        "ATTENDEE;SENT-BY=mailto:pa@example.org;PARTSTAT=DECLINED:mailto:ada@example.org",
        'ATTENDEE;SENT-BY="mailto:pa@example.org";PARTSTAT=DECLINED:mailto:ada@example.org',
        "ATTENDEE;PARTSTAT=DECLINED:mailto:MAILTO:ada@example.org",
        "ATTENDEE;PARTSTAT=DECLINED:ada@example.org",
        "ATTENDEE;PARTSTAT=DECLINED:mailto: <ada@example.org>",
        "ATTENDEE;PARTSTAT=DECLINED:mailto:ada@example.org?subject=x",
        "ATTENDEE;PARTSTAT=DECLINED;EMAIL=ada@example.org:/aMTA5MzQyNTk/principal/",
        "ATTENDEE;PARTSTAT=DECLINED;CN=ada@example.org:invalid:nomail",
        "ATTENDEE;PARTSTAT=DECLINED;CN=Ada:MAILTO:/O=EXAMPLE/OU=EXCHANGE/CN=RECIPIENTS/CN=ADA",
        "ATTENDEE;PARTSTAT=DECLINED;CN=Ada;RSVP=TRUE;X-NUM-GUESTS=0:urn:uuid:d46f3d71-04b7",
        "ATTENDEE;PARTSTAT=DECLINED;CN=no end of the quotation mark:mailto:ada@example.org",
        "ATTENDEE;PARTSTAT=DECLINED;X-RESPONSE-COMMENT=see: you:mailto:ada@example.org",
        "ATTENDEE;PARTSTAT=DECLINED;;ROLE;CN=:mailto:ada@example.org",
    ],
)
def test_whoever_answers_is_found(line):
    reply, _ = read(calendar(line))
    assert (reply.attendee, reply.partstat) == ("ada@example.org", "DECLINED")


def test_the_sender_is_the_one_of_several_attendees_who_answers():
    people = [f"ATTENDEE;PARTSTAT=ACCEPTED:mailto:{name}@example.org" for name in ("bob", "eve")]
    reply, problems = read(calendar(*people, "ATTENDEE;PARTSTAT=TENTATIVE:mailto:ada@example.org"))
    assert (reply.attendee, reply.partstat, problems) == ("ada@example.org", "TENTATIVE", ())
    assert read(calendar(*people)) == (None, ("an answer that names several attendees",))


def test_the_only_one_who_answered_is_meant_when_the_sender_is_not_listed():
    line = "ATTENDEE;PARTSTAT=NEEDS-ACTION:mailto:bob@example.com"
    assert read(calendar(line, ADA_SAYS_NO), sender="other@example.net")[0].attendee == "ada@example.org"


@pytest.mark.parametrize(
    ("line", "partstat", "problem"),
    [
        ("ATTENDEE;PARTSTAT=DELEGATED;DELEGATED-TO=x:mailto:ada@example.org", "DELEGATED", False),
        ("ATTENDEE;PARTSTAT=X-PERHAPS:mailto:ada@example.org", "NEEDS-ACTION", True),
        ("ATTENDEE:mailto:ada@example.org", "NEEDS-ACTION", True),
    ],
)
def test_an_answer_is_one_of_the_known_ones(line, partstat, problem):
    reply, problems = read(calendar(line, "STATUS:CONFIRMED", "SUMMARY:Accepted: x"))
    assert (reply.partstat, bool(problems)) == (partstat, problem)


@pytest.mark.parametrize(
    ("method", "event", "expected"),
    [
        ("METHOD:REPLY", [ADA_SAYS_NO], "REPLY"),
        ("method: reply ", [ADA_SAYS_NO], "REPLY"),
        ("METHOD:PUBLISH\r\nMETHOD:REPLY", [ADA_SAYS_NO], "REPLY"),
        ("", [ADA_SAYS_NO], "REPLY"),
        ("", [ADA_SAYS_NO, "METHOD:COUNTER", "DTSTART:20261201T100000Z"], "COUNTER"),
        ("", [ADA_SAYS_NO, "ATTENDEE;PARTSTAT=NEEDS-ACTION:mailto:bob@example.com"], "REPLY"),
        ("METHOD:REFRESH", ["ATTENDEE:mailto:ada@example.org"], "REFRESH"),
        ("METHOD:REFRESH", [], "REFRESH"),
        ("METHOD:DECLINECOUNTER", ["ATTENDEE:mailto:ada@example.org"], "DECLINECOUNTER"),
    ],
)
def test_the_method_is_the_property_else_what_the_answer_looks_like(method, event, expected):
    assert read(calendar(*event, method=method))[0].method == expected


@pytest.mark.parametrize(
    ("raw", "problem"),
    [
        (calendar("SUMMARY:Your car is ready"), "an answer that names no attendee"),  # a hire car's booking
        (calendar(ADA_SAYS_NO, method="METHOD:REQUEST"), "a calendar invitation (REQUEST), no answer"),
        (calendar(ADA_SAYS_NO, method="METHOD:CANCEL"), "a calendar cancellation (CANCEL), no answer"),
        (calendar(ADA_SAYS_NO, method="METHOD:PUBLISH"), "a calendar publication (PUBLISH), no answer"),
        (calendar(ADA_SAYS_NO, method="METHOD:X-EVIL"), "a calendar of an unknown method, no answer"),
        (calendar("SUMMARY:x", method=""), "a calendar that does not say what it is for"),
        (calendar(ADA_SAYS_NO).replace(b"UID:", b"X-UID:"), "a calendar answer without a usable UID"),
        (b"BEGIN:VCALENDAR\r\nMETHOD:REPLY\r\nBEGIN:VTODO\r\nEND:VTODO\r\n", "a calendar without an event"),
        (b"", "a calendar without an event"),
        (b"hello", "a calendar without an event"),
    ],
)
def test_what_is_no_answer_says_what_it_is(raw, problem):
    assert read(raw) == (None, (problem,))


@pytest.mark.parametrize("end", ["\r\n", "\n", "\r", "\r\r\n", "\n\n"])
def test_any_line_ends_do(end):
    folded = "COMMENT:a long wa" + end + " lk" + end + "\t home"
    reply, problems = read(calendar(ADA_SAYS_NO, folded, end=end))
    assert (reply.comment, reply.partstat, problems) == ("a long walk home", "DECLINED", ())


def test_a_line_folded_without_a_blank_is_joined():
    raw = calendar("ATTENDEE;PARTSTAT=DECLINED;CN=Ada Love\r\nlace:mailto:ada@example.org")
    assert read(raw)[0].attendee == "ada@example.org"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_any_usual_encoding_does(encoding):
    raw = calendar(ADA_SAYS_NO, "COMMENT:Café à 3 €").decode().encode(encoding)
    assert read(raw)[0].comment == "Café à 3 €"


def test_a_calendar_may_begin_and_end_nowhere():
    whole = "\r\n".join(f"   {line}" for line in ["BEGIN:VCALENDAR", "METHOD:REPLY", "BEGIN:VEVENT"])
    nothing_around = f"BEGIN:VEVENT\r\nUID:{UID}\r\n{ADA_SAYS_NO}"
    assert read(nothing_around.encode())[0].partstat == "DECLINED"
    assert read(f"{whole}\r\nUID:{UID}\r\n{ADA_SAYS_NO}".encode())[0] is None  # all one line, as folding says


@pytest.mark.parametrize(
    ("lines", "sequence", "odd"),
    [
        (["SEQUENCE:3"], 3, False),
        (["SEQUENCE:7", "X-MICROSOFT-CDO-APPT-SEQUENCE:2"], 2, False),
        (["SEQUENCE:1592356896"], None, True),
        (["SEQUENCE:-1"], None, True),
        (["SEQUENCE:two"], None, True),
        (["SEQUENCE:" + "9" * 5000], None, True),
        (["SEQUENCE:٣"], None, True),
        ([], None, False),
    ],
)
def test_a_sequence_out_of_range_is_not_counted(lines, sequence, odd):
    raw = calendar(ADA_SAYS_NO).replace(b"SEQUENCE:1\r\n", "".join(f"{line}\r\n" for line in lines).encode())
    reply, problems = read(raw)
    assert (reply.sequence, bool(problems)) == (sequence, odd)


@pytest.mark.parametrize(
    ("stamp", "expected"),
    [
        ("20261125T080059Z", datetime(2026, 11, 25, 8, 0, 59, tzinfo=UTC)),
        ("2026-11-25T08:00:59Z", datetime(2026, 11, 25, 8, 0, 59, tzinfo=UTC)),
        ("20261125T090059+0100", datetime(2026, 11, 25, 8, 0, 59, tzinfo=UTC)),
        ("20261125T080059", SENT),  # whose clock?
        ("99991231T235959Z", SENT),
        ("20261101T000000Z", SENT),  # ours, handed back
        ("20990101T000000Z", SENT),  # a clock that runs ahead must not win for years
        ("19691231T000000Z", SENT),
        ("20261399T000000Z", SENT),
        ("yesterday", SENT),
        ("", SENT),
    ],
)
def test_the_stamp_is_a_sound_one_or_the_date_of_the_mail(stamp, expected):
    raw = calendar(ADA_SAYS_NO).replace(b"20261125T080000Z", stamp.encode())
    assert read(raw)[0].stamp == expected


def test_a_date_header_from_before_mail_is_not_believed():
    reply, _ = read(calendar(ADA_SAYS_NO), sent=datetime(1970, 1, 1, tzinfo=UTC))
    assert reply.stamp == datetime(2026, 11, 25, 8, 0, tzinfo=UTC)
    assert read(calendar(ADA_SAYS_NO), sent=None)[0].stamp == reply.stamp


@pytest.mark.parametrize(
    ("lines", "comment"),
    [
        (["COMMENT:one", "COMMENT:two"], "one\ntwo"),
        (["COMMENT;LANGUAGE=de-DE:Leider nein\\, danke\\; bis bald\\n"], "Leider nein, danke; bis bald"),
        (["COMMENT:\\n", 'X-NOTHING;X="":'], ""),
        (["COMMENT:back\\\\slash\\N next"], "back\\slash\n next"),
        (["COMMENT:\\u202e\u202eevil\x1b[2J"], "u202eevil[2J"),
        (["COMMENT:" + "x" * 9000], "x" * 2000),
    ],
)
def test_a_comment_reads_as_it_was_meant(lines, comment):
    assert read(calendar(ADA_SAYS_NO, *lines))[0].comment == comment


def test_googles_note_is_unescaped_twice():
    line = 'ATTENDEE;PARTSTAT=DECLINED;X-RESPONSE-COMMENT="it&#39\\;s &lt\\;late&gt\\;\\, sorry":mailto:ada@example.org'
    assert read(calendar(line))[0].comment == "it's <late>, sorry"


EIGHT = datetime(2026, 7, 7, 8, 0, tzinfo=UTC)
CUSTOM = (
    "BEGIN:VTIMEZONE",
    'TZID:(GMT+01.00) Our own, "time"',
    "BEGIN:STANDARD",
    "DTSTART:16010101T030000",
    "TZOFFSETFROM:+0200",
    "TZOFFSETTO:+0100",
    "RRULE:FREQ=YEARLY;WKST=MO;INTERVAL=1;BYMONTH=10;BYDAY=-1SU",
    "END:STANDARD",
    "BEGIN:DAYLIGHT",
    "DTSTART:16010101T020000",
    "TZOFFSETFROM:+0100",
    "TZOFFSETTO:+0200",
    "RRULE:FREQ=YEARLY;WKST=MO;INTERVAL=1;BYMONTH=3;BYDAY=-1SU",
    "END:DAYLIGHT",
    "END:VTIMEZONE",
)


@pytest.mark.parametrize(
    ("start", "expected"),
    [
        ("DTSTART:20260707T080000Z", EIGHT),
        ("DTSTART;TZID=Europe/Berlin:20260707T100000", EIGHT),
        ("DTSTART;TZID=Europe/Berlin:20260707T080000Z", EIGHT),
        ("DTSTART;TZID=W. Europe Standard Time:20260707T100000", EIGHT),
        ('DTSTART;TZID="w. europe standard time":20260707T100000', EIGHT),
        ("DTSTART;TZID=tzone://Microsoft/Utc:20260707T080000", EIGHT),
        ("DTSTART;TZID=UTC:20260707T080000", EIGHT),
        ("DTSTART;TZID=/freeassociation.sourceforge.net/Europe/Berlin:20260707T100000", EIGHT),
        ("DTSTART;TZID=/mozilla.org/20071231_1/America/Argentina/Buenos_Aires:20260707T050000", EIGHT),
        ("DTSTART;VALUE=DATE-TIME;TZID=Asia/Kolkata:20260707T133000", EIGHT),
        ("DTSTART:2026-07-07T10:00:00+02:00", EIGHT),
        ('DTSTART;TZID="(GMT+01.00) Our own, ""time""":20260707T100000', None),
        ("DTSTART:20260707T100000", None),
        ("DTSTART;VALUE=DATE:20260707", None),
        ("DTSTART;TZID=Customized Time Zone:20260707T100000", None),
        ("DTSTART:99990101T100000Z", None),
        ("DTSTART:00000000T000000Z", None),
        ("DTSTART:20260230T100000Z", None),
        ("DTSTART:20260707T250000Z", None),
        ("DTSTART:tomorrow", None),
        ("X-DTSTART:20260707T080000Z", None),
    ],
)
def test_a_proposed_time_is_an_instant_or_a_problem(start, expected):
    reply, problems = read(calendar(ADA_SAYS_NO, start, method="METHOD:COUNTER"))
    assert reply.start == expected
    assert bool(problems) == (expected is None)
    assert reply.end is None


@pytest.mark.parametrize(
    ("wall", "expected"),
    [
        ("20260707T100000", EIGHT),
        ("20261208T120000", datetime(2026, 12, 8, 11, 0, tzinfo=UTC)),
        ("20260329T030000", datetime(2026, 3, 29, 1, 0, tzinfo=UTC)),
        ("20261025T030000", datetime(2026, 10, 25, 2, 0, tzinfo=UTC)),
        ("20260105T120000", datetime(2026, 1, 5, 11, 0, tzinfo=UTC)),
    ],
)
def test_a_zone_that_only_its_own_rules_explain_is_read_by_them(wall, expected):
    raw = calendar(
        ADA_SAYS_NO, f"DTSTART;TZID=\"(GMT+01.00) Our own, 'time'\":{wall}", method="METHOD:COUNTER", head=CUSTOM
    ).replace(b'"time"', b"'time'")
    assert read(raw)[0].start == expected


@pytest.mark.parametrize(
    "name", ["Europe/Berlin", "America/New_York", "Asia/Kolkata", "Europe/Dublin", "Australia/Sydney"]
)
def test_our_own_rules_read_back_are_the_zone(name):
    from coordinator.core.hours import at_local

    start = datetime(2027, 1, 1, tzinfo=UTC)
    renamed = [line.replace(name, "Ours") for line in zone_lines(name, start)]
    for day in range(0, 720, 3):
        wall = datetime(2027, 1, 1, 9, 30) + timedelta(days=day)
        raw = calendar(
            ADA_SAYS_NO, f"DTSTART;TZID=Ours:{wall:%Y%m%dT%H%M%S}", method="METHOD:COUNTER", head=tuple(renamed)
        )
        assert read(raw)[0].start == at_local(wall.date(), 9, 30, name)


@pytest.mark.parametrize(
    ("lines", "minutes"),
    [
        (["DTEND:20260707T084500Z"], 45),
        (["DURATION:PT1H15M"], 75),
        (["DURATION:P1D"], 1440),
        (["X-MS-OLK-ORIGINALSTART:20260706T080000Z", "X-MS-OLK-ORIGINALEND:20260706T083000Z"], 30),
        (["DTEND:20260707T080000Z"], None),
        (["DTEND:20260707T070000Z"], None),
        (["DTEND:20270707T070000Z"], None),
        (["DURATION:P999W"], None),
        (["DURATION:-PT1H"], None),
        (["DURATION:" + "9" * 9000], None),
        ([], None),
    ],
)
def test_the_end_of_a_proposal_is_said_or_left_open(lines, minutes):
    reply, _ = read(calendar(ADA_SAYS_NO, "DTSTART:20260707T080000Z", *lines, method="METHOD:COUNTER"))
    assert reply.end == (EIGHT + timedelta(minutes=minutes) if minutes else None)


def test_a_proposal_of_the_time_that_stands_is_noted():
    lines = ["DTSTART:20260707T080000Z", "DTEND:20260707T083000Z"]
    lines += ["X-MS-OLK-ORIGINALSTART:20260707T080000Z", "X-MS-OLK-ORIGINALEND:20260707T083000Z"]
    assert read(calendar(ADA_SAYS_NO, *lines, method="METHOD:COUNTER"))[1] == (
        "a proposal of the time that stands already",
    )


def test_the_calendars_own_zone_serves_a_time_without_one():
    raw = calendar(
        ADA_SAYS_NO, "DTSTART:20260707T100000", method="METHOD:COUNTER", head=("X-WR-TIMEZONE:Europe/Berlin",)
    )
    assert read(raw)[0].start == EIGHT


def test_an_alarm_inside_the_event_says_nothing():
    alarm = ("BEGIN:VALARM", "ATTENDEE;PARTSTAT=ACCEPTED:mailto:eve@example.org", "DESCRIPTION:x", "END:VALARM")
    assert read(calendar(*alarm, ADA_SAYS_NO))[0].attendee == "ada@example.org"


def test_of_several_events_the_first_whole_one_counts():
    instance = f"RECURRENCE-ID:20260707T080000Z\r\n{ADA_SAYS_NO.replace('DECLINED', 'ACCEPTED')}"
    second = ("END:VEVENT", "BEGIN:VEVENT", f"UID:{UID}", ADA_SAYS_NO)
    reply, problems = read(calendar(instance, *second))
    assert reply.partstat == "DECLINED"
    assert problems == ("several events; the first one counts",)


def test_parts_that_agree_are_one_answer_and_parts_that_differ_are_noted():
    no, yes = calendar(ADA_SAYS_NO), calendar(ADA_SAYS_NO.replace("DECLINED", "ACCEPTED"))
    assert read(no, no)[1] == ()
    assert read(no, calendar(ADA_SAYS_NO, "X-ANOTHER:line"))[1] == ()
    reply, problems = read(no, yes)
    assert reply.partstat == "DECLINED"
    assert problems == ("the calendar parts contradict each other; the first one counts",)
    assert read(b"not a calendar", no)[0].partstat == "DECLINED"
    assert read()[0] is None


def test_the_windows_names_and_ours_go_both_ways():
    for name in ("W. Europe Standard Time", "Eastern Standard Time", "India Standard Time", "Tokyo Standard Time"):
        assert windows_name(iana_name(name)) == name
    assert known_zone("Pacific Standard Time") == "America/Los_Angeles"
    assert known_zone("Nowhere Standard Time") is None
