"""What is left on the disk when somebody is forgotten."""

from dataclasses import replace
from pathlib import Path

import pytest

from coordinator.core.forgetting import Forgotten
from coordinator.store import open_store
from tests.store.situations import MONDAY, a_pair_with_two_letters, draft, letter, loaded


@pytest.mark.req("S-2")
def test_a_frozen_letter_goes_that_shares_its_file_and_that_the_records_have_dropped(tmp_path: Path) -> None:
    folder = a_pair_with_two_letters(tmp_path / "state")
    theirs, other = letter(11, recipient="p2"), letter(12, recipient="p1")
    work = loaded(folder)
    work.commit([replace(draft(theirs), raw=b"To: her\r\n\r\nCanary", text="Canary"), draft(other)])
    work = loaded(folder)
    dropped = work.letter(theirs.id)
    assert dropped
    work.drop(dropped)
    work.commit()
    assert b"Canary" in b"".join(path.read_bytes() for path in (folder / "drafts").iterdir())
    her = loaded(folder).participant("p2")
    assert her
    open_store(folder, now=MONDAY).forget(Forgotten.of(her, (), ()), (), now=MONDAY)
    assert b"Canary" not in b"".join(path.read_bytes() for path in (folder / "drafts").iterdir())
    kept = loaded(folder).letter(other.id)
    assert kept
    assert loaded(folder).draft_bytes(kept) == draft(other).raw
