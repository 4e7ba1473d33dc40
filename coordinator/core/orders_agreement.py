"""Obeying a line that names a clause: proposed to the other, kept as one's own, or kindly refused."""

from datetime import date

from coordinator.core.agreement.clauses import COLUMNS, OWN, normal, own
from coordinator.core.arrival import Arrival
from coordinator.core.folding_agreement import CONFLICT, months_after
from coordinator.core.frozen import replace
from coordinator.core.hours import local_day, on_day
from coordinator.core.labels import phrase
from coordinator.core.notes import kept
from coordinator.core.reading import Command
from coordinator.core.records import Pairing
from coordinator.core.standing import ticked_off
from coordinator.core.terms import proposed

COI = "coi"
MOST_MONTHS = 60


def clause(arrival: Arrival, pairing: Pairing, command: Command) -> Pairing | str | None:
    """The pairing as it is then; a sentence for the writer where nothing can change; None for a human."""
    name, value = str(command.args.get("clause", "")), str(command.args.get("value", "")).strip()
    if name == COI:
        return _blocked(arrival, pairing, value)
    if name in COLUMNS:
        return kept(arrival, pairing, name, value)
    name = own(name, pairing.role_of(arrival.writer.id) or "")
    wanted = (_after_months(pairing, value) if name == "until" else None) or normal(name, value)
    if wanted is None:
        return speak(arrival, "not_understood", value=value[:80])
    if name.partition("_")[0] in OWN:
        return replace(pairing, terms={**pairing.terms, name: wanted})
    if name == "until" and (refusal := _past(arrival, pairing, date.fromisoformat(wanted))):
        return refusal
    wished = proposed(arrival.situation(pairing), name, wanted, arrival.writer.id)
    return _asked_no_more(arrival, wished) if name == "until" else wished


def _after_months(pairing: Pairing, value: str) -> str | None:
    """The last day where it was said as "4 months", counted from the first one."""
    months = value.removesuffix(" months")
    is_so = months != value and months.isdecimal() and 1 <= int(months) <= MOST_MONTHS
    return months_after(pairing.start, int(months)).isoformat() if is_so else None


def _asked_no_more(arrival: Arrival, pairing: Pairing) -> Pairing:
    """Who names the last day in a line of its own has answered for how many months it is to be."""
    letter = arrival.found.letter
    asked = [q for q in letter.questions if q.field.fills == "months"] if letter else []
    for question in asked:
        pairing = ticked_off(pairing, question.key, question.field.name)
    return pairing


def _past(arrival: Arrival, pairing: Pairing, day: date) -> str:
    today = local_day(arrival.now, arrival.situation(pairing).zone)
    language = arrival.writer.language or arrival.chapter.language
    return speak(arrival, "past_day", day=on_day(day, language)) if day <= max(today, pairing.start) else ""


def _blocked(arrival: Arrival, pairing: Pairing, words: str) -> Pairing | None:
    """For the advisors alone; nothing goes on until one of them has had a look (AAHA-10)."""
    changed = kept(arrival, pairing, COI, words, visibility="advisor")
    if changed is None:
        return None
    return replace(changed, blocked=CONFLICT)


def speak(arrival: Arrival, sentence: str, **values: object) -> str:
    """A sentence of the agreement's words, in the writer's language."""
    language = arrival.writer.language or arrival.chapter.language
    return phrase(arrival.program, language, sentence, **values)
