"""What is heard whatever else holds: a call for help, and a wish for no more mail."""

from dataclasses import replace
from datetime import datetime, timedelta

from coordinator.core.arrival import Arrival
from coordinator.core.booking import cancelled
from coordinator.core.compose import footer, new_letter
from coordinator.core.context import context
from coordinator.core.effects import Effect, Section
from coordinator.core.moments import Moment
from coordinator.core.records import Letter, Pairing, Participant

HELP_ECHO = timedelta(hours=1)
"""A second call within the hour alerts nobody twice."""


def asked_for_help(arrival: Arrival) -> None:
    """Acknowledged in the same tick; the advisors learn that help is asked, and not what for."""
    writer = arrival.writer
    asked = [at for key, at in writer.decided.items() if "/help/" in key]
    if asked and max(asked) > arrival.now - HELP_ECHO:
        return
    key = f"{writer.id}/help/{arrival.name}"
    arrival.cohort.put(replace(writer, decided={**writer.decided, key: arrival.now}, answered=arrival.now))
    pairing = arrival.pairing or next(iter(arrival.cohort.pairings_of(writer.id)), None)
    arrival.effects.append(_letter(arrival, writer, pairing, key, "help-received", "help"))
    for advisor in _advisors(arrival):
        arrival.effects.append(_letter(arrival, advisor, pairing, f"{key}/{advisor.id}", "help-alert", "help"))


def _advisors(arrival: Arrival) -> tuple[Participant, ...]:
    """The advisors of the pairs that the letter is about, else of all pairs of the writer; else the coordinator."""
    letter = arrival.found.letter
    own = [p for p in arrival.cohort.pairings_of(arrival.writer.id) if p.status != "ended"]
    meant = [p for p in own if letter and p.id in letter.pairings] or own
    ids = dict.fromkeys(a for p in meant for a in p.advisors)
    found = (arrival.cohort.participant(i) for i in ids)
    reachable = tuple(p for p in found if p and p.status in ("active", "paused") and p.id != arrival.writer.id)
    return reachable or (coordinator(arrival.chapter.coordinator),)


def alerted_again(arrival: Arrival, letter: Letter) -> None:
    """A call for help whose alert came back goes to the coordinator: it must reach a human."""
    caller = arrival.cohort.participant(letter.id.split("/")[0])
    if caller is not None and letter.recipient != "coordinator":
        called = replace(arrival, found=replace(arrival.found, writer=caller, letter=None))
        to = coordinator(arrival.chapter.coordinator)
        arrival.effects.append(_letter(called, to, None, f"{letter.id}/again", "help-alert", "help"))


def coordinator(address: str) -> Participant:
    """The chapter's coordinator as a reader of letters; they need no place on the roster."""
    return Participant(id="coordinator", address=address, first_name="", roles=("coordinator",))


def asked_to_stop(arrival: Arrival) -> None:
    """No more mail from now on but this one; the other is told that the next meeting is off."""
    writer = arrival.writer
    if writer.status == "stopped":
        return
    key = f"{writer.id}/stopped/{arrival.name}"
    pairings = [p for p in arrival.cohort.pairings_of(writer.id) if p.role_of(writer.id) != "advisor"]
    arrival.effects.append(_letter(arrival, writer, next(iter(pairings), None), key, "stopped", "notice"))
    gone = replace(
        writer,
        status="stopped",
        due=None,
        receipts=(),
        decided={**writer.decided, key: arrival.now},
        answered=arrival.now,
    )
    arrival.cohort.put(gone)
    for pairing in pairings:
        arrival.put(cancelled(pairing, arrival.now))


def acknowledge(arrival: Arrival, prompt: str, **more: object) -> None:
    """One mail to the writer, at once, about what they asked for: a break, or its end."""
    writer = arrival.writer
    pairing = arrival.pairing or next(iter(arrival.cohort.pairings_of(writer.id)), None)
    effect = _letter(arrival, writer, pairing, f"{writer.id}/{prompt}/{arrival.name}", prompt, "notice")
    (section,) = effect.sections
    told = replace(section, context={**section.context, **more})
    arrival.effects.append(replace(effect, sections=(told,)))
    arrival.cohort.put(replace(writer, answered=arrival.now))


def _letter(arrival: Arrival, to: Participant, pairing: Pairing | None, key: str, prompt: str, purpose: str) -> Effect:
    letter = new_letter(
        arrival.chapter,
        to,
        key=key,
        purpose=purpose,
        now=arrival.now,
        closes=_answerable(arrival.now),
        pairings=(pairing.id,) if pairing else (),
    )
    plain = _plain(arrival, to, pairing)
    section = Section(prompt=prompt, pairing=pairing.id if pairing else "", key=key, context=plain)
    bottom = footer(arrival.situation(pairing), to) if pairing else {}
    return Effect(letter=letter, sections=(section,), footer=bottom)


def _answerable(now: datetime) -> datetime:
    return now + timedelta(days=60)


def _plain(arrival: Arrival, to: Participant, pairing: Pairing | None) -> dict[str, object]:
    writer = arrival.writer
    who = {"name": writer.name, "first_name": writer.first_name, "address": writer.address}
    if pairing is None or to.id == "coordinator" or pairing.role_of(to.id) is None:
        program = arrival.program
        return {
            "me": {"first_name": to.first_name, "name": to.name, "role": ""},
            "who": who,
            "advisor": {"name": arrival.chapter.sender_name, "address": arrival.chapter.coordinator},
            "program": {"title": program.title, "months": program.months},
            "partner": {"first_name": "", "name": "", "role": "", "address": ""},
        }
    moment = Moment(at=arrival.now, kind="tell", key="", stage="", pairing=pairing.id, recipient=to.id)
    return {**context(arrival.situation(pairing), moment), "who": who}
