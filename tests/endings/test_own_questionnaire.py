"""A questionnaire that a volunteer brings along, with their mistakes in it: from the file to the means, by real mail."""

from pathlib import Path

import pytest

from coordinator.simulate.letters import Received
from tests.cli.running import Outcome, founded, run
from tests.e2e.chapters import Chapter
from tests.e2e.seasons import remembered

LICENCE = 'licence = { holder = "A. Author", terms = "written leave of 3 May 2026, for this chapter" }'
ITEMS = (
    ("trust-1", "trust", False, "I can rely on what we agree."),
    ("trust-2", "trust", False, "I say what I think."),
    ("strain-1", "strain", True, "Our talks wear me out."),
    ("strain-2", "strain", True, "I dread the next talk."),
    ("gain-1", "gain", False, "I take something away each time."),
    ("gain-2", "gain", False, "I try out what we talked about."),
)
HEAD = f"""id = "relation"
title = "A scale about relations"
{LICENCE}
low = 1
high = 7
answered = 0.75

[anchors]
en = ["never", "always"]
"""
GOOD = HEAD + "".join(
    f'\n[[items]]\nid = "{id_}"\nsubscale = "{part}"\nreverse = {str(turned).lower()}\nask = "{ask}"\n'
    for id_, part, turned, ask in ITEMS
)
PROGRAM = 'extends = "six-month"\n\n[[stages]]\nid = "check"\ninstrument = "relation"\n'
NAMES = ("ann", "bea", "cleo", "dora", "eva", "fay")
LOOK = "a short look at how it goes"


def wrote(chapter: Chapter, text: str) -> Outcome:
    """The volunteer's files, and what `check` says of them."""
    own = chapter.folder / "templates" / "six-month"
    (own / "instruments").mkdir(parents=True, exist_ok=True)
    (own / "instruments" / "relation.toml").write_text(text)
    (own / "program.toml").write_text(PROGRAM)
    return run("--chapter", chapter.folder, "check")


def address(name: str) -> str:
    return f"{name}@example.com"


@pytest.fixture
def chapter(tmp_path: Path) -> Chapter:
    return Chapter.at(founded(tmp_path / "elm"))


@remembered
def asked(chapter: Chapter) -> None:
    """Three pairs, each of the six asked to look at how it goes."""
    assert wrote(chapter, GOOD).code == 0
    rows = "".join(f"{address(n)},{n.title()},{'mentor' if i % 2 else 'mentee'},yes\n" for i, n in enumerate(NAMES))
    people = chapter.folder.parent / "people.csv"
    people.write_text("email,first_name,roles,consent\n" + rows)
    now = ("--now", "2026-01-12T08:00")
    assert run("--chapter", chapter.folder, "people", "import", people, *now).code == 0
    for mentee, mentor in zip(NAMES[::2], NAMES[1::2], strict=True):
        assert run("--chapter", chapter.folder, "pair", address(mentor), address(mentee), *now).code == 0
    for name in NAMES:
        while not chapter.to(address(name), LOOK):
            chapter.wait(days=1)


def look(chapter: Chapter, name: str, nth: int = -1) -> Received:
    return chapter.to(address(name), LOOK)[nth]


def told(letter: Received, *numbers: int | str) -> dict[int, str]:
    """Numbers to the statements of the questionnaire, in their order; "" = left out."""
    places = [ask.number for ask in letter.asks if any(words in ask.words for *_, words in ITEMS)]
    return {place: str(said) for place, said in zip(places, numbers, strict=False) if said != ""}


def tally(chapter: Chapter) -> dict[str, tuple[int | None, float | None]]:
    looks = run("--chapter", chapter.folder, "tally", "--json").json["looks"]
    assert set(looks) == {"relation"}, "what nobody is asked is not told of"
    return {row["name"]: (row["people"], row["mean"]) for row in looks["relation"]}


@pytest.mark.parametrize(
    ("right", "wrong", "said"),
    [
        (LICENCE, "", "instruments/relation.toml: a questionnaire without a licence is not used"),
        ('"A. Author"', '"TODO: ask her"', "relation.toml:3: a questionnaire without a licence is not used"),
        ('"A. Author"', '"n/a"', "relation.toml:3: a questionnaire without a licence is not used"),
        ('"A. Author"', '"-"', "relation.toml:3: a questionnaire without a licence is not used"),
        ("high = 7", "high = 1", "relation.toml:5: a scale from 1 to 1"),
        ("reverse = true", "revers = true", 'no setting of an item "revers" – did you mean "reverse"?'),
        ("reverse = true", 'reverse = "yes"', "'yes' is neither true nor false"),
        ("0.75", "75", "relation.toml:6: 75 is no share – write answered = 0.8"),
        ("trust-2", "trust-1", 'two items have the id "trust-1"'),
        ('ask = "I say what I think."', "", "an item needs English words"),
        ('"relation"', '"relatoin"', 'no questionnaire "relation" – did you mean "relatoin"?'),
    ],
)
def test_a_mistake_in_the_file_is_named_with_its_place_and_no_mail_goes_out_before_it_is_mended(
    chapter: Chapter, right: str, wrong: str, said: str
):
    found = wrote(chapter, GOOD.replace(right, wrong))
    assert found.code == 78
    assert said in found.err
    assert run("--chapter", chapter.folder, "tick").code == 78
    assert wrote(chapter, GOOD).code == 0


def test_the_letter_names_the_owner_the_ends_of_the_scale_and_who_sees_it(chapter: Chapter):
    asked(chapter)
    text = " ".join(look(chapter, "ann").parent.text.split())
    assert "from 1 to 7" in text
    assert "“A scale about relations”, by leave of A. Author" in text
    assert "I can rely on what we agree. (1 = never, 7 = always)" in text
    assert "Nobody but you sees what you answer" in text


def test_full_partial_and_strange_answers_come_to_private_scores_and_to_means_of_five_people(chapter: Chapter):
    asked(chapter)
    for name in NAMES[:4]:
        chapter.reply(look(chapter, name), told(look(chapter, name), 7, 5, 2, 2, 6))
    bad = look(chapter, "eva")
    chapter.reply(bad, told(bad, "great", 5, 9, 2, 6), client="apple_ios")
    again = chapter.last(address("eva"), "I could not make sure")
    words = " ".join(again.parent.text.split())
    assert "I can rely on what we agree" in words, "a word is asked about and never guessed"
    assert "Our talks wear me out" in words, "and so is a number beyond the scale"
    assert tally(chapter)["trust"] == (None, None), "four people and half a subscale"
    chapter.reply(again, told(again, 3, 4))
    assert tally(chapter)["trust"] == (5, 5.6), "four times 6 and once 4"
    assert tally(chapter)["strain"] == (5, 5.8), "turned round: four times 6 and once 5"
    chapter.wait(days=2)
    for name in NAMES[:5]:
        rest = look(chapter, name)
        assert "I try out what we talked about." in rest.parent.text, "the sixth comes with the next letter"
        chapter.reply(rest, told(rest, 4))
    chapter.wait(days=20)
    assert tally(chapter)["gain"] == (5, 5.0)
    assert tally(chapter)[""] == (5, 5.47)
    others = "\n".join(x.parent.text for _, x in chapter.letters if "How you two see it" in x.subject)
    assert others == "", "nothing of a questionnaire is compared"
    assert not chapter.held()


def test_whoever_answers_too_little_has_no_score_and_who_answers_nothing_is_sent_no_second_part(chapter: Chapter):
    asked(chapter)
    for name in NAMES[:5]:
        chapter.reply(look(chapter, name), told(look(chapter, name), 7, "", 2, "", ""))
    assert tally(chapter)[""] == (None, None), "two of six are below three quarters"
    assert tally(chapter)["trust"] == (None, None), "one of two as well"
    before = len(chapter.to(address("fay"), LOOK))
    chapter.wait(days=25)
    assert len(chapter.to(address("fay"), LOOK)) == before


def test_the_answers_of_pairs_that_are_long_over_still_count(chapter: Chapter):
    asked(chapter)
    for name in NAMES:
        chapter.reply(look(chapter, name), told(look(chapter, name), 7, 5, 2, 2, 6))
    chapter.wait(days=220)
    assert not list(chapter.work().pairings()), "the archive has them"
    assert tally(chapter)["trust"] == (6, 6.0)
