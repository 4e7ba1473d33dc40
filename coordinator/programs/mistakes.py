"""How a mistake in a program is told: the place, the fault and the way out, in one line."""

from collections.abc import Iterable


def mistake(place: str, fault: str, way_out: str = "") -> str:
    return f"{place}: {fault} – {way_out}" if way_out else f"{place}: {fault}"


def unknown(place: str, what: str, word: object, known: Iterable[str]) -> str:
    """That `word` is no known `what`, with the nearest known word or, failing that, all of them."""
    return mistake(place, f'no {what} "{word}"', suggestion(word, known))


SHOWN = 40
"""Names that a message lists at most."""


def suggestion(word: object, known: Iterable[str]) -> str:
    from difflib import get_close_matches

    names = sorted(known)
    near = get_close_matches(str(word), names, n=1, cutoff=0.6)
    if near:
        return f'did you mean "{near[0]}"?'
    return f"there is: {', '.join(names[:SHOWN])}{', …' * (len(names) > SHOWN)}" if names else ""
