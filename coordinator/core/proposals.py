"""How a proposed change is named: the key says what was proposed, so a yes never means something newer."""

from coordinator.core.records import Pairing


def proposal_key(pairing: Pairing, name: str, value: str, role: str) -> str:
    """The key under which somebody is asked; a new one once the same proposal was answered before."""
    times = sum(
        1
        for key, asked in pairing.asked.items()
        if "/change/" in key and asked.closed and key.endswith(f"/{name}/{role}/{value}")
    )
    return f"{pairing.id}/change/{times}/{name}/{role}/{value}"


def proposal_in(key: str) -> tuple[str, str]:
    """(term, value) that such a key asks about."""
    _, _, _, name, _, value = key.split("/", 5)
    return name, value


def sheet_key(pairing: Pairing, name: str, role: str, value: str) -> str:
    """Names for good that one of the two was shown a wish on the sheet of the agreement, and chose."""
    return f"{pairing.id}/sheet/{role}/{name}/{value}"
