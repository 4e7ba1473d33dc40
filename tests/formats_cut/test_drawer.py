"""Every mail of the drawer is read as the file beside it says."""

import pytest

from tests.formats_cut.drawer import Kept, drawer, read_kept

DRAWER = drawer()


def _plain(text: str | None) -> str:
    return " ".join((text or "").split())


@pytest.mark.parametrize("kept", DRAWER, ids=lambda kept: kept.name)
def test_a_kept_reply_is_cut_as_its_sender_wrote_it(kept: Kept) -> None:
    reading = read_kept(kept)
    assert _plain(reading.text) == _plain(kept.text)
    assert reading.cut is not None
    assert [(_plain(piece.text), piece.after) for piece in reading.cut.pieces] == [
        (_plain(text), after) for text, after in kept.pieces
    ]
    assert reading.kind == kept.kind


def test_the_drawer_is_large_enough_to_mean_something() -> None:
    assert len(DRAWER) >= 150
