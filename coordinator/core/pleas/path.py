"""What one of the two chose when something stands between them: talk first, the advisor, or a kind end."""

from coordinator.core.answered import Said
from coordinator.core.arrival import Arrival
from coordinator.core.frozen import replace
from coordinator.core.pleas.lines import to_advisors
from coordinator.core.records import Pairing, Participant

TALK, ADVISOR, END = 0, 1, 2
"""The options of the question, in this order in every language."""


def chosen(arrival: Arrival, record: Pairing | Participant, said: Said) -> None:
    """The advisor learns that help is wanted, and nothing else (AAHA-32)."""
    options = said.question.field.options
    if not isinstance(record, Pairing) or said.value not in options:
        return
    need = next((n for n in record.care.needs if n.key == said.question.key and n.by == said.by), None)
    if need is None or options.index(said.value) == TALK:
        return
    kind = "conflict" if options.index(said.value) == ADVISOR else "parting"
    opened = replace(need, kind=kind, at=arrival.now, done=None, visibility="advisor")
    needs = tuple(opened if n.key == need.key else n for n in record.care.needs)
    arrival.cohort.put(replace(record, care=replace(record.care, needs=needs)))
    prompt = "conflict-advisor" if kind == "conflict" else "parting-advisor"
    arrival.effects.extend(to_advisors(arrival, record, prompt, opened))
