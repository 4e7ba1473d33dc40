"""Days off, events and calendar feeds of a chapter, from its configuration to what people get."""

import subprocess
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from coordinator import config
from coordinator.config.days_off import stamp, with_days_off
from coordinator.errors import ConfigurationError
from coordinator.formats.days_off import days_off
from tests.cli.running import with_pair

BASE = {
    "program": "six-month",
    "chapter.name": "Elm",
    "chapter.address": "mentoring@example.org",
    "chapter.coordinator": "office@example.net",
    "chapter.timezone": "Europe/Berlin",
}


def founded(folder: Path, more: str = "") -> Path:
    (folder / "config.toml").write_text(config.render(BASE).replace("[meetings]", "[meetings]\n" + more))
    config.write_secret(folder)
    return folder


def calendar(*events: str) -> bytes:
    body = "".join(f"BEGIN:VEVENT\r\n{event}\r\nEND:VEVENT\r\n" for event in events)
    return f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{body}END:VCALENDAR\r\n".encode()


NEW_YEAR = "UID:1\r\nDTSTART;VALUE=DATE:20200101\r\nDTEND;VALUE=DATE:20200102\r\nRRULE:FREQ=YEARLY\r\nSUMMARY:New Year"
WEEK = "UID:2\r\nDTSTART;VALUE=DATE:20261224\r\nDTEND;VALUE=DATE:20270102\r\nSUMMARY:Office closed"


def test_days_off_come_back_every_year_and_a_week_is_each_of_its_days():
    days, problems = days_off(calendar(NEW_YEAR, WEEK))
    assert {date(2026, 1, 1), date(2030, 1, 1), date(2026, 12, 24), date(2026, 12, 31)} <= set(days)
    assert date(2027, 1, 2) not in days
    assert problems == ()


@pytest.mark.parametrize(
    ("raw", "problem"),
    [
        (b"", "no whole-day event"),
        (b"\xff\xfe\x00garbage", "no whole-day event"),
        (calendar("UID:3\r\nDTSTART:20260101T100000Z\r\nSUMMARY:A talk"), "no whole day"),
        (calendar("UID:4\r\nDTSTART;VALUE=DATE:20260101\r\nRRULE:FREQ=SECONDLY"), "not followed"),
        (calendar("UID:5\r\nDTSTART;VALUE=DATE:99999999"), "no whole day"),
        (b"x" * 3_000_000, "2 MB"),
    ],
)
def test_what_is_no_list_of_days_off_says_so_and_is_never_expanded(raw, problem):
    days, problems = days_off(raw)
    assert len(days) <= 1
    assert any(problem in each for each in problems)


def test_a_chapter_names_its_files(tmp_path: Path):
    (tmp_path / "holidays.ics").write_bytes(calendar(NEW_YEAR))
    settings = config.load(founded(tmp_path, 'holidays = ["holidays.ics"]\n'))
    assert settings.chapter.closed == ()
    before = stamp(settings)
    assert date(2027, 1, 1) in with_days_off(settings).chapter.closed
    (tmp_path / "holidays.ics").write_bytes(calendar(NEW_YEAR, WEEK))
    assert stamp(settings) != before, "a tick notices"


@pytest.mark.parametrize(
    ("more", "problem"),
    [
        ('holidays = ["missing.ics"]', "missing.ics: cannot be read"),
        ('countries = ["Atlantis"]', "meetings.countries"),
    ],
)
def test_what_cannot_be_had_is_named_with_the_way_out(tmp_path: Path, more: str, problem: str):
    settings = config.load(founded(tmp_path, more + "\n"))
    with pytest.raises(ConfigurationError, match=problem.replace(".", r"\.")):
        with_days_off(settings)


@pytest.mark.parametrize(("country", "is_off"), [("DE-BE", True), ("DE", False), ("US-TX", False)])
def test_a_country_or_a_part_of_it_names_its_days_off(tmp_path: Path, country: str, is_off: bool):
    pytest.importorskip("holidays", reason="the optional package holidays is not installed")
    closed = with_days_off(config.load(founded(tmp_path, f'countries = ["{country}"]\n'))).chapter.closed
    assert date(2027, 1, 1) in closed
    assert (date(2027, 3, 8) in closed) is is_off, "the eighth of March is a day off in Berlin"
    assert (date(2027, 7, 4) in closed) is country.startswith("US")


def test_what_the_package_said_is_kept_so_that_no_other_tick_loads_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    pytest.importorskip("holidays", reason="the optional package holidays is not installed")
    settings = config.load(founded(tmp_path, 'countries = ["DE-BE"]\n'))
    settings.state.mkdir(exist_ok=True)
    kept = settings.state / "days-off.json"
    first = with_days_off(settings).chapter.closed
    assert not kept.exists(), "a dry run writes nothing"
    with_days_off(settings, keep=True)
    for name in [name for name in sys.modules if name.partition(".")[0] == "holidays"]:
        monkeypatch.delitem(sys.modules, name)
    assert with_days_off(settings).chapter.closed == first
    assert "holidays" not in sys.modules
    for torn in (
        b"",
        b"{",
        b'{"of": 1}',
        b"[]",
        kept.read_bytes()[:-20],
        kept.read_bytes().replace(b"2027-", b"abcd-"),
    ):
        kept.write_bytes(torn)
        assert with_days_off(settings).chapter.closed == first
    other = replace(settings, meetings=replace(settings.meetings, countries=("DE-BY",)))
    assert stamp(other) != stamp(settings), "a tick notices"
    assert with_days_off(other).chapter.closed != first


def test_a_real_tick_loads_the_package_once(tmp_path: Path):
    pytest.importorskip("holidays", reason="the optional package holidays is not installed")
    chapter = with_pair(tmp_path / "elm", now="2026-01-12T08:00")
    path = chapter / "config.toml"
    path.write_text(path.read_text().replace("[meetings]", '[meetings]\ncountries = ["DE-BE"]'))
    loaded = [_holidays_loaded_by_a_tick(chapter, now) for now in ("2026-01-12T08:05", "2026-01-18T08:05")]
    assert loaded == ["True", "False"]


def _holidays_loaded_by_a_tick(chapter: Path, now: str) -> str:
    script = (
        "import sys; from coordinator.cli import main\n"
        "try: main(sys.argv[1:])\n"
        "except SystemExit as end: assert not end.code\n"
        "print('holidays' in sys.modules)"
    )
    arguments = [sys.executable, "-c", script, "--chapter", str(chapter), "tick", "--now", now]
    done = subprocess.run(arguments, capture_output=True, text=True, check=True)
    return done.stdout.split()[-1]


@pytest.mark.parametrize("country", ["Atlantis", "DE-XX", ""])
def test_a_country_that_nobody_knows_is_named_with_how_to_write_it(tmp_path: Path, country: str):
    pytest.importorskip("holidays", reason="the optional package holidays is not installed")
    settings = config.load(founded(tmp_path, f'countries = ["{country}"]\n'))
    with pytest.raises(ConfigurationError, match=f'"{country}" is not known – write it like US, US-TX or DE-BE'):
        with_days_off(settings)


def test_without_the_package_a_country_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(sys.modules, "holidays", None)
    settings = config.load(founded(tmp_path, 'countries = ["DE"]\n'))
    with pytest.raises(ConfigurationError, match=r"pip install 'coordinator\[holidays\]', or name a file"):
        with_days_off(settings)


EVENT = """
[[events]]
id = "circle"
title = "Conversation circle"
start = 2026-04-14T18:00:00
minutes = 90
place = "Town hall"
"""


def test_events_stand_on_the_chapters_clock(tmp_path: Path):
    folder = founded(tmp_path)
    path = folder / "config.toml"
    path.write_text(path.read_text() + EVENT)
    (event,) = config.load(folder).chapter.events
    assert event.start.isoformat() == "2026-04-14T16:00:00+00:00"
    assert (event.end - event.start).total_seconds() == 90 * 60


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("2026-04-14T18:00:00", '"soon"', "local time"),
        ("minutes = 90", "minutes = -1", "minutes of an event"),
        ('id = "circle"', "", "id of an event is missing"),
        ("place =", "plaace =", "unknown key"),
        ('place = "Town hall"', 'timezone = "Mars"', "timezone of an event"),
    ],
)
def test_a_wrong_event_is_named(tmp_path: Path, old: str, new: str, problem: str):
    folder = founded(tmp_path)
    path = folder / "config.toml"
    path.write_text(path.read_text() + EVENT.replace(old, new))
    with pytest.raises(ConfigurationError, match=problem):
        config.load(folder)
