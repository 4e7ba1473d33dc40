"""What people say about when they meet, and the meetings that come of it."""

import calendar
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coordinator.core.hours import local_day
from coordinator.core.rhythm import Rhythm, next_start, occurrence, parse, slots, step
from coordinator.core.zones import zone

SEVEN = (
    "Europe/Berlin",
    "America/New_York",
    "America/Vancouver",
    "Asia/Kolkata",
    "Australia/Sydney",
    "America/Santiago",
    "Pacific/Auckland",
)

SAID = [
    # what was said; then weekday, ordinal, day, every, hour and minute
    ("first tuesday 12:00", (1, 1, None, "", 12, 0)),
    ("2nd Tuesday 12.00", (1, 2, None, "", 12, 0)),
    ("Second Tuesday of the month at noon", (1, 2, None, "", 12, 0)),
    ("last Friday 4pm", (4, -1, None, "", 16, 0)),
    ("last Friday 4:30 p.m.", (4, -1, None, "", 16, 30)),
    ("fifth Monday 9:30", (0, -1, None, "", 9, 30)),
    ("every other Wednesday 9:00", (2, None, None, "2 weeks", 9, 0)),
    ("every other week on Tuesday at 10am", (1, None, None, "2 weeks", 10, 0)),
    ("every 3 weeks Tuesday 12:00", (1, None, None, "3 weeks", 12, 0)),
    ("every Wednesday 09:00", (2, None, None, "1 week", 9, 0)),
    ("first Tuesday every 2 months 12:00", (1, 1, None, "2 months", 12, 0)),
    ("Tuesday 12:00 monthly", (1, None, None, "1 month", 12, 0)),
    ("Tuesdays at 10", (1, None, None, "", 10, 0)),
    ("day 15 at 10:00", (None, None, 15, "", 10, 0)),
    ("on the 15th of each month at 10am", (None, None, 15, "", 10, 0)),
    ("last day of the month 10:00", (None, None, 31, "", 10, 0)),
    ("first Tuesday 12 a.m.", (1, 1, None, "", 0, 0)),
    ("jeden letzten Freitag um 16 Uhr", (4, -1, None, "", 16, 0)),
    ("3. Dienstag 12:00", (1, 3, None, "", 12, 0)),
    ("zweiter Dienstag im Monat, 12 Uhr", (1, 2, None, "", 12, 0)),
    ("alle zwei Wochen mittwochs 9:00", (2, None, None, "2 weeks", 9, 0)),
    ("alle 14 Tage Mi 9:00", (2, None, None, "2 weeks", 9, 0)),
    ("am 15. um 10 Uhr", (None, None, 15, "", 10, 0)),
    ("premier mardi à 12h", (1, 1, None, "", 12, 0)),
    ("1er mardi du mois à 12h30", (1, 1, None, "", 12, 30)),
    ("un mercredi sur deux à 9h", (2, None, None, "2 weeks", 9, 0)),
    ("toutes les deux semaines le mercredi à 9:00", (2, None, None, "2 weeks", 9, 0)),
    ("primer martes a las 12:00", (1, 1, None, "", 12, 0)),
    ("último viernes 16:00", (4, -1, None, "", 16, 0)),
    ("cada dos semanas los miércoles a las 9:00", (2, None, None, "2 weeks", 9, 0)),
    ("segundo martes de cada mes a las 12", (1, 2, None, "", 12, 0)),
    ("segunda terça 12:00", (1, 2, None, "", 12, 0)),
    ("primeira segunda-feira às 9h", (0, 1, None, "", 9, 0)),
    ("segunda 9:00", (0, None, None, "", 9, 0)),
    ("a cada duas semanas, quarta às 9:00", (2, None, None, "2 weeks", 9, 0)),
    ("2ª terça-feira 12h", (1, 2, None, "", 12, 0)),
    ("secondo martedì di ogni mese alle 12", (1, 2, None, "", 12, 0)),
    ("quarta domenica 10:00", (6, 4, None, "", 10, 0)),
    ("il 15 alle 10:00", (None, None, 15, "", 10, 0)),
    ("eerste dinsdag 12:00", (1, 1, None, "", 12, 0)),
    ("om de week woensdag 9:00", (2, None, None, "2 weeks", 9, 0)),
    ("elke twee weken op woensdag om 9:00", (2, None, None, "2 weeks", 9, 0)),
    ("de 15e om 10:00", (None, None, 15, "", 10, 0)),
]


@pytest.mark.req("AHE-15")
@pytest.mark.parametrize(("text", "expected"), SAID, ids=[text for text, _ in SAID])
def test_a_rhythm_in_words_is_understood(text, expected):
    found = parse(text)
    assert found is not None
    assert (found.weekday, found.ordinal, found.day, found.every, found.hour, found.minute) == expected
    assert parse(found.text) == found


@pytest.mark.parametrize(
    ("said", "text"),
    [
        (
            [
                "2nd tuesday 12:00",
                "Second Tuesday at noon",
                "the 2nd Tuesday of each month, 12.00",
                "2. Dienstag 12 Uhr",
            ],
            "2nd tuesday 12:00",
        ),
        (["every other Wednesday 9:00", "alle zwei Wochen mittwochs um 9 Uhr"], "every 2 weeks on wednesday 09:00"),
        (["every Wednesday 9am", "weekly on Wednesday at 9"], "every week on wednesday 09:00"),
        (["Tuesdays at 10"], "tuesday 10:00"),
        (["on the 15th at 10", "dia 15 às 10h"], "day 15 10:00"),
        (["last day of the month 10:00"], "last day 10:00"),
        (["fifth Monday 9:30", "last Monday 9:30"], "last monday 09:30"),
        (["first Tuesday every 2 months 12:00"], "1st tuesday every 2 months 12:00"),
    ],
)
def test_the_same_rhythm_in_other_words_is_written_the_same(said, text):
    assert {parse(words).text for words in said} == {text}


@given(
    st.integers(0, 23),
    st.integers(0, 59),
    st.one_of(
        st.tuples(st.integers(0, 6), st.sampled_from([None, 1, 2, 3, 4, -1]), st.none()),
        st.tuples(st.none(), st.none(), st.integers(1, 31)),
    ),
    st.sampled_from(["", "2 months", "1 week", "2 weeks", "3 weeks"]),
)
def test_every_rhythm_is_read_back_from_its_own_words(hour, minute, what, every):
    weekday, ordinal, day = what
    if weekday is None or ordinal is not None:
        every = every if "month" in every else ""
    rhythm = Rhythm(hour=hour, minute=minute, weekday=weekday, ordinal=ordinal, day=day, every=every)
    assert parse(rhythm.text) == rhythm


def test_what_a_rhythm_says_of_its_distance_goes_before_what_is_usual():
    fortnightly = parse("every other Wednesday 9:00")
    assert next_start(fortnightly, date(2026, 4, 8), date(2026, 4, 1), "1 month", "UTC").date() == date(2026, 4, 22)
    by_month = parse("first Tuesday 12:00")
    assert next_start(by_month, date(2026, 4, 7), date(2026, 4, 1), "2 weeks", "UTC").date() == date(2026, 5, 5)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "12:00",
        "first tuesday",
        "not the first tuesday 12:00",
        "first Tuesday or Thursday 12:00",
        "1st & 3rd Tuesday 12:00",
        "Tuesday 12:00 13:00",
        "first tuesday 25:00",
        "first tuesday 12:61",
        "Tuesday 4:00",  # in the morning?
        "every second Tuesday 12:00",  # every two weeks, or the second of each month?
        "jeden zweiten Dienstag um 12 Uhr",
        "first Tuesday every 2 weeks 12:00",
        "day 32 at 10:00",
        "day 0 at 10:00",
        "sixth Tuesday 12:00",
        "every 0 weeks on Tuesday 12:00",
        "every 53 weeks on Tuesday 12:00",
        "7th Tuesday 12:00",
        "first tuesday 12:00 in the café",
        "yes please",
        "first tuesday 12:00 " + "please " * 50,
    ],
)
def test_what_is_doubtful_or_incomplete_is_no_rhythm(text):
    assert parse(text) is None


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=300))
def test_no_text_breaks_the_reader_of_rhythms(text):
    parse(text)


@pytest.mark.parametrize("part", ["first ", "1", "at ", "every ", "12:", " ", "a las ", "de ", "om de "])
def test_a_text_made_to_be_slow_is_refused_like_any_other(part):
    assert parse(part * (200 // len(part))) is None
    assert parse(part * 100_000) is None


@pytest.mark.req("AHE-11", "AHE-15")
@pytest.mark.parametrize("timezone", SEVEN)
@pytest.mark.parametrize("text", ["first tuesday 12:00", "last Friday 4pm", "fifth Monday 9:00", "day 31 at 10:00"])
def test_five_years_of_monthly_meetings_have_each_month_exactly_once(timezone, text):
    rhythm = parse(text)
    previous, met = None, []
    for _ in range(60):
        start = next_start(rhythm, previous, date(2026, 1, 28), "1 month", timezone)
        local = start.astimezone(zone(timezone))
        assert (local.hour, local.minute) == (rhythm.hour, rhythm.minute)
        previous = local.date()
        met.append((previous.year, previous.month))
    first = met[0][0] * 12 + met[0][1] - 1
    assert met == [(month // 12, month % 12 + 1) for month in range(first, first + 60)]


@settings(max_examples=200, deadline=None)
@given(
    st.sampled_from(["first tuesday 12:00", "last Friday 4pm", "day 15 at 10:00"]),
    st.dates(date(2026, 1, 1), date(2030, 12, 31)),
    st.sets(st.dates(date(2026, 1, 1), date(2031, 12, 31)), max_size=200),
)
def test_closed_days_move_a_meeting_but_never_out_of_its_month(text, previous, closed):
    start = next_start(parse(text), previous, date(2026, 1, 1), "1 month", "Europe/Berlin", closed=frozenset(closed))
    day = local_day(start, "Europe/Berlin")
    assert (day.year * 12 + day.month) - (previous.year * 12 + previous.month) == 1
    assert day not in closed


def test_a_closed_day_gives_way_to_the_next_working_day_and_at_the_months_end_to_the_one_before():
    def day_of(text, previous, *closed):
        start = next_start(parse(text), previous, previous, "1 month", "UTC", closed=frozenset(closed))
        return start.date()

    assert day_of("day 1 at 10:00", date(2026, 4, 1), date(2026, 5, 1)) == date(2026, 5, 4)
    assert day_of("last Thursday 10:00", date(2026, 11, 26), date(2026, 12, 31)) == date(2026, 12, 30)


def test_the_first_meeting_is_a_week_or_more_after_the_start():
    rhythm = parse("first tuesday 12:00")
    assert next_start(rhythm, None, date(2026, 3, 31), "1 month", "UTC").date() == date(2026, 4, 7)
    assert next_start(rhythm, None, date(2026, 4, 1), "1 month", "UTC").date() == date(2026, 5, 5)
    weekly = parse("every other Wednesday 9:00")
    assert next_start(weekly, None, date(2026, 4, 1), "2 weeks", "UTC").date() == date(2026, 4, 8)
    by_day = parse("day 15 at 10:00")
    assert next_start(by_day, None, date(2026, 4, 1), "2 weeks", "UTC").date() == date(2026, 4, 15)


def test_weekly_meetings_keep_their_weekday_when_one_was_moved():
    rhythm = parse("every other Wednesday 9:00")
    moved = date(2026, 4, 10)  # the Friday of the same week
    assert next_start(rhythm, moved, date(2026, 1, 1), "2 weeks", "UTC").date() == date(2026, 4, 22)


def test_whole_steps_are_left_out_until_the_earliest_day():
    rhythm = parse("first tuesday 12:00")
    found = occurrence(rhythm, after=date(2026, 1, 6), every="2 months", zone="UTC", not_before=date(2026, 5, 6))
    assert found.date() == date(2026, 7, 7)


@pytest.mark.parametrize("every", ["", "month", "0 weeks", "1 day", "-1 months", "99 weeks", "1 week or so", "² weeks"])
def test_an_unknown_distance_is_refused(every):
    with pytest.raises(ValueError, match="distance"):
        step(every)


@pytest.mark.req("AHE-7")
@pytest.mark.parametrize(
    ("zone_a", "zone_b"),
    [
        ("Europe/Berlin", "Europe/Berlin"),
        ("Europe/Berlin", "America/New_York"),
        ("Asia/Kathmandu", "America/St_Johns"),
        ("Europe/London", "Asia/Kolkata"),
    ],
)
def test_three_slots_lie_on_different_days_inside_both_peoples_hours(zone_a, zone_b):
    found = slots(parse("first tuesday 12:00"), earliest=date(2026, 3, 20), zones=(zone_a, zone_b), minutes=45)
    assert len({local_day(start, zone_a) for start, _ in found}) == 3
    assert list(found) == sorted(found)
    for start, end in found:
        assert end - start == timedelta(minutes=45)
        for place in (zone_a, zone_b):
            local, until = start.astimezone(zone(place)), end.astimezone(zone(place))
            assert local.weekday() < 5
            assert local.hour >= 8
            assert (until.hour, until.minute) <= (18, 0)
    assert any(local_day(start, zone_a).weekday() == 1 for start, _ in found)


@pytest.mark.req("AHE-7")
def test_a_time_for_three_lies_inside_the_working_hours_of_each():
    zones = ("Europe/Berlin", "America/New_York", "Europe/London")
    found = slots(parse("first tuesday 12:00"), earliest=date(2026, 3, 20), zones=zones, minutes=30)
    assert len(found) == 3
    for start, end in found:
        assert all(start.astimezone(zone(name)).hour >= 8 for name in zones), "nobody is called before eight"
        assert all(end.astimezone(zone(name)).hour < 18 or end.astimezone(zone(name)).minute == 0 for name in zones)


@pytest.mark.parametrize(
    ("zone_a", "zone_b"), [("America/Los_Angeles", "Asia/Kolkata"), ("Europe/Berlin", "Pacific/Auckland")]
)
def test_people_without_a_common_working_hour_both_give_way_a_little(zone_a, zone_b):
    found = slots(parse("first tuesday 12:00"), earliest=date(2026, 6, 1), zones=(zone_a, zone_b), minutes=45)
    assert len({local_day(start, zone_a) for start, _ in found}) == 3
    for start, end in found:
        for place in (zone_a, zone_b):
            assert start.astimezone(zone(place)).hour >= 6
            assert end.astimezone(zone(place)) <= start.astimezone(zone(place)).replace(hour=20, minute=0)


def test_slots_keep_the_rhythms_own_time_where_it_suits_and_leave_closed_days_out():
    rhythm = parse("first Saturday 10:15")
    closed = frozenset({date(2026, 6, 6)})
    found = slots(rhythm, earliest=date(2026, 6, 1), zones=("UTC", "UTC"), minutes=30, closed=closed)
    saturday = next(start for start, _ in found if start.weekday() == 5)
    assert saturday == datetime(2026, 6, 13, 10, 15, tzinfo=saturday.tzinfo)


def test_a_meeting_longer_than_a_day_has_no_slot():
    with pytest.raises(ValueError, match="fits into no day"):
        slots(parse("first tuesday 12:00"), earliest=date(2026, 6, 1), zones=("UTC", "UTC"), minutes=1500)


def test_every_month_has_its_fifth_weekday_or_its_last():
    rhythm = parse("fifth Monday 9:00")
    for month in range(1, 13):
        before = date(2026, month, 1) - timedelta(days=1)
        day = next_start(rhythm, before, before, "1 month", "UTC").date()
        assert day.month == month
        assert day.day + 7 > calendar.monthrange(2026, month)[1]
