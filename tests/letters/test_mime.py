"""A letter as an email: headers, parts, calendar, attachments, read again with the standard library."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from email import message_from_bytes
from email.header import decode_header, make_header
from email.policy import SMTP, default
from email.utils import parsedate_to_datetime

import pytest

from coordinator.core.effects import Attendee, Invite
from coordinator.errors import CoordinatorError
from coordinator.formats import letter_mime as mime
from coordinator.formats import letters
from tests.letters.some import BERLIN, CHAPTER, MONDAY, draft, effect, every_letter, html_of, parsed, program, text_of

INVITE = Invite(
    method="REQUEST",
    uid="u1@north.example",
    sequence=0,
    start=MONDAY + timedelta(days=8),
    end=MONDAY + timedelta(days=8, minutes=45),
    zone=BERLIN,
    stamp=MONDAY,
    summary="Ada & Grace",
    description="Meeting 1",
    place="",
    attendees=(
        Attendee(name="Ada", address="ada@example.org"),
        Attendee(name="Grace", address="grace@example.org"),
    ),
)


@pytest.mark.parametrize(("prompt", "language"), every_letter())
def test_each_letter_is_a_sound_email(prompt: str, language: str) -> None:
    made = draft(effect(prompt, language))
    message = parsed(made)
    assert [p.get_content_type() for p in message.walk()] == ["multipart/alternative", "text/plain", "text/html"]
    assert all(not p.defects for p in message.walk())
    assert b"\n" not in made.raw.replace(b"\r\n", b"")
    assert made.raw.isascii()
    # An address cannot be folded.
    assert all(len(line) <= 78 for line in made.raw.split(b"\r\n") if b"<mailto:" not in line)
    assert message["Content-Language"] == language
    assert text_of(made).strip()


def test_the_headers_say_who_to_whom_and_how_to_answer() -> None:
    made = effect("debrief")
    token = "abcdefghijklmnopqrstuvwxyz"
    made = replace(made, letter=replace(made.letter, token=token, message_id="<m1@north.example>"))
    message = parsed(draft(made))
    assert message["From"] == "Mentoring North <mentoring@north.example>"
    assert message["To"] == "Ada Byron <ada@example.org>"
    assert message["Subject"] == "How is it going with Grace?"
    assert message["Reply-To"] == f"Mentoring North <mentoring+{token}@north.example>"
    assert message["Message-ID"] == "<m1@north.example>"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["X-Auto-Response-Suppress"] == "All"
    assert message["X-Coordinator-Id"] == "ABCDEFGH"
    assert "Precedence" not in message


def test_one_word_in_the_mail_program_stops_everything_and_needs_no_web() -> None:
    made = draft(effect("debrief"))
    (target,) = (str(parsed(made)["List-Unsubscribe"]),)
    assert target == f"<mailto:mentoring%2B{'a' * 26}@north.example?subject=STOP&body=Ref%3A%20ABCD-EFGH>"
    assert "List-Unsubscribe-Post" not in parsed(made)


def test_without_plus_addresses_the_ref_finds_the_letter() -> None:
    made = draft(effect("debrief"), chapter=replace(CHAPTER, plus_addressing=False))
    message = parsed(made)
    assert message["Reply-To"].addresses[0].addr_spec == "mentoring@north.example"
    assert "mailto:mentoring@north.example?subject=STOP&body=Ref%3A%20ABCD-EFGH" in message["List-Unsubscribe"]
    assert "Ref: ABCD-EFGH" in made.text


@pytest.mark.parametrize("now", [MONDAY, MONDAY.astimezone(timezone(timedelta(hours=5, minutes=30)))])
def test_the_date_is_the_given_moment(now: datetime) -> None:
    made = letters.write(effect("debrief"), program(), CHAPTER, now, BERLIN)
    assert parsed(made)["Date"] == "Mon, 02 Mar 2026 09:00:00 +0000"
    assert parsedate_to_datetime(parsed(made)["Date"]) == MONDAY.astimezone(UTC)


@pytest.mark.parametrize(
    "value",
    [
        "plain",
        "Zoë & Łukasz: ¿qué tal?",
        "日本語の件名" * 12,
        "😀" * 40,
        "=?utf-8?q?a=0D=0ABcc:_e@x?=",
        "a very long subject " * 9,
        'with "quotes" and \\ backslash, (comment) <x@y>',
    ],
)
def test_a_header_value_comes_back_as_it_was(value: str) -> None:
    raw = mime.assembled(
        [("Subject", mime.text_header(value)), ("To", mime.address_header(value, "a@example.org"))],
        mime.multipart("alternative", "m", [mime.text_part("plain", "x")]),
    )
    message = message_from_bytes(raw, policy=default)
    meant = mime.one_line(value)
    assert message["Subject"] == meant
    assert message["To"].addresses[0].addr_spec == "a@example.org"
    # Some releases of the newer parser leave a blank between two encoded words of a name.
    name = str(make_header(decode_header(message_from_bytes(raw)["To"].rpartition(" ")[0])))
    name = " ".join(name.split())
    assert name.strip('"').replace('\\"', '"').replace("\\\\", "\\") == meant
    assert all(len(line) <= 78 for line in raw.split(b"\r\n"))


def test_a_header_value_has_two_hundred_characters_at_most() -> None:
    assert len(mime.one_line("x" * 999)) == mime.LONGEST_VALUE


@pytest.mark.parametrize("method", ["REQUEST", "CANCEL"])
def test_an_invitation_has_the_tree_that_calendar_programs_look_for(method: str) -> None:
    made = draft(replace(effect("invitation"), invite=replace(INVITE, method=method)))
    message = parsed(made)
    first, attached = message.iter_parts()
    assert message.get_content_type() == "multipart/mixed"
    assert first.get_content_type() == "multipart/alternative"
    assert [p.get_content_type() for p in first.iter_parts()] == ["text/plain", "text/html", "text/calendar"]
    calendar = list(first.iter_parts())[-1]
    assert calendar.get_param("method") == method
    assert calendar["Content-Transfer-Encoding"] == "base64"
    assert calendar.get_content_disposition() is None
    assert attached.get_content_type() == "application/ics"
    assert attached.get_filename() == "invite.ics"
    assert attached["Content-Transfer-Encoding"] == "base64"
    assert calendar.get_payload(decode=True) == attached.get_payload(decode=True)
    assert f"METHOD:{method}".encode() in attached.get_payload(decode=True)
    assert all(not p.defects for p in message.walk())


def test_an_attachment_is_carried_whole_under_a_safe_name() -> None:
    content = bytes(range(256)) * 40
    made = draft(replace(effect("summary"), attachments=(("../../etc/pairs\r\nX: y.csv", "text/csv", content),)))
    (attached,) = parsed(made).iter_attachments()
    assert attached.get_payload(decode=True) == content
    assert attached.get_filename() == "etc-pairs-X-y.csv"
    with pytest.raises(CoordinatorError):
        draft(replace(effect("summary"), attachments=(("a", "text/csv\r\nBcc: e@x", b""),)))


def test_two_letters_never_share_a_boundary() -> None:
    one, two = effect("debrief"), effect("debrief")
    two = replace(two, letter=replace(two.letter, message_id="<other@north.example>"))
    assert parsed(draft(one)).get_boundary() != parsed(draft(two)).get_boundary()


def test_dots_and_equal_signs_survive() -> None:
    made = draft(effect("agenda-sheet", feedback=[".", "a=3D=\n.\nFrom here on", "  x  "]))
    assert text_of(made) == made.text
    assert "> From here on" in text_of(made)


def test_the_standard_library_would_send_the_same_bytes() -> None:
    raw = draft(effect("debrief")).raw
    assert message_from_bytes(raw, policy=SMTP).as_bytes().count(b"Content-Type") == raw.count(b"Content-Type")
    assert html_of(draft(effect("debrief"))).strip().endswith("</html>")
