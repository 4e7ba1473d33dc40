"""Who wrote, and which letter they answer: four carriers, one table of verdicts.

A carrier only finds a letter. What is done with the message is decided by the table, in which the sender's address
always counts as well: a forwarded prompt that a stranger answers changes nothing.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from coordinator.core.cohort import Cohort
from coordinator.core.effects import Chapter
from coordinator.core.frozen import replace
from coordinator.core.overlay import Living
from coordinator.core.reading import Envelope
from coordinator.core.records import Letter, Participant
from coordinator.core.tokens import token_in


@dataclass(frozen=True, kw_only=True)
class Found:
    """What the carriers point at.

    how: "token", "thread", "ref" or "none". conflict: two carriers name different letters. forged: a plus-address of
    the right shape that no letter has. writer: whoever registered the sender's address, None = a stranger. vouched: a
    human says that the writer wrote it.
    """

    letter: Letter | None
    how: str
    writer: Participant | None
    conflict: bool = False
    forged: bool = False
    vouched: bool = False


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """reason: one sentence for a human, "" = none.

    action: "apply", "confirm" (echo first), "hold", "late" (hold, and say so once), "quarantine" or "ignore".
    """

    action: str
    reason: str = ""


def found(cohort: Cohort, envelope: Envelope, chapter: Chapter) -> Found:
    """The letter that a message answers: plus-address token, then thread, then `Ref` code."""
    writer = cohort.participant_at(envelope.sender) if envelope.sender else None
    by_token, forged = _by_token(cohort, envelope, chapter)
    by_thread = _by_thread(cohort, envelope)
    conflict = bool(by_token and by_thread and by_token.id != by_thread.id)
    if by_token:
        return Found(letter=by_token, how="token", writer=writer, conflict=conflict)
    if by_thread:
        return Found(letter=by_thread, how="thread", writer=writer, forged=forged)
    by_ref = _by_ref(cohort, envelope, writer)
    return Found(letter=by_ref, how="ref" if by_ref else "none", writer=writer, forged=forged)


def likely(cohort: Cohort, writer: Participant | None) -> Letter | None:
    """The newest letter with a question that somebody has not answered: what a mail without any carrier may mean."""
    if writer is None:
        return None
    records: tuple[Living, ...] = (writer, *cohort.pairings_of(writer.id), *cohort.matches_of(writer.id))
    asked = [
        a
        for record in records
        for a in record.asked.values()
        if a.recipient == writer.id and a.closed is None and a.sent is not None
    ]
    newest = max(asked, key=lambda a: (a.at, a.key), default=None)
    return cohort.letter(newest.letter) if newest else None


def found_anywhere(cohort: Cohort, envelope: Envelope, chapter: Chapter) -> Found:
    """The same; for somebody we know also a letter that closed so long ago that it lies in the archive."""
    seen = found(cohort, envelope, chapter)
    if seen.writer is None or seen.letter or not seen.forged:
        return seen
    letter = next(filter(None, map(cohort.archived_by_token, _tokens(envelope, chapter))), None)
    return replace(seen, letter=letter, how="token", forged=False) if letter else seen


def _by_token(cohort: Cohort, envelope: Envelope, chapter: Chapter) -> tuple[Letter | None, bool]:
    forged = False
    for token in _tokens(envelope, chapter):
        letter = cohort.letter_by_token(token)
        if letter:
            return letter, False
        forged = True
    return None, forged


def _tokens(envelope: Envelope, chapter: Chapter) -> Iterator[str]:
    return filter(None, (token_in(address, chapter.address) for address in envelope.recipients))


def _by_thread(cohort: Cohort, envelope: Envelope) -> Letter | None:
    for message_id in reversed(envelope.references):
        letter = cohort.letter_by_message_id(message_id)
        if letter:
            return letter
    return None


def _by_ref(cohort: Cohort, envelope: Envelope, writer: Participant | None) -> Letter | None:
    for ref in envelope.refs:
        letter = cohort.letter_by_ref(ref)
        if letter and writer and letter.recipient == writer.id:
            return letter
    return None


def verdict(seen: Found, envelope: Envelope, chapter: Chapter, now: datetime) -> Verdict:
    """What may be done with a message. Read it as a table: the first line that holds decides."""
    letter, writer = seen.letter, seen.writer
    for holds, action, reason in (
        (envelope.sender is None, "quarantine", "the From line does not name one sound address"),
        (envelope.sender == chapter.address.casefold(), "quarantine", "it claims to come from the program itself"),
        (_is_coordinators(letter, envelope, chapter), "ignore", ""),
        (seen.forged and letter is None, "quarantine", "its reply address was never given out"),
        (letter is None and writer is None, "quarantine", "a stranger wrote, and to no letter of ours"),
        (seen.conflict, "hold", "its address and its thread name two different letters"),
        (
            letter is not None and not _is_recipient(letter, writer),
            "hold",
            "an address that is not registered for the person we wrote to – an alias?",
        ),
        (envelope.auth == "fail", "hold", "the sender's mail server does not vouch for it"),
        (
            letter is not None and _is_closed(letter, now),
            "late",
            "it answers a letter that could be answered no longer",
        ),
        (letter is None, "confirm", "it answers no letter"),
    ):
        if holds:
            return Verdict(action=action, reason=reason)
    return Verdict(action="apply")


def _is_coordinators(letter: Letter | None, envelope: Envelope, chapter: Chapter) -> bool:
    """An answer to an alert: the coordinator decides with the command line, not by mail."""
    return (
        letter is not None and letter.recipient == "coordinator" and envelope.sender == chapter.coordinator.casefold()
    )


def _is_recipient(letter: Letter, writer: Participant | None) -> bool:
    return writer is not None and writer.id == letter.recipient


def _is_closed(letter: Letter, now: datetime) -> bool:
    return letter.closes is not None and letter.closes < now
