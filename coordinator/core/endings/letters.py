"""Letters that answer at once what somebody wrote about going on or ending: to them alone, or to their advisor."""

from collections.abc import Mapping, Sequence
from datetime import timedelta

from coordinator.core.arrival import Arrival
from coordinator.core.compose import footer, new_letter
from coordinator.core.context_meeting import described
from coordinator.core.effects import Effect, Section
from coordinator.core.endings.peers import told
from coordinator.core.frozen import replace
from coordinator.core.moments import Moment
from coordinator.core.program import Prompt
from coordinator.core.records import Asked, Meeting, Pairing, Participant, Question

ANSWERABLE = timedelta(days=60)
WISH = "wish"
"""The prompt by which an advisor learns what somebody asked to be told."""


def told_at_once(
    arrival: Arrival,
    pairing: Pairing,
    prompt: str,
    name: str,
    *,
    papers: tuple[Section, ...] = (),
    meeting: Meeting | None = None,
) -> None:
    """One letter to the writer alone; its questions are put on record, so that the answers find them.

    meeting: the one that it speaks of, None = none.
    """
    writer = arrival.writer
    key = f"{pairing.id}/{name}/{arrival.name}/{pairing.role_of(writer.id)}"
    declared = arrival.program.prompt(prompt, writer.language or arrival.chapter.language)
    spoken_of = {"meeting": described(arrival.situation(pairing), meeting, writer) if meeting else None}
    effect = replace(_effect(arrival, writer, pairing, key, declared, spoken_of), papers=papers)
    arrival.effects.append(effect)
    arrival.cohort.put(replace(arrival.writer, answered=arrival.now))
    if effect.letter.questions:
        asked = Asked(
            key=key,
            prompt=prompt,
            stage="parting",
            recipient=writer.id,
            at=arrival.now,
            fields=tuple(q.field.name for q in effect.letter.questions),
            letter=key,
        )
        current = arrival.cohort.pairing(pairing.id) or pairing
        arrival.put(replace(current, asked={**current.asked, key: asked}))


def tell_advisor(arrival: Arrival, pairing: Pairing, what: str, lines: Sequence[str]) -> None:
    """A word to each advisor who can be reached, with what the writer released and nothing else."""
    writer = arrival.writer
    declared = arrival.program.prompt(WISH, arrival.chapter.language)
    who = {"name": writer.name, "first_name": writer.first_name, "address": writer.address}
    for id_ in pairing.advisors:
        advisor = arrival.cohort.participant(id_)
        if advisor is not None and advisor.status in ("active", "paused"):
            key = f"{pairing.id}/{what}/{arrival.name}/{advisor.id}"
            more = {"who": who, "alert": list(lines), "moment": what}
            arrival.effects.append(_effect(arrival, advisor, pairing, key, declared, more))


def _effect(
    arrival: Arrival, to: Participant, pairing: Pairing, key: str, prompt: Prompt, more: Mapping[str, object]
) -> Effect:
    where = arrival.situation(pairing)
    questions = tuple(
        Question(number=n, pairing=pairing.id, prompt=prompt.id, key=key, field=field)
        for n, field in enumerate(prompt.fields, start=1)
    )
    letter = new_letter(
        arrival.chapter,
        to,
        key=key,
        purpose="relay",
        now=arrival.now,
        closes=arrival.now + ANSWERABLE,
        keys=(key,) if questions else (),
        pairings=(pairing.id,) if arrival.cohort.pairing(pairing.id) else (),
        questions=questions,
    )
    moment = Moment(at=arrival.now, kind="tell", key=key, stage="parting", pairing=pairing.id, recipient=to.id)
    section = Section(prompt=prompt.id, pairing=pairing.id, key=key, context={**told(where, moment), **more})
    return Effect(letter=letter, sections=(section,), footer=footer(where, to, arrival.now))
