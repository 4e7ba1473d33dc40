"""An advisor whom another one followed answers an old summary: it is answered, and decides nothing any more."""

import pytest

from tests.cli.running import run
from tests.e2e.chapters import ADAM, MAYA, Chapter
from tests.e2e.seasons import met


@pytest.fixture
def former(chapter: Chapter) -> Chapter:
    """Adam has a summary in which something is numbered, and the pair is no longer his."""
    met(chapter)
    chapter.wait_for(ADAM, "1 snooze")
    done = run("--chapter", chapter.folder, "pairing", "set", "p1", "advisors=", "--now", str(chapter.now))
    assert done.code == 0, done.err
    return chapter


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("1 snooze 2w", "1 snooze 2w – no line of that letter has this number"),
        ("pair 1 every 2 weeks", "no pair of yours has this number in that letter"),
        ("tell Maya: please call me", "I could not do anything with these words"),
        ("Maya told me that she wants to stop, please call her", "I could not do anything with these words"),
    ],
)
def test_they_hear_that_it_is_not_theirs(former: Chapter, line: str, told: str) -> None:
    before, so_far = former.pair, len(former.to(MAYA))
    former.reply(former.last(ADAM, "1 snooze"), line)
    answer = " ".join(former.last(ADAM).parent.text.split())
    assert told in answer, answer
    assert (former.pair.terms, former.pair.ending, former.pair.decided) == (before.terms, before.ending, before.decided)
    former.wait(days=1)
    assert not [x for x in former.to(MAYA)[so_far:] if "please call me" in x.parent.text]
