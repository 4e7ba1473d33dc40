"""Zone names, and that the system's own zone files never matter."""

import os
import subprocess
import sys
from importlib import resources
from pathlib import Path

import pytest

from coordinator.core import zones


def test_every_name_of_the_package_opens():
    assert len(zones.names()) > 590
    for name in zones.names():
        assert zones.zone(name).key == name


@pytest.mark.parametrize(
    ("wrong", "meant"),
    [
        ("Europe/Berln", "Europe/Berlin"),
        ("europe/berlin", "Europe/Berlin"),
        ("berlin", "Europe/Berlin"),
        ("New York", "America/New_York"),
        ("Americas/Sao_Paulo", "America/Sao_Paulo"),
    ],
)
def test_a_wrong_name_is_refused_with_the_name_that_was_meant(wrong, meant):
    assert not zones.is_zone(wrong)
    with pytest.raises(ValueError, match=f'did you mean "{meant}"'):
        zones.zone(wrong)


@pytest.mark.parametrize(
    "wrong", ["", "../etc/passwd", "Europe", "Factory", "tzdata.zi", "CEST", "x" * 5000, "Europe/\0"]
)
def test_what_is_near_to_no_zone_is_refused_without_a_guess(wrong):
    with pytest.raises(ValueError, match="unknown time zone") as caught:
        zones.zone(wrong)
    assert len(str(caught.value)) < 150


def test_the_version_is_that_of_the_package():
    assert (
        zones.version() == resources.files("tzdata").joinpath("zoneinfo", "tzdata.zi").read_text().split("\n")[0][10:]
    )


def test_stale_zone_files_of_the_system_change_nothing(tmp_path: Path):
    stale = tmp_path / "America" / "Vancouver"
    stale.parent.mkdir()
    stale.write_bytes(resources.files("tzdata").joinpath("zoneinfo", "Asia", "Tokyo").read_bytes())
    program = (
        "from zoneinfo import ZoneInfo; from datetime import date, datetime, timedelta\n"
        "early = ZoneInfo('America/Vancouver'); print(datetime(2026, 12, 1, 12, tzinfo=early).utcoffset())\n"
        "from coordinator.core.hours import at_local\n"
        "print(at_local(date(2026, 12, 1), 12, 0, 'America/Vancouver').isoformat())\n"
    )
    ran = subprocess.run(
        [sys.executable, "-c", program],
        env={**os.environ, "PYTHONTZPATH": str(tmp_path)},
        capture_output=True,
        text=True,
        check=True,
    )
    # The first line proves that the stale file was really in the way; the second that it does not matter.
    assert ran.stdout.split() == ["9:00:00", "2026-12-01T19:00:00+00:00"]
