"""When a calendar says that something happens: local times and zones of every client, as instants in UTC."""

import calendar
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from coordinator.core.hours import at_local
from coordinator.core.zones import is_zone
from coordinator.formats.itip_lines import Property, params_of, taken_apart
from coordinator.formats.itip_windows import iana_name

_FIRST_YEAR, _LAST_YEAR = 1970, 2100
_LONGEST = timedelta(days=7)

_DATE_TIME = re.compile(
    r"(?P<date>\d{4}-?\d{2}-?\d{2})"
    r"(?:[T ]?(?P<time>\d{2}:?\d{2})(?::?(?P<second>\d{2})(?:\.\d{1,6})?)?(?P<zone>Z|[+-]\d{2}:?\d{2})?)?",
    re.ASCII | re.IGNORECASE,
)


@dataclass(frozen=True, kw_only=True)
class Moment:
    """at: UTC, None when it cannot be said. problem: why not, in a few words."""

    at: datetime | None = None
    problem: str = ""


def moment(said: Property | None, zones: Sequence[Sequence[str]], usual: str = "") -> Moment:
    """To the second in UTC, to the minute in a zone.

    zones: the VTIMEZONEs of the same calendar. usual: the zone that the whole calendar names for itself.
    """
    if said is None:
        return Moment(problem="no time")
    found = _DATE_TIME.fullmatch(said.value.strip())
    if found is None:
        return Moment(problem="a time that cannot be read")
    if found["time"] is None:
        return Moment(problem="a day without a time")
    wall = _wall(found["date"].replace("-", ""), found["time"].replace(":", ""))
    if wall is None or not _FIRST_YEAR <= wall.year <= _LAST_YEAR:
        return Moment(problem="a time out of range")
    if found["zone"]:
        second = timedelta(seconds=int(found["second"] or 0))
        return Moment(at=(wall + second - _offset(found["zone"])).replace(tzinfo=UTC))
    return _in_zone(wall, said.params.get("TZID", "") or usual, zones)


def _wall(date: str, time: str) -> datetime | None:
    try:
        return datetime(int(date[:4]), int(date[4:6]), int(date[6:]), int(time[:2]), int(time[2:]))  # noqa: DTZ001
    except ValueError:
        return None


def _in_zone(wall: datetime, name: str, zones: Sequence[Sequence[str]]) -> Moment:
    if not name:
        return Moment(problem="a time without a zone")
    known = known_zone(name)
    if known:
        return Moment(at=at_local(wall.date(), wall.hour, wall.minute, known))
    offset = _offset_in(zones, name, wall)
    if offset is None:
        return Moment(problem="a time in a zone that nobody knows")
    return Moment(at=(wall - offset).replace(tzinfo=UTC))


def known_zone(name: str) -> str | None:
    """The IANA name behind any client's name for a zone, None for one that only its own VTIMEZONE explains."""
    plain = name.strip().strip('"').strip()
    if plain.casefold() in {
        "utc",
        "gmt",
        "z",
        "zulu",
        "etc/utc",
        "tzone://microsoft/utc",
        "coordinated universal time",
    }:
        return "UTC"
    # "/freeassociation.sourceforge.net/Europe/Berlin" and other prefixes end in the name.
    parts = plain.split("/")
    for length in (3, 2):
        if is_zone("/".join(parts[-length:])):
            return "/".join(parts[-length:])
    return plain if is_zone(plain) else iana_name(plain)


def length(event_end: Moment, start: Moment, duration: str) -> datetime | None:
    """The end that goes with a start: as said, else by DURATION; None when it is missing or absurd."""
    if start.at is None:
        return None
    end = event_end.at
    if end is None and duration:
        said = _duration(duration)
        end = start.at + said if said else None
    return end if end and timedelta(0) < end - start.at <= _LONGEST else None


_DURATION = re.compile(
    r"\+?P(?:(?P<weeks>\d{1,3})W)?(?:(?P<days>\d{1,3})D)?(?:T(?:(?P<hours>\d{1,4})H)?(?:(?P<minutes>\d{1,5})M)?(?:\d{1,6}S)?)?",
    re.ASCII | re.IGNORECASE,
)


def _duration(text: str) -> timedelta | None:
    found = _DURATION.fullmatch(text.strip())
    return timedelta(**{unit: int(said) for unit, said in found.groupdict().items() if said}) if found else None


def _offset(text: str) -> timedelta:
    """ "Z", "+0200", "-03:30", "+005328"."""
    if text.upper() == "Z":
        return timedelta(0)
    digits = text[1:].replace(":", "")
    size = timedelta(hours=int(digits[:2]), minutes=int(digits[2:4] or 0), seconds=int(digits[4:6] or 0))
    return -size if text.startswith("-") else size


@dataclass(frozen=True, kw_only=True)
class _Observance:
    """One STANDARD or DAYLIGHT. rule: its RRULE's parts, empty when it happens once."""

    start: datetime
    before: timedelta
    after: timedelta
    rule: dict[str, str]

    def onset(self, year: int) -> datetime | None:
        """Its local time in that year; only the yearly kind is known, and nothing is ever counted out."""
        if not self.rule or year < self.start.year:
            return self.start if year == self.start.year else None
        if self.rule.get("FREQ") != "YEARLY" or self._is_over(year):
            return None
        day = _day(year, self.rule, self.start)
        return day and self.start.replace(year=year, month=day[0], day=day[1])

    def _is_over(self, year: int) -> bool:
        until = self.rule.get("UNTIL", "")[:4]
        return until.isdecimal() and int(until) < year


def _offset_in(zones: Sequence[Sequence[str]], name: str, wall: datetime) -> timedelta | None:
    """From UTC at that wall time by the calendar's own VTIMEZONE of that name."""
    for lines in zones:
        if any(line.upper().startswith("TZID") and taken_apart(line).value.strip() == name.strip() for line in lines):
            return _offset_by(list(_observances(lines)), wall)
    return None


def _offset_by(observances: Sequence[_Observance], wall: datetime) -> timedelta | None:
    onsets = [
        (onset, each.after)
        for each in observances
        for year in {wall.year, wall.year - 1, each.start.year}
        if (onset := each.onset(year)) and onset <= wall
    ]
    if onsets:
        return max(onsets)[1]
    return observances[0].before if observances else None


def _observances(lines: Sequence[str]) -> Iterator[_Observance]:
    said: dict[str, str] = {}
    for line in lines:
        part = taken_apart(line)
        if part.name == "BEGIN":
            said = {}
        elif part.name == "END" and part.value.strip().upper() in {"STANDARD", "DAYLIGHT"}:
            if observance := _observance(said):
                yield observance
        else:
            said.setdefault(part.name, part.value.strip())


_OFFSET = re.compile(r"[+-]\d{2}:?\d{2}(?::?\d{2})?", re.ASCII)


def _observance(said: dict[str, str]) -> _Observance | None:
    found = _DATE_TIME.fullmatch(said.get("DTSTART", ""))
    before, after = said.get("TZOFFSETFROM", ""), said.get("TZOFFSETTO", "")
    if not found or not found["time"] or not _OFFSET.fullmatch(before) or not _OFFSET.fullmatch(after):
        return None
    start = _wall(found["date"].replace("-", ""), found["time"].replace(":", ""))
    rule = dict(params_of(said.get("RRULE", "")))
    rule.pop("", None)
    return _Observance(start=start, before=_offset(before), after=_offset(after), rule=rule) if start else None


_BYDAY = re.compile(r"(?P<nth>[+-]?[1-5])?(?P<day>MO|TU|WE|TH|FR|SA|SU)", re.ASCII)
_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


def _day(year: int, rule: dict[str, str], start: datetime) -> tuple[int, int] | None:
    """Month and day on which a yearly rule falls in that year."""
    month = rule.get("BYMONTH", str(start.month))
    if not month.isdecimal() or not 1 <= int(month) <= 12:
        return None
    days = range(1, calendar.monthrange(year, int(month))[1] + 1)
    if named := rule.get("BYMONTHDAY"):
        listed = {int(day) for day in named.split(",") if day.isdecimal()}
        days_left = [day for day in days if day in listed]
    else:
        days_left = list(days)
    found = _BYDAY.fullmatch(rule.get("BYDAY", ""))
    if found:
        weekday = _DAYS.index(found["day"])
        days_left = [day for day in days_left if calendar.weekday(year, int(month), day) == weekday]
    elif not rule.get("BYMONTHDAY"):
        days_left = [day for day in days if day == start.day]
    nth = int(found["nth"]) if found and found["nth"] else 1
    place = nth if nth < 0 else nth - 1
    return (int(month), days_left[place]) if -len(days_left) <= place < len(days_left) else None
