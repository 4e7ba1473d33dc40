"""What pairs may attend together: the tables [[events]] of `config.toml`."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from coordinator.config.source import Source
from coordinator.config.tables import suggestion
from coordinator.core.chapter import Event
from coordinator.core.hours import at_local
from coordinator.core.zones import is_zone

KEYS = ("id", "title", "start", "minutes", "timezone", "place")
_LONGEST = 14 * 24 * 60


def read_events(source: Source, zone: str) -> tuple[Event, ...]:
    """In the order of the file. start is a local time without an offset, such as 2026-04-14T18:00:00."""
    given = source.values.get("events", [])
    if not isinstance(given, list) or not all(isinstance(item, Mapping) for item in given):
        source.blame(("events",), "must be a list of tables – begin each one with [[events]]")
        return ()
    found = [event for item in given if (event := _event(source, item, zone))]
    names = [event.id for event in found]
    for name in {name for name in names if names.count(name) > 1}:
        source.blame(("events",), f'two events have the id "{name}" – give one another id, for good')
    return tuple(found)


def _event(source: Source, item: Mapping[str, Any], zone: str) -> Event | None:
    faults = [f"unknown key in [[events]] – {suggestion(key, KEYS)}" for key in item if key not in KEYS]
    texts = {key: item.get(key, "") for key in ("id", "title", "timezone", "place")}
    faults += [f"{key} of an event must be text" for key, value in texts.items() if not isinstance(value, str)]
    faults += [f"{key} of an event is missing" for key in ("id", "title") if not texts[key]]
    start, minutes = item.get("start"), item.get("minutes", 60)
    name = str(texts["timezone"]) or zone
    if not isinstance(start, datetime) or start.tzinfo is not None:
        faults.append("start of an event must be a local time – 2026-04-14T18:00:00, without quotation marks")
    if not isinstance(minutes, int) or isinstance(minutes, bool) or not 1 <= minutes <= _LONGEST:
        faults.append("minutes of an event must be a whole number, up to two weeks")
    if not is_zone(name):
        faults.append("timezone of an event must be a name such as Europe/Berlin")
    for fault in faults:
        source.blame(("events",), fault)
    if faults or not isinstance(start, datetime):
        return None
    begins = at_local(start.date(), start.hour, start.minute, name).astimezone(UTC)
    length = timedelta(minutes=minutes)
    return Event(
        id=str(texts["id"]),
        title=str(texts["title"]),
        start=begins,
        end=begins + length,
        timezone=name,
        place=str(texts["place"]),
    )
