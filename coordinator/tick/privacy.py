"""Handing out what is stored of somebody, and deleting it: from the state, its copies, and the mailbox."""

import hashlib
import hmac
import re
from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Any

from coordinator.backends import Inbox
from coordinator.core.calls import call_moments
from coordinator.core.forgetting import Forgotten
from coordinator.core.frozen import replace
from coordinator.core.moments import Moment
from coordinator.core.own_data import letter as letter_told
from coordinator.core.own_data import own
from coordinator.core.privacy import data_letter, forgotten_key, is_leaving
from coordinator.core.records import Participant, Record
from coordinator.core.stages import moments
from coordinator.core.standing import standing
from coordinator.formats.mentions import mbox, people_in
from coordinator.store import Store, codec, jsons
from coordinator.store.work import Work
from coordinator.tick.feeds import write_feed
from coordinator.tick.machine import STATE as SNAPSHOTS
from coordinator.tick.round import LEAVING, Round

FOLDERS = ("processed", "quarantine", "sent", "inbox")
MOST_MAIL = 8_000_000
"""Bytes of mails in a copy; the oldest are left out beyond."""
PATIENCE = timedelta(days=2)
"""So long a last mail may take to go out before its reader is forgotten all the same."""


def hand_out(round_: Round, inbox: Inbox, id_: str) -> None:
    """Writes the letter that carries somebody's copy."""
    person = round_.work.participant(id_)
    if person is None:
        return
    files = (
        ("data.json", "application/json", data_of(round_.work, person)),
        ("mails.mbox", "application/mbox", mbox(_mails(round_, inbox, person))),
    )
    effect = data_letter(round_.program, round_.settings.chapter, person, round_.now)
    round_.write(replace(effect, attachments=files))


def data_of(work: Work, person: Participant) -> bytes:
    """Their record, their part of each pairing and search, and which letters they got, as JSON."""
    about: list[Record] = [*work.pairings_of(person.id), *work.matches_of(person.id)]
    closed = [each for each in work.all_archived("pairings") if person.id in (each.get("mentor"), each.get("mentee"))]
    letters = [_plain(letter) for letter in work.letters() if letter.recipient == person.id]
    letters += [each for each in work.all_archived("letters") if each.get("recipient") == person.id]
    found = {
        "person": own(_plain(person), person.id),
        "pairings": [own(each, person.id) for each in (*map(_plain, about), *closed)],
        "letters": [letter_told(each) for each in letters],
    }
    return jsons.dumps(found)


def forget_the_leaving(round_: Round, store: Store, inbox: Inbox) -> None:
    """After everything was sent and remembered; whatever fails is done again by the next tick."""
    if round_.options.dry or not round_.work.meta.counters.get(LEAVING):
        return
    leaving = [person for person in round_.work.participants() if is_leaving(person)]
    ready = [person for person in leaving if not _waits(round_, person)]
    for person in ready:
        _forget(round_, store, inbox, person)
    if len(ready) == len(leaving):
        _forget_snapshots(round_, inbox)
        work = store.load()
        counters = {name: count for name, count in work.meta.counters.items() if name != LEAVING}
        work.with_meta(counters=counters)
        work.commit()


def _forget_snapshots(round_: Round, inbox: Inbox) -> None:
    """Before the state forgets that somebody leaves, so that a refusal is made up for; a new snapshot follows."""
    kept = [fetched.handle for fetched in inbox.look(SNAPSHOTS)]
    if kept:
        inbox.remove(SNAPSHOTS, kept)
    round_.forgotten = True


def _waits(round_: Round, person: Participant) -> bool:
    """Whether their last mail is still on its way, or what takes them out of the calendars of others."""
    since = person.decided[forgotten_key(person)]
    if round_.now >= since + PATIENCE:
        return False
    uids = {call.meeting.uid for call in person.calls if call.meeting}
    if any(each.uid in uids or (each.recipient == person.id and each.at >= since) for each in round_.work.unsent()):
        return True
    return any(moment.kind == "cancel" for moment in _to_come(round_, person))


def _to_come(round_: Round, person: Participant) -> Iterator[Moment]:
    """Letters about their calls and meetings that are not written yet, because it is night for their readers."""
    program, chapter, work = round_.program, round_.settings.chapter, round_.work
    yield from call_moments(program, chapter, person)
    for pairing in work.pairings_of(person.id):
        yield from moments(standing(program, chapter, work, pairing))


def _forget(round_: Round, store: Store, inbox: Inbox, person: Participant) -> None:
    whom = _whom(round_.work, person)
    for folder in FOLDERS:
        gone = [handle for handle, _ in _telling(round_, inbox, folder, whom)]
        if gone:
            inbox.remove(folder, gone)
    digests = tuple(digest(round_.settings.chapter.secret, address) for address in person.addresses)
    missing = store.forget(whom, digests, now=round_.now)
    round_.forgotten = True
    left = store.load()
    for id_ in (person.id, *sorted(whom.partners)):
        write_feed(round_, left, id_)
    round_.account.news.append(f"{person.id} was deleted, as they asked")
    if missing:
        round_.account.news.append(
            f"{len(missing)} backups are no longer where they were made – delete them, they still hold {person.id}"
        )


def digest(secret: bytes, address: str) -> str:
    """What is kept of an address, so that no old list brings its owner back."""
    return hmac.new(secret, b"forgotten-1\0" + address.casefold().encode(), hashlib.sha256).hexdigest()[:32]


def _whom(work: Work, person: Participant) -> Forgotten:
    """With every pairing that tells of them: whoever advised a pair once stands in it no longer."""
    pairings = [_plain(each) for each in work.pairings()]
    told = [each for each in (*pairings, *work.all_archived("pairings")) if _tells_of(each, person.id)]
    searches = work.matches_of(person.id)
    partners = {id_ for each in told for id_ in (each["mentor"], each["mentee"], *each.get("advisors", ()))}
    partners |= {id_ for each in searches for id_ in each.people}
    return Forgotten.of(person, (*(each["id"] for each in told), *(m.id for m in searches)), partners)


def _tells_of(pairing: Mapping[str, Any], id_: str) -> bool:
    return re.search(rf"\b{re.escape(id_)}\b".encode(), jsons.dumps(pairing)) is not None


def _telling(round_: Round, inbox: Inbox, folder: str, whom: Forgotten) -> Iterator[tuple[str, bytes]]:
    """Mails in a folder from, to or of them."""
    near_addresses = {
        address for id_ in whom.partners if (partner := round_.work.participant(id_)) for address in partner.addresses
    }
    for fetched in inbox.look(folder):
        raw = fetched.raw or b""
        message, text = people_in(raw, round_.own)
        outside = {message.envelope.sender or "", *message.envelope.recipients}
        is_near = bool(outside & (near_addresses | set(whom.addresses)))
        if whom.names(text, near=is_near):
            yield fetched.handle, raw


def _mails(round_: Round, inbox: Inbox, person: Participant) -> list[bytes]:
    """Between them and the program, newest kept where they are too many; not what others wrote with them in copy."""
    found: list[bytes] = []
    for folder in ("sent", "processed"):
        for fetched in inbox.look(folder):
            envelope = people_in(fetched.raw or b"", round_.own)[0].envelope
            theirs = envelope.recipients if folder == "sent" else (envelope.sender,)
            if set(theirs) & set(person.addresses):
                found.append(fetched.raw or b"")
    while sum(map(len, found)) > MOST_MAIL:
        found.pop(0)
    return found


def _plain(record: Record) -> dict[str, Any]:
    plain: dict[str, Any] = jsons.loads(jsons.dumps(codec.encode(record)))
    return plain
