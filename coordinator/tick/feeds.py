"""A calendar file for each person, to be published or synchronized: what, when and where, and nobody's address.

Its name cannot be guessed, and stays the same for as long as the chapter's key does.
"""

import hashlib
import hmac
from collections.abc import Iterator
from pathlib import Path

from coordinator.core.cohort import Cohort
from coordinator.core.entries import of_person
from coordinator.core.records import Pairing, Participant
from coordinator.tick.round import Round


def write_feeds(round_: Round) -> None:
    """The files of everybody whose meetings this tick changed; that of somebody who left goes."""
    if round_.options.dry:
        return
    for id_ in {id_: None for record in round_.changed for id_ in _people(record)}:
        write_feed(round_, round_.work, id_)


def write_feed(round_: Round, cohort: Cohort, id_: str) -> None:
    """That person's file as the cohort has it; none for somebody who left or is forgotten."""
    folder = round_.settings.meetings.feeds
    if not folder:
        return
    place, secret = round_.settings.folder / folder, round_.settings.chapter.secret
    person, path = cohort.participant(id_), place / name_of(secret, id_)
    for older in round_.settings.chapter.older:
        (place / name_of(older, id_)).unlink(missing_ok=True)
    if person is None or person.status == "stopped":
        path.unlink(missing_ok=True)
    elif content := _feed(round_, cohort, person):
        _write(path, content)


def _people(record: Pairing | Participant) -> Iterator[str]:
    """Whose calendar a record is about."""
    if isinstance(record, Pairing):
        yield from (record.mentor, record.mentee)
    else:
        yield from (record.id, *(id_ for call in record.calls for id_ in call.people))


def name_of(secret: bytes, person: str) -> str:
    """Such as "3f0c…9a.ics"."""
    return f"{hmac.new(secret, f'feed/{person}'.encode(), hashlib.sha256).hexdigest()[:32]}.ics"


def _feed(round_: Round, cohort: Cohort, person: Participant) -> bytes:
    """b"" for somebody who has never been invited to anything."""
    # Most chapters publish none.
    from coordinator.formats.ical import feed

    chapter = round_.settings.chapter
    entries = tuple(of_person(round_.program, chapter, cohort, person))
    return feed(entries, name=chapter.name) if entries else b""


def _write(path: Path, content: bytes) -> None:
    """In one step, so that nobody reads half of it; nothing where nothing changed."""
    if path.exists() and path.read_bytes() == content:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_suffix(".new")
    fresh.write_bytes(content)
    fresh.replace(path)
