"""Where a chapter stands, as plain values for `--json` and as lines for a person."""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any

from coordinator.core.attention import of_pairing
from coordinator.core.effects import Chapter
from coordinator.core.moments import Situation
from coordinator.core.program import Program
from coordinator.core.records import Pairing, Participant
from coordinator.core.speech import speech_for
from coordinator.core.stages import moments
from coordinator.core.stages.gap import last_news
from coordinator.core.view import terms_seen, visible
from coordinator.core.voice import coordinator
from coordinator.report import searches, seekers
from coordinator.store.work import Work

RECENT = timedelta(days=14)
"""So long a letter that was given up is something to look at."""
COORDINATOR = "coordinator"
"""For whom all of this is printed, as `view` knows them."""


def status(program: Program, chapter: Chapter, work: Work, now: datetime) -> dict[str, Any]:
    """Counts, every open pairing with its flags, and what waits for a human."""
    return {
        "program": program.id,
        "participants": sum(1 for _ in work.participants()),
        "pairings": [
            _pairing(Situation(program=program, chapter=chapter, cohort=work, pairing=p), now)
            for p in sorted(work.pairings(), key=lambda p: (len(p.id), p.id))
        ],
        "held": sum(1 for h in work.all_held() if h.state == "waiting"),
        "uncertain": _letters(work, "uncertain"),
        "given_up": sum(1 for each in work.letters() if each.state == "dead" and each.at > now - RECENT),
        "quarantined": sum(1 for h in work.all_held() if h.state == "quarantined"),
        "last_tick": _iso(work.meta.last_tick),
        "searches": searches.searches(work, now),
        "applicants": searches.applicants(program, work.participants(), now),
        "nobody": seekers.nobody(program, work, now, chapter.language),
        "joining": searches.joining(work.participants()),
    }


def _letters(work: Work, state: str) -> int:
    return sum(1 for letter in work.letters() if letter.state == state)


def _counted(words: Iterator[str]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for word in words:
        counts[word] = counts.get(word, 0) + 1
    return counts


def _iso(instant: datetime | None) -> str | None:
    return instant.isoformat() if instant else None


def _pairing(where: Situation, now: datetime) -> dict[str, Any]:
    pairing = where.pairing
    return {
        "id": pairing.id,
        "mentor": where.person(pairing.mentor).address,
        "mentee": where.person(pairing.mentee).address,
        "advisors": [where.person(a).address for a in pairing.advisors],
        "stage": stage_of(where),
        "next_due": _iso(pairing.due),
        "last_contact": _iso(last_news(where)) if pairing.contacts else None,
        "flags": _flags(where, now),
    }


def stage_of(where: Situation) -> str:
    """The stage of the newest thing that was decided; "ended" and "paused" say so, "waiting" before the first."""
    if where.pairing.status != "active":
        return where.pairing.status
    asked = where.pairing.asked.values()
    return max(asked, key=lambda a: a.at).stage if asked else "waiting"


def _flags(where: Situation, now: datetime) -> list[str]:
    """What its advisors are told, as far as the coordinator may know it."""
    reader = coordinator(where.chapter.coordinator)
    speech = speech_for(where.program.words, where.chapter, reader)
    return [speech.say("attention", item.kind, **item.values) for item in of_pairing(where, reader, now)]


def status_lines(plain: Mapping[str, Any], work: Work) -> Iterator[str]:
    """The same for a person, a line a pairing."""
    statuses = _counted(p.status for p in work.participants())
    people = ", ".join(f"{n} {word}" for word, n in sorted(statuses.items())) or "nobody yet"
    yield f"{plain['program']}: {people}; last tick {_short(plain['last_tick']) or 'never'}"
    for p in plain["pairings"]:
        flags = f"  ! {'; '.join(p['flags'])}" if p["flags"] else ""
        due = _short(p["next_due"]) or "–"
        yield f"{p['id']:>5}  {p['stage']:<20} {p['mentee']} with {p['mentor']}, next {due}{flags}"
    yield from searches.lines(plain)
    yield from _waiting(plain["held"], "message waits", "messages wait", "for you: coordinator held list")
    yield from _waiting(plain["uncertain"], "letter", "letters", "may or may not have arrived")
    yield from _waiting(plain["given_up"], "letter was", "letters were", f"given up in the last {RECENT.days} days")
    yield from _waiting(
        plain["quarantined"], "message lies", "messages lie", "in quarantine: coordinator held list --all"
    )
    yield from _waiting(_letters(work, "queued"), "letter waits", "letters wait", "to be sent")


def _short(instant: str | None) -> str:
    """To the minute, for eyes; UTC."""
    return f"{instant[:16].replace('T', ' ')} UTC" if instant else ""


def _waiting(number: int, one: str, many: str, words: str) -> Iterator[str]:
    if number:
        yield f"{number} {one if number == 1 else many} {words}"


def shown_person(person: Participant, pairings: tuple[Pairing, ...]) -> dict[str, Any]:
    """One person as `show` prints them; nothing they answered."""
    return {
        "id": person.id,
        "address": person.address,
        "aliases": list(person.aliases),
        "name": person.name,
        "roles": list(person.roles),
        "timezone": person.timezone,
        "language": person.language,
        "status": person.status,
        "paused_until": _iso(person.paused_until),
        "away_until": _iso(person.away_until),
        "consent": {"text": person.consent.text, "at": _iso(person.consent.at), "how": person.consent.how}
        if person.consent
        else None,
        "last_letter": _iso(person.written),
        "last_answer": _iso(person.answered),
        "pairings": [{"id": p.id, "role": p.role_of(person.id), "status": p.status} for p in pairings],
    }


def shown_pairing(where: Situation, now: datetime) -> dict[str, Any]:
    """One pairing as `show` prints it to the coordinator: when and whether, never what belongs to the two.

    Of goals only how they stand, of meetings neither agenda nor place, and answers that the whole program may see.
    """
    pairing = where.pairing
    return {
        **_pairing(where, now),
        "status": pairing.status,
        "start": pairing.start.isoformat(),
        "end": pairing.end.isoformat(),
        "terms": terms_seen(COORDINATOR, pairing, pairing.terms),
        "proposals": {k: dict(v) for k, v in terms_seen(COORDINATOR, pairing, pairing.proposals).items()},
        "goals": [
            {
                "number": g.number,
                "owner": pairing.role_of(g.owner),
                "state": g.state,
                "versions": len(g.texts),
                "reports": [_iso(at) for at, *_ in g.scores],
            }
            for g in pairing.goals
        ],
        "meetings": [
            {
                "ordinal": m.ordinal,
                "uid": m.uid,
                "start": _iso(m.start),
                "end": _iso(m.end),
                "sequence": m.sequence,
                "status": m.status,
                "minutes": m.minutes,
                "answers": {pairing.role_of(i): said for i, said in m.partstats.items()},
            }
            for m in pairing.meetings
        ],
        "contacts": [{"at": _iso(c.at), "kind": c.kind, "minutes": c.minutes} for c in pairing.contacts],
        "answers": [
            {"key": a.key, "field": a.field, "by": pairing.role_of(a.by), "value": a.value}
            for a in visible(COORDINATOR, pairing)
        ],
        "coming": [{"at": _iso(m.at), "what": m.kind, "key": m.key} for m in moments(where)][:8],
    }
