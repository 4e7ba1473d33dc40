"""What `people set` may correct in somebody's record, how each value is read, and what follows from it."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from coordinator.core.overlay import Overlay
from coordinator.core.records import Consent, Participant
from coordinator.core.roster import CONSENT_TEXT, ROLES, is_address, is_language
from coordinator.core.unreachable import queued, sent_once_more
from coordinator.core.voices import silenced
from coordinator.core.zones import is_zone
from coordinator.errors import UsageError

if TYPE_CHECKING:
    from coordinator.store.work import Work

NO_MAIL = " – no more mail goes to them; what they were in waits for you: coordinator status"
"""What is said of somebody who takes part and agrees to it no longer."""

Setter = Callable[[Participant, str, datetime], Participant]


def _name(key: str) -> Setter:
    def setter(person: Participant, text: str, _at: datetime) -> Participant:
        if key == "first_name" and not text:
            raise UsageError("first_name: letters greet people by it – it cannot be empty")
        return replace(person, **{key: text[:80]})  # type: ignore[arg-type]

    return setter


def _address(person: Participant, text: str, _at: datetime) -> Participant:
    address = text.casefold()
    if not is_address(address):
        raise UsageError(f"address={text}: is no email address – such as ada@example.org")
    return replace(person, address=address, aliases=tuple(a for a in person.aliases if a != address))


def _roles(person: Participant, text: str, _at: datetime) -> Participant:
    roles = tuple(dict.fromkeys(r.strip() for r in text.casefold().split(",") if r.strip()))
    unknown = sorted(set(roles) - set(ROLES))
    if unknown:
        raise UsageError(f"roles: no role {', '.join(unknown)} – some of {', '.join(ROLES)}, with commas between")
    return replace(person, roles=roles)


def _language(person: Participant, text: str, _at: datetime) -> Participant:
    if text and not is_language(text.casefold()):
        raise UsageError(f"language={text}: is no language – write it as en, es or de")
    return replace(person, language=text.casefold())


def _zone(person: Participant, text: str, _at: datetime) -> Participant:
    if text and not is_zone(text):
        raise UsageError(f"timezone={text}: no time zone of that name – write it as Europe/Berlin")
    return replace(person, timezone=text)


def _consent(person: Participant, text: str, at: datetime) -> Participant:
    words = {**dict.fromkeys(("yes", "y", "true", "1"), True), **dict.fromkeys(("no", "n", "false", "0"), False)}
    agreed = words.get(text.casefold())
    if agreed is None:
        raise UsageError(f"consent={text}: write consent=yes or consent=no")
    return replace(person, consent=Consent(text=CONSENT_TEXT, at=at, how="command") if agreed else None)


def _cohort(person: Participant, text: str, _at: datetime) -> Participant:
    return replace(person, profile={**person.profile, "cohort": text[:80]})


SETTERS: Mapping[str, Setter] = {
    "first_name": _name("first_name"),
    "last_name": _name("last_name"),
    "language": _language,
    "address": _address,
    "roles": _roles,
    "timezone": _zone,
    "consent": _consent,
    "cohort": _cohort,
}


def withdrawn(work: "Work", person: Participant, now: datetime) -> bool:
    """Whether somebody without consent takes part in anything; then it is as if they had said STOP."""
    if not work.pairings_of(person.id) and not work.matches_of(person.id):
        return False
    after = Overlay(work)
    for record in silenced(after, person, f"{person.id}/stopped/consent-{now:%Y-%m-%dT%H:%M}", now):
        after.put(replace(record, due=now))
    work.stage(after.changes())
    return True


def reached_again(work: "Work", before: Participant, person: Participant, now: datetime) -> str:
    """What is said of letters that did not reach somebody, and go out once more to the address of today."""
    after = Overlay(work)
    if before.status == "unreachable":
        after.put(replace(person, status="active", bounces=(), due=now))
    letters = [each for each in work.letters() if each.address != person.address or before.status == "unreachable"]
    lost = sent_once_more(after, before, letters, now)
    work.stage((*after.changes(), *(queued(each, person.address) for each in lost)))
    if not lost:
        return ""
    return f" – letters that did not arrive go out once more: {len(lost)}"
