"""How single settings are read whose type does not say enough: addresses, time zones, hours."""

import re
from collections.abc import Mapping
from importlib import import_module
from pathlib import Path
from typing import Any

from coordinator.backends.addresses import address_fault
from coordinator.config.tables import Reader, WrongValueError, shown, suggestion

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MAY_WAIT = ("prompt", "nudge", "receipt", "calendar", "summary", "relay", "notice", "care")
"""Purposes of letters that may be held until somebody knows whether they arrived."""
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_ZONE = re.compile(r"[A-Za-z0-9_+-]+(/[A-Za-z0-9_+-]+)*")


def _address(value: Any) -> str:
    if not isinstance(value, str):
        raise WrongValueError('must be an address – in quotation marks: "mentoring@example.org"')
    fault = address_fault(value)
    if fault:
        raise WrongValueError(f'{fault} – write it bare: "mentoring@example.org"')
    return value


def _zone(value: Any) -> str:
    if not isinstance(value, str):
        raise WrongValueError('must be the name of a time zone – such as "Europe/Berlin"')
    if not _has_rules(value):
        from coordinator.core import zones

        near = zones.nearest(value)
        way = f'did you mean "{near}"?' if near else 'write it like "Europe/Berlin"'
        raise WrongValueError(f"is no time zone{shown(value)} – {way}")
    return value


def _has_rules(name: str) -> bool:
    """Looked up as a file of the pinned package: loading `zoneinfo` would cost a tenth of a tick with nothing to do."""
    if not _ZONE.fullmatch(name):
        return False
    path = Path(str(import_module("tzdata").__file__)).parent / "zoneinfo" / name
    if not path.is_file():
        return False
    with path.open("rb") as file:
        return file.read(4) == b"TZif"


def _language(value: Any) -> str:
    if not isinstance(value, str) or not _LANGUAGE.fullmatch(value):
        raise WrongValueError('must be a language code – such as "en" or "pt-BR"')
    return value


def _weekday(value: Any) -> int:
    if not isinstance(value, str) or value.casefold() not in WEEKDAYS:
        known = suggestion(value.casefold(), WEEKDAYS) if isinstance(value, str) else 'such as "monday"'
        raise WrongValueError(f"must be a day of the week – {known}")
    return WEEKDAYS.index(value.casefold())


def _hour(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= 23:
        raise WrongValueError("must be an hour – a whole number from 0 to 23")
    return value


def _positive(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or value < 1:
        raise WrongValueError("must be a whole number above 0 – without quotation marks")
    return value


def _name(value: Any) -> str:
    if not isinstance(value, str) or not value.strip() or any(ord(character) < 32 for character in value):
        raise WrongValueError("must be a single line of text – in quotation marks")
    return value.strip()


def _kinds(value: Any) -> tuple[str, ...]:
    """Calls for help and notes to the coordinator are never held."""
    if value == ["all"]:
        return MAY_WAIT
    if not isinstance(value, list) or not all(each in MAY_WAIT for each in value):
        raise WrongValueError(f'must be a list of kinds of mail, or ["all"] – {", ".join(MAY_WAIT)}')
    return tuple(value)


def _url(value: Any) -> str:
    safe = ("https://", "http://127.0.0.1:", "http://localhost:")
    if not isinstance(value, str) or (
        value and (not value.startswith(safe) or not value.isprintable() or " " in value)
    ):
        raise WrongValueError('must be an https address – such as "https://hc-ping.com/your-check"')
    return value.rstrip("/")


READERS: Mapping[str, Reader] = {
    "name": _name,
    "sender_name": _name,
    "address": _address,
    "coordinator": _address,
    "timezone": _zone,
    "language": _language,
    "quiet_from": _hour,
    "quiet_until": _hour,
    "summary_weekday": _weekday,
    "url": _url,
    "hold_uncertain": _kinds,
} | dict.fromkeys(("messages", "largest", "letters", "seconds"), _positive)
