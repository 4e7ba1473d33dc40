"""The clause for help: the two agree on whom to ring, and whoever it names hears of a call together with the advisor."""

from pathlib import Path

import pytest

from tests.e2e.chapters import ADAM, MAYA, MONA, Chapter, number, on_maildir
from tests.e2e.seasons import met


@pytest.fixture
def chapter(tmp_path: Path) -> Chapter:
    made = on_maildir(tmp_path / "elm")
    met(made)
    return made


def agreed(chapter: Chapter, line: str) -> None:
    """Maya proposes it, Mona agrees."""
    chapter.reply(chapter.last(MAYA, "Did you two talk"), line)
    proposal = chapter.wait_for(MONA, "030 5550 1234", days=10)
    chapter.reply(proposal, f"{number(proposal, 'right for you')}. yes")


@pytest.mark.req("AAHA-26")
def test_the_agreement_says_what_to_do_when_somebody_needs_help(chapter: Chapter):
    assert chapter.to(MAYA, "If one of you needs help at once")


@pytest.mark.req("AAHA-26")
def test_whom_the_two_agreed_to_ring_is_told_at_once_and_the_caller_reads_how(chapter: Chapter):
    agreed(chapter, "in an emergency: ring your mentor, 030 5550 1234")
    assert "030 5550 1234" in chapter.pair.terms["help"]
    chapter.reply(chapter.last(MAYA), "HELP\nhe shouts at me")
    assert chapter.to(ADAM, "asks for help")
    assert chapter.to(MONA, "asks for help")
    assert "030 5550 1234" in chapter.last(MAYA, "You asked for help").parent.text
    assert not any("shouts" in x.parent.text for _, x in chapter.letters if x.parent.recipient != MAYA)


def test_a_clause_about_help_is_no_call_for_help(chapter: Chapter):
    count = len(chapter.to(ADAM, "asks for help"))
    agreed(chapter, "in an emergency: ring your mentor, 030 5550 1234")
    assert len(chapter.to(ADAM, "asks for help")) == count
