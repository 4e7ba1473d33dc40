"""A summary that is quoted below an answer, by every mail program: none of its words are taken for the advisor's."""

import pytest

from coordinator.formats.cut import cut
from coordinator.formats.mime import Own, parse
from coordinator.simulate.letters import Received
from coordinator.simulate.shapes.clients import CLIENTS
from tests.cli.running import run
from tests.e2e.chapters import ADAM, MAYA, MONA, Chapter, on_maildir
from tests.e2e.seasons import met

OWN = Own(address="mentoring@example.org", domain="example.org")
MORE = """email,first_name,last_name,roles,timezone,language,consent
nils@example.com,Nils,Oz,mentor,Europe/Berlin,en,yes
nora@example.com,Nora,Fry,mentee,Europe/Berlin,en,yes
"""


def with_another_pair(chapter: Chapter) -> None:
    at, now = ("--chapter", chapter.folder), ("--now", chapter.now.isoformat())
    roster = chapter.folder.parent / "more.csv"
    roster.write_text(MORE)
    assert run(*at, "people", "import", roster, *now).code == 0
    assert run(*at, "pair", "nils@example.com", "nora@example.com", "--advisor", ADAM, *now).code == 0


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> tuple[Chapter, Received]:
    """A chapter, and a summary of two pairs with things to do, to come, and weeks."""
    chapter = on_maildir(tmp_path_factory.mktemp("quoted") / "elm")
    chapter.itself = True
    with_another_pair(chapter)
    met(chapter)
    chapter.reply(chapter.last(MAYA, "Did you two talk"), "1. yes\n2. 45\n\nneed: a lab coat")
    return chapter, chapter.wait_for(ADAM, "may need you")


@pytest.fixture(scope="module")
def kept(told: tuple[Chapter, Received]) -> str:
    """What the state keeps of that summary to compare with."""
    work = told[0].work()
    letters = [each for each in work.letters() if each.purpose == "summary" and each.address == ADAM]
    return work.parent_text(max(letters, key=lambda each: each.at)) or ""


@pytest.mark.req("AMIA-18")
@pytest.mark.parametrize("style", ["top", "bottom", "inline", "html_top"])
@pytest.mark.parametrize("client", sorted(CLIENTS))
def test_of_a_quoted_summary_nothing_is_left_but_the_answer(
    told: tuple[Chapter, Received], kept: str, client: str, style: str
):
    chapter, summary = told
    message = parse(chapter.answered(summary, "tell Maya: I have one.", client=client, style=style), OWN)
    assert cut(message.text, parent=kept).text.strip() == "tell Maya: I have one."


@pytest.mark.req("AMIA-18")
def test_words_passed_on_from_under_a_summary_are_the_advisors_own_and_no_more(told: tuple[Chapter, Received]):
    chapter, summary = told
    count = len(chapter.letters)
    chapter.reply(summary, "tell Maya: I have one.", client="gmail_web", cc=[("Mona Ek", MONA)])
    new = [letter for _, letter in chapter.letters[count:]]
    assert [letter.parent.recipient for letter in new] == [MAYA, ADAM]
    assert "> I have one.\n\nAnswer this mail" in new[0].parent.text
    assert new[1].parent.text.count("\n- ") == 1
