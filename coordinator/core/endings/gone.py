"""Whether somebody is gone for good, and since when."""

from datetime import datetime, timedelta

from coordinator.core.hours import at_local
from coordinator.core.moments import Situation

GRACE = timedelta(days=2)
"""How long somebody who asked for no more mail may come back before the other is told."""
UNREACHED = timedelta(days=28)
"""How long mail to somebody may come back before they count as gone."""


def gone_since(where: Situation, id_: str) -> datetime | None:
    """When somebody left for good: asked for no more mail, or mail came back for weeks. None = they are here."""
    person = where.person(id_)
    begin = at_local(where.pairing.start, 0, 0, where.zone)
    if person.status == "stopped":
        said = [at for key, at in person.decided.items() if "/stopped/" in key]
        return max(said, default=begin) + GRACE
    if person.status == "unreachable":
        return max((*person.bounces, person.written or begin, begin)) + UNREACHED
    return None
