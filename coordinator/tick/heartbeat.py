"""What each tick leaves for whoever watches that ticks still come: counts in a file, and a call to their address.

It is no part of the state: a tick never fails for its sake, and nothing is decided by it but whether a human is told.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import Any

from coordinator.config import Settings
from coordinator.errors import ConfigurationError, CoordinatorError, ReplacedError, UnreadableError
from coordinator.store import disk, jsons
from coordinator.tick.account import Account
from coordinator.tick.budget import OverdueError

NAME = "heartbeat.json"
FAILING = 3
"""So many runs that failed in a row are worth a mail; fewer pass by themselves. So many more where none went out."""

COUNTS = ("read", "applied", "held", "quarantined", "bounces", "ignored", "sent", "failed")


@contextmanager
def watched(settings: Settings, now: datetime) -> Iterator[Callable[[Account], None]]:
    """Notes how what happens inside ended. Is to be told the account of it."""
    told: list[Account] = []
    try:
        yield told.append
    except (Exception, OverdueError) as error:
        _beat(settings.folder, settings, Account(now=now, trouble=_plain(error)))
        raise
    _beat(settings.folder, settings, told[0])


def without_beginning(folder: Path, settings: Settings | None, now: datetime, fault: ConfigurationError) -> None:
    """Notes a run that its configuration kept from beginning. settings: what is sound of it, None = nothing is."""
    if any((folder / name).exists() for name in ("state", NAME)):
        _beat(folder, settings, Account(now=now, trouble=fault))


def missed(folder: Path) -> str:
    """What the next run that goes well has to tell of those before it; "" when there is nothing, or it was told."""
    beat = last_beat(folder)
    failing, well, told = beat.get("failing", 0), str(beat.get("well") or ""), str(beat.get("told") or "")
    is_told = bool(told) and told >= well[:10]
    if failing < FAILING or beat.get("exit") != ConfigurationError.exit_code or is_told:
        return ""
    last = well[:16].replace("T", " ")
    return f"{failing} runs before this one ended over the configuration; the last good one: {last or 'never'} UTC"


def _plain(error: BaseException) -> Exception:
    return error if isinstance(error, Exception) else CoordinatorError("the time that a run may take was over")


def last_beat(folder: Path) -> Mapping[str, Any]:
    """Of the chapter in that folder; empty when there is none that can be read."""
    with suppress(CoordinatorError, OSError, ValueError):
        found = jsons.loads(disk.read(folder / NAME) or b"{}")
        if isinstance(found, dict) and isinstance(found.get("failing", 0), int):
            return found
    return {}


def _beat(folder: Path, settings: Settings | None, account: Account) -> None:
    before, fault, at = last_beat(folder), account.trouble, account.now.isoformat()
    code = 0 if fault is None else fault.exit_code if isinstance(fault, CoordinatorError) else 70
    failing = before.get("failing", 0) + 1 if fault else 0
    beat = {"at": at, "exit": code, "failing": failing, "well": before.get("well") if fault else at}
    beat |= {"told": before.get("told"), "folder": before.get("folder") if fault else str(folder)}
    beat |= {name: getattr(account, name) for name in COUNTS}
    _write(folder, beat)
    if settings is None:
        return
    if settings.heartbeat.url:
        _call(settings.heartbeat.url + ("/fail" if fault else ""), beat)
    is_time = failing % FAILING == 0 and beat["told"] != at[:10]
    if fault and is_time and not account.mute and _is_ours_to_tell(fault):
        # Loaded only then: a tick with nothing to do knows no letters.
        from coordinator.tick.failing import tell

        if tell(settings, account.now, fault, failing):
            _write(folder, {**beat, "told": at[:10]})


def _write(folder: Path, beat: Mapping[str, Any]) -> None:
    with suppress(CoordinatorError, OSError):
        disk.replace(folder / NAME, [jsons.dumps(beat) + b"\n"], label="heartbeat", durable=False)


def _call(url: str, beat: Mapping[str, Any]) -> None:
    # It brings a client for the web along, which no other tick needs.
    from coordinator.backends.call import call

    call(url, ", ".join(f"{name} {beat[name]}" for name in ("exit", "failing", *COUNTS)))


def _is_ours_to_tell(fault: Exception) -> bool:
    """Not by a machine that was replaced; and a state that cannot be read is told of by a mail of its own."""
    return not isinstance(fault, ReplacedError | UnreadableError)
