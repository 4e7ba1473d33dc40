"""When invented people look at their mail, and when they answer it. Pure; chance is passed in."""

import random
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from coordinator.simulate.persona import Persona


def start_of(persona: Persona, now: datetime, back: date | None) -> datetime:
    """When they can look at it: now, or the morning after their return; in their own zone."""
    zone = ZoneInfo(persona.timezone)
    return datetime(back.year, back.month, back.day, 8, 30, tzinfo=zone) if back else now.astimezone(zone)


def awake(at: datetime) -> datetime:
    """People write between seven and ten in the evening."""
    if 7 <= at.hour < 22:
        return at
    night = at if at.hour < 7 else at + timedelta(days=1)
    return night.replace(hour=7, minute=20 + at.minute % 35)


def later(persona: Persona, start: datetime, chance: random.Random, *, share: float = 1.0) -> datetime:
    fastest, slowest = persona.temperament.hours
    hours = fastest + (slowest - fastest) * chance.random() ** 2
    return awake(start + timedelta(hours=hours * share, seconds=chance.randrange(3600)))
