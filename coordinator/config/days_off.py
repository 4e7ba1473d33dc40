"""The days on which a chapter asks nobody to meet: from its calendar files, and from the optional package `holidays`.

Read only by a tick that has something to do; what names them is part of the settings, so that a change is noticed.
That package takes longer than the rest of a tick, so what it said is kept in the file `days-off.json` of the state.
"""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import date
from importlib.util import find_spec
from pathlib import Path

from coordinator.config.settings import Settings
from coordinator.errors import ConfigurationError, CoordinatorError, DiskError

KEPT = "days-off.json"


def with_days_off(settings: Settings, *, keep: bool = False) -> Settings:
    """The same with `chapter.closed` filled. ConfigurationError names each file or country that cannot be had.

    keep: what the package said may be written down for the next tick.
    """
    if not settings.meetings.holidays and not settings.meetings.countries:
        return settings
    problems: list[str] = []
    days = {*_of_files(settings, problems), *_of_countries(settings, problems, keep=keep)}
    if problems:
        raise ConfigurationError(*problems)
    return replace(settings, chapter=replace(settings.chapter, closed=tuple(sorted(days))))


def stamp(settings: Settings) -> str:
    """Changes when one of the files does; costs a look at their times."""
    found = [*settings.meetings.countries]
    for name in settings.meetings.holidays:
        try:
            status = (settings.folder / name).stat()
            found.append(f"{name} {status.st_size} {status.st_mtime_ns}")
        except OSError:
            found.append(f"{name} missing")
    return "\0".join(found)


def _of_files(settings: Settings, problems: list[str]) -> Iterator[date]:
    from coordinator.formats.days_off import days_off

    for name in settings.meetings.holidays:
        try:
            days, _ = days_off((settings.folder / name).read_bytes())
        except OSError as error:
            way = "correct meetings.holidays, or put the file there"
            problems.append(f"{name}: cannot be read ({error.strerror}) – {way}")
            continue
        if not days:
            problems.append(f"{name}: no day off in it – is it a calendar of holidays (.ics)?")
        yield from days


def _of_countries(settings: Settings, problems: list[str], *, keep: bool) -> Iterator[date]:
    if not settings.meetings.countries:
        return
    package = find_spec("holidays")
    if package is None or package.origin is None:
        problems.append(
            "meetings.countries: the package holidays is missing – pip install 'coordinator[holidays]', or name a file"
        )
        return
    mark = [*settings.meetings.countries, str(Path(package.origin).stat().st_mtime_ns)]
    known = _kept(settings, mark)
    if known is None:
        before = len(problems)
        known = tuple(_asked(settings.meetings.countries, problems))
        if keep and len(problems) == before:
            _keep(settings, mark, known)
    yield from known


def _kept(settings: Settings, mark: list[str]) -> tuple[date, ...] | None:
    """What was written down for these countries and this package; None where nothing sound was."""
    from coordinator.store import disk, jsons

    try:
        found = jsons.loads(disk.read(settings.state / KEPT) or b"")
        return tuple(map(date.fromisoformat, found["days"])) if found["of"] == mark else None
    except (CoordinatorError, ValueError, TypeError, KeyError, AttributeError):
        return None


def _keep(settings: Settings, mark: list[str], days: tuple[date, ...]) -> None:
    """Best effort: the next tick asks again where it is missing."""
    from coordinator.store import disk, jsons

    content = jsons.dumps({"of": mark, "days": [day.isoformat() for day in sorted(set(days))]})
    with suppress(DiskError):
        disk.replace(settings.state / KEPT, [content], label="days-off", durable=False)


def _asked(countries: tuple[str, ...], problems: list[str]) -> Iterator[date]:
    import holidays  # type: ignore[import-not-found, unused-ignore]

    from coordinator.formats.days_off import FIRST, LAST

    for name in countries:
        country, _, part = name.partition("-")
        try:
            yield from holidays.country_holidays(country, subdiv=part or None, years=range(FIRST, LAST + 1))
        except (NotImplementedError, KeyError):
            problems.append(f'meetings.countries: "{name}" is not known – write it like US, US-TX or DE-BE')
