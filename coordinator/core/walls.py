"""The wall time that people agreed on, apart from the instant that a government makes of it."""

from datetime import datetime

from coordinator.core.hours import at_local
from coordinator.core.meeting import Meeting
from coordinator.core.zones import zone


def wall(start: datetime, name: str) -> str:
    """What the clock of that zone shows then, such as "2026-12-08T12:00"."""
    return f"{start.astimezone(zone(name)):%Y-%m-%dT%H:%M}"


def agreed_start(meeting: Meeting) -> datetime:
    """When the wall time that was agreed on is, by the rules of today; a second chance of the hour stays one."""
    if not meeting.wall or wall(meeting.start, meeting.zone) == meeting.wall:
        return meeting.start
    said = datetime.fromisoformat(meeting.wall)
    return at_local(said.date(), said.hour, said.minute, meeting.zone)
