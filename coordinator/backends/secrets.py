"""Passwords and tokens: where they come from, and how they stay out of sight.

A secret is fetched at the moment of logging in and never kept in a setting, a message or a `repr`.
"""

import os
import stat
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from coordinator.errors import ConfigurationError, LoginError

if TYPE_CHECKING:
    from coordinator.backends.oauth import Grant

SOURCES = ("password_command", "password_file", "password_env", "token_command", "oauth")
"""The settings of which exactly one names a secret."""

SECONDS = 10
LONGEST = 65_536


@dataclass(frozen=True, kw_only=True)
class Secret:
    """Where one secret comes from; exactly one of the four is set.

    kind: "password", or "token" for an OAuth access token. command: an argument list, never given to a shell. grant:
    how an access token is got from the provider itself.
    """

    kind: Literal["password", "token"] = "password"
    command: tuple[str, ...] = field(default=(), repr=False)
    file: Path | None = field(default=None, repr=False)
    env: str = field(default="", repr=False)
    grant: "Grant | None" = field(default=None, repr=False)

    def read(self, *, fresh: bool = False) -> str:
        """The secret itself. ConfigurationError or LoginError name the source, never what it held.

        fresh: what was kept of the last time was refused.
        """
        if self.grant is not None:
            # Here, because nobody with a password needs it.
            from coordinator.backends.oauth import access_token

            value = access_token(self.grant, fresh=fresh)
        elif self.command:
            value = _from_command(f"{self.kind}_command", self.command)
        elif self.file is not None:
            value = _from_file(self.file)
        else:
            value = _from_environment(self.env)
        return _single_line(value, self.kind)


def file_fault(path: Path) -> str | None:
    """What is wrong with a file that must be secret, after "a file that"; None when nothing is."""
    try:
        found = path.stat()
    except OSError as error:
        return f"cannot be read ({error.strerror}) – check its path"
    if not stat.S_ISREG(found.st_mode):
        return "is no ordinary file – check its path"
    if found.st_uid != os.geteuid():
        return "belongs to somebody else – make whoever runs coordinator its owner"
    if stat.S_IMODE(found.st_mode) & 0o077:
        return "others may read or change – run chmod 600 on it"
    return None


def from_table(table: Mapping[str, object], folder: Path, grant: "Grant | None" = None) -> Secret | None:
    """The secret that a table of settings names by one of `SOURCES`, each already of the right type."""
    for key in SOURCES:
        match key, table.get(key):
            case _, None:
                continue
            case "oauth", _:
                return Secret(kind="token", grant=grant)
            case "password_file", str(name):
                return Secret(file=folder / Path(name).expanduser())
            case "password_env", str(name):
                return Secret(env=name)
            case _, [*words]:
                kind: Literal["password", "token"] = "token" if key == "token_command" else "password"
                return Secret(kind=kind, command=tuple(str(word) for word in words))
    return None


def _from_command(setting: str, command: tuple[str, ...]) -> str:
    import subprocess

    try:
        ran = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, timeout=SECONDS, check=False)
    except subprocess.TimeoutExpired:
        # `from None`: the error object carries the command's output.
        raise LoginError(f"{setting}: no answer within {SECONDS} s – does it wait for somebody to type?") from None
    except OSError as error:
        raise LoginError(f"{setting}: cannot be run ({error.strerror}) – give the full path of the program") from None
    if ran.returncode != 0:
        raise LoginError(f"{setting}: ended with exit code {ran.returncode} – run it by hand to see why")
    return _decoded(ran.stdout, setting)


def _from_file(path: Path) -> str:
    fault = file_fault(path)
    if fault:
        # Not its name: somebody may have written the password itself there.
        raise ConfigurationError(f"password_file: names a file that {fault}")
    with path.open("rb") as file:
        return _decoded(file.read(LONGEST + 1), "password_file")


def _from_environment(name: str) -> str:
    value = os.environ.get(name)
    if value is None:
        raise ConfigurationError(
            "password_env: that variable is not set – cron does not read your shell's start-up files"
        )
    return value


def _decoded(raw: bytes, setting: str) -> str:
    try:
        return raw[: LONGEST + 1].decode("utf-8")
    except UnicodeDecodeError:
        raise LoginError(f"{setting}: what it gives is not UTF-8 text – check what it prints") from None


def _single_line(value: str, kind: str) -> str:
    value = value.rstrip("\r\n")
    if not value or len(value) > LONGEST:
        raise LoginError(f"the {kind} is empty or longer than {LONGEST} characters – check where it comes from")
    if any(character in value for character in "\r\n\0"):
        raise LoginError(f"the {kind} has more than one line – its source must print the {kind} and nothing else")
    return value
