"""The days on which a chapter asks nobody to meet: from its calendar files, and from the optional package `holidays`.

Read only by a tick that has something to do; what names them is part of the settings, so that a change is noticed.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from coordinator.config.settings import Settings
from coordinator.errors import ConfigurationError


def with_days_off(settings: Settings) -> Settings:
    """The same with `chapter.closed` filled. ConfigurationError names each file or country that cannot be had."""
    if not settings.meetings.holidays and not settings.meetings.countries:
        return settings
    problems: list[str] = []
    days = {*_of_files(settings, problems), *_of_countries(settings, problems)}
    if problems:
        raise ConfigurationError(*problems)
    return replace(settings, chapter=replace(settings.chapter, closed=tuple(sorted(days))))


def stamp(settings: Settings) -> str:
    """Changes when one of the files does; costs a look at their times."""
    found = []
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


def _of_countries(settings: Settings, problems: list[str]) -> Iterator[date]:
    if not settings.meetings.countries:
        return
    try:
        import holidays  # type: ignore[import-not-found, unused-ignore]
    except ImportError:
        problems.append(
            "meetings.countries: the package holidays is missing – pip install 'coordinator[holidays]', or name a file"
        )
        return
    from coordinator.formats.days_off import FIRST, LAST

    for name in settings.meetings.countries:
        country, _, part = name.partition("-")
        try:
            yield from holidays.country_holidays(country, subdiv=part or None, years=range(FIRST, LAST + 1))
        except (NotImplementedError, KeyError):
            problems.append(f'meetings.countries: "{name}" is not known – write it like US, US-TX or DE-BE')
