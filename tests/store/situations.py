"""Invented people and what became of them, as records and as states on disk."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from coordinator import store
from coordinator.core.effects import Draft
from coordinator.core.program import Field
from coordinator.core.records import (
    Answer,
    Asked,
    Consent,
    Goal,
    Held,
    Letter,
    Meeting,
    Pairing,
    Participant,
    Question,
)
from coordinator.store.work import Work

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


def person(number: int, **changes: Any) -> Participant:
    given: dict[str, Any] = {
        "id": f"p{number}",
        "version": 1,
        "address": f"person{number}@example.org",
        "first_name": f"Person {number}",
        "roles": ("mentor", "mentee"),
        "consent": Consent(text="2026-1", at=MONDAY, how="import"),
    }
    return Participant(**given | changes)


def pairing(number: int, mentor: str = "p1", mentee: str = "p2", **changes: Any) -> Pairing:
    key = f"{number}/debrief/1"
    given: dict[str, Any] = {
        "id": f"{number}",
        "version": 1,
        "mentor": mentor,
        "mentee": mentee,
        "start": date(2026, 11, 2),
        "end": date(2027, 5, 2),
        "goals": (Goal(number=1, owner=mentee, texts=("Give a talk",), scores=((MONDAY, 7, "on_track", "so-so"),)),),
        "meetings": (meeting(number, 1),),
        "asked": {key: Asked(key=key, prompt="debrief", stage="debrief", recipient=mentor, at=MONDAY)},
        "answers": (
            Answer(key=key, prompt="debrief", field="met", by=mentor, at=MONDAY, value=True, visibility="advisor"),
        ),
        "decided": {key: MONDAY},
        "due": MONDAY + number * HOUR,
    }
    return Pairing(**given | changes)


def meeting(number: int, ordinal: int, **changes: Any) -> Meeting:
    given: dict[str, Any] = {
        "ordinal": ordinal,
        "uid": f"{number}-{ordinal}@example.org",
        "booked": MONDAY,
        "start": MONDAY + 24 * HOUR,
        "end": MONDAY + 25 * HOUR,
        "zone": "Europe/Berlin",
        "partstats": {"p1": "ACCEPTED"},
        "stamps": {"p1": (0, MONDAY)},
    }
    return Meeting(**given | changes)


def letter(number: int, **changes: Any) -> Letter:
    met = Field(name="met", kind="yes_no", ask="Did you two meet?", visibility="advisor")
    given: dict[str, Any] = {
        "id": f"1/debrief/{number}/p1",
        "version": 1,
        "token": f"token{number:021d}",
        "ref": f"REF{number:05d}",
        "message_id": f"<letter-{number}@example.org>",
        "recipient": "p1",
        "address": "person1@example.org",
        "purpose": "prompt",
        "questions": (Question(number=1, pairing="1", prompt="debrief", key="1/debrief/1", field=met),),
        "at": MONDAY + number * HOUR,
        "closes": MONDAY + 1000 * HOUR,
    }
    return Letter(**given | changes)


def draft(of: Letter) -> Draft:
    text = f"Dear Person 1,\n\ndid you two meet? ({of.id})\n"
    return Draft(letter=of, raw=f"To: {of.address}\r\nMessage-ID: {of.message_id}\r\n\r\n{text}".encode(), text=text)


def held(number: int, **changes: Any) -> Held:
    given: dict[str, Any] = {
        "id": f"h{number}",
        "version": 1,
        "sender": "stranger@example.com",
        "received": MONDAY,
        "reason": "the sender is not on the roster",
        "file": f"held/h{number}.eml",
    }
    return Held(**given | changes)


def raised(record: Any, **changes: Any) -> Any:
    """The record's next version."""
    return replace(record, version=record.version + 1, **changes)


def new_state(folder: Path) -> Path:
    store.create(folder, program="six-month", now=MONDAY, epoch="e1", inbox_mark="7")
    return folder


def loaded(folder: Path, now: datetime = MONDAY) -> Work:
    return store.open_store(folder, now=now).load()


def a_pair_with_two_letters(folder: Path) -> Path:
    """Two people, their pairing, one letter sent and one queued, one message held and two seen."""
    work = loaded(new_state(folder))
    work.stage([person(1), person(2), pairing(1)])
    work.hold(held(1), b"From: stranger@example.com\r\n\r\nhello\r\n")
    work.see("<one@example.com>", "fingerprint-one")
    work.stage([letter(1, state="sent", sent=MONDAY)])
    work.commit([draft(letter(2))])
    work.commit([draft(letter(3))])
    return folder


def remembered(work: Work) -> dict[str, Any]:
    """Everything that a state says, to be compared."""
    return {
        "meta": work.meta,
        "participants": sorted(work.participants(), key=lambda each: each.id),
        "pairings": sorted(work.pairings(), key=lambda each: each.id),
        "letters": sorted(work.letters(), key=lambda each: each.id),
        "held": sorted(work.all_held(), key=lambda each: each.id),
        "seen": [work.has_seen(f"<{name}@example.com>") for name in ("one", "two", "never")],
    }
