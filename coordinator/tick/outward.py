"""The way out: every letter journalled before and after it is handed over, asked once more whether it is wanted."""

from dataclasses import replace
from datetime import timedelta

from coordinator.backends import Inbox, Outbox, SendError
from coordinator.core.records import Letter
from coordinator.core.wanted import accepted, still_wanted
from coordinator.errors import BackendError, CoordinatorError
from coordinator.faults import point
from coordinator.tick.round import Round

BATCH = 200
FIRST_RETRY = timedelta(minutes=5)
LONGEST_RETRY = timedelta(hours=4)
LIFE = timedelta(days=5)
"""After so long a letter that no server takes is given up, and a human is told."""


def recover(round_: Round) -> None:
    """Folds what a tick that died had noted: what was sent is sent, what was being sent is uncertain."""
    for line in round_.work.journal_lines():
        letter = round_.work.letter(line.letter)
        if letter is None or letter.state in ("sent", "dead", "withdrawn"):
            continue
        if line.state == "sent":
            _mark_sent(round_, letter)
        elif line.state == "sending":
            _stage(round_, letter, state="uncertain", attempts=letter.attempts + 1)


def send_all(round_: Round, outbox: Outbox, inbox: Inbox) -> None:
    """Sends what waits, oldest first, until it is done or the server says stop."""
    waiting = round_.work.outbox(round_.now)[: round_.settings.limits.letters]
    for start in range(0, len(waiting), BATCH):
        try:
            for letter in waiting[start : start + BATCH]:
                _send(round_, outbox, inbox, letter)
        except BackendError as error:
            round_.account.trouble = error
            return
        finally:
            round_.work.flush_journal()
            point("sent, not yet remembered")
            round_.commit()


def rehearse(round_: Round, outbox: Outbox, address: str) -> None:
    """Sends what a dry run wrote to one address, and remembers nothing."""
    for draft in round_.rehearsal:
        outbox.send(sender=round_.settings.chapter.address, recipient=address, raw=draft.raw)
        round_.account.sent += 1


def _send(round_: Round, outbox: Outbox, inbox: Inbox, letter: Letter) -> None:
    if not still_wanted(round_.work, letter, round_.now):
        _stage(round_, letter, state="withdrawn")
        return
    raw = round_.work.draft_bytes(letter)
    if raw is None:
        _give_up(round_, letter, "its frozen text is gone")
        return
    round_.work.journal(letter.id, "sending", round_.now)
    point("letter about to be sent")
    try:
        outbox.send(sender=round_.settings.chapter.address, recipient=letter.address, raw=raw)
    except SendError as error:
        _failed(round_, letter, error)
        return
    point("letter sent")
    round_.work.journal(letter.id, "sent", round_.now)
    _mark_sent(round_, letter)
    round_.account.sent += 1
    _keep_copy(round_, inbox, raw)


def _keep_copy(round_: Round, inbox: Inbox, raw: bytes) -> None:
    if not round_.settings.sent_copies:
        return
    try:
        inbox.append("sent", raw)
    except CoordinatorError as error:
        round_.account.news.append(f"a copy of a sent letter could not be kept: {error}")


def _mark_sent(round_: Round, letter: Letter) -> None:
    _stage(round_, letter, state="sent", sent=round_.now, attempts=letter.attempts + 1, retry=None)
    chapter = round_.settings.chapter
    round_.work.stage(accepted(round_.program, chapter, round_.work, letter, round_.now).changes)


def _failed(round_: Round, letter: Letter, error: SendError) -> None:
    """Concerning this mail: try later or give up. Concerning the server: stop for this tick."""
    round_.account.failed += 1
    attempts = letter.attempts + 1
    wait = min(FIRST_RETRY * 2 ** min(attempts - 1, 10), LONGEST_RETRY)
    state = "uncertain" if error.scope == "uncertain" else "queued"
    round_.work.journal(letter.id, state, round_.now)
    if error.scope == "recipient" and not error.later:
        _give_up(round_, letter, f"the server refuses its recipient ({error.status or 'no reason given'})")
        _note_unreachable(round_, letter)
        return
    if round_.now - letter.at > LIFE:
        _give_up(round_, letter, "no server took it for five days")
    else:
        _stage(round_, letter, state=state, attempts=attempts, retry=round_.now + wait)
    if error.scope == "server":
        raise error


def _give_up(round_: Round, letter: Letter, why: str) -> None:
    _stage(round_, letter, state="dead")
    round_.account.news.append(f"letter {letter.id} was given up: {why}")


def _note_unreachable(round_: Round, letter: Letter) -> None:
    person = round_.work.participant(letter.recipient)
    if person and person.status == "active":
        gone = replace(person, status="unreachable", due=None, version=person.version + 1)
        round_.work.stage((gone,))


def _stage(round_: Round, letter: Letter, **changes: object) -> None:
    round_.work.stage((replace(letter, version=letter.version + 1, **changes),))  # type: ignore[arg-type]
