"""What people may ask about what is stored of them: a copy, that it be deleted, and why they were written to.

Whatever mail asks for it, only the registered address is answered, and only a yes from there has it done.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any

from coordinator.core.arrival import Arrival
from coordinator.core.calls import left as leave_calls
from coordinator.core.chapter import Chapter
from coordinator.core.cohort import Cohort
from coordinator.core.commands_privacy import WISHES
from coordinator.core.compose import new_letter
from coordinator.core.effects import Decision, Effect, Section
from coordinator.core.endings.early import ended_early
from coordinator.core.frozen import replace
from coordinator.core.hours import on_day
from coordinator.core.late import say_once
from coordinator.core.moments import Situation
from coordinator.core.overlay import Overlay
from coordinator.core.program import Program
from coordinator.core.reading import Value
from coordinator.core.records import Letter, Pairing, Participant, Question

ANSWERABLE = timedelta(hours=48)
"""So long the yes may come, once."""
BETWEEN = timedelta(days=1)
"""Nobody is asked twice within a day, however many mails pretend to be theirs."""
_CONFIRMS: Mapping[str, str] = {"export_data": "confirm-export", "forget_me": "confirm-forget"}
LETTERS = ("confirm-export", "confirm-forget", "forgotten", "my-data", "why")


def wishes(arrival: Arrival) -> tuple[str, ...]:
    """What of this a registered person asks for, each once, whatever letter they answer."""
    if arrival.found.writer is None or arrival.verdict.action not in ("apply", "confirm", "hold", "late"):
        return ()
    return tuple(dict.fromkeys(c.name for c in arrival.reading.commands if c.name in WISHES))


def wished(arrival: Arrival, names: tuple[str, ...]) -> Decision:
    for name in names:
        if name == "why_mail":
            _tell_why(arrival)
        else:
            _ask_first(arrival, name)
    return arrival.decision("applied")


def without_wishes(arrival: Arrival) -> Arrival | None:
    """What a reply to a letter says besides, as if that had come alone; None when it says nothing else."""
    letter, reading = arrival.found.letter, arrival.reading
    if letter is None or arrival.verdict.action != "apply" or any(item.kind == "relay" for item in letter.items):
        return None
    asked = {" ".join(c.words.split()) for c in reading.commands if c.name in WISHES}
    others = tuple(c for c in reading.commands if c.name not in WISHES)
    left = [line for line in (reading.text or "").splitlines() if " ".join(line.split()) not in asked]
    has_verbs = letter.purpose == "summary" and any(line.strip() for line in left)
    if not reading.answers and not others and not has_verbs:
        return None
    return replace(arrival, reading=replace(reading, commands=others, text="\n".join(left)))


def is_confirmation(letter: Letter | None) -> bool:
    return letter is not None and any(q.field.fills in ("export", "forget") for q in letter.questions)


def confirmed(arrival: Arrival, letter: Letter) -> Decision:
    """The yes, which counts once; a no, or silence, leaves all as it is."""
    question = letter.questions[0]
    answer = arrival.reading.answers.get(question.number)
    if not isinstance(answer, Value):
        return arrival.decision("held", "an answer to the question whether to hand out or delete somebody's data")
    arrival.heard()
    if answer.value is not True:
        return arrival.decision("applied")
    if _is_used(arrival.writer, letter):
        say_once(arrival, letter, "used")
        return arrival.decision("applied")
    arrival.cohort.put(_marked(arrival.writer, f"used/{letter.id}", arrival.now))
    if question.field.fills == "export":
        return replace(arrival.decision("applied"), exports=(arrival.writer.id,))
    _leave(arrival, arrival.writer)
    return arrival.decision("applied")


def _leave(arrival: Arrival, person: Participant) -> None:
    """A last mail; what is stored goes as soon as it is out."""
    arrival.effects.append(_letter(arrival.program, arrival.chapter, person, "forgotten", arrival.now, {}))
    for record in left(arrival.program, arrival.chapter, arrival.cohort, person, arrival.now):
        arrival.put(record)


def left(
    program: Program, chapter: Chapter, cohort: Overlay, person: Participant, now: datetime
) -> Iterator[Participant | Pairing]:
    """The records once somebody is to be forgotten: no more mail, meetings off, and the others told that they left."""
    for pairing in cohort.pairings_of(person.id):
        role = pairing.role_of(person.id)
        if role == "advisor":
            yield replace(pairing, advisors=tuple(each for each in pairing.advisors if each != person.id))
        elif pairing.status != "ended":
            where = Situation(program=program, chapter=chapter, cohort=cohort, pairing=pairing)
            over = ended_early(where, cohort, "left", now)
            yield replace(over, decided={**over.decided, f"{pairing.id}/leave/{role}": now}, due=now)
    leave_calls(cohort, person, now)
    person = cohort.participant(person.id) or person
    gone = replace(person, status="stopped", due=now if person.calls else None, receipts=(), answered=now)
    yield _marked(gone, forgotten_key(person), now)


def forgotten_key(person: Participant) -> str:
    """Decided once somebody is to be forgotten."""
    return f"{person.id}/forgotten"


def is_leaving(person: Participant) -> bool:
    return forgotten_key(person) in person.decided


def data_letter(program: Program, chapter: Chapter, person: Participant, now: datetime) -> Effect:
    """The mail that carries somebody's copy; whoever sends it attaches it."""
    return _letter(program, chapter, person, "my-data", now, {})


def _ask_first(arrival: Arrival, name: str) -> None:
    """One question, to the registered address."""
    person, prompt = arrival.writer, _CONFIRMS[name]
    asked = [at for key, at in person.decided.items() if key.startswith(f"{person.id}/{prompt}/")]
    if asked and max(asked) > arrival.now - BETWEEN:
        return
    effect = _letter(arrival.program, arrival.chapter, person, prompt, arrival.now, {})
    arrival.effects.append(effect)
    arrival.cohort.put(_marked(person, effect.letter.id, arrival.now))


def _tell_why(arrival: Arrival) -> None:
    person = arrival.writer
    consent = person.consent
    stored = {
        "roles": list(person.roles),
        "address": person.address,
        "since": on_day(consent.at.date(), person.language or arrival.chapter.language) if consent else "",
        "how": consent.how if consent else "",
        "pairs": [_partner(arrival.cohort, person, p.id) for p in arrival.cohort.pairings_of(person.id)],
        "about": _subject(arrival),
    }
    plain = {"stored": stored}
    arrival.effects.append(_letter(arrival.program, arrival.chapter, person, "why", arrival.now, plain, arrival.name))
    arrival.heard()


def _subject(arrival: Arrival) -> str:
    """Of the letter that they ask about, where it was one of theirs."""
    letter = arrival.found.letter
    return letter.subject if letter and letter.recipient == arrival.writer.id else ""


def _partner(cohort: Cohort, person: Participant, pairing: str) -> dict[str, str]:
    found = cohort.pairing(pairing)
    role = found.role_of(person.id) if found else None
    if found is None or role not in ("mentor", "mentee"):
        return {"role": role or "", "name": ""}
    other = cohort.participant(found.partner_of(person.id))
    return {"role": role, "name": other.name if other else ""}


def _is_used(person: Participant, letter: Letter) -> bool:
    return f"used/{letter.id}" in person.decided


def _marked(person: Participant, key: str, now: datetime) -> Participant:
    return replace(person, decided={**person.decided, key: now})


def _letter(
    program: Program,
    chapter: Chapter,
    person: Participant,
    prompt: str,
    now: datetime,
    plain: Mapping[str, Any],
    name: str = "",
) -> Effect:
    key = f"{person.id}/{prompt}/{name or now.strftime('%Y%m%dT%H%M%S')}"
    fields = program.prompt(prompt, person.language or chapter.language).fields
    questions = tuple(
        Question(number=n, pairing="", prompt=prompt, key=key, field=field) for n, field in enumerate(fields, start=1)
    )
    letter = new_letter(
        chapter,
        person,
        key=key,
        purpose="notice",
        now=now,
        closes=now + (ANSWERABLE if questions else timedelta(days=14)),
        keys=(key,),
        questions=questions,
    )
    return Effect(
        letter=letter,
        sections=(Section(prompt=prompt, pairing="", key=key, context=_context(person, chapter, program, plain)),),
        footer={"role": "participant"},
    )


def _context(person: Participant, chapter: Chapter, program: Program, plain: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "me": {"first_name": person.first_name, "name": person.name, "role": ""},
        "advisor": {"name": chapter.sender_name, "address": chapter.coordinator},
        "program": {"title": program.title, "months": program.months},
        "partner": {"first_name": "", "name": "", "role": "", "address": ""},
        **plain,
    }
