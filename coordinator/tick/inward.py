"""The way in: fetch, read, decide, remember, and only then put away."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from coordinator.backends import Fetched, Inbox
from coordinator.core.effects import Decision
from coordinator.core.identify import found, likely
from coordinator.core.reading import Context, Reading
from coordinator.core.receive import accept, receive
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
        before = round_.work.held(_held_id(message))
        (piles.quarantine if before and before.quarantined else piles.processed).append(fetched.handle)
        return
    if round_.work.has_seen(*keys):
        _put_aside(round_, fetched, piles, "its Message-ID is that of another message")
        return
    attempts = round_.work.attempts(message.envelope.fingerprint)
    if attempts >= MOST_ATTEMPTS:
        _put_aside(round_, fetched, piles, f"it could not be read in {attempts} ticks")
        return
    decision = _decided(round_, message, fetched, piles)
    if decision is None:
        return
    round_.work.see(*keys)
    round_.take(decision)
    for id_ in decision.confirmed:
        take_confirmed(round_, id_)
    for id_ in decision.denied:
        look_at(round_, id_, "its writer says that it was not understood")
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
        if attempts < MOST_ATTEMPTS:
            round_.left_unread.add(message.envelope.sender or "")
        else:
            _put_aside(round_, fetched, piles, f"it could not be read in {attempts} ticks ({type(error).__name__})")
        return None
    except BaseException:
        # The time of the tick ended over it.
        round_.work.attempt(message.envelope.fingerprint)
        raise


def understood(round_: Round, message: Message) -> Reading:
    """A message read against the letter that it answers."""
    chapter = round_.settings.chapter
    seen = found(round_.work, message.envelope, chapter)
    letter = seen.letter or likely(round_.work, seen.writer)
    person = seen.writer or (round_.work.participant(seen.letter.recipient) if seen.letter else None)
    context = Context(
        language=(person.language if person else "") or chapter.language,
        timezone=(person.timezone if person else "") or chapter.timezone,
        now=message.envelope.date or round_.now,
        words=round_.program.words,
    )
    parent = round_.work.parent_text(letter) if letter else None
    return reading.read(message, own=round_.own, letter=letter, parent=parent, context=context)


def _sort(round_: Round, message: Message, fetched: Fetched, decision: Decision, piles: Sorted) -> None:
    round_.account.count(decision.outcome)
    round_.account.news.extend(_departures(decision))
    is_quarantined = decision.outcome == "quarantined"
    if is_quarantined or decision.outcome in ("held", "unconfirmed"):
        _keep(round_, message, fetched, decision)
    (piles.quarantine if is_quarantined else piles.processed).append(fetched.handle)


def _departures(decision: Decision) -> Iterable[str]:
    """People who can no longer be written to since this message."""
    reasons = {"stopped": "asked for no more mail", "unreachable": "cannot be reached: mail to them comes back"}
    for record in decision.changes:
        if isinstance(record, Participant) and record.status in reasons and decision.outcome in ("applied", "bounce"):
            yield f"{record.name} ({record.id}) {reasons[record.status]}"


def _keep(round_: Round, message: Message, fetched: Fetched, decision: Decision) -> None:
    """Copies the bytes out for whoever decides about them: a human, or the writer. Strangers' mail is only listed."""
    seen = found(round_.work, message.envelope, round_.settings.chapter)
    letter = seen.letter or (likely(round_.work, seen.writer) if decision.outcome == "unconfirmed" else None)
    id_ = _held_id(message)
    held = Held(
        id=id_,
        version=1,
        sender=message.envelope.sender or "",
        received=round_.now,
        reason=decision.reason,
        file=f"{id_}.eml",
        letter=letter.id if letter else "",
        quarantined=decision.outcome == "quarantined",
        state=_WAITING[decision.outcome],
    )
    if round_.work.held(id_) is not None:
        return
    if decision.outcome == "quarantined" and seen.writer is None and fetched.raw is not None:
        round_.work.stage((replace(held, file=""),))
    else:
        round_.work.hold(held, fetched.raw or fetched.head)
    if decision.outcome == "held":
        round_.account.news.append(f"held {id_}: {decision.reason}")


_WAITING = {"held": "waiting", "unconfirmed": "unconfirmed", "quarantined": "quarantined"}
"""What became of a message → the state of its record."""


def take_confirmed(round_: Round, id_: str) -> str:
    """Folds in a message that waited for its writer's yes; what came of it, "gone" when it waits no longer."""
    held = round_.work.held(id_)
    raw = round_.work.held_bytes(id_)
    writer = round_.work.participant_at(held.sender) if held else None
    if held is None or raw is None or writer is None or held.state not in ("unconfirmed", "waiting"):
        return "gone"
    return vouched(round_, held, raw, writer)


def look_at(round_: Round, id_: str, reason: str) -> None:
    """Hands a message that waited for its writer to a human."""
    held = round_.work.held(id_)
    if held is not None and held.state == "unconfirmed":
        round_.work.stage((replace(held, state="waiting", reason=reason, version=held.version + 1),))
        round_.account.news.append(f"held {id_}: {reason}")


def vouched(round_: Round, held: Held, raw: bytes, writer: Participant) -> str:
    """Folds in a message as written by that participant: "accepted", or why it still waits."""
    read_again = understood(round_, mime.parse(raw, round_.own))
    chapter = round_.settings.chapter
    decision = accept(
        round_.program, chapter, round_.work, read_again, round_.now, writer=writer.id, letter=held.letter
    )
    round_.take(decision)
    state = "accepted" if decision.outcome == "applied" else "waiting"
    reason = decision.reason or held.reason
    round_.work.stage((replace(held, state=state, reason=reason, version=held.version + 1),))
    return state if state == "accepted" else f"still {decision.outcome}: {reason}"


def _held_id(message: Message) -> str:
    return f"h{message.envelope.fingerprint[:10]}"


def _put_aside(round_: Round, fetched: Fetched, piles: Sorted, reason: str) -> None:
    message = mime.parse(fetched.raw if fetched.raw is not None else fetched.head, round_.own)
    round_.account.count("quarantined")
    round_.work.see(message.envelope.fingerprint)
    _keep(round_, message, fetched, Decision(outcome="quarantined", reason=reason))
    round_.account.news.append(f"put into quarantine: {reason}")
    piles.quarantine.append(fetched.handle)
