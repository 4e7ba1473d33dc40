"""The way out: every letter journalled before and after it is handed over, asked once more whether it is wanted."""

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial

from coordinator.backends import Inbox, Outbox, SendError
from coordinator.core.frozen import replace
from coordinator.core.hours import next_open
from coordinator.core.overlay import Overlay
from coordinator.core.records import Letter, Pairing, Participant
from coordinator.core.unreachable import out_of_reach
from coordinator.core.wanted import accepted, is_overtaken, still_wanted
from coordinator.errors import BackendError, CoordinatorError, DiskError, LoginError
from coordinator.faults import point
from coordinator.formats.headers_sent import addressed_to, addressee
from coordinator.tick.agenda import Agenda
from coordinator.tick.copies import Copies
from coordinator.tick.retrying import is_given_up, next_try
from coordinator.tick.round import Round
from coordinator.tick.uncertain import WAITS, is_held, send_again, until
from coordinator.tick.volume import count_sent, waits_for_tomorrow, within_volume

BATCH = 200
AT_ONCE = ("help", "notice", "alert", "relay")
"""Purposes that answer what somebody wrote just now; all others respect quiet hours."""

UNASKED = ("prompt", "nudge", "summary", "care")
"""Purposes of which a person gets one a day."""


def recover(round_: Round, inbox: Inbox) -> None:
    """Folds what a tick that died had noted: what was sent is sent, what was being sent is uncertain.

    UnreadableError when the frozen bytes of a letter that waits were changed.
    """
    told: list[Letter] = []
    for line in round_.work.journal_lines():
        letter = round_.work.letter(line.letter)
        if letter is None or letter.state in ("sent", "dead", "withdrawn"):
            continue
        if line.state == "sent":
            _mark_sent(round_, letter, line.at)
            told.append(letter)
        elif line.state == "sending":
            _stage(round_, letter, state="uncertain", attempts=letter.attempts + 1)
    for letter in round_.work.outbox(round_.now):
        round_.work.draft_bytes(letter)
    if not round_.options.dry:
        _keep_missing_copies(round_, inbox, told)


Which = Callable[[Letter, datetime], bool]
"""Whether a letter is among those that are to be sent now."""


def is_for_help(letter: Letter, _now: datetime) -> bool:
    return letter.purpose == "help"


def has_waited(letter: Letter, now: datetime) -> bool:
    """What is not of this tick; and help, which must not wait for whatever may break before the end of it."""
    return letter.at < now or is_for_help(letter, now)


def send_all(
    round_: Round, outbox: Outbox, inbox: Inbox, agenda: Agenda, *, which: Which = lambda _letter, _now: True
) -> None:
    """Sends what waits, oldest first, until it is done or the server says stop."""
    if round_.restored:
        _know_what_was_sent(round_, inbox)
    waiting = [each for each in round_.work.outbox(round_.now) if which(each, round_.now)]
    left = max(0, round_.settings.limits.letters - round_.account.sent)
    waiting = list(within_volume(round_, waiting[:left]))
    for start in range(0, len(waiting), BATCH):
        before = round_.account.sent
        try:
            with Copies(partial(_keep_copies, round_, inbox)) as copies:
                _send_batch(round_, outbox, agenda, copies, waiting[start : start + BATCH])
        except (BackendError, LoginError) as error:
            round_.account.trouble, round_.account.mute = error, True
            return
        finally:
            count_sent(round_, round_.account.sent - before)
            point("sent, not yet remembered")
            round_.commit()


def _know_what_was_sent(round_: Round, inbox: Inbox) -> None:
    """A state that came from a copy may want to send again what went out since; the copies in the mailbox tell."""
    unsent = {letter.message_id: letter for letter in round_.work.unsent()}
    for id_ in sorted(inbox.holding("sent", tuple(unsent))):
        _mark_sent(round_, unsent[id_], round_.now)


def _send_batch(round_: Round, outbox: Outbox, agenda: Agenda, copies: Copies, letters: Sequence[Letter]) -> None:
    try:
        for letter in letters:
            _send(round_, outbox, agenda, copies, letter)
    finally:
        round_.work.flush_journal()


def rehearse(round_: Round, outbox: Outbox, address: str) -> None:
    """Sends what a dry run wrote to one address, and remembers nothing."""
    for draft in round_.rehearsal:
        outbox.send(sender=round_.settings.chapter.address, recipient=address, raw=draft.raw)
        round_.account.sent += 1


def _send(round_: Round, outbox: Outbox, agenda: Agenda, copies: Copies, letter: Letter) -> None:
    """Hands one letter over; what went out is added to copies."""
    if not still_wanted(round_.work, letter, round_.now):
        _stage(round_, letter, state="withdrawn")
        return
    opens = waits_for_tomorrow(round_, letter) or _opens(round_, letter)
    if opens > round_.now:
        _stage(round_, letter, retry=opens)
        return
    if is_held(round_.work, letter, round_.settings.sending.hold_uncertain):
        _hold(round_, letter)
        return
    raw = round_.work.draft_bytes(letter)
    if raw is None:
        _give_up(round_, letter, "its frozen text is gone")
        return
    round_.work.journal(letter.id, "sending", round_.now)
    point("letter about to be sent")
    if is_overtaken(round_.work, letter):
        # Here, because most letters carry no calendar.
        from coordinator.formats.ical_own import without_calendar

        raw = without_calendar(raw)
    try:
        agenda.send(round_, outbox, letter, _to_today(raw, letter))
    except SendError as error:
        _failed(round_, letter, error)
        return
    except (LoginError, DiskError):
        # Nothing left this machine.
        state = _unsent(letter)
        round_.work.journal(letter.id, state, round_.now)
        _stage(round_, letter, state=state)
        raise
    point("letter sent")
    round_.work.journal(letter.id, "sent", round_.now)
    _mark_sent(round_, letter, round_.now)
    round_.account.sent += 1
    round_.sent_to[letter.recipient] += 1
    copies.add(raw)


def _to_today(raw: bytes, letter: Letter) -> bytes:
    """As it was frozen, but for an address that was corrected since."""
    now_ = addressed_to(raw, letter.address)
    if now_ == raw or not letter.uid:
        return now_
    from coordinator.formats.ical_own import with_attendee

    return with_attendee(now_, addressee(raw), letter.address)


def _hold(round_: Round, letter: Letter) -> None:
    """Until somebody says whether it arrived; not for ever."""
    if round_.now >= until(letter):
        _give_up(round_, letter, "it may have arrived or not, and nobody said")
        return
    _stage(round_, letter, retry=until(letter))
    round_.account.news.append(f"letter {letter.id} waits for you: {WAITS} – coordinator held list")


def settle(round_: Round, letter: Letter, *, again: bool) -> None:
    """What a human decided about a letter of which nobody knows whether it arrived."""
    if again:
        send_again(round_.work, letter)
    else:
        _mark_sent(round_, letter, round_.now)


def _opens(round_: Round, letter: Letter) -> datetime:
    """The first instant outside quiet hours; at once for what answers somebody who wrote just now."""
    person = round_.work.participant(letter.recipient)
    if person is None or letter.purpose in AT_ONCE:
        return round_.now
    chapter = round_.settings.chapter
    zone = person.timezone or chapter.timezone
    return next_open(round_.now, zone, chapter.quiet_from, chapter.quiet_until)


def _keep_copies(round_: Round, inbox: Inbox, raws: Sequence[bytes]) -> None:
    """In one go, since a server takes far longer over each by itself. One that refuses is not asked again."""
    if not raws or not round_.settings.sent_copies:
        return
    try:
        if not round_.uncopied:
            inbox.append_all("sent", raws)
            return
    except CoordinatorError as error:
        round_.account.news.append(f"copies of sent letters could not be kept in the mailbox: {error}")
    round_.uncopied += len(raws)


def _keep_missing_copies(round_: Round, inbox: Inbox, told: Sequence[Letter]) -> None:
    """A tick that died may have died before it kept the copies of its last letters, or after."""
    frozen = {letter.message_id: round_.work.draft_bytes(letter) for letter in told}
    try:
        kept = inbox.holding("sent", tuple(frozen)) if frozen and round_.settings.sent_copies else frozenset()
        missing = [raw for id_, raw in frozen.items() if raw is not None and id_ not in kept]
    except CoordinatorError as error:
        round_.account.news.append(f"copies of sent letters could not be kept in the mailbox: {error}")
        round_.uncopied += len(frozen)
    else:
        _keep_copies(round_, inbox, missing)


def _mark_sent(round_: Round, letter: Letter, at: datetime) -> None:
    _stage(round_, letter, state="sent", sent=at, attempts=letter.attempts + 1, retry=None)
    chapter = round_.settings.chapter
    round_.work.stage(accepted(round_.program, chapter, round_.work, letter, at).changes)
    person = round_.work.participant(letter.recipient)
    if person and person.written and person.written < at and letter.purpose in UNASKED:
        # It waited for a server: the day on which it went out is the day on which they got a mail.
        round_.work.stage((replace(person, written=at, version=person.version + 1),))


def _failed(round_: Round, letter: Letter, error: SendError) -> None:
    """Concerning this mail: try later or give up. Concerning the server: stop for this tick."""
    round_.account.failed += 1
    attempts = letter.attempts + 1
    state = "uncertain" if error.scope == "uncertain" else _unsent(letter)
    round_.work.journal(letter.id, state, round_.now)
    if error.scope == "recipient" and not error.later:
        _give_up(round_, letter, f"the server refuses its recipient ({error.status or 'no reason given'})")
        _note_unreachable(round_, letter)
        return
    if is_given_up(letter, round_.now):
        _give_up(round_, letter, "no server took it for five days")
    else:
        # A server that is down is asked again by each tick, with one letter: nothing new is decided until it is up.
        retry = None if error.scope == "server" else next_try(letter, attempts, round_.now)
        _stage(round_, letter, state=state, attempts=attempts, retry=retry)
    if error.scope == "server":
        raise error


def _unsent(letter: Letter) -> str:
    """What a letter is after a try that surely failed: an earlier one may have arrived all the same."""
    return "uncertain" if letter.state == "uncertain" else "queued"


def _give_up(round_: Round, letter: Letter, why: str) -> None:
    _stage(round_, letter, state="dead")
    round_.account.news.append(f"letter {letter.id} was given up: {why}")


def _note_unreachable(round_: Round, letter: Letter) -> None:
    """As after a mail that came back for good: their meetings are off, and the others are told by the next tick."""
    person = round_.work.participant(letter.recipient)
    if person and person.status == "active":
        overlay = Overlay(round_.work)
        for record in tuple(out_of_reach(overlay, person, round_.now)):
            overlay.put(replace(record, due=round_.now))
        changes = overlay.changes()
        round_.work.stage(changes)
        round_.changed.extend(record for record in changes if isinstance(record, Pairing | Participant))


def _stage(round_: Round, letter: Letter, **changes: object) -> None:
    round_.work.stage((replace(letter, version=letter.version + 1, **changes),))  # type: ignore[arg-type]
