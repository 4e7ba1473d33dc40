"""Time zones by name, always from the pinned `tzdata` package and never from the system's older files."""

import zoneinfo
from functools import cache
from importlib import import_module
from zoneinfo import ZoneInfo

# Systems keep zone files for years after a government changed its mind; a meeting must not depend on them.
zoneinfo.reset_tzpath(to=())
ZoneInfo.clear_cache()

_NO_PLACE = frozenset({"Factory", "localtime"})


def zone(name: str) -> ZoneInfo:
    """The zone with exactly that IANA name. ValueError with a suggestion for any other text."""
    if is_zone(name):
        return ZoneInfo(name)
    raise ValueError(f'unknown time zone "{name[:60]}"{_suggestion(name)}')


@cache
def is_zone(name: str) -> bool:
    return name in names()


@cache
def names() -> frozenset[str]:
    """Every IANA name that `zone` takes, links such as "Asia/Calcutta" included."""
    return frozenset(zoneinfo.available_timezones() - _NO_PLACE)


def version() -> str:
    """Of the zone rules in use, "2026f"; future meetings are looked at again when it changes."""
    return str(import_module("tzdata").IANA_VERSION)


def _suggestion(name: str) -> str:
    found = nearest(name)
    return f' – did you mean "{found}"?' if found else " – write it like Europe/Berlin"


def nearest(name: str) -> str | None:
    """The zone that somebody meant by a wrong spelling or by a city alone ("berlin"), None when nothing is near."""
    # Only a wrong name needs it.
    import difflib

    wanted = name.strip().casefold().replace(" ", "_")[:60]
    whole = {known.casefold(): known for known in sorted(names())}
    cities = {known.rpartition("/")[2].casefold(): known for known in sorted(names(), key=_rank)}
    for table in (whole, cities):
        if wanted in table:
            return table[wanted]
    for table in (whole, cities):
        # Three or four letters are near to everything: "CEST" is not a misspelt "EST".
        if len(wanted) > 4 and (close := difflib.get_close_matches(wanted, table, n=1, cutoff=0.75)):
            return table[close[0]]
    return None


def _rank(name: str) -> tuple[bool, str]:
    # Of two zones that share a last word the region's own name wins over "US/Central" and its like, so it comes last.
    return name.partition("/")[0] in _REGIONS, name


_REGIONS = frozenset(
    {"Africa", "America", "Antarctica", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific"},
)
