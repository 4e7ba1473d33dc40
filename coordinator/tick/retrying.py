"""When a letter that no server took is tried again, and for how long."""

from datetime import datetime, timedelta
from zlib import crc32

from coordinator.core.records import Letter

FIRST = timedelta(minutes=5)
"""A server that keeps a list of the unknown wants to see so much patience (RFC 6647 §2)."""
LONGEST = timedelta(hours=4)
LIFE = timedelta(days=5)
"""After so long a letter that no server takes is given up, and a human is told."""
SPREAD = 0.2
"""A wait is longer or shorter by up to this part of it, so that letters put off together come back apart."""


def next_try(letter: Letter, attempts: int, now: datetime) -> datetime:
    """After so many attempts. The name of a letter stands in for chance: what was decided once comes out the same."""
    wait = min(FIRST * 2 ** min(attempts - 1, 10), LONGEST)
    chance = crc32(f"{letter.message_id} {attempts}".encode()) / 0xFFFFFFFF
    spread = wait * (1 - SPREAD + 2 * SPREAD * chance)
    return now + max(FIRST, timedelta(seconds=int(spread.total_seconds())))


def is_given_up(letter: Letter, now: datetime) -> bool:
    return now - letter.at > LIFE
