"""Bringing people onto the roster and into pairings, by hand."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from coordinator.core.cohort import Cohort
from coordinator.core.frozen import replace
from coordinator.core.records import Consent, Pairing, Participant
from coordinator.core.zones import is_zone
from coordinator.errors import UsageError

CONSENT_TEXT = "1"
"""The version of the consent text that an import vouches for."""
ROLES = ("mentor", "mentee", "advisor", "coordinator")
_ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[a-z0-9]{2,8})*")


def is_address(text: str) -> bool:
    """Whether mail can be written to it as it stands: no name beside it, no quoting, a domain with a dot."""
    return len(text) <= 254 and _ADDRESS.fullmatch(text) is not None and ".." not in text and ".@" not in text


def is_language(text: str) -> bool:
    """Whether it has the shape of a language tag, casefolded (BCP 47): "en", "pt-br"."""
    return _LANGUAGE.fullmatch(text) is not None


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
    """What an import comes to. unchanged: how many were on the roster exactly like that. problems: (line, what)."""

    added: tuple[Participant, ...]
    changed: tuple[Participant, ...]
    unchanged: int
    problems: tuple[tuple[int, str], ...]


def enrolment(
    cohort: Cohort, entries: Sequence[Entry], first_ordinal: int, now: datetime, *, own: str = ""
) -> Enrolment:
    """New people and changed ones; an empty cell changes nothing and withdraws no consent.

    own: the program's mailbox, which can be nobody's address.
    """
    added: list[Participant] = []
    changed: list[Participant] = []
    problems: list[tuple[int, str]] = []
    lines: dict[str, int] = {}
    unchanged = 0
    for entry in entries:
        known = cohort.participant_at(entry.email)
        fault = _fault(entry, known, lines, own.casefold())
        if fault:
            problems.append((entry.line, fault))
            continue
        if known is None:
            added.append(_new(entry, f"u{first_ordinal + len(added)}", now))
            continue
        merged = _merged(known, entry, now)
        if merged == known:
            unchanged += 1
        else:
            changed.append(replace(merged, version=known.version + 1))
    return Enrolment(added=tuple(added), changed=tuple(changed), unchanged=unchanged, problems=tuple(problems))


def _fault(entry: Entry, known: Participant | None, lines: dict[str, int], own: str) -> str | None:
    """What is wrong with an entry, None when nothing is. lines: where each known person stood so far."""
    if entry.timezone and not is_zone(entry.timezone):
        return f"no time zone {entry.timezone[:40]!r} – write it as Europe/Berlin"
    if entry.email == own:
        return f"{entry.email} is the program's own mailbox – it would write to itself"
    if known is not None and lines.setdefault(known.id, entry.line) != entry.line:
        return f"{entry.email} is the person of line {lines[known.id]} – one line for each person"
    return None


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
    for person, role in ((mentor, "mentor"), (mentee, "mentee")):
        _blame_unready(person, role)
    blame_doubles(mentor.id, mentee.id, [a.id for a in advisors])
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


def _blame_unready(person: Participant, role: str) -> None:
    """UsageError for somebody who did not agree, gets no mail now, or is on the roster for the other role only."""
    if person.consent is None:
        raise UsageError(
            f"{person.address}: no consent on record – import it (column consent = yes) or "
            f"coordinator people set {person.address} consent=yes"
        )
    if person.status != "active":
        raise UsageError(f"{person.address}: is {person.status} – coordinator people resume {person.address}")
    if person.roles and role not in person.roles:
        listed = ", ".join((*person.roles, role))
        raise UsageError(
            f"{person.address}: is on the roster as {' and '.join(person.roles)}, not as {role} – name the mentor "
            f'first, then the mentee; or coordinator people set {person.address} roles="{listed}"'
        )


def blame_doubles(mentor: str, mentee: str, advisors: Sequence[str]) -> None:
    """UsageError when one person would stand twice in a pairing."""
    everybody = (mentor, mentee, *advisors)
    if len(set(everybody)) < len(everybody):
        raise UsageError("mentor, mentee and advisors of one pairing are different people – each is named once")


def months_later(day: date, months: int) -> date:
    """The same day so many months on; the last day of a month that is shorter (AHE-9)."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    after = date(year + (month == 11), (month + 1) % 12 + 1, 1)
    return date(year, month + 1, min(day.day, (after - timedelta(days=1)).day))
