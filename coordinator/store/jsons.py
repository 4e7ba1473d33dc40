"""JSON as the store writes it: compact UTF-8, by orjson where it is installed, else by the standard library."""

import math
from datetime import datetime
from typing import Any

try:
    import orjson
except ImportError:  # pragma: no cover - exercised by a test that hides the package
    orjson = None  # type: ignore[assignment]


def dumps(value: Any) -> bytes:
    """One line of JSON. Never fails on what a mail may have brought along: see `sound`."""
    try:
        return _dumps(value)
    except (TypeError, ValueError):
        return _dumps(sound(value))


def loads(raw: bytes) -> Any:
    """ValueError when it is not JSON."""
    if orjson is not None:
        return orjson.loads(raw)
    import json

    return json.loads(raw)


def _dumps(value: Any) -> bytes:
    if orjson is not None:
        return orjson.dumps(value, option=orjson.OPT_UTC_Z)
    import json

    return json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"), default=_iso).encode()


def _iso(value: Any) -> str:
    if isinstance(value, datetime):
        return value.isoformat().replace("+00:00", "Z")
    raise TypeError(f"{type(value).__name__} has no place in the state")


def sound(value: Any) -> Any:
    """The same value with what JSON cannot hold replaced: half a surrogate pair, infinity, a number of 30 digits."""
    match value:
        case str():
            return value.encode("utf-8", "replace").decode()
        case bool() | None | datetime():
            return value
        case int():
            return value if -(2**63) <= value < 2**63 else float(str(value)) if abs(value) < 10**300 else None
        case float():
            return value if math.isfinite(value) else None
        case dict():
            return {sound(key): sound(each) for key, each in value.items()}
        case list() | tuple():
            return [sound(each) for each in value]
        case _:
            raise TypeError(f"{type(value).__name__} has no place in the state")
