"""Power that goes at any instant of a busy tick: whatever the disk had not made safe by then, nothing is lost."""

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from coordinator import config
from coordinator.errors import UnreadableError
from coordinator.formats.mime import Own, envelope
from coordinator.store import open_store
from coordinator.store.work import Work
from coordinator.tick import run
from tests.faults import sweep
from tests.faults.busy import IN_ONE, Busy, End, Mailboxes, differences, mailboxes_of, two_ticks_on
from tests.faults.chapter import ADDRESS, BUSY, message_id
from tests.faults.figures import note
from tests.faults.mutants import MUTANTS
from tests.faults.powerloss import Disk, Files
from tests.faults.recorder import Recorder, lay_out

NIGHTLY = bool(os.environ.get("COORDINATOR_NIGHTLY"))
EVERY = 1 if NIGHTLY else 11
OWN = Own(address=ADDRESS, domain="example.org", trusted_authserv_ids=())


@dataclass(frozen=True, kw_only=True)
class Loss:
    """What lies on the disk when the power comes back, and in the mailboxes, which belong to other machines."""

    where: str
    state: Files
    mailboxes: Mailboxes


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


def some(found: list[Loss], number: int) -> list[Loss]:
    """So many from all along the tick; at night all, or a hundred times as many."""
    return found[:: max(1, len(found) // (100 * number if NIGHTLY else number))]


def test_no_power_loss_makes_the_state_unreadable_or_loses_what_was_acknowledged(busy: Busy) -> None:
    found = list(losses(busy, every=EVERY))
    assert len(found) >= 300
    bad = [(loss.where, wrong) for loss in some(found, 150) if (wrong := harm(busy, loss))]
    note("power loss", states=len(some(found, 150)), bad=len(bad))
    assert bad == []


def test_after_a_power_loss_the_next_ticks_come_to_the_same_end(busy: Busy, undisturbed: End) -> None:
    chosen = some(list(losses(busy, every=EVERY)), 10)
    note("power loss", played_on=len(chosen))
    for loss in chosen:
        end = two_ticks_on(folder_after(busy, loss), BUSY + sweep.SPAN)
        assert list(differences(undisturbed, end)) == [], loss.where


@pytest.mark.parametrize("mutant", ["acknowledge first", "in-place write", "no folder fsync"])
def test_a_loss_of_power_finds_a_mistake_that_was_planted(busy: Busy, mutant: str) -> None:
    note("planted mistakes", **{mutant.replace(" ", "_"): 1})
    # Late in the tick most was acknowledged.
    late = reversed(list(losses(busy, mutant=mutant, every=23)))
    assert any(harm(busy, loss) for loss in late), "a mistake that nobody noticed"
