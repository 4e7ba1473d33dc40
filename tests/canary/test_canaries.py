"""Nobody ever gets to read what the table of `view` does not grant them, and what it grants arrives."""

import logging
import os

import pytest

from coordinator.programs.folders import names
from tests.canary.planted import COORDINATOR
from tests.canary.season import Season, found, printed, two_pairs

NIGHTLY = bool(os.environ.get("COORDINATOR_NIGHTLY"))
PROGRAMS = [(name, every) for name in sorted(names(None)) for every in (5, 1)] if NIGHTLY else [("six-month", 5)]
"""Programs, and how many answers go until one is kept private."""
DAYS = 250 if NIGHTLY else 50
PASSED_ON = {"journey", "feedback", "agenda"}
"""Facts that are there to be told to the other of the two."""


@pytest.fixture(scope="module", params=PROGRAMS, ids=str)
def played(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Season, str]:
    lines: list[str] = []
    handler = logging.Handler(level=logging.DEBUG)
    handler.emit = lambda record: lines.append(record.getMessage())  # type: ignore[method-assign]
    logging.getLogger().addHandler(handler)
    name, every = request.param
    season = two_pairs(tmp_path_factory.mktemp(name) / "elm", name, every=every)
    season.play(DAYS)
    logging.getLogger().removeHandler(handler)
    return season, "\n".join(lines).casefold()


@pytest.mark.req("AHE-6")
def test_no_mail_tells_anybody_what_they_may_not_know(played: tuple[Season, str]):
    season, _ = played
    assert len(season.canaries) > 10
    assert [(reader, c) for reader, c in season.leaks] == []


def test_no_log_and_no_file_beside_state_and_mail_bears_a_word(played: tuple[Season, str]):
    season, logged = played
    assert list(found(logged, season.canaries)) == []
    folder = season.chapter.folder
    private = {"state", "mail", "out"}
    others = [p for p in folder.rglob("*") if p.is_file() and p.relative_to(folder).parts[0] not in private]
    assert others
    assert [(p.name, w) for p in others for w in found(p.read_text("utf-8", "replace"), season.canaries)] == []


def test_no_command_tells_the_coordinator_what_they_may_not_know(played: tuple[Season, str]):
    season, _ = played
    told = [
        (command, season.canaries[word])
        for command, text in printed(season)
        for word in found(text, season.canaries)
        if not season.canaries[word].may_be_read_by(COORDINATOR, season.pairings.get(season.canaries[word].pairing))
    ]
    assert told == []


def test_everybody_is_told_what_was_recorded_of_their_own_words(played: tuple[Season, str]):
    season, _ = played
    asked = {(c.prompt, c.field) for c in season.canaries.values()}
    told = {(c.prompt, c.field) for w, c in season.canaries.items() if c.by in season.seen.get(w, ())}
    assert asked - told == set()


def test_what_is_there_to_be_passed_on_reaches_the_other(played: tuple[Season, str]):
    season, _ = played
    passed = {}
    for word, canary in season.canaries.items():
        if canary.fills in PASSED_ON and canary.visibility in ("pair", "program"):
            partner = season.pairings[canary.pairing].partner_of(canary.by)
            passed.setdefault(canary.fills, []).append(partner in season.seen.get(word, ()))
    assert passed or season.every == 1
    assert [fact for fact, reached in passed.items() if not any(reached)] == []
