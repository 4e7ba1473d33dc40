"""Reading `config.toml` and `secret.key`."""

import hashlib
import os
import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from coordinator.backends import CALENDARS, INBOXES, OUTBOXES
from coordinator.backends.oauth import Grant
from coordinator.backends.secrets import file_fault
from coordinator.config.doors import read_door, read_on_exchange
from coordinator.config.oauth import read_oauth
from coordinator.config.place import place_fault
from coordinator.config.readers import READERS
from coordinator.config.settings import Heartbeat, Limits, Meetings, Reading, Retention, Sending, Settings
from coordinator.config.source import NAME, Source
from coordinator.config.tables import is_misspelt, read_table, shown, suggestion
from coordinator.core.chapter import Chapter
from coordinator.errors import ConfigurationError

SECRET = "secret.key"  # noqa: S105 - the name of a file
SECRET_BYTES = 32
LONGEST = 1_000_000
TABLES = {
    "limits": Limits,
    "sending": Sending,
    "reading": Reading,
    "retention": Retention,
    "meetings": Meetings,
    "heartbeat": Heartbeat,
}
_PROGRAM = re.compile(r"[a-z0-9][a-z0-9_-]{0,63}")


def load(folder: Path, *, keyless: bool = False) -> Settings:
    """The chapter in that folder. ConfigurationError lists everything that is wrong with it.

    keyless: without its key, which is about to be brought back.
    """
    folder = folder.absolute()
    unsafe = place_fault(folder)
    if unsafe:
        raise ConfigurationError(unsafe)
    text = text_of(folder / NAME)
    source = Source.of(text)
    keys, secret_fault = ((b"",), None) if keyless else keys_in(folder / SECRET)
    parts = parts_of(source, folder, keys)
    problems = [*source.problems(), *([secret_fault] if secret_fault else [])]
    if problems:
        raise ConfigurationError(*problems)
    return Settings(folder=folder, digest=hashlib.sha256(text.encode()).hexdigest(), **parts)


def write_secret(folder: Path) -> None:
    """Make the key that tokens are derived from. Never replaces one: every letter ever sent depends on it."""
    path = folder / SECRET
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(os.urandom(SECRET_BYTES).hex() + "\n")
        file.flush()
        os.fsync(descriptor)


def text_of(path: Path) -> str:
    """ConfigurationError when there is none, or when it is no text."""
    try:
        with path.open("rb") as file:
            raw = file.read(LONGEST + 1)
    except FileNotFoundError:
        way = "run coordinator init, or name the chapter's folder with --chapter"
        raise ConfigurationError(f"{NAME}: there is none in {path.parent.name or path.parent} – {way}") from None
    except OSError as error:
        raise ConfigurationError(f"{NAME}: cannot be read ({error.strerror}) – check its rights") from error
    if len(raw) > LONGEST:
        raise ConfigurationError(f"{NAME}: longer than {LONGEST:,} bytes – this is not a configuration")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise ConfigurationError(f"{NAME}:{line}: not UTF-8 text – save the file with the encoding UTF-8") from None


def keys_in(path: Path) -> tuple[tuple[bytes, ...], str | None]:
    """The key and, below it, those that it replaced, newest first; or what is wrong with them."""
    if not path.exists():
        ways = "take it from your backup, or run coordinator restore --from-mailbox; coordinator init makes a new one"
        return (b"",), f"{SECRET}: missing – {ways}"
    fault = file_fault(path)
    if fault:
        return (b"",), f"{SECRET}: a file that {fault}"
    # An editor adds a line end to text; in a binary key that byte may be part of it.
    raw = path.read_bytes()
    keys = tuple(line.strip() for line in raw.splitlines() if line.strip()) if raw.isascii() else (raw,)
    if not keys or any(len(key) < SECRET_BYTES for key in keys):
        return (b"",), f"{SECRET}: shorter than {SECRET_BYTES} bytes – take the right one from your backup"
    return keys, None


def parts_of(source: Source, folder: Path, keys: tuple[bytes, ...]) -> dict[str, Any]:
    """The fields of `Settings` by name, None for what is wrong; each fault is noted in the source."""
    values = source.values
    top = ("program", "calendar", "chapter", "inbox", "outbox", "exchange", "oauth", "events", *TABLES)
    for key in values:
        if key not in top:
            what = "table" if isinstance(values[key], Mapping) else "key"
            source.blame((key,), f"unknown {what}{shown(key)} – {suggestion(key, top)}")
    chapter = _chapter(source, keys)
    grant = read_oauth(source, folder, user=chapter.address if chapter else "", exchange=_uses_exchange(values))
    parts: dict[str, Any] = {
        "program": _program(source),
        "chapter": chapter,
        "grant": grant,
        **_doors(source, folder, grant),
    }
    for name, kind in TABLES.items():
        parts[name] = read_table(kind, values.get(name, {}), source=source, place=(name,), readers=READERS)
    _with_events(source, parts)
    _blame_one_folder_for_both(source, parts)
    return parts


def _doors(source: Source, folder: Path, grant: Grant | None) -> dict[str, Any]:
    """Ways in and out, with those to fall back on, and the calendar."""
    on_exchange = read_door(source, ("exchange",), CALENDARS, folder, grant) if "exchange" in source.values else None
    known = on_exchange[1] if on_exchange else None
    inbox, other_inbox = read_on_exchange(source, "inbox", INBOXES, folder, grant, known)
    outbox, other_outbox = read_on_exchange(source, "outbox", OUTBOXES, folder, grant, known)
    parts = {"inbox": inbox, "outbox": outbox, "calendar": _calendar(source, on_exchange)}
    return {**parts, "other_inbox": other_inbox, "other_outbox": other_outbox}


def _calendar(source: Source, on_exchange: tuple[str, object] | None) -> tuple[str, object] | None:
    """None = invitations go by mail."""
    value = source.values.get("calendar", "imip")
    if value == "exchange":
        if "exchange" not in source.values:
            source.blame(("calendar",), 'calendar = "exchange" needs a table [exchange] – see config.example.toml')
        return on_exchange
    if value != "imip":
        known = suggestion(value, ("imip", "exchange")) if isinstance(value, str) else 'such as "imip"'
        source.blame(("calendar",), f"calendar must be imip or exchange – {known}")
    return None


def _uses_exchange(values: Mapping[str, Any]) -> bool:
    return "exchange" in values


def _with_events(source: Source, parts: dict[str, Any]) -> None:
    if "events" not in source.values:
        return
    # Few chapters have any, and reading them needs time zones, which a tick with nothing to do does not load.
    from coordinator.config.events import read_events

    chapter = parts["chapter"]
    if chapter:
        parts["chapter"] = replace(chapter, events=read_events(source, chapter.timezone))


def _program(source: Source) -> str:
    value = source.values.get("program")
    if value is None:
        if not is_misspelt("program", set(source.values) - {"program", *TABLES}) and ("program",) not in source.broken:
            source.blame((), 'program is missing – add above the first table: program = "six-month"')
    elif not isinstance(value, str) or not _PROGRAM.fullmatch(value):
        source.blame(("program",), 'program must name a folder of programs – such as "six-month"')
    else:
        return value
    return ""


def _chapter(source: Source, keys: tuple[bytes, ...]) -> Chapter | None:
    table = source.values.get("chapter")
    if table is None:
        source.blame((), "the table [chapter] is missing – it says who writes, and to whom alerts go")
        return None
    given: dict[str, Any] = {"secret": keys[0], "older": keys[1:], "closed": (), "events": ()}
    if isinstance(table, Mapping) and "sender_name" not in table:
        given["sender_name"] = str(table.get("name", "")).strip()
    chapter = read_table(Chapter, table, source=source, place=("chapter",), readers=READERS, given=given)
    if chapter and chapter.coordinator.casefold() == chapter.address.casefold():
        fault = "coordinator must be another mailbox than address – alerts would come back to the program"
        source.blame(("chapter", "coordinator"), fault)
    if chapter and chapter.pdf and not _has_fpdf():
        source.blame(("chapter", "pdf"), "the package fpdf2 is missing – pip install 'coordinator[pdf]', or say false")
    return chapter


def _has_fpdf() -> bool:
    from importlib.util import find_spec

    return find_spec("fpdf") is not None


def _blame_one_folder_for_both(source: Source, parts: Mapping[str, Any]) -> None:
    doors = [parts["inbox"], parts["outbox"]]
    paths = [getattr(door[1], "path", None) for door in doors if door]
    if len(paths) == 2 and paths[0] is not None and paths[0] == paths[1]:
        source.blame(("outbox", "path"), "is the inbox as well – what is sent would be read as replies")
