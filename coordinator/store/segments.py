"""Letters as they were written, frozen: one file for each batch, so that a second try sends the same bytes.

Each entry is the mail's bytes, a line with both checksums and the length of the text, and the text part.
"""

import zlib
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import BinaryIO

from coordinator.core.effects import Draft
from coordinator.core.records import Letter
from coordinator.errors import UnreadableError
from coordinator.store import disk

HEADER = 27
"""Length of `crc32-of-raw crc32-of-text length-of-text` in hex and its line feed."""


def entry(draft: Draft) -> bytes:
    text = draft.quotable.encode("utf-8", "replace")
    return b"%b%08x %08x %08x\n%b" % (draft.raw, zlib.crc32(draft.raw), zlib.crc32(text), len(text), text)


def write(folder: Path, name: str, entries: Sequence[bytes]) -> None:
    """Durable when it returns. DiskError."""
    disk.make_folder(folder)
    path = folder / f"{name}.seg"
    with disk.trouble(path):
        try:
            disk.create(path, entries, label="drafts")
            disk.sync_folder(folder, label="drafts")
        except OSError:
            path.unlink(missing_ok=True)
            raise


def read(folder: Path, letter: Letter) -> tuple[bytes, str] | None:
    """The letter's bytes and text; None when it was never frozen or its segment is gone.

    UnreadableError when the segment was cut off or changed.
    """
    path = folder / f"{letter.segment}.seg"
    fd = disk.open_ours(path) if letter.segment.isdecimal() else None
    if fd is None:
        return None
    with open(fd, "rb") as file:
        return take(file, letter, str(path))


def take(file: BinaryIO, letter: Letter, place: str) -> tuple[bytes, str]:
    """The entry of a letter in an open segment. place: how an error calls the segment."""
    file.seek(letter.offset)
    raw, header = file.read(letter.length), file.read(HEADER)
    try:
        raw_sum, text_sum, size = (int(each, 16) for each in header.split())
        text = file.read(size)
        if (zlib.crc32(raw), zlib.crc32(text)) == (raw_sum, text_sum):
            return raw, text.decode()
    except ValueError:
        pass
    raise UnreadableError(
        f"{place}: the frozen bytes of letter {letter.id} were cut off or changed – copy the file from a backup,"
        " or withdraw the letter"
    )


def collect(folder: Path, in_use: Iterable[str]) -> None:
    """Remove segments of which no letter is left, and those of a commit that never happened."""
    wanted = {f"{name}.seg" for name in in_use}
    for path in sorted(folder.glob("*.seg")):
        if path.name not in wanted:
            disk.remove(path, label="drafts")
