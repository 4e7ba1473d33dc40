"""Instants in headers (RFC 5322 §3.3), with the liberties that real programs take."""

import re
from datetime import UTC, datetime, timedelta, timezone
from typing import Final

_MONTHS: Final = {
    name: number + 1
    for number, name in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split())  # noqa: SIM905
}
_DATE: Final = re.compile(
    r"(?:[A-Za-z]{3,9},?\s+)?(\d{1,2})[\s-]+([A-Za-z]{3})[a-z]*\.?[\s-]+(\d{2,4}),?\s+"
    r"(\d{1,2})[:.](\d{2})(?:[:.](\d{2}))?(?:\.\d+)?\s*([+-]\d{4}|[A-Za-z]{1,5})?"
)
_ZONES: Final = {"EDT": -240, "EST": -300, "CDT": -300, "CST": -360, "MDT": -360, "MST": -420, "PDT": -420, "PST": -480}


def instant(value: bytes) -> datetime | None:
    """In UTC; None for what is no date, or one before 1970 or after 2100."""
    match = _DATE.match(value.decode("latin-1").strip())
    if not match:
        return None
    day, month, year, hour, minute, second, zone = match.groups()
    number = int(year) + (0 if len(year) > 2 else 2000 if int(year) < 50 else 1900)
    try:
        local = datetime(
            number, _MONTHS[month.lower()], int(day), int(hour), int(minute), min(59, int(second or 0)), tzinfo=UTC
        )
        found = local.replace(tzinfo=timezone(_offset(zone or "+0000"))).astimezone(UTC)
    except (KeyError, ValueError, OverflowError):
        return None
    return found if 1970 <= found.year <= 2100 else None


def _offset(zone: str) -> timedelta:
    if zone[0] in "+-":
        minutes = int(zone[1:3]) * 60 + int(zone[3:5])
        return timedelta(minutes=-minutes if zone[0] == "-" else minutes)
    return timedelta(minutes=_ZONES.get(zone.upper(), 0))
