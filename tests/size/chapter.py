"""A chapter of 10,000 people near the end of a season, in folders; one pairing is due, or one answer lies in the inbox."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

from benchmarks import large
from benchmarks.chapter import MONDAY
from coordinator import config, store
from coordinator.backends import open_inbox
from coordinator.config import Settings
from coordinator.formats.state_mail import state_mails
from coordinator.store import disk
from coordinator.store.kept import Kept, note_kept
from coordinator.store.meta import Meta
from coordinator.store.snapshots import stamp
from coordinator.store.tables import Table
from coordinator.tick.digest import digest

PAIRS = 5_000
PEOPLE, CLOSED = 2 * PAIRS + PAIRS // 20, PAIRS * large.PROMPTS
LATER = MONDAY + timedelta(days=1)


def founded(folder: Path, *, pairs: int = PAIRS) -> Settings:
    """Nothing is due: a tick over it is idle."""
    folder.mkdir()
    (folder / "config.toml").write_text(
        config.render(
            {
                "program": "six-month",
                "chapter.name": "Elm",
                "chapter.address": "mentoring@example.org",
                "chapter.sender_name": "Elm mentoring",
                "chapter.coordinator": "office@example.net",
                "chapter.timezone": "America/Chicago",
                "inbox.backend": "maildir",
                "inbox.path": "mail",
                "outbox.backend": "maildir",
                "outbox.path": "out",
            }
        )
    )
    config.write_secret(folder)
    settings = config.load(folder)
    with open_inbox(*settings.inbox) as inbox:
        inbox.prepare()
    large.founded(settings.state, pairs=pairs)
    with store.lock(settings.state):
        work = store.open_store(settings.state, now=MONDAY).load()
        work.with_meta(digest=digest(settings), last_tick=MONDAY)
        work.commit()
        remember_as_kept(settings, work.meta)
    return settings


def make_due(settings: Settings, id_: str, at: datetime) -> None:
    with store.lock(settings.state):
        work = store.open_store(settings.state, now=MONDAY).load()
        pairing = work.pairing(id_)
        assert pairing
        work.stage([replace(pairing, due=at, version=pairing.version + 1)])
        work.commit()
        remember_as_kept(settings, work.meta)


def remember_as_kept(settings: Settings, meta: Meta) -> None:
    """As if an earlier tick had put a snapshot of it into the mailbox."""
    kept = Kept(epoch=meta.epoch, generation=meta.generation, day=f"{LATER:%Y-%m-%d}", own=stamp(settings.folder))
    note_kept(settings.state, kept)
    with open_inbox(*settings.inbox) as inbox:
        for raw in state_mails("snapshot", meta.epoch, meta.generation, b"", settings.chapter.address, MONDAY):
            inbox.append("snapshots", raw)


@contextmanager
def counted() -> Iterator[Counter[str]]:
    """Files of the state opened, and "records" read out of their rows, while the block runs."""
    counts: Counter[str] = Counter()
    opens, reads = disk.open_ours, Table._read

    def opening(path: Path) -> int | None:
        counts[path.name] += 1
        return opens(path)

    def reading(self, row):  # type: ignore[no-untyped-def]
        counts["records"] += 1
        return reads(self, row)

    disk.open_ours, Table._read = opening, reading  # type: ignore[method-assign]
    try:
        yield counts
    finally:
        disk.open_ours, Table._read = opens, reads  # type: ignore[method-assign]
