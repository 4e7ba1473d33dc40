"""Who may read the words of a call for help, a concern or a conflict: nobody until its writer has said so."""

from coordinator.core.answered import Said
from coordinator.core.arrival import Arrival
from coordinator.core.care import Need
from coordinator.core.frozen import replace
from coordinator.core.pleas.asking import voice_of
from coordinator.core.records import Pairing, Participant

NOBODY, ADVISOR, BOTH = 0, 1, 2
"""The options of the question, in this order in every language."""


def released(arrival: Arrival, record: Pairing | Participant, said: Said) -> None:
    """Sends the words to whom their writer chose, in the same tick; choosing nobody forgets them."""
    options = said.question.field.options
    need = next((n for n in record.care.needs if n.key == said.question.key and n.by == said.by), None)
    if need is None or said.value not in options:
        return
    choice = options.index(said.value)
    _keep(arrival, record, _chosen(need, choice))
    if choice == NOBODY or not need.text:
        return
    writer, voice = arrival.writer, voice_of(arrival)
    pairing = record if isinstance(record, Pairing) else None
    purpose = "help" if need.kind == "help" else "relay"
    for id_ in readers(record, said.by, choice):
        reader = voice.person(id_)
        if reader and reader.status in ("active", "paused"):
            key, lines = f"{need.key}/words/{id_}", need.text.splitlines()
            letter = voice.letter(reader, "released", key, purpose, pairing=pairing, who=writer, alert=lines)
            arrival.effects.append(letter)


def _chosen(need: Need, choice: int) -> Need:
    if choice == NOBODY:
        return replace(need, text="", visibility="private")
    return replace(need, visibility="advisor")


def readers(record: Pairing | Participant, writer: str, choice: int) -> tuple[str, ...]:
    """Ids; without a pairing, or with no advisor, the coordinator stands for the advisor."""
    if not isinstance(record, Pairing):
        return ("coordinator",)
    partner = (record.partner_of(writer),) if choice == BOTH else ()
    return (*(record.advisors or ("coordinator",)), *partner)


def _keep(arrival: Arrival, record: Pairing | Participant, need: Need) -> None:
    needs = tuple(need if n.key == need.key else n for n in record.care.needs)
    changed = replace(record, care=replace(record.care, needs=needs))
    arrival.cohort.put(changed)
