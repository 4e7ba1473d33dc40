"""Every mail in tests/mail/kinds is read as the file beside it says."""

import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from coordinator.formats.mime import Message, Own, envelope, parse

DRAWER = Path(__file__).parent.parent / "mail" / "kinds"
OWN = Own(address="program@chapter.example.org", domain="chapter.example.org")
MAILS = sorted(path.stem for path in DRAWER.glob("*.eml"))


def seen(message: Message, wanted: dict[str, Any]) -> dict[str, Any]:
    """What a message says, under the words of an expectation file."""
    outside, back = message.envelope, message.back
    bounce = message.bounce
    found = {
        "kind": message.kind,
        "text": message.text,
        "starts": message.text[: len(wanted.get("starts", ""))],
        "answerable": message.answerable,
        "language": message.language,
        "back": back.isoformat() if back else "",
        "attachments": [name for name, _ in message.attachments],
        "calendars": len(message.calendar),
        "problem": wanted.get("problem", "")
        if wanted.get("problem", "") in "\n".join(message.problems)
        else message.problems,
        "sender": outside.sender or "",
        "name": outside.sender_name,
        "subject": outside.subject,
        "refs": list(outside.refs),
        "references": list(outside.references),
        "recipients": list(outside.recipients),
        "message_id": outside.message_id or "",
        "bounce": bounce
        and {
            "recipient": bounce.recipient,
            "hard": bounce.hard,
            "status": bounce.status,
            "message_id": bounce.message_id,
        },
    }
    return {key: found[key] for key in wanted}


def test_the_drawer_is_full() -> None:
    assert len(MAILS) >= 100
    assert all((DRAWER / f"{name}.toml").exists() for name in MAILS)


@pytest.mark.parametrize("name", MAILS)
def test_a_mail_of_the_drawer_is_read_as_expected(name: str) -> None:
    raw = (DRAWER / f"{name}.eml").read_bytes()
    wanted = tomllib.loads((DRAWER / f"{name}.toml").read_text(encoding="utf-8"))
    assert seen(parse(raw, OWN), wanted) == wanted


@pytest.mark.parametrize("name", MAILS)
def test_line_ends_of_the_wire_change_nothing(name: str) -> None:
    raw = (DRAWER / f"{name}.eml").read_bytes()
    one, other = parse(raw, OWN), parse(raw.replace(b"\n", b"\r\n"), OWN)
    assert (one.text, one.kind, one.bounce, one.envelope.fingerprint) == (
        other.text,
        other.kind,
        other.bounce,
        other.envelope.fingerprint,
    )


@pytest.mark.parametrize("name", MAILS)
def test_the_envelope_alone_says_the_same_as_the_whole_message(name: str) -> None:
    raw = (DRAWER / f"{name}.eml").read_bytes()
    alone, whole = envelope(raw, OWN), parse(raw, OWN).envelope
    assert alone.fingerprint == whole.fingerprint
    assert (alone.sender, alone.subject, alone.date, alone.recipients) == (
        whole.sender,
        whole.subject,
        whole.date,
        whole.recipients,
    )


def test_a_stated_return_is_a_date() -> None:
    raw = (DRAWER / "away-de.eml").read_bytes()
    assert parse(raw, OWN).back == date(2026, 8, 14)
