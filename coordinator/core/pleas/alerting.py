"""Who is told of a call for help, in which order, and what happens when nobody answers."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from coordinator.core.care import Plea
from coordinator.core.effects import Effect
from coordinator.core.frozen import replace
from coordinator.core.hours import local_day
from coordinator.core.records import Pairing, Participant
from coordinator.core.voice import Voice, coordinator

REACHABLE = ("active", "paused")


def first_told(voice: Voice, caller: Participant, pairings: Sequence[Pairing]) -> tuple[Participant, ...]:
    """The first advisor of each pair who is there, and whom the pair's agreement names; else the coordinator."""
    told: dict[str, Participant] = {}
    for pairing in pairings:
        for person in (*_advisors(voice, caller, pairing)[:1], *agreed(voice, caller, pairing)):
            told.setdefault(person.id, person)
    return tuple(told.values()) or (coordinator(voice.chapter.coordinator),)


def then_told(voice: Voice, caller: Participant, pairings: Sequence[Pairing], plea: Plea) -> tuple[Participant, ...]:
    """The other advisors, and the coordinator: when nobody answered for the program's hours."""
    others = [person for pairing in pairings for person in _advisors(voice, caller, pairing)]
    everybody = {person.id: person for person in (*others, coordinator(voice.chapter.coordinator))}
    return tuple(person for id_, person in everybody.items() if id_ not in plea.alerted)


def _advisors(voice: Voice, caller: Participant, pairing: Pairing) -> tuple[Participant, ...]:
    """Who can be reached, whoever is away last."""
    found = [p for p in map(voice.cohort.participant, pairing.advisors) if p and p.status in REACHABLE and p != caller]
    return tuple(sorted(found, key=lambda person: is_away(voice, person)))


def is_away(voice: Voice, person: Participant) -> bool:
    zone = person.timezone or voice.chapter.timezone
    auto = person.away_until is not None and person.away_until > voice.now
    return auto or person.care.is_absent(local_day(voice.now, zone))


def agreed(voice: Voice, caller: Participant, pairing: Pairing) -> tuple[Participant, ...]:
    """Whom the agreement's clause `help` names: a role of the pair, or somebody of the program by name or address."""
    clause = pairing.terms.get("help", "").casefold()
    if not clause:
        return ()
    people = [(role, getattr(pairing, role)) for role in ("mentor", "mentee")]
    people += [("advisor", id_) for id_ in pairing.advisors]
    named = []
    for role, id_ in people:
        person = voice.cohort.participant(id_)
        if person and person != caller and person.status in REACHABLE and _is_named(clause, role, person):
            named.append(person)
    return tuple(named)


def _is_named(clause: str, role: str, person: Participant) -> bool:
    words = clause.replace(",", " ").replace(":", " ").replace(";", " ").split()
    return role in words or person.first_name.casefold() in words or any(a in words for a in person.addresses)


def pairings_of(voice: Voice, caller: Participant, meant: Sequence[str]) -> tuple[Pairing, ...]:
    """Those that the call is about, else all that go on, else the last there were."""
    own = [p for p in voice.cohort.pairings_of(caller.id) if p.role_of(caller.id) != "advisor"]
    open_ones = [p for p in own if p.status != "ended"]
    return tuple([p for p in own if p.id in meant] or open_ones or own[-1:])


def alerts(
    voice: Voice,
    caller: Participant,
    pairings: Sequence[Pairing],
    plea: Plea,
    people: Sequence[Participant],
    line: str = "",
) -> Iterator[Effect]:
    """That help is asked, and not what for; marked urgent."""
    for person in people:
        pairing = next((p for p in pairings if p.role_of(person.id)), None)
        partner = pairing is not None and pairing.role_of(person.id) in ("mentor", "mentee")
        said = voice.speech(person).say("plea", line, hours=voice.program.help_hours) if line else ""
        yield voice.letter(
            person,
            "help-alert",
            f"{plea.key}/{person.id}",
            "help",
            pairing=pairing,
            who=caller,
            urgent=True,
            alert=[said] if said else [],
            moment="agreed" if partner else "",
            hours=voice.program.help_hours,
        )


def escalation_due(person: Participant, hours: int) -> datetime | None:
    """When the next of somebody's calls that nobody answered goes to more people; None when none waits."""
    waiting = [p.at + timedelta(hours=hours) for p in person.care.pleas if _waits(p)]
    return min(waiting, default=None)


def _waits(plea: Plea) -> bool:
    return plea.heard is None and "coordinator" not in plea.alerted


def escalated(voice: Voice, caller: Participant) -> tuple[Participant, tuple[Effect, ...]]:
    """The caller with every call that waited too long told to more people, and the letters that tell them."""
    effects: list[Effect] = []
    pleas: list[Plea] = []
    pairings = pairings_of(voice, caller, ())
    for plea in caller.care.pleas:
        told: tuple[Participant, ...] = ()
        if _waits(plea) and plea.at + timedelta(hours=voice.program.help_hours) <= voice.now:
            told = then_told(voice, caller, pairings, plea)
            effects.extend(alerts(voice, caller, pairings, plea, told, "late"))
        pleas.append(also_told(plea, told, voice.now))
    return replace(caller, care=replace(caller.care, pleas=tuple(pleas))), tuple(effects)


def also_told(plea: Plea, people: Sequence[Participant], now: datetime) -> Plea:
    return replace(plea, alerted={**plea.alerted, **{person.id: now for person in people}})
