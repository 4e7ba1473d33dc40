"""Somebody leaves no byte behind: records, frozen letters, archive, held mail, earlier versions, copies of the state.

Repeatable at any line: what was begun and not ended is done again from the start, since only the last step lets the
records forget whom it was about.
"""

import shutil
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from coordinator.core.effects import Draft
from coordinator.core.forgetting import Forgotten, faded, left_of
from coordinator.core.frozen import replace
from coordinator.core.records import Letter
from coordinator.store import backups, disk, jsons, lines
from coordinator.store.hotfile import KEEP
from coordinator.store.loading import load
from coordinator.store.segments import HEADER
from coordinator.store.work import Work


def forget(folder: Path, whom: Forgotten, digests: tuple[str, ...], *, now: datetime) -> tuple[Path, ...]:
    """Delete a person from the state in `folder` and from every backup that was made of it; hold the lock.

    digests: of their addresses, kept. Returns the backups that are not where they were made, and so were not changed.
    """
    missing = tuple(path for path in backups.made(folder) if not path.exists())
    for path in backups.made(folder):
        if path.exists():
            backups.changed(path, lambda inner: _forget_in(inner, whom, digests, now), work=folder / "forgetting")
    for aside in sorted(folder.glob("before-restore*")):
        shutil.rmtree(aside)  # a state that was replaced long ago
    shutil.rmtree(folder / backups.INCOMING, ignore_errors=True)
    _forget_in(folder, whom, digests, now)
    return missing


def _forget_in(folder: Path, whom: Forgotten, digests: tuple[str, ...], now: datetime) -> None:
    _rewrite_archive(folder / "archive.jsonl", lambda table, each: left_of(table, each, whom))
    work = load(folder, now=now)
    drafts = tuple(_kept_drafts(work, whom, folder / "drafts"))
    gone = [held.id for held in work.all_held() if held.sender.casefold() in whom.addresses]
    gone += [held.id for held in work.all_held() if whom.names(_text(work.held_bytes(held.id)), near=True)]
    for id_ in dict.fromkeys(gone):
        _delete(folder / "held" / f"{id_}.eml")
    work.rewrite(lambda table, each: None if table == "held" and each["id"] in gone else left_of(table, each, whom))
    work.with_meta(forgotten=tuple(dict.fromkeys((*work.meta.forgotten, *digests))))
    work.commit(drafts)
    for number in range(1, KEEP + 1):
        _delete(folder / f"cohort.json.bak.{number}")


def _delete(path: Path) -> None:
    with disk.trouble(path):
        path.unlink(missing_ok=True)


def _kept_drafts(work: Work, whom: Forgotten, segments: Path) -> Iterator[Draft]:
    """Frozen letters to others that share a file with one that must go; those that tell of them lose their place."""
    letters = [letter for letter in work.letters() if letter.segment]
    frozen = {letter.id: _frozen(work, letter) for letter in letters}
    touched = {letter.segment for letter in letters if _tells(letter, frozen[letter.id], whom)}
    touched |= _with_remains(segments, letters, frozen)
    for letter in letters:
        if letter.segment not in touched or letter.recipient == whom.id:
            continue
        found = frozen[letter.id]
        if found is None or _tells(letter, found, whom):
            work.stage([replace(letter, segment="", offset=0, length=0, version=letter.version + 1)])
        else:
            yield Draft(letter=letter, raw=found[0], text=found[1])


def _with_remains(
    segments: Path, letters: Iterable[Letter], frozen: Mapping[str, tuple[bytes, str] | None]
) -> frozenset[str]:
    """Names of segments that also hold letters of which the records know no more: to whom they went, nobody can say."""
    known: Counter[str] = Counter()
    for letter in letters:
        found = frozen[letter.id]
        known[letter.segment] += len(found[0]) + HEADER + len(found[1].encode()) if found else 0
    return frozenset(path.stem for path in segments.glob("*.seg") if path.stat().st_size > known[path.stem])


def _frozen(work: Work, letter: Letter) -> tuple[bytes, str] | None:
    raw = work.draft_bytes(letter)
    return None if raw is None else (raw, work.parent_text(letter) or "")


def _tells(letter: Letter, frozen: tuple[bytes, str] | None, whom: Forgotten) -> bool:
    if letter.recipient == whom.id:
        return True
    if frozen is None:
        return False
    near = letter.recipient in whom.partners or bool(whom.about & set(letter.pairings))
    return whom.names(frozen[1], near=near) or whom.names(_text(frozen[0]), near=near)


def _text(raw: bytes | None) -> str:
    # Only where somebody is forgotten are mails read here.
    from coordinator.formats.mentions import said_in

    return said_in(raw or b"")


def fade(folder: Path, before: datetime) -> datetime | None:
    """Take the words out of archived pairings that ended before that instant; hold the lock.

    Says when the first of those ended that keep their words, None where there are none.
    """

    def left(table: str, record: dict[str, Any]) -> dict[str, Any]:
        ended = _ended_with_words(table, record)
        return faded(record) if ended and ended < before else record

    path = folder / "archive.jsonl"
    found = (_ended_with_words(line["table"], line["record"]) for line in lines.whole_lines(path))
    ends = [ended for ended in found if ended]
    if any(ended < before for ended in ends):
        _rewrite_archive(path, left)
    return min((ended for ended in ends if ended >= before), default=None)


def _ended_with_words(table: str, record: dict[str, Any]) -> datetime | None:
    """When a pairing ended whose words are still kept."""
    ended = record.get("ended") if table == "pairings" else None
    return datetime.fromisoformat(ended) if ended and faded(record) != record else None


def _rewrite_archive(path: Path, left: Callable[[str, dict[str, Any]], dict[str, Any] | None]) -> None:
    def kept() -> Iterator[bytes]:
        for line in lines.whole_lines(path):
            record = left(line["table"], line["record"])
            if record is not None:
                yield lines.closed(line["table"], jsons.dumps(record))

    if disk.stamp(path):
        disk.replace(path, kept(), label="archive")
