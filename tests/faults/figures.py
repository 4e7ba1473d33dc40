"""What a layer of tests did, in numbers, for the table of a whole run."""

import json
import os
from pathlib import Path

PLACE = "COORDINATOR_FIGURES"
"""Names the file that figures are added to; without it nobody asks for them."""


def note(layer: str, **numbers: int) -> None:
    if place := os.environ.get(PLACE):
        with Path(place).open("a") as file:
            file.write(json.dumps({"layer": layer, **numbers}) + "\n")


def noted(place: Path) -> dict[str, dict[str, int]]:
    """Layer → numbers, added up."""
    found: dict[str, dict[str, int]] = {}
    for line in place.read_text().splitlines() if place.exists() else ():
        numbers = json.loads(line)
        layer = found.setdefault(numbers.pop("layer"), {})
        for name, number in numbers.items():
            layer[name] = layer.get(name, 0) + number
    return found
