"""The wall time that two people agreed on is the one that every client shows: 30 zones, 24 months."""

from datetime import UTC, date, datetime, timedelta

import pytest

from coordinator.core.hours import at_local
from coordinator.core.zones import names, zone
from coordinator.formats import vtimezone
from tests.formats_calendar.incoming import instant, unfolded
from tests.formats_calendar.invites import invite, part_of

THIRTY = (
    "Africa/Cairo", "Africa/Casablanca", "Africa/Johannesburg", "Africa/Lagos", "America/Argentina/Buenos_Aires",
    "America/Chicago", "America/Denver", "America/Halifax", "America/Havana", "America/Los_Angeles",
    "America/Mexico_City", "America/New_York", "America/Nuuk", "America/Santiago", "America/Sao_Paulo",
    "America/St_Johns", "America/Vancouver", "Asia/Dubai", "Asia/Jerusalem", "Asia/Kathmandu", "Asia/Kolkata",
    "Asia/Tokyo", "Atlantic/Azores", "Australia/Lord_Howe", "Australia/Sydney", "Europe/Berlin", "Europe/Dublin",
    "Europe/London", "Pacific/Auckland", "Pacific/Chatham",
)  # fmt: skip
MONTHS = [date(2026 + month // 12, month % 12 + 1, 1) for month in range(10, 34)]


def agreed_days(month: date) -> list[date]:
    """The first Tuesday, and a day in each week of March, April, October and November, when clocks change."""
    tuesday = month + timedelta(days=(1 - month.weekday()) % 7)
    return [tuesday, month.replace(day=29 if month.month != 2 else 28)] if month.month in {3, 4, 10, 11} else [tuesday]


@pytest.mark.req("AHE-15")
@pytest.mark.parametrize("name", THIRTY)
def test_noon_is_noon_in_outlook_too(name):
    for day in (day for month in MONTHS for day in agreed_days(month)):
        start = at_local(day, 12, 0, name)
        lines = unfolded(part_of(invite(zone=name, start=start, end=start + timedelta(minutes=45))))
        assert instant(lines, "DTSTART") == start
        assert instant(lines, "DTEND") - start == timedelta(minutes=45)
        local = instant(lines, "DTSTART").astimezone(zone(name))
        assert (local.date(), local.hour, local.minute) == (day, 12, 0)


def test_most_of_the_world_gets_its_own_clock_and_no_list_of_dates():
    exact = [name for name in names() if vtimezone.lines(name, datetime(2027, 1, 1, tzinfo=UTC))]
    assert len(exact) >= len(names()) - 20
    assert not any(
        "RDATE" in line for name in exact for line in vtimezone.lines(name, datetime(2027, 1, 1, tzinfo=UTC))
    )


@pytest.mark.parametrize(
    "name", ["Europe/Berlin", "Europe/Dublin", "America/New_York", "Australia/Lord_Howe", "Asia/Beirut"]
)
def test_both_changes_of_a_year_fall_on_the_minute(name):
    rule = vtimezone.exact_rule(name, 2027)
    for onset in rule.onsets:
        at = onset.instant(2027)
        before, after = (at - timedelta(seconds=1)).astimezone(zone(name)), at.astimezone(zone(name))
        assert (before.utcoffset(), after.utcoffset()) == (onset.before, onset.after)
        assert after.utcoffset() != before.utcoffset()


def test_a_calendar_starts_its_rules_on_days_that_satisfy_them():
    lines = vtimezone.lines("Europe/Berlin", datetime(2027, 1, 1, tzinfo=UTC))
    assert [line for line in lines if line.startswith("DTSTART")] == [
        "DTSTART:19700329T020000",
        "DTSTART:19701025T030000",
    ]


@pytest.mark.parametrize(
    "posix",
    [
        "",
        "CET",
        "CET-1CEST",
        "EET-2EEST,M3.4.4/50,M10.4.4/50",
        "X3,J60,J300",
        "<-02>2<-01>,M3.5.0/-1,M10.5.0/0",
        "EET-2EEST,M4.5.5/0,M10.5.4/24",
    ],
)
def test_a_rule_that_cannot_be_said_is_not_said_nearly(posix):
    assert vtimezone.rule_of(posix) is None


def test_a_change_that_comes_once_keeps_a_zone_in_utc_until_it_is_over():
    # Cuba stays on summer time in the winter of 2026; from 2028 on its yearly rule is the truth again.
    assert vtimezone.exact_rule("America/Havana", 2026) is None
    assert vtimezone.exact_rule("America/Havana", 2028) is not None
