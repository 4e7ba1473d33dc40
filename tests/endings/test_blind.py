"""Going on or not, asked of each alone and answered as people do: from the closing letter nobody can tell who said what."""

import re

import pytest

from coordinator.simulate.letters import Received
from tests.e2e.chapters import MAYA, MONA, NAMES, Chapter, day
from tests.e2e.chapters import number as place
from tests.e2e.seasons import debriefed, remembered

GO_ON = "Would you like to go on with"
CLIENTS = {MAYA: ("apple_ios", "gmail_android"), MONA: ("outlook_web", "thunderbird")}


@remembered
def asked(chapter: Chapter) -> None:
    """Both were asked whether they would like to go on."""
    debriefed(chapter)
    chapter.wait(until=day("2026-06-30"))


def question(chapter: Chapter, who: str) -> Received:
    return next(x for x in chapter.to(who, GO_ON) if any(GO_ON in ask.words for ask in x.asks))


def says(chapter: Chapter, who: str, *words: str) -> None:
    for said, client in zip(words, CLIENTS[who], strict=False):
        letter = question(chapter, who)
        chapter.reply(letter, {place(letter, GO_ON): said}, client=client)
        chapter.wait(days=1)


def closing(chapter: Chapter, who: str) -> bytes:
    """The last letter as it was sent, without the greeting and the frame, which name its reader."""
    (letter,) = chapter.to(who, "this is the last of these letters")
    body = letter.parent.text.partition("\n---\n")[0]
    return re.sub(f"^Hello {NAMES[who].split()[0]},", "Hello,", body).encode()


@pytest.mark.req("AAHA-34")
@pytest.mark.parametrize(
    ("mentee", "mentor"),
    [
        (("yes",), ()),
        ((), ("yes, gladly",)),
        (("no",), ("yes",)),
        (("yes",), ("no thanks",)),
        (("no",), ("no",)),
        ((), ()),
        (("no", "yes"), ("no",)),
        (("yes", "no"), ("not sure yet",)),
    ],
)
def test_whatever_the_two_said_but_two_yeses_the_closing_letters_are_the_same_byte_for_byte(
    chapter: Chapter, mentee: tuple[str, ...], mentor: tuple[str, ...]
):
    asked(chapter)
    says(chapter, MAYA, *mentee)
    says(chapter, MONA, *mentor)
    chapter.wait(until=day("2026-07-13"))
    assert closing(chapter, MAYA) == closing(chapter, MONA) == silent(chapter)
    assert chapter.pair.renewals == 0
    chapter.wait(until=day("2026-08-05"))
    assert (chapter.pair.status, chapter.pair.ending) == ("ended", "")


def silent(chapter: Chapter) -> bytes:
    """The same letter of a pair in which nobody said anything."""
    other = Chapter.at(chapter.folder.parent / "silent")
    quiet(other)
    return closing(other, MAYA)


@remembered
def quiet(chapter: Chapter) -> None:
    asked(chapter)
    chapter.wait(until=day("2026-07-13"))


def test_two_yeses_of_which_one_was_a_no_at_first_go_on(chapter: Chapter):
    asked(chapter)
    says(chapter, MAYA, "yes")
    says(chapter, MONA, "no", "Yes please")
    chapter.wait(days=2)
    assert chapter.pair.renewals == 1
    for who in (MAYA, MONA):
        assert chapter.to(who, "You both said yes")
        assert not chapter.to(who, "this is the last of these letters")
