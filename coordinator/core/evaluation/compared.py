"""The pair's own criteria, as each of the two rated them, side by side for both."""

from typing import Any

from coordinator.core.endings.renewing import ROLES
from coordinator.core.evaluation.asked import OWN, criteria_at
from coordinator.core.moments import Situation
from coordinator.core.view import visible


def comparison(where: Situation, viewer: str, name: str) -> list[dict[str, Any]]:
    """A line for each criterion; "–" where one of them has not said. name: of the look, such as "m3".

    Each number stands beside the words that were asked, though the two have agreed on others since.
    """
    one, other = (_numbers(where, viewer, f"{where.pairing.id}/check/{name}/{role}") for role in ROLES)
    return [{"text": text, "one": one.get(text, "–"), "other": other.get(text, "–")} for text in {**one, **other}]


def _numbers(where: Situation, viewer: str, key: str) -> dict[str, Any]:
    """Criterion → what one of the two said of it, or "–"."""
    asked = where.asked(key)
    said = {answer.field: answer.value for answer in visible(viewer, where.pairing) if answer.key == key}
    lines = criteria_at(where, asked.at if asked else None)
    return {text: said.get(f"{OWN}_{number}", "–") for number, text in enumerate(lines, start=1)}
