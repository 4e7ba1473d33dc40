"""Bringing people onto the roster and into pairings, by hand."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from coordinator.core.cohort import Cohort
from coordinator.core.records import Consent, Pairing, Participant
from coordinator.core.zones import is_zone
from coordinator.errors import UsageError

CONSENT_TEXT = "1"
"""The version of the consent text that an import vouches for."""


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One person as a roster gives them. line: of the file, for messages. others: columns of the program's own."""

    line: int
    email: str
    first_name: str
    last_name: str
    roles: tuple[str, ...]
    timezone: str
    language: str
    consent: bool
    others: Mapping[str, str]


@dataclass(frozen=True, kw_only=True)
class Enrolment:
    """What an import comes to. unchanged: how many were on the roster exactly like that."""

    added: tuple[Participant, ...]
    changed: tuple[Participant, ...]
    unchanged: int
    problems: tuple[str, ...]


def enrolment(cohort: Cohort, entries: Sequence[Entry], first_ordinal: int, now: datetime) -> Enrolment:
    """New people and changed ones; an empty cell changes nothing and withdraws no consent."""
    added: list[Participant] = []
    changed: list[Participant] = []
    problems: list[str] = []
    unchanged = 0
    for entry in entries:
        if entry.timezone and not is_zone(entry.timezone):
            problems.append(f"line {entry.line}: no time zone {entry.timezone!r} – write it as Europe/Berlin")
            continue
        known = cohort.participant_at(entry.email)
        if known is None:
            added.append(_new(entry, f"u{first_ordinal + len(added)}", now))
            continue
        merged = _merged(known, entry, now)
        if merged == known:
            unchanged += 1
        else:
            changed.append(replace(merged, version=known.version + 1))
    return Enrolment(added=tuple(added), changed=tuple(changed), unchanged=unchanged, problems=tuple(problems))


def _new(entry: Entry, id_: str, now: datetime) -> Participant:
    return Participant(
        id=id_,
        version=1,
        address=entry.email,
        first_name=entry.first_name,
        last_name=entry.last_name,
        roles=entry.roles,
        timezone=entry.timezone,
        language=entry.language,
        profile=dict(entry.others),
        consent=Consent(text=CONSENT_TEXT, at=now, how="import") if entry.consent else None,
    )


def _merged(known: Participant, entry: Entry, now: datetime) -> Participant:
    consent = known.consent or (Consent(text=CONSENT_TEXT, at=now, how="import") if entry.consent else None)
    return replace(
        known,
        first_name=entry.first_name or known.first_name,
        last_name=entry.last_name or known.last_name,
        roles=tuple(dict.fromkeys((*known.roles, *entry.roles))),
        timezone=entry.timezone or known.timezone,
        language=entry.language or known.language,
        profile={**known.profile, **entry.others},
        consent=consent,
    )


def paired(
    cohort: Cohort,
    *,
    id_: str,
    mentor: Participant,
    mentee: Participant,
    advisors: Sequence[Participant],
    start: date,
    months: int,
    now: datetime,
) -> Pairing:
    """A new pairing. UsageError without everybody's consent, with oneself, or when the two are paired already."""
    for person in (mentor, mentee):
        if person.consent is None:
            raise UsageError(
                f"{person.address}: no consent on record – import it (column consent = yes) or "
                f"coordinator people set {person.address} consent=yes"
            )
        if person.status != "active":
            raise UsageError(f"{person.address}: is {person.status} – coordinator people resume {person.address}")
    if mentor.id == mentee.id or any(a.id in (mentor.id, mentee.id) for a in advisors):
        raise UsageError("mentor, mentee and advisor of one pairing are different people")
    for known in cohort.pairings_of(mentee.id):
        if known.status != "ended" and {known.mentor, known.mentee} == {mentor.id, mentee.id}:
            raise UsageError(f"the two are paired already: {known.id}")
    return Pairing(
        id=id_,
        version=1,
        mentor=mentor.id,
        mentee=mentee.id,
        advisors=tuple(a.id for a in advisors),
        start=start,
        end=months_later(start, months),
        due=now,
    )


def months_later(day: date, months: int) -> date:
    """The same day so many months on; the last day of a month that is shorter (AHE-9)."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    after = date(year + (month == 11), (month + 1) % 12 + 1, 1)
    return date(year, month + 1, min(day.day, (after - timedelta(days=1)).day))
