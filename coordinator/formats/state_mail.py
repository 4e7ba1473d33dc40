"""Mails from the program to itself: its state, kept in a folder of its own mailbox, and which machine runs it."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import SMTP
from email.utils import format_datetime
from hashlib import blake2b

PART = 500_000
"""Bytes of content in one mail: any server takes it, and a mail is held several times over while it is written."""

_STATE, _SUM, _MACHINE = "X-Coordinator-State", "X-Coordinator-Checksum", "X-Coordinator-Machine"
_RUNS = "X-Coordinator-Runs"
_TEXT = {
    "snapshot": "This mail holds the state of your mentoring program: it can be restored from the mailbox alone.",
    "change": "This mail holds what one run of your mentoring program changed, so that nothing of it can be lost.",
}


@dataclass(frozen=True, kw_only=True)
class StateMail:
    """kind: "snapshot" is a whole state, "change" what one commit changed. generation: of the state after it.

    epoch: which life of the state. part, of: a content that is too large for one mail comes in several, from 1.
    """

    kind: str
    epoch: str
    generation: int
    part: int
    of: int
    content: bytes = field(repr=False)


@dataclass(frozen=True, kw_only=True, order=True)
class Marker:
    """That the state of this epoch is the one that counts. turn: one more with each that takes over. at: since when.

    machine: the one that runs it, "" = not known. before: those that ran this very epoch earlier.
    """

    turn: int
    epoch: str
    at: str
    machine: str = ""
    before: tuple[str, ...] = ()


def state_mails(kind: str, epoch: str, generation: int, content: bytes, address: str, now: datetime) -> Iterator[bytes]:
    count = max(1, -(-len(content) // PART))
    for number in range(1, count + 1):
        part = content[PART * (number - 1) : PART * number]
        mail = _mail(f"Coordinator: {kind} {generation} ({number}/{count})", address, now)
        mail["Message-ID"] = name_of(epoch, generation, part=number)
        mail[_STATE] = f"{kind} {epoch} {generation} {number} {count}"
        mail[_SUM] = _sum(part)
        mail.set_content(f"{_TEXT[kind]}\nPlease leave it in this folder; coordinator deletes it when it is old.\n")
        mail.add_attachment(part, maintype="application", subtype="octet-stream", filename=f"{kind}-{generation}.bin")
        yield mail.as_bytes()


def name_of(epoch: str, generation: int, *, part: int = 1) -> str:
    """The Message-ID of what a mailbox keeps of the state with that generation, whole or changed."""
    return f"<state.{epoch}.{generation}.{part}@coordinator.invalid>"


def state_mail(raw: bytes) -> StateMail | None:
    """None when it is something else, or was damaged."""
    mail = BytesParser(policy=SMTP).parsebytes(raw)
    words = str(mail[_STATE] or "").split()
    if len(words) != 5 or words[0] not in _TEXT or not all(word.isdecimal() for word in words[2:]):
        return None
    content = next((bytes(part.get_content()) for part in mail.iter_attachments()), b"")
    if _sum(content) != str(mail[_SUM]).strip():
        return None
    generation, part, of = map(int, words[2:])
    return StateMail(kind=words[0], epoch=words[1], generation=generation, part=part, of=of, content=content)


def marker_mail(marker: Marker, address: str, now: datetime) -> bytes:
    mail = _mail("Coordinator: the machine that runs your mentoring program", address, now)
    mail[_MACHINE] = f"{marker.turn} {marker.epoch} {marker.at}"
    if marker.machine:
        mail[_RUNS] = " ".join((marker.machine, *marker.before))
    mail.set_content("An older machine sees by this mail that it is no longer the one. Please leave it here.\n")
    return mail.as_bytes()


def marker(raw: bytes) -> Marker | None:
    mail = BytesParser(policy=SMTP).parsebytes(raw, headersonly=True)
    words, runs = (str(mail[name] or "").split() for name in (_MACHINE, _RUNS))
    if len(words) != 3 or not words[0].isdecimal():
        return None
    return Marker(turn=int(words[0]), epoch=words[1], at=words[2], machine="".join(runs[:1]), before=tuple(runs[1:]))


def _sum(content: bytes) -> str:
    return blake2b(content, digest_size=16).hexdigest()


def _mail(subject: str, address: str, now: datetime) -> EmailMessage:
    mail = EmailMessage(policy=SMTP)
    mail["From"] = mail["To"] = address
    mail["Subject"] = subject
    mail["Date"] = format_datetime(now)
    mail["Auto-Submitted"] = "auto-generated"
    return mail
