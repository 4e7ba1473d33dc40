"""The way in: fetch, read, decide, remember, and only then put away."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from coordinator.backends import Fetched, Inbox
from coordinator.core.effects import Decision
from coordinator.core.frozen import replace
from coordinator.core.identify import found, likely
from coordinator.core.reading import Envelope
from coordinator.core.receive import accept, receive
from coordinator.core.records import Held, Participant
from coordinator.errors import BackendError, CoordinatorError
from coordinator.faults import point
from coordinator.tick.guessing import note_guess
from coordinator.tick.privacy import hand_out
from coordinator.tick.readers import Reader, read_ahead, read_now, reader_of
from coordinator.tick.round import Round
from coordinator.tick.understanding import Understood, basis_of

MOST_ATTEMPTS = 3
"""A message that broke so many ticks is put aside unread; the others flow."""


@dataclass(kw_only=True)
class Sorted:
    """Handles of a batch by the folder that they go to. exports: who is to get a copy of what is stored of them."""

    processed: list[str] = field(default_factory=list)
    quarantine: list[str] = field(default_factory=list)
    exports: list[str] = field(default_factory=list)


def take_in(round_: Round, inbox: Inbox, batches: Iterable[Sequence[Fetched]], *, stay: bool = False) -> None:
    """Every batch: one commit, then one move. A server that fails ends it early; what was committed stands.

    stay: they were put away before.
    """
    try:
        with reader_of(round_) as reader:
            for batch in read_ahead(reader, batches):
                if batch:
                    _take_batch(round_, inbox, batch, reader, stay=stay)
    except BackendError as error:
        round_.account.trouble = error


def _take_batch(round_: Round, inbox: Inbox, batch: Sequence[Fetched], reader: Reader, *, stay: bool) -> None:
    piles = Sorted()
    for fetched in batch:
        round_.account.read += 1
        _take_one(round_, fetched, piles, reader.next())
    for id_ in piles.exports:
        hand_out(round_, inbox, id_)
    point("batch decided")
    round_.commit()
    if round_.options.dry or stay:
        return
    point("batch remembered")
    inbox.put_away(piles.processed, "processed")
    inbox.put_away(piles.quarantine, "quarantine")


def _take_one(round_: Round, fetched: Fetched, piles: Sorted, known: Understood) -> None:
    envelope = known.envelope
    if fetched.raw is None:
        reason = fetched.fault or f"it is {fetched.size // 1_000_000} MB large"
        _put_aside(round_, fetched, piles, envelope, reason)
        return
    keys = (envelope.fingerprint, *([envelope.message_id] if envelope.message_id else []))
    if round_.work.has_seen(envelope.fingerprint):
        round_.account.count("ignored")
        before = round_.work.held(_held_id(envelope))
        (piles.quarantine if before and before.quarantined else piles.processed).append(fetched.handle)
        return
    if round_.work.has_seen(*keys):
        _put_aside(round_, fetched, piles, envelope, "its Message-ID is that of another message")
        return
    attempts = round_.work.attempts(envelope.fingerprint)
    if attempts >= MOST_ATTEMPTS:
        _put_aside(round_, fetched, piles, envelope, f"it could not be read in {attempts} ticks")
        return
    decision = _decided(round_, fetched, piles, known)
    if decision is None:
        return
    round_.work.see(*keys)
    round_.take(decision)
    piles.exports.extend(decision.exports)
    for id_ in decision.confirmed:
        take_confirmed(round_, id_, decision.about)
    for id_ in decision.denied:
        look_at(round_, id_, "its writer says that it was not understood")
    _sort(round_, fetched, decision, piles, envelope)


def _decided(round_: Round, fetched: Fetched, piles: Sorted, known: Understood) -> Decision | None:
    """None when the message broke its reader: it is tried again by the next tick, three times in all."""
    try:
        known = _up_to_date(round_, fetched.raw or b"", known)
        if known.reading is None:
            _broke(round_, fetched, piles, known.envelope, known.fault)
            return None
        return receive(round_.program, round_.settings.chapter, round_.work, known.reading, round_.now)
    except CoordinatorError:
        raise
    except Exception as error:  # noqa: BLE001 - one bad message never stops the others
        _broke(round_, fetched, piles, known.envelope, type(error).__name__)
        return None
    except BaseException:
        # The time of the tick ended over it.
        round_.work.attempt(known.envelope.fingerprint)
        raise


def _up_to_date(round_: Round, raw: bytes, known: Understood) -> Understood:
    """Read again where a message before it changed what it rests on, such as the letter that it most likely answers."""
    if known.reading is None or known.basis == basis_of(round_, known.envelope):
        return known
    return read_now(round_, raw)


def _broke(round_: Round, fetched: Fetched, piles: Sorted, envelope: Envelope, fault: str) -> None:
    attempts = round_.work.attempt(envelope.fingerprint)
    round_.account.failed += 1
    if attempts < MOST_ATTEMPTS:
        round_.left_unread.add(envelope.sender or "")
    else:
        _put_aside(round_, fetched, piles, envelope, f"it could not be read in {attempts} ticks ({fault})")


def _sort(round_: Round, fetched: Fetched, decision: Decision, piles: Sorted, envelope: Envelope) -> None:
    round_.account.count(decision.outcome)
    round_.account.news.extend(_departures(decision))
    is_quarantined = decision.outcome == "quarantined"
    if is_quarantined or decision.outcome in ("held", "unconfirmed"):
        _keep(round_, fetched, decision, envelope)
    (piles.quarantine if is_quarantined else piles.processed).append(fetched.handle)


def _departures(decision: Decision) -> Iterable[str]:
    """People who can no longer be written to since this message."""
    reasons = {"stopped": "asked for no more mail", "unreachable": "cannot be reached: mail to them comes back"}
    for record in decision.changes:
        if isinstance(record, Participant) and record.status in reasons and decision.outcome in ("applied", "bounce"):
            yield f"{record.name} ({record.id}) {reasons[record.status]}"


def _keep(round_: Round, fetched: Fetched, decision: Decision, envelope: Envelope) -> None:
    """Copies the bytes out for whoever decides about them: a human, or the writer. Strangers' mail is only listed."""
    seen = found(round_.work, envelope, round_.settings.chapter)
    letter = seen.letter or (likely(round_.work, seen.writer) if decision.outcome == "unconfirmed" else None)
    id_ = _held_id(envelope)
    held = Held(
        id=id_,
        version=1,
        sender=envelope.sender or "",
        received=round_.now,
        reason=decision.reason,
        file=f"{id_}.eml",
        letter=letter.id if letter else "",
        quarantined=decision.outcome == "quarantined",
        state=_WAITING[decision.outcome],
    )
    if round_.work.held(id_) is not None:
        return
    if seen.forged and seen.letter is None:
        note_guess(round_)
    if decision.outcome == "quarantined" and seen.writer is None and fetched.raw is not None:
        round_.work.stage((replace(held, file=""),))
    else:
        round_.work.hold(held, fetched.raw or fetched.head)
    if decision.outcome == "held":
        round_.account.news.append(f"held {id_}: {decision.reason}")


_WAITING = {"held": "waiting", "unconfirmed": "unconfirmed", "quarantined": "quarantined"}
"""What became of a message → the state of its record."""


def take_confirmed(round_: Round, id_: str, about: str = "") -> str:
    """Folds in a message that waited for its writer's yes, or for which pairing it is about.

    What came of it, "gone" when it waits no longer.
    """
    held = round_.work.held(id_)
    raw = round_.work.held_bytes(id_)
    writer = round_.work.participant_at(held.sender) if held else None
    if held is None or raw is None or writer is None or held.state not in ("unconfirmed", "waiting"):
        return "gone"
    return vouched(round_, held, raw, writer, about)


def look_at(round_: Round, id_: str, reason: str) -> None:
    """Hands a message that waited for its writer to a human."""
    held = round_.work.held(id_)
    if held is not None and held.state == "unconfirmed":
        round_.work.stage((replace(held, state="waiting", reason=reason, version=held.version + 1),))
        round_.account.news.append(f"held {id_}: {reason}")


def vouched(round_: Round, held: Held, raw: bytes, writer: Participant, about: str = "") -> str:
    """Folds in a message as written by that participant: "accepted", or why it still waits."""
    known = read_now(round_, raw)
    if known.reading is None:
        return f"still held: it cannot be read ({known.fault})"
    chapter = round_.settings.chapter
    decision = accept(
        round_.program,
        chapter,
        round_.work,
        known.reading,
        round_.now,
        writer=writer.id,
        letter=held.letter,
        about=about,
    )
    round_.take(decision)
    state = "accepted" if decision.outcome == "applied" else "waiting"
    reason = decision.reason or held.reason
    round_.work.stage((replace(held, state=state, reason=reason, version=held.version + 1),))
    return state if state == "accepted" else f"still {decision.outcome}: {reason}"


def _held_id(envelope: Envelope) -> str:
    return f"h{envelope.fingerprint[:10]}"


def _put_aside(round_: Round, fetched: Fetched, piles: Sorted, envelope: Envelope, reason: str) -> None:
    round_.account.count("quarantined")
    round_.work.see(envelope.fingerprint)
    _keep(round_, fetched, Decision(outcome="quarantined", reason=reason), envelope)
    round_.account.news.append(f"put into quarantine: {reason}")
    piles.quarantine.append(fetched.handle)
