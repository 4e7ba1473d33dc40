"""What chance hangs on: the question itself and its month, never which letter happens to carry it."""

import random
from collections.abc import Callable, Iterable

from coordinator.simulate.letters import Ask, Received
from coordinator.simulate.persona import Past

Chances = Callable[[str], random.Random]
"""The chance of what something is about: the same words give the same chance."""

_FOR_GOOD = ("how many months", "last day:", "would you like to go on")
"""Of a question about how long it is to last."""


def of_question(ask: Ask, mail: Received, earlier: Iterable[Past]) -> str:
    """Asked a week later, or with other questions beside it, somebody answers alike; next month is another month.

    What is asked for the first time, or is wanted for good, has the same answer on whatever day it is asked.
    """
    words = _undated(ask.words)
    is_for_good = any(each in ask.words.casefold() for each in _FOR_GOOD)
    return words if is_for_good or words not in _asked(mail, earlier) else f"{words} {_month(mail)}"


def of_letter(mail: Received, earlier: Iterable[Past]) -> str:
    """Of whether and when it is answered: its invitation, else the first of its questions by their words."""
    if mail.invitation:
        return mail.invitation.uid
    if not mail.asks:
        return mail.parent.message_id
    words = min(_undated(ask.words) for ask in mail.asks)
    return f"{words} {_month(mail)}" if words in _asked(mail, earlier) else words


def _asked(mail: Received, earlier: Iterable[Past]) -> frozenset[str]:
    """What they had been asked before that letter, without days and times."""
    return frozenset(_undated(words) for each in earlier if each.at < mail.parent.date for words in each.asks)


def _month(mail: Received) -> str:
    return f"{mail.parent.date:%Y-%m}"


def _undated(words: str) -> str:
    """Without its dates and times: no number, and no word beside one."""
    said = words.split()
    dated = [any(c.isdigit() for c in word) for word in said]
    return " ".join(word for at, word in enumerate(said) if not any(dated[max(0, at - 1) : at + 2]))
