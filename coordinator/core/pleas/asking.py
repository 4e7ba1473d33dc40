"""A call for help: acknowledged in the same tick, and the advisor told that – not what for."""

from datetime import timedelta

from coordinator.core.arrival import Arrival
from coordinator.core.care import Need, Plea
from coordinator.core.frozen import replace
from coordinator.core.pleas.alerting import alerts, also_told, escalation_due, first_told, pairings_of, then_told
from coordinator.core.pleas.beside import own_words
from coordinator.core.pleas.danger import is_in_danger
from coordinator.core.records import Letter, Pairing, Participant
from coordinator.core.voice import Voice, coordinator, names, with_section

ECHO = timedelta(hours=1)
"""A second call within the hour alerts nobody twice; it is answered only where it speaks of danger."""
KEPT_PLEAS = 20


def voice_of(arrival: Arrival) -> Voice:
    return Voice(program=arrival.program, chapter=arrival.chapter, cohort=arrival.cohort, now=arrival.now)


def asked_for_help(arrival: Arrival) -> None:
    """Whoever they are and whatever state they are in; a robot never comes here."""
    writer, voice = arrival.writer, voice_of(arrival)
    danger = is_in_danger(arrival.reading.text or "", arrival.context())
    key = f"{writer.id}/help/{arrival.name}"
    if key in writer.decided:
        return  # heard while the rest of the message had to wait
    if any(plea.at > arrival.now - ECHO for plea in writer.care.pleas):
        if danger and not any(
            key.endswith("/danger") and at > arrival.now - ECHO for key, at in writer.decided.items()
        ):
            _tell_emergency(arrival, key)
        elif own_words(arrival):
            _keep_words(arrival, key)
        return
    letter = arrival.found.letter
    pairings = pairings_of(voice, writer, letter.pairings if letter else ())
    people = first_told(voice, writer, pairings)
    plea = Plea(key=key, at=arrival.now, alerted={person.id: arrival.now for person in people})
    _remember(arrival, plea)
    _acknowledge(arrival, voice, plea, pairings[0] if pairings else None, people, danger=danger)
    arrival.effects.extend(alerts(voice, writer, pairings, plea, people))


def _keep_words(arrival: Arrival, key: str) -> None:
    """Of a second call within the hour: who was alerted knows, and its words wait for their writer's choice as well."""
    writer, voice, letter = arrival.writer, voice_of(arrival), arrival.found.letter
    pairings = pairings_of(voice, writer, letter.pairings if letter else ())
    people = first_told(voice, writer, pairings)
    arrival.cohort.put(replace(writer, decided={**writer.decided, key: arrival.now}))
    _acknowledge(arrival, voice, Plea(key=key, at=arrival.now), pairings[0] if pairings else None, people, danger=False)


def _remember(arrival: Arrival, plea: Plea) -> None:
    """The call, until somebody answers it, and when it goes to more people."""
    writer = arrival.writer
    care = replace(writer.care, pleas=(*writer.care.pleas, plea)[-KEPT_PLEAS:])
    changed = replace(writer, care=care, answered=arrival.now, decided={**writer.decided, plea.key: arrival.now})
    due = escalation_due(changed, arrival.program.help_hours)
    arrival.cohort.put(replace(changed, due=min((d for d in (due, writer.due) if d), default=None)))


def _acknowledge(
    arrival: Arrival,
    voice: Voice,
    plea: Plea,
    pairing: Pairing | None,
    people: tuple[Participant, ...],
    *,
    danger: bool,
) -> None:
    """One letter: who knows, who does not, and who may read the words, if there were any."""
    writer, words = arrival.writer, own_words(arrival)
    need = Need(key=plea.key, kind="help", by=writer.id, at=arrival.now, text=words, visibility="private")
    keep_need(arrival, pairing, need)
    effect = voice.letter(
        writer,
        "help-received",
        plea.key,
        "help",
        pairing=pairing,
        asks=plea.key if words else "",
        alert=_as_agreed(pairing),
        received=[names(people)],
        moment="agreed" if pairing and any(p.id in (pairing.mentor, pairing.mentee) for p in people) else "",
        hours=arrival.program.help_hours,
    )
    arrival.effects.append(with_section(effect, "emergency", first=True) if danger else effect)


def _as_agreed(pairing: Pairing | None) -> list[str]:
    """What the two agreed on for such a moment, as they wrote it: whom to ring, and how."""
    clause = pairing.terms.get("help", "") if pairing else ""
    return [clause] if clause else []


def keep_need(arrival: Arrival, pairing: Pairing | None, need: Need) -> None:
    """With the pairing it is about, else with whoever wrote; a need of that key is replaced."""
    record = arrival.cohort.pairing(pairing.id) if pairing else arrival.writer
    if record is None:
        return
    others = tuple(n for n in record.care.needs if n.key != need.key)
    changed = replace(record, care=replace(record.care, needs=(*others, need)))
    if isinstance(changed, Pairing):
        arrival.put(changed)
    else:
        arrival.cohort.put(changed)


def heard_of_danger(arrival: Arrival) -> None:
    """Words of danger in an ordinary reply: the same as a call for help, whatever else the reply says."""
    if is_in_danger(arrival.reading.text or "", arrival.context()):
        asked_for_help(arrival)


def _tell_emergency(arrival: Arrival, key: str) -> None:
    writer, key = arrival.writer, f"{key}/danger"
    if any(known.endswith("/danger") and at > arrival.now - ECHO for known, at in writer.decided.items()):
        return
    arrival.cohort.put(replace(writer, decided={**writer.decided, key: arrival.now}))
    arrival.effects.append(voice_of(arrival).letter(writer, "emergency", key, "help"))


def asked_from_elsewhere(arrival: Arrival) -> None:
    """Help in answer to a letter of ours, from an address that is not on the roster: humans look, the address gets
    nothing, for nobody knows whose it is."""
    letter = arrival.found.letter
    somebody = arrival.cohort.participant(letter.recipient) if letter else None
    if letter is None or somebody is None:
        return
    voice = voice_of(arrival)
    pairings = pairings_of(voice, somebody, letter.pairings)
    key = f"{somebody.id}/help/{arrival.name}"
    if key in somebody.decided:
        return
    people = first_told(voice, somebody, pairings)
    people = (*people, *(() if people[0].id == "coordinator" else (coordinator(arrival.chapter.coordinator),)))
    plea = Plea(key=key, at=arrival.now, alerted={person.id: arrival.now for person in people})
    arrival.cohort.put(replace(somebody, decided={**somebody.decided, key: arrival.now}))
    arrival.effects.extend(alerts(voice, somebody, pairings, plea, people, "elsewhere"))


def came_back(arrival: Arrival, letter: Letter) -> None:
    """An alert that came back, or met an out-of-office, goes to everybody else at once: it must reach a human."""
    caller = arrival.cohort.participant(letter.id.split("/")[0])
    plea = next((p for p in caller.care.pleas if letter.id.startswith(p.key)), None) if caller else None
    if caller is None or plea is None or plea.heard is not None or letter.recipient == caller.id:
        return
    voice = voice_of(arrival)
    pairings = pairings_of(voice, caller, letter.pairings)
    people = then_told(voice, caller, pairings, plea)
    arrival.effects.extend(alerts(voice, caller, pairings, plea, people, "came_back"))
    told = also_told(plea, people, arrival.now)
    pleas = tuple(told if p.key == plea.key else p for p in caller.care.pleas)
    arrival.cohort.put(replace(caller, care=replace(caller.care, pleas=pleas)))


def taken_up(arrival: Arrival, letter: Letter) -> bool:
    """Whether a reply answers an alert; the caller hears once that somebody has it."""
    caller = arrival.cohort.participant(letter.id.split("/")[0])
    plea = next((p for p in caller.care.pleas if letter.id.startswith(f"{p.key}/")), None) if caller else None
    if caller is None or plea is None or letter.purpose != "help" or letter.recipient == caller.id:
        return False
    if plea.heard is None:
        who = voice_of(arrival).person(letter.recipient)
        heard = replace(plea, heard=arrival.now)
        pleas = tuple(heard if p.key == plea.key else p for p in caller.care.pleas)
        arrival.cohort.put(replace(caller, care=replace(caller.care, pleas=pleas)))
        pairing = next(iter(pairings_of(voice_of(arrival), caller, letter.pairings)), None)
        arrival.effects.append(
            voice_of(arrival).letter(caller, "help-heard", f"{plea.key}/heard", "help", pairing=pairing, who=who)
        )
    return True
