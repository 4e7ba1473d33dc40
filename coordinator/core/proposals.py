"""How a proposed change is named: the key says what was proposed, so a yes never means something newer.

Keys stand in logs and in what commands print, so they bear a mark of the words and never the words.
"""

import hashlib
from collections.abc import Iterator

from coordinator.core.records import Pairing


def proposal_key(pairing: Pairing, name: str, value: str, role: str) -> str:
    """The key under which somebody is asked; a new one once the same proposal was answered before."""
    mark = _mark(pairing, value)
    times = sum(
        1
        for key, asked in pairing.asked.items()
        if "/change/" in key and asked.closed and key.endswith(f"/{name}/{role}/{mark}")
    )
    return f"{pairing.id}/change/{times}/{name}/{role}/{mark}"


def proposal_in(pairing: Pairing, key: str) -> tuple[str, str]:
    """(term, value) that such a key asks about; the value is "" where nobody wants that any more."""
    _, _, _, name, _, mark = key.split("/", 5)
    return name, next((value for value in _wanted(pairing, name) if _mark(pairing, value) == mark), "")


def _wanted(pairing: Pairing, name: str) -> Iterator[str]:
    """What was proposed, and what became of a proposal."""
    yield from pairing.proposals.get(name, {}).values()
    yield from (pairing.terms[n] for n in (name,) if n in pairing.terms)
    yield from (text for goal in pairing.goals if f"G{goal.number}" == name for text in goal.texts)


def sheet_key(pairing: Pairing, name: str, role: str, value: str) -> str:
    """Names for good that one of the two was shown a wish on the sheet of the agreement, and chose."""
    return f"{pairing.id}/sheet/{role}/{name}/{_mark(pairing, value)}"


def _mark(pairing: Pairing, value: str) -> str:
    return hashlib.sha256(f"{pairing.id}/{value}".encode()).hexdigest()[:12]
