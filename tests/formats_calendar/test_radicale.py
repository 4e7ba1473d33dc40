"""A real calendar store takes every event that we produce, gives it back unchanged in meaning, and finds it by its time."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from icalendar import Calendar

from coordinator.core.effects import Attendee
from coordinator.core.hours import at_local
from coordinator.formats.ical import feed
from tests.formats_calendar.invites import invite, part_of
from tests.formats_calendar.test_wall_times import THIRTY
from tests.servers import radicale

NAMES = ("Ada Lovelace", 'Ann "the boss"; O\'Neil, MD', "Zoë Müller-Ł 🦉", "Кирилл", "=?utf-8?q?x?=")


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    with radicale.running(tmp_path_factory.mktemp("radicale")) as server:
        yield server


def as_stored(calendar: bytes) -> bytes:
    """Without METHOD, as every client stores an invitation that it took (RFC 4791 §4.1)."""
    return b"\r\n".join(line for line in calendar.split(b"\r\n") if not line.startswith(b"METHOD:"))


def meaning(calendar: bytes) -> dict[str, object]:
    event = Calendar.from_ical(calendar).walk("VEVENT")[0]
    people = event.get("ATTENDEE", [])
    people = people if isinstance(people, list) else [people]
    return {
        "uid": str(event["UID"]),
        "start": event["DTSTART"].dt.astimezone(UTC),
        "end": event["DTEND"].dt.astimezone(UTC),
        "wall": event["DTSTART"].dt.replace(tzinfo=None),
        "sequence": int(event["SEQUENCE"]),
        "texts": [str(event.get(name, "")) for name in ("SUMMARY", "DESCRIPTION", "LOCATION", "STATUS")],
        "people": sorted((str(p), str(p.params["CN"]), str(p.params["PARTSTAT"])) for p in people),
        "organizer": str(event.get("ORGANIZER", "")),
    }


@pytest.mark.server
@pytest.mark.parametrize("name", THIRTY)
def test_a_meeting_in_any_zone_comes_back_and_is_found_at_its_time(store, name):
    for month in (1, 7):
        start = at_local(datetime(2027, month, 12, tzinfo=UTC).date(), 12, 0, name)
        made = invite(
            zone=name,
            start=start,
            end=start + timedelta(minutes=45),
            uid=f"{name.replace('/', '-')}-{month}@example.org",
        )
        calendar = as_stored(part_of(made))
        assert store.put(made.uid, calendar) == 201
        assert meaning(store.get(made.uid)) == meaning(calendar)
        near = store.found(
            f"{start - timedelta(minutes=1):%Y%m%dT%H%M%SZ}", f"{start + timedelta(minutes=1):%Y%m%dT%H%M%SZ}"
        )
        assert made.uid in near
        hour = timedelta(hours=1)
        assert made.uid not in store.found(f"{start - 2 * hour:%Y%m%dT%H%M%SZ}", f"{start - hour:%Y%m%dT%H%M%SZ}")


@pytest.mark.server
@pytest.mark.parametrize("name", NAMES)
def test_any_name_and_text_comes_back(store, name):
    people = (
        Attendee(name=name, address="ada@example.org", partstat="ACCEPTED"),
        Attendee(name="Bob", address="bob@example.com"),
    )
    made = invite(
        attendees=people,
        summary=f"{name} & Bob",
        description=f"- one; two, three\n- {name}\n\n" + "long " * 200,
        uid=f"named-{NAMES.index(name)}@example.org",
    )
    calendar = as_stored(part_of(made))
    assert store.put(made.uid, calendar) == 201
    assert meaning(store.get(made.uid)) == meaning(calendar)


@pytest.mark.server
def test_a_change_and_a_cancellation_of_the_same_event_replace_it(store):
    first = invite(uid="changing@example.org")
    later = replace(first, sequence=1, start=first.start + timedelta(days=2), end=first.end + timedelta(days=2))
    off = replace(later, sequence=2, method="CANCEL")
    for made in (first, later, off):
        assert store.put("changing", as_stored(part_of(made))) in (200, 201, 204)
        assert meaning(store.get("changing")) == meaning(as_stored(part_of(made)))


@pytest.mark.server
def test_each_event_of_a_persons_feed_is_taken(store):
    invites = [
        invite(
            uid=f"feed-{n}@example.org",
            start=invite().start + timedelta(days=28 * n),
            end=invite().end + timedelta(days=28 * n),
        )
        for n in range(6)
    ]
    whole = Calendar.from_ical(feed(invites, name="Mentoring"))
    for event in whole.walk("VEVENT"):
        single = Calendar()
        single.add("prodid", "-//x//y//EN")
        single.add("version", "2.0")
        for zone in whole.walk("VTIMEZONE"):
            single.add_component(zone)
        single.add_component(event)
        assert store.put(str(event["UID"]), single.to_ical()) == 201
