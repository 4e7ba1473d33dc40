"""What the cases share: two servers, the chapter before its busy tick, and a process that bears others."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from tests.faults import busy as on_folders
from tests.faults.busy import Busy, End
from tests.faults.chapter import before_the_busy_tick
from tests.faults.nursery import Nursery, nursery, poison_the_reader
from tests.faults.sweep import Sweep
from tests.servers import dovecot, smtp_sink


@pytest.fixture(scope="session")
def children(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Nursery]:
    with nursery(tmp_path_factory.mktemp("nursery")) as found:
        yield found


@pytest.fixture(scope="session")
def sweep(
    children: Nursery,
    imap_server: dovecot.Dovecot,
    shared_sink: smtp_sink.Sink,
    tmp_path_factory: pytest.TempPathFactory,
) -> Sweep:
    def tick(folder: Path, now: datetime) -> object:
        return children.run("--chapter", str(folder), "tick", "--now", now.isoformat())

    root = tmp_path_factory.mktemp("sweep")
    shared_sink.reset()
    template = before_the_busy_tick(root / "template", imap_server, shared_sink, tick)
    return Sweep(template=template, nursery=children, sink=shared_sink, folder=root)


@pytest.fixture(scope="module")
def busy(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Busy]:
    """A chapter on folders before its busy tick; one of its mails breaks its reader for as long as it is used."""
    with pytest.MonkeyPatch.context() as patch:
        poison_the_reader(patch.setattr)
        yield on_folders.before_the_busy_tick(tmp_path_factory.mktemp("busy"))


@pytest.fixture(scope="module")
def undisturbed(busy: Busy) -> End:
    return on_folders.undisturbed_end(busy)
