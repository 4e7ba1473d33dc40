"""What Exchange, outlook.com and Outlook on the desktop share: zone names of Windows, and no ORGANIZER in an answer."""

from collections.abc import Iterator

from coordinator.formats.itip_windows import windows_name
from coordinator.formats.vtimezone import BYDAY, Onset, exact_rule, utc_offset
from coordinator.simulate.calendar.answer import Answer

UTC_NAME = "tzone://Microsoft/Utc"


def zone_of(answer: Answer) -> tuple[str, str]:
    """(Windows name, IANA name) in which this program writes the times."""
    iana = answer.invitation.zone
    windows = windows_name(iana)
    known = windows is not None and exact_rule(iana, answer.start.year) is not None
    return (windows or "", iana) if known else (UTC_NAME, "UTC")


def zone_lines(windows: str, iana: str, year: int) -> Iterator[str]:
    """The VTIMEZONE that goes with it: changes counted from 1601, the winter first."""
    yield "BEGIN:VTIMEZONE"
    yield f"TZID:{windows}"
    rule = exact_rule(iana, year)
    onsets = sorted(rule.onsets, key=lambda onset: onset.after) if rule else []
    kinds = zip(("STANDARD", "DAYLIGHT"), onsets, strict=False)
    if not onsets:
        offset = utc_offset(rule.standard) if rule else "+0000"
        for kind in ("STANDARD", "DAYLIGHT"):
            yield from (f"BEGIN:{kind}", "DTSTART:16010101T000000", f"TZOFFSETFROM:{offset}", f"TZOFFSETTO:{offset}")
            yield f"END:{kind}"
    for kind, onset in kinds:
        yield from _change(kind, onset)
    yield "END:VTIMEZONE"


def _change(kind: str, onset: Onset) -> Iterator[str]:
    yield f"BEGIN:{kind}"
    yield f"DTSTART:16010101T{onset.hour:02}{onset.minute:02}00"
    yield f"TZOFFSETFROM:{utc_offset(onset.before)}"
    yield f"TZOFFSETTO:{utc_offset(onset.after)}"
    yield f"RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY={onset.nth}{BYDAY[onset.weekday]};BYMONTH={onset.month}"
    yield f"END:{kind}"
