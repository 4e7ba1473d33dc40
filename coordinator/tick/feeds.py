"""A calendar file for each person, to be published or synchronized: what, when and where, and nobody's address.

Its name cannot be guessed, and stays the same for as long as the chapter's key does.
"""

import hashlib
import hmac
from pathlib import Path

from coordinator.core.invites import invite_of
from coordinator.core.moments import Situation
from coordinator.core.records import Participant
from coordinator.tick.round import Round


def write_feeds(round_: Round) -> None:
    """The files of everybody whose meetings this tick changed; that of somebody who left goes."""
    folder = round_.settings.meetings.feeds
    if not folder or round_.options.dry:
        return
    place, secret = round_.settings.folder / folder, round_.settings.chapter.secret
    for id_ in {id_: None for pairing in round_.changed for id_ in (pairing.mentor, pairing.mentee)}:
        person = round_.work.participant(id_)
        if person and person.status != "stopped":
            _write(place / name_of(secret, id_), _feed(round_, person))
        else:
            (place / name_of(secret, id_)).unlink(missing_ok=True)


def name_of(secret: bytes, person: str) -> str:
    """Such as "3f0c…9a.ics"."""
    return f"{hmac.new(secret, f'feed/{person}'.encode(), hashlib.sha256).hexdigest()[:32]}.ics"


def _feed(round_: Round, person: Participant) -> bytes:
    # Most chapters publish none.
    from coordinator.formats.ical import feed

    chapter, invites = round_.settings.chapter, []
    for pairing in round_.work.pairings_of(person.id):
        where = Situation(program=round_.program, chapter=chapter, cohort=round_.work, pairing=pairing)
        if person.id in (pairing.mentor, pairing.mentee):
            invites += [
                invite_of(where, m, "cancel" if m.status == "cancelled" else "invite", m.booked)
                for m in pairing.meetings
                if not m.organizer
            ]
    return feed(invites, name=chapter.name)


def _write(path: Path, content: bytes) -> None:
    """In one step, so that nobody reads half of it; nothing where nothing changed."""
    if path.exists() and path.read_bytes() == content:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_suffix(".new")
    fresh.write_bytes(content)
    fresh.replace(path)
