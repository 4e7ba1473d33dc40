"""What is stored of one person, as the copy that they may ask for: theirs, and nothing that somebody else said."""

from collections.abc import Mapping
from typing import Any

_OF = ("by", "owner", "recipient", "writer", "person")
_INSIDE = ("decided", "due", "version", "receipts", "asked", "stamps")
"""Bookkeeping that says nothing of anybody."""
_ADVISED = ("id", "mentor", "mentee", "advisors", "start", "end", "ended", "status", "care")
"""What of a pairing is its advisor's as well; words that bear no name belong to the two."""


def own(record: Mapping[str, Any], person: str) -> dict[str, Any]:
    """A record as plain JSON without bookkeeping, and without entries that are by or of others."""
    told = record if _is_one_of_the_two(record, person) else {key: record[key] for key in _ADVISED if key in record}
    mine = {**told, "skills": _named_by(told, person)} if "skills" in told else told
    return {key: _own(value, person) for key, value in mine.items() if key not in _INSIDE}


def _named_by(record: Mapping[str, Any], person: str) -> list[Any]:
    """Skills bear no owner: one that is kept private is theirs whose answer named it."""
    said = [str(each["value"]).casefold() for each in record.get("answers", ()) if each["by"] == person]
    return [
        skill
        for skill in record["skills"]
        if skill.get("visibility") != "private" or any(skill["name"].casefold() in text for text in said)
    ]


def _is_one_of_the_two(record: Mapping[str, Any], person: str) -> bool:
    """Also of whatever is no pairing."""
    return (
        "pairing" in record or not {"mentor", "mentee"} <= set(record) or person in (record["mentor"], record["mentee"])
    )


def letter(record: Mapping[str, Any]) -> dict[str, Any]:
    """Of a letter, what its reader saw of it; the mail itself is in the other file."""
    return {key: record[key] for key in ("subject", "purpose", "at", "sent", "state") if record.get(key)}


def _own(value: Any, person: str) -> Any:
    match value:
        case list():
            return [_own(each, person) for each in value if not _is_of_another(each, person)]
        case dict():
            kept = {key: each for key, each in value.items() if key not in _INSIDE}
            return {key: _own(each, person) for key, each in kept.items() if not _is_of_another(each, person)}
        case _:
            return value


def _is_of_another(entry: Any, person: str) -> bool:
    said = [entry[name] for name in _OF if name in entry] if isinstance(entry, dict) else []
    return any(isinstance(each, str) and each not in ("", person) for each in said)
