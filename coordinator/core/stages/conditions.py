"""When a letter is left out, or is for some only: what `unless` and `only` of a stage may say."""

from collections.abc import Callable, Mapping

from coordinator.core.matching.read_profile import is_first_time, years_of
from coordinator.core.moments import Situation
from coordinator.core.program import Program
from coordinator.core.records import Participant


def _in_touch(where: Situation) -> bool:
    """They spoke, wrote or agreed on a first date: nobody needs a push."""
    pairing = where.pairing
    both = {pairing.mentor, pairing.mentee}
    agreed = any(both <= {id_ for id_, said in m.partstats.items() if said == "ACCEPTED"} for m in where.meetings)
    return agreed or bool(pairing.contacts) or any(m.status == "held" for m in where.meetings)


UNLESS: Mapping[str, Callable[[Situation], bool]] = {"in touch": _in_touch}
"""A letter is not written when this holds on its day."""


def is_new(_: Program, person: Participant) -> bool:
    """Less than a year in the field, or for the first time in a program like this (AHE-40, AMIA-9)."""
    years = years_of(person)
    return bool(person.consent) and (is_first_time(person) or (years is not None and years < 1))


ONLY: Mapping[str, Callable[[Program, Participant], bool]] = {"new": is_new}
"""A letter is for those alone of whom this holds."""
