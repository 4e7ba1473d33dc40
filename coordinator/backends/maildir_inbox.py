"""Reading a Maildir++ and putting its mail away; every file that is in `new` or `cur` is in the inbox."""

import json
import os
import select
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from coordinator import faults
from coordinator.backends import BATCH_BYTES, HEAD_BYTES, Fetched
from coordinator.backends.crowd import HEAD, First, from_line, taken
from coordinator.backends.delivery import Delivery, base_name, disk_error, make_folder, sync
from coordinator.backends.portions import Closing, portions
from coordinator.errors import BackendError

READ = ":2,S"
"""The flags of a mail that nobody needs to look at."""


@dataclass(frozen=True, kw_only=True)
class _Entry:
    """One file of the inbox. name: with its folder, "new/17.abc". base: without folder and flags."""

    name: str
    base: str
    size: int
    nanoseconds: int


class MaildirInbox(Closing):
    """Folders beside the inbox lie inside it, as Maildir++ has it (`.Processed`)."""

    def __init__(self, *, path: Path, durable: bool = True) -> None:
        self.complete = False
        self._path = path
        self._durable = durable
        self._deliveries: dict[str, Delivery] = {}

    def mark(self) -> str:
        return json.dumps({"maildir": sorted(entry.base for entry in self._entries())}, separators=(",", ":"))

    def fetch(
        self, *, mark: str, limit: int, largest: int, batch: int = 100, first: First | None = None
    ) -> Iterator[Sequence[Fetched]]:
        self.complete = False
        old, since = _marked(mark)
        new = (entry for entry in self._entries() if entry.base not in old and entry.nanoseconds > since)
        found = sorted(new, key=lambda it: (it.nanoseconds, it.base))

        def weight(entry: _Entry) -> int:
            return min(entry.size, largest)

        unreadable = 0
        now = taken(found, limit, first=first, look=self._from_lines)
        for group in portions(now, most=batch, heaviest=BATCH_BYTES, weight=weight):
            messages, failures = self._read_all(group, largest)
            unreadable += failures
            yield messages
        if unreadable:
            raise BackendError(f"{self._path.name}: {unreadable} files cannot be read – check their rights")
        self.complete = len(found) <= limit

    def put_away(self, handles: Sequence[str], folder: str) -> None:
        try:
            target = self._folder(folder) / "cur"
            moved = [self._move(name, target) for name in handles]
            if self._durable and any(moved):
                # First where they came to: after a power cut a mail may be in both places, never in neither.
                sync(target, self._path / "new", self._path / "cur")
        except OSError as error:
            raise disk_error(self._path, error) from error

    def append(self, folder: str, raw: bytes) -> None:
        if folder not in self._deliveries:
            target = self._folder(folder)
            self._deliveries[folder] = Delivery(target, part="cur", flags=READ, durable=self._durable)
        self._deliveries[folder].write(raw)

    def append_all(self, folder: str, raws: Sequence[bytes]) -> None:
        for raw in raws:
            self.append(folder, raw)

    def holding(self, folder: str, message_ids: Sequence[str]) -> frozenset[str]:
        wanted = {id_.encode("utf-8", "replace"): id_ for id_ in message_ids}
        found: set[str] = set()
        for part in ("new", "cur") if wanted else ():
            for path in (self._folder(folder) / part).iterdir():
                head = _head(_read(path, HEAD_BYTES))
                found.update(id_ for raw, id_ in wanted.items() if raw in head)
        return frozenset(found)

    def look(self, folder: str, *, before: datetime | None = None) -> Iterator[Fetched]:
        place = self._path if folder == "inbox" else self._folder(folder)
        for entry in [each for part in ("new", "cur") for each in _scan(place, part)]:
            received = datetime.fromtimestamp(entry.nanoseconds // 1_000_000_000, tz=UTC)
            if before is None or received < before:
                raw = _read(place / entry.name, entry.size)
                yield Fetched(handle=entry.name, size=entry.size, raw=raw, received=received)

    def remove(self, folder: str, handles: Sequence[str]) -> None:
        place = self._path if folder == "inbox" else self._folder(folder)
        try:
            for handle in handles:
                faults.point("maildir.remove")
                (place / handle).unlink(missing_ok=True)
            if self._durable and handles:
                sync(place / "new", place / "cur")
        except OSError as error:
            raise disk_error(self._path, error) from error

    def prepare(self) -> None:
        make_folder(self._path)
        for name in ("processed", "quarantine", "sent"):
            self._folder(name)

    def idle(self, timeout: float) -> bool:
        """Looks once a second: a folder cannot call, and notifications differ from system to system."""
        before = {entry.base for entry in self._entries()}
        while timeout > 0:
            select.select([], [], [], min(1.0, timeout))
            timeout -= 1.0
            if any(entry.base not in before for entry in self._entries()):
                return True
        return False

    def _entries(self) -> list[_Entry]:
        try:
            return [entry for part in ("new", "cur") for entry in _scan(self._path, part)]
        except FileNotFoundError:
            # Never made on the fly: an empty folder where a disk should be mounted looks like silence.
            text = f"{self._path.name}: no Maildir is there – check the path of the inbox, or run coordinator init"
            raise BackendError(text, later=False) from None
        except OSError as error:
            raise BackendError(f"{self._path.name}: cannot be read ({error.strerror}) – check its rights") from error

    def _from_lines(self, entries: Sequence[_Entry]) -> list[bytes]:
        lines = []
        for entry in entries:
            try:
                lines.append(from_line(_read(self._path / entry.name, HEAD)))
            except OSError:
                lines.append(b"")  # it is told of when its turn comes
        return lines

    def _read_all(self, group: Sequence[_Entry], largest: int) -> tuple[list[Fetched], int]:
        messages, failures = [], 0
        for entry in group:
            try:
                messages.append(self._fetched(entry, largest))
            except FileNotFoundError:
                continue  # a mail program moved it since we looked; the next run finds it
            except OSError:
                failures += 1
        return messages, failures

    def _fetched(self, entry: _Entry, largest: int) -> Fetched:
        received = datetime.fromtimestamp(entry.nanoseconds // 1_000_000_000, tz=UTC)
        path = self._path / entry.name
        if entry.size > largest:
            head = _head(_read(path, HEAD_BYTES))
            return Fetched(handle=entry.name, size=entry.size, raw=None, head=head, received=received)
        return Fetched(handle=entry.name, size=entry.size, raw=_read(path, entry.size), received=received)

    def _move(self, name: str, target: Path) -> bool:
        source = self._path / name
        if not source.exists():
            again = self._found_again(base_name(source.name))
            if again is None:
                return False
            source = again
        flags = source.name.partition(":2,")[2]
        faults.point("maildir.move")
        source.rename(_free_name(target, base_name(source.name), f":2,{flags}"))
        faults.point("maildir.moved")
        return True

    def _found_again(self, base: str) -> Path | None:
        """A mail program that shows a mail moves it from new to cur and changes its flags."""
        return next((self._path / entry.name for entry in self._entries() if entry.base == base), None)

    def _folder(self, name: str) -> Path:
        folder = self._path / ("." + ".".join(word[:1].upper() + word[1:] for word in name.split("/")))
        if not (folder / "maildirfolder").exists():
            make_folder(folder, inner=True)
        return folder


def _marked(mark: str) -> tuple[frozenset[str], int]:
    """Files of the time before the chapter, and until when everything else is of it, in nanoseconds."""
    try:
        plain = json.loads(mark) if mark else {"maildir": []}
        since = datetime.fromisoformat(plain["since"]).timestamp() if "since" in plain else 0
        return frozenset(plain["maildir"]), int(since) * 1_000_000_000
    except (ValueError, KeyError, TypeError):
        text = "this chapter began with another kind of mailbox – restore the inbox settings it began with"
        raise BackendError(text, later=False) from None


def _scan(folder: Path, part: str) -> Iterator[_Entry]:
    with os.scandir(folder / part) as files:
        for file in files:
            found = file.stat(follow_symlinks=False)
            # A link could lead to any file of this user, whose text would then be read as a mail.
            if file.name.startswith(".") or not stat.S_ISREG(found.st_mode):
                continue
            yield _Entry(
                name=f"{part}/{file.name}", base=base_name(file.name), size=found.st_size, nanoseconds=found.st_mtime_ns
            )


def _read(path: Path, most: int) -> bytes:
    with open(os.open(path, os.O_RDONLY | os.O_NOFOLLOW), "rb") as file:
        return file.read(most)


def _head(content: bytes) -> bytes:
    """The headers with the empty line that ends them."""
    ends = [at + len(gap) for gap in (b"\r\n\r\n", b"\n\n") if (at := content.find(gap)) >= 0]
    return content[: min(ends, default=len(content))]


def _free_name(folder: Path, base: str, flags: str) -> Path:
    """A name that is not taken: two mails of one name, put away one after the other, are both kept."""
    name, count = base, 1
    while os.path.lexists(folder / f"{name}{flags}"):
        count += 1
        name = f"{base}.{count}"
    return folder / f"{name}{flags}"
