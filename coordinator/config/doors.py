"""The tables [inbox], [outbox] and [exchange]: which backend, and its settings."""

from collections.abc import Mapping
from importlib import import_module
from pathlib import Path as FilePath
from typing import Any

from coordinator.backends.oauth import Grant
from coordinator.backends.providers import PROVIDERS
from coordinator.backends.secrets import SOURCES, file_fault, from_table
from coordinator.config.source import Path, Source
from coordinator.config.tables import WrongValueError, read_values, shown, suggestion

_INLINE = {"password", "passwd", "pass", "secret", "token", "access_token", "app_password", "api_key", "client_secret"}
"""Keys under which people write a secret into the file itself."""

_EMPTY = {"host": "", "port": 0, "path": FilePath(), "username": "", "address": "a@b.c"}
"""What stands for a setting that is wrong, while the others are looked at."""


def read_door(
    source: Source, name: Path, backends: Mapping[str, str], folder: FilePath, grant: Grant | None = None
) -> tuple[str, object] | None:
    """(backend, its Settings) of the table of that name; None when anything in it is wrong. Paths become absolute.

    name: its parts. grant: what the table [oauth] says.
    """
    table = _table(source, name)
    if not isinstance(table, Mapping):
        told = ".".join(name)
        source.blame(name, f"the table [{told}] is missing – it says which mailbox; see config.example.toml")
        return None
    table = _with_provider(source, name, table)
    backend = "exchange" if name == ("exchange",) else table.get("backend")
    if not isinstance(backend, str) or backend not in backends:
        _blame_backend(source, name, backend, backends)
        return None
    kind = import_module(backends[backend]).Settings
    has_secret = "secret" in kind.__dataclass_fields__
    values, bad = read_values(
        kind,
        {key: value for key, value in table.items() if key not in _INLINE},
        source=source,
        place=name,
        readers=dict.fromkeys(("path", "ca_file"), lambda value: _below(folder, value)),
        given=("secret",),
        elsewhere=("backend", "fallback", *(("provider", *SOURCES) if has_secret else ())),
    )
    bad |= _blame_inline(source, name, table)
    if has_secret:
        bad |= _blame_secret(source, name, table, folder)
        bad |= _blame_grant(source, name, table, grant)
        values["secret"] = None if "username" in bad else from_table(table, folder, grant)
    settings = kind(**{key: _EMPTY[key] for key in bad if key in kind.__dataclass_fields__ and key in _EMPTY} | values)
    bad |= _blame_together(source, name, settings, bad)
    return None if bad else (backend, settings)


def _table(source: Source, name: Path) -> object:
    found: object = source.values
    for part in name:
        found = found.get(part) if isinstance(found, Mapping) else None
    return found


def _with_provider(source: Source, name: Path, table: Mapping[str, Any]) -> Mapping[str, Any]:
    """The table with what its provider fills in; what stands there wins."""
    provider = table.get("provider")
    if provider is None:
        return table
    if provider not in PROVIDERS:
        hint = suggestion(provider, PROVIDERS) if isinstance(provider, str) else f"one of: {', '.join(PROVIDERS)}"
        source.blame((*name, "provider"), f"unknown provider{shown(provider)} – {hint}; or give host and port")
        return {"backend": "imap" if name[0] == "inbox" else "smtp", "host": "unknown.invalid", **table}
    filled = PROVIDERS[str(provider)].settings(name[0])
    if table.get("backend", filled["backend"]) != filled["backend"]:
        return table
    return {**({} if table.get("plaintext") else filled), **table}


def _blame_grant(source: Source, name: Path, table: Mapping[str, Any], grant: Grant | None) -> set[str]:
    if table.get("oauth") is not True or grant is not None:
        return set()
    if "oauth" not in source.values:
        source.blame((*name, "oauth"), "oauth needs a table [oauth] – see config.example.toml")
    return {"username"}


def _blame_backend(source: Source, name: Path, backend: object, backends: Mapping[str, str]) -> None:
    if backend is None:
        if (*name, "backend") not in source.broken:
            source.blame(name, f"backend is missing – one of: {', '.join(sorted(backends))}")
    elif isinstance(backend, str):
        source.blame((*name, "backend"), f"unknown backend{shown(backend)} – {suggestion(backend, backends)}")
    else:
        source.blame((*name, "backend"), f"backend must be text – one of: {', '.join(sorted(backends))}")


def _blame_inline(source: Source, name: Path, table: Mapping[str, Any]) -> set[str]:
    found = {key for key in table if key in _INLINE}
    for key in found:
        way = "use password_command, password_file or password_env, and change the secret if others saw this file"
        source.blame((*name, key), f"a secret must not stand in this file – {way}")
    # Who logs in cannot be judged any more; saying that a password is missing would be beside the point.
    return found | {"username"} if found else found


def _blame_secret(source: Source, name: Path, table: Mapping[str, Any], folder: FilePath) -> set[str]:
    """Keys that name a secret wrongly. What they hold is never shown: people put the secret itself there."""
    present = [key for key in SOURCES if key in table]
    faults = {key: fault for key in present if (fault := source_fault(key, table[key], folder))}
    for key, fault in faults.items():
        source.blame((*name, key), f"{key} {fault}")
    for key in present[1:]:
        source.blame((*name, key), f"{key} is one too many beside {present[0]} – keep exactly one")
    wrong = {*faults, *present[1:]}
    wrong |= {key for key in SOURCES if (*name, key) in source.broken}
    return wrong | {"username"} if wrong else wrong


def source_fault(key: str, value: object, folder: FilePath) -> str | None:
    """What is wrong with the value of one of `SOURCES`, after its name; None when nothing is."""
    if key == "oauth":
        return None if value is True else "must be true – or leave it out"
    if key in {"password_command", "token_command"}:
        if not isinstance(value, list) or not value or not all(isinstance(word, str) and word for word in value):
            return 'must be a list, no shell reads it – ["pass", "show", "mentoring"]'
        return None
    if not isinstance(value, str) or not value:
        return "must be text – in quotation marks"
    if key == "password_env":
        is_name = value.isascii() and value.isidentifier()
        return None if is_name else "must be the name of a variable, not the password – such as MENTORING_PASSWORD"
    fault = file_fault(_below(folder, value))
    return f"names a file that {fault}" if fault else None


def _blame_together(source: Source, name: Path, settings: Any, bad: set[str]) -> set[str]:
    """Values that contradict each other, as far as they are known."""
    unknown = bad | ({"plaintext"} if bad & {"host", "endpoint"} else set())
    found = [(key, fault) for key, fault in settings.problems() if key not in unknown]
    if name != ("exchange",) and "fallback" in (_table(source, name) or ()):  # type: ignore[operator] # a table
        found.append(("fallback", "is only for a mailbox on Exchange – remove it"))
    for key, fault in found:
        source.blame((*name, key), f"{key} {fault}")
    return {key for key, _ in found}


def _below(folder: FilePath, value: object) -> FilePath:
    if not isinstance(value, str) or not value or "\0" in value:
        raise WrongValueError("must be a path – in quotation marks, from the chapter's folder")
    return folder / FilePath(value).expanduser()


def read_on_exchange(
    source: Source, name: str, doors: Mapping[str, str], folder: FilePath, grant: Grant | None, known: object
) -> tuple[tuple[str, object] | None, tuple[str, object] | None]:
    """A door and the one that is used when the first is refused; known: what [exchange] says, None = nothing good."""
    table = source.values.get(name)
    if not isinstance(table, Mapping) or table.get("backend") != "exchange":
        return read_door(source, (name,), doors, folder, grant), None
    for key in table:
        if key not in {"backend", "fallback"}:
            source.blame(
                (name, key), f"unknown key{shown(key)} in [{name}] – what concerns Exchange stands in [exchange]"
            )
    if "exchange" not in source.values:
        source.blame((name,), "the table [exchange] is missing – it says which mailbox; see config.example.toml")
    others = {key: module for key, module in doors.items() if key != "exchange"}
    fallback = read_door(source, (name, "fallback"), others, folder, grant) if "fallback" in table else None
    return (("exchange", known) if known is not None else None), fallback
