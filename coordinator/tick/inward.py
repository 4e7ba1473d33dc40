"""The way in: fetch, read, decide, remember, and only then put away."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from coordinator.backends import Fetched, Inbox
from coordinator.core.effects import Decision
from coordinator.core.identify import found
from coordinator.core.reading import Context, Reading
from coordinator.core.receive import receive
from coordinator.core.records import Held, Participant
from coordinator.errors import BackendError, CoordinatorError
from coordinator.faults import point
from coordinator.formats import mime, reading
from coordinator.formats.mime import Message
from coordinator.tick.round import Round

MOST_ATTEMPTS = 3
"""A message that broke so many ticks is put aside unread; the others flow."""


@dataclass(kw_only=True)
class Sorted:
    """Handles of a batch by the folder that they go to."""

    processed: list[str] = field(default_factory=list)
    quarantine: list[str] = field(default_factory=list)


def take_in(round_: Round, inbox: Inbox, batches: Iterable[Sequence[Fetched]]) -> None:
    """Every batch: one commit, then one move. A server that fails ends it early; what was committed stands."""
    try:
        for batch in batches:
            if batch:
                _take_batch(round_, inbox, batch)
    except BackendError as error:
        round_.account.trouble = error


def _take_batch(round_: Round, inbox: Inbox, batch: Sequence[Fetched]) -> None:
    piles = Sorted()
    for fetched in batch:
        round_.account.read += 1
        _take_one(round_, fetched, piles)
    point("batch decided")
    round_.commit()
    if round_.dry:
        return
    point("batch remembered")
    inbox.put_away(piles.processed, "processed")
    inbox.put_away(piles.quarantine, "quarantine")


def _take_one(round_: Round, fetched: Fetched, piles: Sorted) -> None:
    if fetched.raw is None:
        _put_aside(round_, fetched, piles, f"it is {fetched.size // 1_000_000} MB large")
        return
    message = mime.parse(fetched.raw, round_.own)
    keys = (message.envelope.fingerprint, *([message.envelope.message_id] if message.envelope.message_id else []))
    if round_.work.has_seen(message.envelope.fingerprint):
        round_.account.count("ignored")
        piles.processed.append(fetched.handle)
        return
    if round_.work.has_seen(*keys):
        _put_aside(round_, fetched, piles, "its Message-ID is that of another message")
        return
    decision = _decided(round_, message, fetched, piles)
    if decision is None:
        return
    round_.work.see(*keys)
    round_.take(decision)
    _sort(round_, message, fetched, decision, piles)


def _decided(round_: Round, message: Message, fetched: Fetched, piles: Sorted) -> Decision | None:
    """None when the message broke its reader: it is tried again by the next tick, three times in all."""
    try:
        return receive(round_.program, round_.settings.chapter, round_.work, understood(round_, message), round_.now)
    except CoordinatorError:
        raise
    except Exception as error:  # noqa: BLE001 - one bad message never stops the others
        attempts = round_.work.attempt(message.envelope.fingerprint)
        round_.account.failed += 1
        if attempts >= MOST_ATTEMPTS:
            _put_aside(round_, fetched, piles, f"it could not be read in {attempts} ticks ({type(error).__name__})")
        return None


def understood(round_: Round, message: Message) -> Reading:
    """A message read against the letter that it answers."""
    chapter = round_.settings.chapter
    seen = found(round_.work, message.envelope, chapter)
    person = seen.writer or (round_.work.participant(seen.letter.recipient) if seen.letter else None)
    context = Context(
        language=(person.language if person else "") or chapter.language,
        timezone=(person.timezone if person else "") or chapter.timezone,
        now=message.envelope.date or round_.now,
        words=round_.program.words,
    )
    parent = round_.work.parent_text(seen.letter) if seen.letter else None
    return reading.read(message, own=round_.own, letter=seen.letter, parent=parent, context=context)


def _sort(round_: Round, message: Message, fetched: Fetched, decision: Decision, piles: Sorted) -> None:
    round_.account.count(decision.outcome)
    round_.account.news.extend(_departures(decision))
    is_quarantined = decision.outcome == "quarantined"
    if decision.outcome == "held" or is_quarantined:
        _keep(round_, message, fetched, decision.reason, quarantined=is_quarantined)
    (piles.quarantine if is_quarantined else piles.processed).append(fetched.handle)


def _departures(decision: Decision) -> Iterable[str]:
    """People who can no longer be written to since this message."""
    reasons = {"stopped": "asked for no more mail", "unreachable": "cannot be reached: mail to them comes back"}
    for record in decision.changes:
        if isinstance(record, Participant) and record.status in reasons and decision.outcome in ("applied", "bounce"):
            yield f"{record.name} ({record.id}) {reasons[record.status]}"


def _keep(round_: Round, message: Message, fetched: Fetched, reason: str, *, quarantined: bool) -> None:
    """Copies the bytes out for the human who will look at them. Mail of strangers stays in its folder."""
    seen = found(round_.work, message.envelope, round_.settings.chapter)
    id_ = f"h{message.envelope.fingerprint[:10]}"
    held = Held(
        id=id_,
        version=1,
        sender=message.envelope.sender or "",
        received=round_.now,
        reason=reason,
        file=f"{id_}.eml",
        letter=seen.letter.id if seen.letter else "",
        quarantined=quarantined,
        state="quarantined" if quarantined else "waiting",
    )
    if round_.work.held(id_) is None:
        round_.work.hold(held, fetched.raw or fetched.head)
    if not quarantined:
        round_.account.news.append(f"held {id_}: {reason}")


def _put_aside(round_: Round, fetched: Fetched, piles: Sorted, reason: str) -> None:
    message = mime.parse(fetched.raw if fetched.raw is not None else fetched.head, round_.own)
    round_.account.count("quarantined")
    _keep(round_, message, fetched, reason, quarantined=True)
    round_.account.news.append(f"put into quarantine: {reason}")
    piles.quarantine.append(fetched.handle)
