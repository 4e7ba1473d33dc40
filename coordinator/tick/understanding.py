"""One message read against the letter that it answers: nothing is decided, nothing is changed."""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from coordinator.core.frozen import replace
from coordinator.core.identify import found, likely
from coordinator.core.reading import Context, Envelope, Reading
from coordinator.errors import CoordinatorError
from coordinator.formats import mime, reading
from coordinator.formats.mime import Message
from coordinator.tick.round import Round


@dataclass(frozen=True, kw_only=True)
class Basis:
    """What a reading rests on besides the message. letter: the key of the one it was read against, "" = none."""

    letter: str
    language: str
    timezone: str


@dataclass(frozen=True, kw_only=True)
class Understood:
    """A message as far as it could be read. envelope: with every `Ref` code of the body.

    reading: None when the headers alone were read, or with a fault. fault: why it could not be read, "" = it could.
    """

    envelope: Envelope
    basis: Basis | None = None
    reading: Reading | None = None
    fault: str = ""


def understood(round_: Round, raw: bytes) -> Understood:
    """A message, where a mistake of ours costs only that message. CoordinatorError passes."""
    message = mime.parse(raw, round_.own)
    try:
        return against(round_, message)
    except CoordinatorError:
        raise
    except Exception as error:  # noqa: BLE001 - one bad message never stops the others
        return Understood(envelope=message.envelope, fault=type(error).__name__)


def headers(round_: Round, head: bytes) -> Understood:
    """Of a message that is not to be read, or not again."""
    return Understood(envelope=mime.parse(head, round_.own).envelope)


def unknown(raw: bytes, fault: str) -> Understood:
    """Of a message whose very headers ended their reader: known again by its bytes alone."""
    return Understood(envelope=Envelope(message_id=None, fingerprint=sha256(raw).hexdigest(), sender=None), fault=fault)


def against(round_: Round, message: Message) -> Understood:
    basis = basis_of(round_, message.envelope)
    letter = round_.work.letter(basis.letter) if basis.letter else None
    context = Context(
        language=basis.language,
        timezone=basis.timezone,
        now=_written(message, round_.now),
        words=round_.program.words,
    )
    parent = round_.work.parent_text(letter) if letter else None
    read = reading.read(message, own=round_.own, letter=letter, parent=parent, context=context)
    return Understood(envelope=message.envelope, basis=basis, reading=read)


def basis_of(round_: Round, envelope: Envelope) -> Basis:
    """By the state as it is now."""
    chapter = round_.settings.chapter
    seen = found(round_.work, envelope, chapter)
    letter = seen.letter or likely(round_.work, seen.writer)
    person = seen.writer or (round_.work.participant(seen.letter.recipient) if seen.letter else None)
    return Basis(
        letter=letter.id if letter else "",
        language=(person.language if person else "") or chapter.language,
        timezone=(person.timezone if person else "") or chapter.timezone,
    )


def lean(known: Understood) -> Understood:
    """Without what no decision asks for, for the way between two processes."""
    read = known.reading
    if read is None or read.cut is None:
        return known
    return replace(known, reading=replace(read, cut=replace(read.cut, spans=())))


def chapter_context(round_: Round) -> Context:
    """What is read as if the chapter itself wrote it."""
    chapter = round_.settings.chapter
    return Context(language=chapter.language, timezone=chapter.timezone, now=round_.now, words=round_.program.words)


def _written(message: Message, now: datetime) -> datetime:
    return message.envelope.date or now
