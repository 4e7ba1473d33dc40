"""Somebody says in running words that they want no more of it: they are asked in private what would help."""

from collections.abc import Iterator

from coordinator.core.answers_text import Tokens, tokens
from coordinator.core.arrival import Arrival
from coordinator.core.endings.wishes import DOUBT, in_doubt
from coordinator.core.pleas.danger import is_in_danger
from coordinator.core.reading import Context
from coordinator.core.records import Pairing
from coordinator.core.words import Words, languages, words_of

_READ = 3_000
"""Characters that are looked at."""
_SAID = frozenset({"stop", "help", "wish"})
"""Orders that say it themselves, or that bring a human."""
_ABOUT_IT = frozenset({"wish", "leave", "release", "go_on", "renew", "rematch", "reason"})
"""Facts of questions that ask about going on: the answer is the answer."""
REASON = "somebody may want to end it"


def is_weary(text: str, context: Context) -> bool:
    """ "I don't want to do this anymore", in any language that the program knows; not "I want to quit my job"."""
    scan = tokens(text[:_READ])
    return any(_says_so(scan, words_of(context, name)) for name in languages(context))


def _says_so(scan: Tokens, words: Words) -> bool:
    return any(scan.ends_at(end) or _is_filling(scan, end, words) for end in _ends(scan, words))


def _ends(scan: Tokens, words: Words) -> Iterator[int]:
    weary = words.phrases("weary")
    return (at + length for at in range(len(scan)) if (length := weary.length(scan.texts, at)))


def _is_filling(scan: Tokens, at: int, words: Words) -> bool:
    """Whether nothing but a "please" or "sorry" stands between here and the end of the clause."""
    step = words.phrases("please").length(scan.texts, at)
    return step > 0 and scan.ends_at(at + step)


def asked_what_helps(arrival: Arrival, pairing: Pairing | None, text: str) -> str | None:
    """None where these words want no end, or were heard otherwise; else their writer is asked, once until they answer.

    Once it is over they hear that. Silence leaves all as it is. Why a human must look: it is open which pairing is
    meant; "" where nobody has to.
    """
    if not _is_meant(arrival, text):
        return None
    if pairing is None or pairing.role_of(arrival.writer.id) not in ("mentor", "mentee"):
        return REASON
    if not _is_asked(arrival, pairing):
        in_doubt(arrival, pairing)
    return ""


def _is_meant(arrival: Arrival, text: str) -> bool:
    letter, context = arrival.found.letter, arrival.context()
    if arrival.found.writer is None or _SAID & {command.name for command in arrival.reading.commands}:
        return False
    if letter and any(question.field.fills in _ABOUT_IT for question in letter.questions):
        return False
    return is_weary(text, context) and not is_in_danger(text, context)


def _is_asked(arrival: Arrival, pairing: Pairing) -> bool:
    mine = (a for a in pairing.asked.values() if a.prompt == DOUBT and a.recipient == arrival.writer.id)
    return any(not asked.closed for asked in mine)
