"""Power that goes at any instant of a busy tick: whatever the disk had not made safe by then, nothing is lost."""

import os
import shutil
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from coordinator import config
from coordinator.errors import UnreadableError
from coordinator.formats.mime import Own, envelope
from coordinator.store import open_store
from coordinator.store.work import Work
from coordinator.tick import Options, run
from tests.faults import sweep
from tests.faults.chapter import ADDRESS, BUSY, lead_up, message_id
from tests.faults.folder import FolderChapter, folder_chapter
from tests.faults.mutants import MUTANTS
from tests.faults.nursery import poison_the_reader
from tests.faults.powerloss import Disk, Files
from tests.faults.recorder import Recorder, contents, lay_out

NIGHTLY = bool(os.environ.get("COORDINATOR_NIGHTLY"))
EVERY = 1 if NIGHTLY else 7
IN_ONE = Options(apart=False)
OWN = Own(address=ADDRESS, domain="example.org", trusted_authserv_ids=())


Mailboxes = Mapping[str, bytes]


@dataclass(frozen=True, kw_only=True)
class Loss:
    """What lies on the disk when the power comes back, and in the mailboxes, which belong to other machines."""

    where: str
    state: Files
    mailboxes: Mailboxes


@dataclass(frozen=True, kw_only=True)
class Busy:
    """A chapter before its busy tick. expected: Message-ID → folder at the end. folder: for what comes of it."""

    chapter: FolderChapter
    expected: Mapping[str, str]
    folder: Path

    def twin(self, name: str) -> Path:
        folder = self.folder / name
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(self.chapter.settings.folder, folder)
        return folder


@pytest.fixture(scope="module")
def busy(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Busy]:
    with pytest.MonkeyPatch.context() as patch:
        poison_the_reader(patch.setattr)
        root = tmp_path_factory.mktemp("power")
        chapter = folder_chapter(root / "chapter")

        def ticked(now: datetime) -> Mapping[str, bytes]:
            before = len(chapter.sent)
            chapter.tick(now)
            return {mail.to: mail.raw for mail in chapter.sent[before:]}

        expected = lead_up(chapter.settings, ticked=ticked, deliver=lambda raw: chapter.deliver(raw, BUSY))
        yield Busy(chapter=chapter, expected=expected, folder=root)


def losses(busy: Busy, *, mutant: str = "", every: int = 1) -> Iterator[Loss]:
    """Everything that may be left of a busy tick, each state once; of every so-and-so-many-th instant."""
    folder = busy.twin("recorded")
    mailboxes = [mailboxes_of(folder)]

    def after() -> None:
        names = frozenset(each for part in ("mail", "out") for each in (folder / part).rglob("*"))
        mailboxes.append(mailboxes_of(folder) if names != seen[-1] else mailboxes[-1])
        seen.append(names)

    seen: list[frozenset[Path]] = [frozenset()]
    with pytest.MonkeyPatch.context() as patch:
        recorder = Recorder(folder / "state", after)
        recorder.listen(patch.setattr)
        if mutant:
            MUTANTS[mutant](patch.setattr)
        run(config.load(folder), BUSY, IN_ONE)
    disk, known = Disk(recorder), set()
    for number, there in enumerate(mailboxes):
        if number:
            disk.take(recorder.calls[number - 1])
        if number % every:
            continue
        for state in disk.left(number):
            key = (hash(frozenset(state.items())), hash(frozenset(there)))
            if key not in known:
                known.add(key)
                where = f"after call {number}, {recorder.calls[number - 1].what if number else 'none'}"
                yield Loss(where=where, state=state, mailboxes=there)


def mailboxes_of(folder: Path) -> Mailboxes:
    found = {}
    for part in ("mail", "out"):
        for name, raw in contents(folder / part).items():
            if "/tmp/" not in f"/{name}" or name.endswith("/"):
                found[f"{part}/{name}"] = raw
    return found


def folder_after(busy: Busy, loss: Loss) -> Path:
    folder = busy.folder / "after"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    for name in ("config.toml", "secret.key"):
        shutil.copy2(busy.chapter.settings.folder / name, folder / name)
    lay_out(loss.state, folder / "state")
    lay_out(loss.mailboxes, folder)
    for path in (folder / "mail").rglob("*"):
        os.utime(path, (BUSY.timestamp(), BUSY.timestamp()))
    return folder


def harm(busy: Busy, loss: Loss) -> list[str]:
    """What is wrong as soon as the power is back, before any tick."""
    folder = folder_after(busy, loss)
    try:
        work = open_store(folder / "state", now=BUSY).load()
        waiting = [each for each in work.letters() if each.segment and each.state != "sent"]
        gone = [f"the frozen bytes of {each.id} are gone" for each in waiting if not work.draft_bytes(each)]
    except UnreadableError as error:
        return [f"unreadable: {error}"]
    return [*gone, *_forgotten(work, loss.mailboxes), *_unknown(work, loss.mailboxes)]


def _forgotten(work: Work, mailboxes: Mailboxes) -> Iterator[str]:
    """Mail that was put away and of which the state knows nothing."""
    for name, raw in mailboxes.items():
        if name.startswith(("mail/.Processed/cur/", "mail/.Quarantine/cur/")) and raw:
            known = envelope(raw, OWN)
            if not work.has_seen(known.fingerprint):
                yield f"{known.message_id} was put away and is forgotten"


def _unknown(work: Work, mailboxes: Mailboxes) -> Iterator[str]:
    """Mail that was sent and that the state never decided."""
    decided = {each.message_id for each in work.letters()}
    decided |= {each["message_id"] for each in work.all_archived("letters")}
    for name, raw in mailboxes.items():
        if name.startswith(("out/new/", "out/cur/")) and raw and message_id(raw) not in decided:
            yield f"{message_id(raw)} was sent and is unknown"


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
    places = {message_id(raw): name.split("/")[1] for name, raw in boxes.items() if raw and name.startswith("mail/")}
    sent = Counter((message_id(raw), raw) for name, raw in boxes.items() if raw and name.startswith("out/"))
    work = open_store(folder / "state", now=BUSY).load()
    return End(facts=sweep.facts(work), places=places, sent=sent, trouble=trouble)


@pytest.fixture(scope="module")
def undisturbed(busy: Busy) -> End:
    folder = busy.twin("undisturbed")
    run(config.load(folder), BUSY, IN_ONE)
    found = two_ticks_on(folder, BUSY + sweep.SPAN)
    assert max(found.sent.values()) == 1
    expected = {f".{each}" for each in busy.expected.values()}
    assert {found.places[id_] for id_ in busy.expected} == expected
    return found


def differences(clean: End, found: End) -> Iterator[str]:
    yield from sweep._state_differences(clean.facts, found.facts)
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


def some(found: list[Loss], number: int) -> list[Loss]:
    """So many from all along the tick; at night all, or a hundred times as many."""
    return found[:: max(1, len(found) // (100 * number if NIGHTLY else number))]


def test_no_power_loss_makes_the_state_unreadable_or_loses_what_was_acknowledged(busy: Busy) -> None:
    found = list(losses(busy, every=EVERY))
    assert len(found) >= 500
    bad = [(loss.where, wrong) for loss in some(found, 250) if (wrong := harm(busy, loss))]
    assert bad == []


def test_after_a_power_loss_the_next_ticks_come_to_the_same_end(busy: Busy, undisturbed: End) -> None:
    for loss in some(list(losses(busy, every=EVERY)), 16):
        end = two_ticks_on(folder_after(busy, loss), BUSY + sweep.SPAN)
        assert list(differences(undisturbed, end)) == [], loss.where


@pytest.mark.parametrize("mutant", ["acknowledge first", "in-place write", "no folder fsync"])
def test_a_loss_of_power_finds_a_mistake_that_was_planted(busy: Busy, mutant: str) -> None:
    # Late in the tick most was acknowledged.
    late = reversed(list(losses(busy, mutant=mutant, every=17)))
    assert any(harm(busy, loss) for loss in late), "a mistake that nobody noticed"
