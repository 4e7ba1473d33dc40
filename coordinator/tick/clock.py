"""Whether the clock can be trusted: it never runs backwards, and seldom a month ahead."""

from datetime import datetime, timedelta

BACKWARDS = timedelta(minutes=5)
LONGEST_GAP = timedelta(days=31)


def clock_trouble(last: datetime | None, now: datetime, *, confirmed: bool = False) -> str | None:
    """Why nothing may be read, decided or sent at this instant, None when all is well. last: the last tick."""
    if last is None or confirmed:
        return None
    if now < last - BACKWARDS:
        return (
            f"the clock stands before the last tick ({last:%Y-%m-%d %H:%M} UTC), so nothing was read or sent –"
            " set it right; if it is right now, run once with --confirm-gap"
        )
    if now > last + LONGEST_GAP:
        return (
            f"the last tick was on {last:%Y-%m-%d}, over 31 days ago, so nothing was read or sent –"
            " look at the clock; if it is right, run once with --confirm-gap"
        )
    return None
