"""The pair's own criteria, as each of the two rated them, side by side for both."""

from typing import Any

from coordinator.core.evaluation.asked import OWN, criteria
from coordinator.core.moments import Situation
from coordinator.core.view import visible


def comparison(where: Situation, viewer: str, name: str) -> list[dict[str, Any]]:
    """A line for each criterion; "–" where one of them has not said. name: of the look, such as "m3"."""
    pairing = where.pairing
    said = {
        (answer.key, answer.field): answer.value
        for answer in visible(viewer, pairing)
        if answer.key.startswith(f"{pairing.id}/check/{name}/")
    }
    return [
        {
            "text": text,
            "one": said.get((f"{pairing.id}/check/{name}/mentee", f"{OWN}_{number}"), "–"),
            "other": said.get((f"{pairing.id}/check/{name}/mentor", f"{OWN}_{number}"), "–"),
        }
        for number, text in enumerate(criteria(where), start=1)
    ]
