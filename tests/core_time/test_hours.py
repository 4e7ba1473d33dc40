"""Quiet hours, wall times that do not exist or come twice, and instants told in words."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coordinator.core.hours import at_local, is_quiet, local_day, next_open, when
from coordinator.core.zones import zone

SEVEN = (
    "Europe/Berlin",
    "America/New_York",
    "Australia/Lord_Howe",
    "Asia/Kathmandu",
    "Africa/Cairo",
    "America/Santiago",
    "Pacific/Apia",
)


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("day", "hour", "minute", "timezone", "instant"),
    [
        (date(2026, 7, 1), 12, 0, "Europe/Berlin", "2026-07-01T10:00"),
        (date(2026, 3, 29), 2, 30, "Europe/Berlin", "2026-03-29T01:00"),  # skipped: the first instant after the gap
        (date(2026, 3, 29), 2, 0, "Europe/Berlin", "2026-03-29T01:00"),
        (date(2026, 10, 25), 2, 30, "Europe/Berlin", "2026-10-25T00:30"),  # twice: the earlier one
        (date(2026, 10, 4), 2, 15, "Australia/Lord_Howe", "2026-10-03T15:30"),  # a gap of half an hour
        (date(2026, 4, 24), 0, 30, "Africa/Cairo", "2026-04-23T22:00"),  # a gap at midnight
        (date(2011, 12, 30), 9, 0, "Pacific/Apia", "2011-12-30T10:00"),  # a whole day that never was
        (date(2026, 12, 1), 12, 0, "America/Vancouver", "2026-12-01T19:00"),  # no winter time any more
    ],
)
def test_a_wall_time_is_one_instant(day, hour, minute, timezone, instant):
    assert at_local(day, hour, minute, timezone) == utc(instant)


@settings(max_examples=300, deadline=None)
@given(
    st.sampled_from(SEVEN),
    st.datetimes(min_value=datetime(2025, 1, 1), max_value=datetime(2032, 1, 1)),
)
def test_a_wall_time_that_exists_is_shown_by_the_clock_at_that_instant(timezone, wall):
    wall = wall.replace(second=0, microsecond=0)
    instant = at_local(wall.date(), wall.hour, wall.minute, timezone)
    shown = instant.astimezone(zone(timezone)).replace(tzinfo=None)
    just_before = (instant - timedelta(seconds=1)).astimezone(zone(timezone)).replace(tzinfo=None)
    assert shown == wall or just_before < wall < shown


@settings(max_examples=500, deadline=None)
@given(
    st.sampled_from(SEVEN),
    st.datetimes(min_value=datetime(2026, 1, 1), max_value=datetime(2028, 1, 1), timezones=st.just(UTC)),
    st.integers(0, 23),
    st.integers(0, 24),
)
def test_the_next_open_instant_is_open_and_all_before_it_is_quiet(timezone, now, quiet_from, quiet_until):
    opens = next_open(now, timezone, quiet_from, quiet_until)
    assert opens >= now
    assert not is_quiet(opens, timezone, quiet_from, quiet_until)
    if opens > now:
        moments = [now, opens - timedelta(seconds=1), now + (opens - now) / 2]
        assert all(is_quiet(moment, timezone, quiet_from, quiet_until) for moment in moments)


@pytest.mark.parametrize(
    ("now", "opens"),
    [
        ("2026-11-20T12:00", "2026-11-20T12:00"),
        ("2026-11-20T19:00", "2026-11-21T07:00"),  # 20:00 in Berlin, until 08:00
        ("2026-11-21T06:59", "2026-11-21T07:00"),
        ("2026-03-28T22:00", "2026-03-29T06:00"),  # over the change to summer time
    ],
)
def test_quiet_hours_of_a_night_end_in_the_morning(now, opens):
    assert next_open(utc(now), "Europe/Berlin", 20, 8) == utc(opens)


def test_equal_hours_mean_no_quiet_hours():
    assert not any(is_quiet(utc(f"2026-05-01T{hour:02}:00"), "UTC", 8, 8) for hour in range(24))


def test_a_day_is_that_of_the_place():
    assert local_day(utc("2026-05-01T23:30"), "Europe/Berlin") == date(2026, 5, 2)
    assert local_day(utc("2026-05-01T23:30"), "America/New_York") == date(2026, 5, 1)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Tue 14 April 2026, 12:00 (Berlin)"),
        ("de", "Di 14. April 2026, 12:00 Uhr (Berlin)"),
        ("fr-CA", "mar. 14 avril 2026, 12:00 (Berlin)"),
        ("es", "mar 14 de abril de 2026, 12:00 (Berlin)"),
        ("pt-BR", "ter 14 de abril de 2026, 12:00 (Berlin)"),
        ("it", "mar 14 aprile 2026, 12:00 (Berlin)"),
        ("nl", "di 14 april 2026, 12:00 (Berlin)"),
        ("xx", "Tue 14 April 2026, 12:00 (Berlin)"),
    ],
)
def test_an_instant_is_told_in_the_readers_language(language, text):
    assert when(utc("2026-04-14T10:00"), "Europe/Berlin", language) == text


def test_a_first_of_the_month_in_french_and_a_place_of_three_parts():
    said = when(utc("2026-09-01T15:00"), "America/Argentina/Buenos_Aires", "fr")
    assert said == "mar. 1er septembre 2026, 12:00 (Buenos Aires)"
