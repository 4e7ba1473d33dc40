"""The same program without what protects it, so that the price of protection can be told. Benchmarks alone have this.

Off are: reading in processes of their own, waiting for the disk, the journal, the copy of each commit in the mailbox,
the look at a message before it is parsed and at the bytes of a letter that was built, and the sandbox of the templates.
What remains reads, decides, remembers in one write a batch, sends, and keeps copies of what it sent.
"""

import os
from collections.abc import Sequence
from typing import Any

from coordinator.tick import Options


def bared() -> Options:
    """How a tick is to run then. This process is good for nothing else afterwards."""
    from jinja2 import Environment

    from coordinator.formats import letter_jinja, letter_mime, mime
    from coordinator.store.work import Work
    from coordinator.tick import work as steps

    off: tuple[tuple[Any, str, Any], ...] = (
        (os, "fsync", _nothing),
        (Work, "journal", _nothing),
        (Work, "flush_journal", _nothing),
        (steps, "_safekeeping", _nothing),
        (mime, "unsafe_head", _nothing),
        (letter_mime, "assembled", _unchecked),
        (letter_jinja, "_Sandbox", Environment),
    )
    for place, name, instead in off:
        # What is not there any more stops the benchmark.
        assert getattr(place, name)
        setattr(place, name, instead)
    return Options(apart=False)


def _nothing(*_: Any, **__: Any) -> None:
    """In the place of a protection."""


def _unchecked(headers: Sequence[tuple[str, str]], content: bytes) -> bytes:
    from coordinator.formats.letter_mime import _folded

    head = "".join(f"{name}: {_folded(name, value)}\r\n" for name, value in headers).encode("ascii", "strict")
    return head + b"MIME-Version: 1.0\r\n" + content
