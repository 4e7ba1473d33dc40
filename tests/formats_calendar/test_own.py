"""An invitation of ours is read back from its letter, and the letter goes without it."""

import email
import email.policy
from dataclasses import replace

import pytest

from coordinator.formats import letter_mime as mime
from coordinator.formats.ical import calendar_part
from coordinator.formats.ical_own import invite_in, without_calendar
from tests.formats_calendar.invites import invite


def letter(calendar: bytes | None, *, more: bytes = b"") -> bytes:
    alternatives = [mime.text_part("plain", "Hello Größe\n\n--=_x\n"), mime.text_part("html", "<p>Hello</p>")]
    attached = [more] if more else []
    if calendar is not None:
        alternatives.append(mime.base64_part("text/calendar; charset=UTF-8; method=REQUEST", calendar))
        attached.insert(0, mime.attachment("invite.ics", "application/ics", calendar))
    content = mime.multipart("alternative", mime.boundary("<1@x>", "a"), alternatives)
    if attached:
        content = mime.multipart("mixed", mime.boundary("<1@x>", "m"), [content, *attached])
    return mime.assembled((("From", "a@example.org"), ("Subject", "Hello")), content)


@pytest.mark.parametrize("zone", ["Europe/Berlin", "America/New_York", "UTC", "Africa/Casablanca"])
@pytest.mark.parametrize("method", ["REQUEST", "CANCEL"])
def test_what_was_written_is_read_back(zone: str, method: str) -> None:
    meant = replace(invite(), zone=zone, method=method, summary="Ünï, «a»; b", description="One\n- two, three;\n\nfour")
    raw = letter(calendar_part(meant, organizer_name="Elm", organizer_address="mentoring@example.org"))
    found = invite_in(raw)
    assert found is not None
    for name in ("method", "uid", "sequence", "start", "end", "summary", "description", "place", "attendees"):
        assert getattr(found, name) == getattr(meant, name), name
    assert found.zone in {zone, "UTC"}


def test_a_letter_without_an_invitation_has_none() -> None:
    assert invite_in(letter(None)) is None


@pytest.mark.parametrize("more", [b"", mime.attachment("map.txt", "text/plain", b"left, then right")])
def test_the_letter_goes_without_its_invitation_and_is_otherwise_the_same(more: bytes) -> None:
    calendar = calendar_part(invite(), organizer_name="Elm", organizer_address="mentoring@example.org")
    before = email.message_from_bytes(letter(calendar, more=more), policy=email.policy.default)
    raw = without_calendar(letter(calendar, more=more))
    after = email.message_from_bytes(raw, policy=email.policy.default)
    assert not after.defects
    assert [part.get_content_type() for part in after.walk() if not part.is_multipart()] == [
        "text/plain",
        "text/html",
        *(["text/plain"] if more else []),
    ]
    assert [part.get_payload(decode=True) for part in after.walk() if part.get_content_type() == "text/plain"] == [
        part.get_payload(decode=True) for part in before.walk() if part.get_content_type() == "text/plain"
    ]
    assert [str(value) for value in after.values()][:3] == [str(value) for value in before.values()][:3]
    assert invite_in(raw) is None
    assert without_calendar(raw) == raw
