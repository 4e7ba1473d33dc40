"""What chance hangs on: the question itself and its month, never which letter happens to carry it."""

import random
from collections.abc import Callable

from coordinator.simulate.letters import Ask, Received

Chances = Callable[[str], random.Random]
"""The chance of what something is about: the same words give the same chance."""

_FOR_GOOD = ("how many months", "last day:", "would you like to go on")
"""Of a question about how long it is to last."""


def of_question(ask: Ask, mail: Received) -> str:
    """Asked a week later, or with other questions beside it, somebody answers alike; next month is another month.

    What they want for good is the same on whatever day they are asked.
    """
    is_for_good = any(words in ask.words.casefold() for words in _FOR_GOOD)
    return f"{_undated(ask.words)} {'' if is_for_good else _month(mail)}"


def of_letter(mail: Received) -> str:
    """Of whether and when it is answered: its invitation, else the first of its questions by their words."""
    if mail.invitation:
        return mail.invitation.uid
    asks = [_undated(ask.words) for ask in mail.asks]
    return f"{min(asks)} {_month(mail)}" if asks else mail.parent.message_id


def _month(mail: Received) -> str:
    return f"{mail.parent.date:%Y-%m}"


def _undated(words: str) -> str:
    """Without its dates and times: no number, and no word beside one."""
    said = words.split()
    dated = [any(c.isdigit() for c in word) for word in said]
    return " ".join(word for at, word in enumerate(said) if not any(dated[max(0, at - 1) : at + 2]))
