"""What a whole message turns out to say."""

from dataclasses import replace
from email.message import EmailMessage

import pytest

from coordinator.core.reading import Value
from coordinator.formats.mime import parse
from coordinator.formats.reading import buttons, parent_text, read
from tests.formats_cut.drawer import OWN, context, read_raw
from tests.formats_cut.letters import LETTERS
from tests.replies.letters_sent import letter as sent

QUOTE = "\n".join(f"> {line}".rstrip() for line in LETTERS["en"].text.rstrip("\n").split("\n"))
BELOW = f"\n\nOn Tue, 3 Nov 2026 at 09:14, Lantern Mentoring <mentoring@example.org> wrote:\n\n{QUOTE}\n"


def mail(text: str, subject: str = "Re: How is it going with Bob?", **headers: str) -> bytes:
    message = EmailMessage()
    message["From"] = "Anna Example <anna@example.com>"
    message["To"] = "mentoring@example.org"
    message["Date"] = "Tue, 3 Nov 2026 18:20:00 +0100"
    message["Message-ID"] = "<reply-1@example.com>"
    message["Subject"] = subject
    for name, value in headers.items():
        message[name.replace("_", "-")] = value
    message.set_content(text)
    return message.as_bytes()


def test_a_reply_becomes_answers_with_their_evidence() -> None:
    reading = read_raw(mail("1. yes\n2. 45 minutes\n3. 7\n4. Practising" + BELOW))
    assert reading.kind == "reply"
    assert {number: found.value for number, found in reading.answers.items() if isinstance(found, Value)} == {
        1: True,
        2: 45,
        3: 7,
        4: "Practising",
    }
    assert all(found.evidence for found in reading.answers.values())


@pytest.mark.parametrize(
    ("text", "subject", "kind"),
    [
        ("STOP", "Re: How is it going with Bob?", "stop"),
        ("", "STOP", "stop"),
        ("", "HELP", "help"),
        ("yes", "Re: How is it going with Bob?", "reply"),
        ("I had to stop for a while.", "Re: How is it going with Bob?", "reply"),
        ("", "Re: How is it going with Bob?", "stray"),
        ("-- \nAnna", "Re: How is it going with Bob?", "stray"),
    ],
)
def test_the_kind_of_a_reply_is_decided_from_new_words_and_subject(text: str, subject: str, kind: str) -> None:
    reading = read_raw(mail(text + BELOW, subject))
    assert reading.kind == kind
    assert reading.text == (None if text in {"", "-- \nAnna"} else text)


def test_our_own_words_in_the_quotation_are_no_command() -> None:
    assert "STOP" in BELOW
    reading = read_raw(mail("yes" + BELOW))
    assert reading.commands == ()


def test_an_automatic_answer_is_read_for_neither_commands_nor_answers() -> None:
    reading = read_raw(mail("STOP\n1. yes", Auto_Submitted="auto-replied"))
    assert (reading.kind, reading.commands, reading.answers) == ("auto_reply", (), {})


def test_a_mail_of_our_own_says_nothing() -> None:
    raw = mail("1. yes", X_Coordinator_Id="p1/debrief/1")
    raw = raw.replace(b"anna@example.com", b"mentoring@example.org").replace(b"example.com", b"example.org")
    reading = read_raw(raw)
    assert (reading.kind, reading.text, reading.answers) == ("own", None, {})


def test_a_returned_mail_names_the_recipient_and_is_not_cut() -> None:
    report = (
        b"From: MAILER-DAEMON@mx.example.com\nTo: mentoring@example.org\nSubject: Undelivered Mail Returned to Sender\n"
        b'MIME-Version: 1.0\nContent-Type: multipart/report; report-type=delivery-status; boundary="b"\n\n'
        b"--b\nContent-Type: text/plain\n\nSTOP. I could not deliver.\n"
        b"--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx.example.com\n\n"
        b"Final-Recipient: rfc822; anna@example.com\nAction: failed\nStatus: 5.1.1\n\n--b--\n"
    )
    reading = read_raw(report)
    assert reading.kind == "bounce"
    assert reading.bounce is not None
    assert reading.bounce.recipient == "anna@example.com"
    assert (reading.text, reading.commands, reading.answers) == (None, (), {})


def test_an_accepted_invitation_is_a_calendar_answer() -> None:
    message = EmailMessage()
    message["From"] = "anna@example.com"
    message["To"] = "mentoring@example.org"
    message["Subject"] = "Accepted: Meeting"
    message["Message-ID"] = "<reply-2@example.com>"
    message.set_content("")
    answer = (
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//EN\r\nMETHOD:REPLY\r\nBEGIN:VEVENT\r\nUID:m1@example.org\r\n"
        "DTSTAMP:20261103T100000Z\r\nSEQUENCE:0\r\nATTENDEE;PARTSTAT=ACCEPTED:mailto:anna@example.com\r\n"
        "ORGANIZER:mailto:mentoring@example.org\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    )
    message.add_alternative(answer, subtype="calendar", params={"method": "REPLY"})
    reading = read_raw(message.as_bytes())
    assert reading.kind == "calendar"
    assert reading.calendar is not None
    assert (reading.calendar.partstat, reading.calendar.attendee) == ("ACCEPTED", "anna@example.com")


def test_what_breaks_every_cap_is_unsafe_and_says_nothing() -> None:
    reading = read_raw(mail("yes").replace(b"From:", b"From: a@example.net\nFrom:", 1))
    assert (reading.kind, reading.text) == ("unsafe", None)
    assert reading.problems


def test_a_ref_in_the_quotation_is_not_the_senders() -> None:
    assert "Ref: KH7P2M4Q" in QUOTE
    unmarked = BELOW.replace("> ", "").replace(">", "")
    assert read_raw(mail("yes" + unmarked)).envelope.refs == ()
    assert read_raw(mail("1: yes\n\nRef: KH7P-2M4Q")).envelope.refs == ("KH7P2M4Q",)


def test_a_reply_to_no_known_letter_is_cut_and_heard_but_answers_nothing() -> None:
    reading = read(parse(mail("HELP\nI am lost"), OWN), own=OWN, letter=None, parent=None, context=context())
    assert (reading.kind, reading.answers, reading.text) == ("help", {}, "HELP\nI am lost")


def test_a_reply_whose_letter_is_gone_is_read_by_its_questions() -> None:
    reading = read_raw(mail(QUOTE.replace("(yes or no)", "(yes or no)\n\nno\n")), parent=None)
    assert reading.cut is not None
    assert [(piece.text, piece.after) for piece in reading.cut.pieces] == [("no", 1)]


def test_a_text_beyond_the_cap_is_said_to_be_longer_than_is_read() -> None:
    reading = read_raw(mail("yes\n" * 30_000))
    assert "the text is longer than is read" in reading.problems


def test_what_only_the_html_part_shows_is_part_of_what_may_be_quoted() -> None:
    html = "<p>Hello</p><p>1. Met?<br>(yes or no)</p><p>Yes &middot; No</p>"
    assert parent_text("Hello\n\n1. Met?\n(yes or no)\n", html).endswith("Yes · No")
    assert parent_text("Hello\n", "<p>Hello</p>") == "Hello\n"
    assert parent_text("Hello\n", None) == "Hello\n"


def test_only_questions_of_one_prompt_stand_together_without_prose_between_them() -> None:
    first, second, *_ = sent("debrief").draft.letter.questions
    assert buttons((first, second), context()) == ("yes", "no")
    assert buttons((second, first), context()) == ("yes", "no")
    assert buttons((first, replace(second, prompt="another")), context()) is None
    assert buttons((), context()) is None
