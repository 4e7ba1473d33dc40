"""The busy tick once more, on folders, and what it must come to however often it was broken off."""

import shutil
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from coordinator import config
from coordinator.store import open_store
from coordinator.tick import Options, run
from tests.faults import sweep
from tests.faults.chapter import BUSY, lead_up, message_id
from tests.faults.folder import FolderChapter, folder_chapter
from tests.faults.recorder import contents

IN_ONE = Options(apart=False)

Mailboxes = Mapping[str, bytes]


@dataclass(frozen=True, kw_only=True)
class Busy:
    """A chapter before its busy tick. expected: Message-ID → folder at the end. folder: for what comes of it."""

    chapter: FolderChapter
    expected: Mapping[str, str]
    folder: Path

    def twin(self, name: str) -> Path:
        folder = self.folder / name
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(self.chapter.settings.folder, folder, ignore=shutil.ignore_patterns("heartbeat.json"))
        return folder


def before_the_busy_tick(root: Path) -> Busy:
    chapter = folder_chapter(root / "chapter")

    def ticked(now: datetime) -> Mapping[str, bytes]:
        before = len(chapter.sent)
        chapter.tick(now)
        return {mail.to: mail.raw for mail in chapter.sent[before:]}

    expected = lead_up(chapter.settings, ticked=ticked, deliver=lambda raw: chapter.deliver(raw, BUSY))
    return Busy(chapter=chapter, expected=expected, folder=root)


def mailboxes_of(folder: Path) -> Mailboxes:
    found = {}
    for part in ("mail", "out"):
        for name, raw in contents(folder / part).items():
            if "/tmp/" not in f"/{name}" or name.endswith("/"):
                found[f"{part}/{name}"] = raw
    return found


@dataclass(frozen=True, kw_only=True)
class End:
    """What two more ticks came to. sent: Message-ID and bytes of every mail that ever went out."""

    facts: Mapping[str, Any]
    places: Mapping[str, str]
    sent: Counter[tuple[str, bytes]]
    trouble: str = ""


def two_ticks_on(folder: Path, start: datetime) -> End:
    trouble = ""
    for turn in range(2):
        account = run(config.load(folder), start + turn * sweep.SPAN, IN_ONE)
        trouble = trouble or str(account.trouble or "")
    boxes = mailboxes_of(folder)
    mails = {name: raw for name, raw in boxes.items() if raw and name.startswith("mail/")}
    # How often the state itself is kept differs from course to course.
    places = {message_id(raw): name.split("/")[1] for name, raw in mails.items() if "/.Snapshots/" not in name}
    sent = Counter((message_id(raw), raw) for name, raw in boxes.items() if raw and name.startswith("out/"))
    work = open_store(folder / "state", now=BUSY).load()
    return End(facts=sweep.facts(work), places=places, sent=sent, trouble=trouble)


def undisturbed_end(busy: Busy) -> End:
    folder = busy.twin("undisturbed")
    run(config.load(folder), BUSY, IN_ONE)
    found = two_ticks_on(folder, BUSY + sweep.SPAN)
    assert max(found.sent.values()) == 1
    expected = {f".{each}" for each in busy.expected.values()}
    assert {found.places[id_] for id_ in busy.expected} == expected
    return found


def differences(clean: End, found: End) -> Iterator[str]:
    yield from sweep.state_differences(clean.facts, found.facts)
    if found.trouble:
        yield found.trouble
    for id_, place in clean.places.items():
        if found.places.get(id_) != place:
            yield f"{id_} is in {found.places.get(id_)} and not in {place}"
    ids, wanted = Counter(id_ for id_, _ in found.sent), {id_ for id_, _ in clean.sent}
    yield from (f"{id_} was never sent" for id_ in wanted - ids.keys())
    yield from (f"{id_} was sent and should not have been" for id_ in ids.keys() - wanted)
    yield from (f"{id_} went out in {count} versions" for id_, count in ids.items() if count > 1)
    yield from (f"{id_} went out {count} times" for (id_, _), count in found.sent.items() if count > 2)
