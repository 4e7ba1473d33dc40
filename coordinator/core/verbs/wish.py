"""What an advisor's reply asks for, one wish a line, and what became of it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from coordinator.core.answers_text import Tokens
from coordinator.core.arrival import Arrival
from coordinator.core.care import Numbered
from coordinator.core.reading import Context
from coordinator.core.records import Pairing
from coordinator.core.words import Words


@dataclass(frozen=True, kw_only=True)
class Wish:
    """One verb about one thing.

    words: the line as it was written. item: the numbered line of the letter it is about, None = none. pairing: id of
    the pair it is about, "" = none. args: what `Verb.reads` found behind the verb. confirmed: its writer said yes.
    """

    verb: str
    words: str
    item: Numbered | None = None
    pairing: str = ""
    args: Mapping[str, str] = field(default_factory=dict)
    confirmed: bool = False


@dataclass(frozen=True, kw_only=True)
class Told:
    """One line of the receipt: a sentence of the words table `[told]`, filled with `values`.

    done: something changed, so that the other advisors of the pair are told as well. asks: it waits for a yes.
    """

    sentence: str
    values: Mapping[str, Any] = field(default_factory=dict)
    done: bool = False
    asks: bool = False


Reads = Callable[[Tokens, int, Words, Context], Mapping[str, str] | None]
"""Reads what stands behind the verb, from that token to the end of the line; None when it makes no sense there."""

Does = Callable[[Arrival, Wish], Told]
"""Puts changed records on `arrival.cohort` and letters into `arrival.effects`, and says what came of it."""


@dataclass(frozen=True, kw_only=True)
class Verb:
    """about: "item" (`3 snooze`), "pair" (`pair 4 every 2 weeks`, or the pair of an item), "self" (`away 1–14 Aug`).

    Its phrases stand in the words table `[verbs]` under its name. asks: what it does is hard to undo, so that it is
    done only when its writer says yes to `[told] <name>_sure`.
    """

    about: str
    does: Does
    reads: Reads
    asks: bool = False


def pairing_of(arrival: Arrival, wish: Wish) -> Pairing | None:
    """The pairing that a wish is about, if its writer advises it; None for any other."""
    found = arrival.cohort.pairing(wish.pairing) if wish.pairing else None
    return found if found and arrival.writer.id in found.advisors else None


def names_of(arrival: Arrival, pairing: Pairing) -> str:
    """ "Ada & Grace"."""
    where = arrival.situation(pairing)
    return f"{where.person(pairing.mentee).first_name} & {where.person(pairing.mentor).first_name}"
