"""A time zone as calendar clients understand it: two yearly rules without a date list, from the footer of a zone file.

Outlook reads only TZID, DTSTART, RRULE, TZOFFSETFROM and TZOFFSETTO of a VTIMEZONE, so nothing else is needed, and a
zone that those cannot say exactly gets none: its meetings are written in UTC.
"""

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo
from functools import lru_cache
from importlib import resources
from zoneinfo import ZoneInfo

from coordinator.core.zones import zone as zone_named

_HOUR = timedelta(hours=1)
_SAMPLE = timedelta(hours=61)
"""Not a divisor of a day or a week, so that two years of samples meet every hour and every weekday."""


@dataclass(frozen=True, kw_only=True)
class Onset:
    """When a yearly change happens: the nth weekday (0 = Monday, nth -1 = the last) of a month, at a wall time.

    before, after: offset from UTC on either side of it. called: the abbreviation in use after it, "CEST".
    """

    month: int
    nth: int
    weekday: int
    hour: int
    minute: int
    before: timedelta
    after: timedelta
    called: str

    def wall(self, year: int) -> datetime:
        """The local time, by the offset before, at which it happens in that year."""
        length = calendar.monthrange(year, self.month)[1]
        days = [day for day in range(1, length + 1) if date(year, self.month, day).weekday() == self.weekday]
        day = days[-1] if self.nth < 0 else days[self.nth - 1]
        return datetime(year, self.month, day, self.hour, self.minute, tzinfo=UTC)

    def instant(self, year: int) -> datetime:
        return self.wall(year) - self.before


@dataclass(frozen=True, kw_only=True)
class Rule:
    """What a zone does in every year from now on.

    standard: its lower offset; called: that one's abbreviation; onsets: none, or two changes.
    """

    standard: timedelta
    called: str
    onsets: tuple[Onset, ...] = ()

    def changes(self, first: int, last: int) -> list[tuple[datetime, timedelta]]:
        """(instant, offset from then on) of those years, in order."""
        return sorted((each.instant(year), each.after) for each in self.onsets for year in range(first, last + 1))


def lines(name: str, start: datetime) -> tuple[str, ...] | None:
    """The VTIMEZONE, one content line each, None where no rule is exact in the year of `start` and the next.

    ValueError for a name that is no zone.
    """
    rule = exact_rule(name, start.astimezone(UTC).year)
    if rule is None:
        return None
    return ("BEGIN:VTIMEZONE", f"TZID:{name}", f"X-LIC-LOCATION:{name}", *_observances(rule), "END:VTIMEZONE")


def _observances(rule: Rule) -> Iterator[str]:
    if not rule.onsets:
        yield from _observance("STANDARD", rule.standard, rule.standard, rule.called, "DTSTART:19700101T000000")
    # Some clients read only the last STANDARD, some only the first DAYLIGHT: one of each, the summer first.
    for onset in sorted(rule.onsets, key=lambda onset: onset.after, reverse=True):
        kind = "STANDARD" if onset.after == rule.standard else "DAYLIGHT"
        start = f"DTSTART:{onset.wall(1970):%Y%m%dT%H%M%S}"
        yearly = f"RRULE:FREQ=YEARLY;BYMONTH={onset.month};BYDAY={onset.nth}{BYDAY[onset.weekday]}"
        yield from _observance(kind, onset.before, onset.after, onset.called, start, yearly)


def _observance(kind: str, before: timedelta, after: timedelta, called: str, *when: str) -> Iterator[str]:
    yield f"BEGIN:{kind}"
    yield f"TZOFFSETFROM:{utc_offset(before)}"
    yield f"TZOFFSETTO:{utc_offset(after)}"
    yield f"TZNAME:{called}"
    yield from when
    yield f"END:{kind}"


BYDAY = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


def utc_offset(offset: timedelta) -> str:
    """Such as "+0530"."""
    minutes = int(offset.total_seconds()) // 60
    return f"{'-' if minutes < 0 else '+'}{abs(minutes) // 60:02}{abs(minutes) % 60:02}"


@lru_cache(maxsize=512)
def exact_rule(name: str, year: int) -> Rule | None:
    """The yearly rule of a zone, where it is right throughout that year and the next; else None."""
    here = zone_named(name)
    rule = rule_of(footer(name))
    if rule is None or not _agrees(rule, here, year):
        return None
    return rule


def _agrees(rule: Rule, here: tzinfo, year: int) -> bool:
    """Whether the zone does the same: between the changes by samples, at the changes to the second."""
    changes = rule.changes(year - 1, year + 1)
    instant, end = datetime(year, 1, 1, tzinfo=UTC), datetime(year + 2, 1, 1, tzinfo=UTC)
    offset = rule.standard
    while instant < end:
        while changes and changes[0][0] <= instant:
            offset = changes.pop(0)[1]
        if instant.astimezone(here).utcoffset() != offset:
            return False
        instant += _SAMPLE
    return all(_changes_at(onset.instant(each), here, onset) for each in (year, year + 1) for onset in rule.onsets)


def _changes_at(instant: datetime, here: tzinfo, onset: Onset) -> bool:
    just_before = (instant - timedelta(seconds=1)).astimezone(here).utcoffset()
    return just_before == onset.before and instant.astimezone(here).utcoffset() == onset.after


def footer(name: str) -> str:
    """The POSIX rule at the end of the zone's file in the `tzdata` package (RFC 8536 §3.3)."""
    folder, _, city = ZoneInfo(name).key.rpartition("/")
    package = ".".join(("tzdata.zoneinfo", *filter(None, folder.split("/"))))
    return (resources.files(package) / city).read_bytes().rstrip(b"\n").rpartition(b"\n")[2].decode("ascii")


_NAME = r"<[^>]+>|[A-Za-z]{3,}"
_TIME = r"[+-]?\d{1,3}(?::\d{2}){0,2}"
_POSIX = re.compile(
    rf"(?P<std_name>{_NAME})(?P<std>{_TIME})"
    rf"(?:(?P<dst_name>{_NAME})(?P<dst>{_TIME})?,(?P<into>[^,]+),(?P<out>[^,]+))?",
)
_CHANGE = re.compile(rf"M(?P<month>\d+)\.(?P<week>\d)\.(?P<day>\d)(?:/(?P<time>{_TIME}))?")


def rule_of(posix: str) -> Rule | None:
    """What such a text as "CET-1CEST,M3.5.0,M10.5.0/3" says, None where a VTIMEZONE of two rules cannot say it."""
    found = _POSIX.fullmatch(posix)
    if found is None:
        return None
    # POSIX counts westward, and a summer time without a number is one hour ahead.
    normal, name = -_duration(found["std"]), found["std_name"].strip("<>")
    if not found["into"]:
        return Rule(standard=normal, called=name)
    other, other_name = -_duration(found["dst"]) if found["dst"] else normal + _HOUR, found["dst_name"].strip("<>")
    onsets = _onset(found["into"], normal, other, other_name), _onset(found["out"], other, normal, name)
    if onsets[0] is None or onsets[1] is None:
        return None
    lower = min((normal, name), (other, other_name))
    return Rule(standard=lower[0], called=lower[1], onsets=(onsets[0], onsets[1]))


def _onset(text: str, before: timedelta, after: timedelta, called: str) -> Onset | None:
    found = _CHANGE.fullmatch(text)
    wall = _duration(found["time"] or "2") if found else None
    if found is None or wall is None or not timedelta(0) <= wall < 24 * _HOUR:
        return None
    week, minutes = int(found["week"]), int(wall.total_seconds()) // 60
    return Onset(
        month=int(found["month"]),
        nth=-1 if week == 5 else week,
        weekday=(int(found["day"]) + 6) % 7,
        hour=minutes // 60,
        minute=minutes % 60,
        before=before,
        after=after,
        called=called,
    )


def _duration(text: str) -> timedelta:
    hours, minutes, seconds = (*text.lstrip("+-").split(":"), "0", "0")[:3]
    length = timedelta(hours=int(hours), minutes=int(minutes), seconds=int(seconds))
    return -length if text.startswith("-") else length
