"""Nobody ever gets to read what the table of `view` does not grant them, and what it grants arrives."""

import logging
import os
from datetime import timedelta

import pytest

from coordinator.programs.folders import names
from tests.canary.chapters import eventful, printed, two_pairs
from tests.canary.planted import COORDINATOR, Canary, found
from tests.canary.promised import due_to
from tests.canary.season import Season

NIGHTLY = bool(os.environ.get("COORDINATOR_NIGHTLY"))
PROGRAMS = [(name, every) for name in sorted(names(None)) for every in ((5, 1) if NIGHTLY else (5,))]
"""Programs, and how many answers go until one is kept private."""
DAYS = {name: 250 if NIGHTLY else 50 if name == "six-month" else 36 for name, _ in PROGRAMS}
PATIENCE = timedelta(days=14)
"""How long a receipt may wait for another mail to ride in."""

Played = tuple[Season, str]


@pytest.fixture(scope="module", params=PROGRAMS, ids=str)
def played(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Played:
    lines: list[str] = []
    handler = logging.Handler(level=logging.DEBUG)
    handler.emit = lambda record: lines.append(record.getMessage())  # type: ignore[method-assign]
    logging.getLogger().addHandler(handler)
    name, every = request.param
    season = eventful(two_pairs(tmp_path_factory.mktemp(name) / "elm", name, every=every), DAYS[name])
    logging.getLogger().removeHandler(handler)
    return season, "\n".join(lines).casefold()


@pytest.mark.req("AHE-6")
def test_no_mail_tells_anybody_what_they_may_not_know(played: Played):
    season, _ = played
    assert len(season.canaries) > 10
    assert season.leaks == []


def test_no_log_and_no_file_beside_state_and_mail_bears_a_word(played: Played):
    season, logged = played
    assert found(logged) == set()
    folder = season.chapter.folder
    private = {"state", "mail", "out"}
    others = [p for p in folder.rglob("*") if p.is_file() and p.relative_to(folder).parts[0] not in private]
    assert others
    assert [(p.name, w) for p in others for w in found(p.read_text("utf-8", "replace"))] == []


def test_no_command_tells_the_coordinator_what_they_may_not_know(played: Played):
    season, _ = played
    told = [
        (command, season.canaries[word])
        for command, text in printed(season)
        for word in found(text)
        if not season.canaries[word].may_be_read_by(COORDINATOR, season.pairings.get(season.canaries[word].pairing))
    ]
    assert told == []


def test_everybody_is_told_what_was_recorded_of_their_own_words(played: Played):
    season, _ = played
    old = season.chapter.now - PATIENCE
    asked = {(c.prompt, c.field) for w, c in season.canaries.items() if season.written_at.get(w, old) < old}
    told = {(c.prompt, c.field) for w, c in season.canaries.items() if c.by in season.seen.get(w, ())}
    assert asked - told == set()


@pytest.mark.req("AHE-6", "AMIA-27")
def test_what_others_are_told_that_they_see_reaches_every_one_of_them(played: Played):
    season, _ = played
    due = {word: due_to(season, word) for word in season.canaries}
    missed = [(season.canaries[w], to - season.reached.get(w, set())) for w, to in due.items()]
    assert [each for each in missed if each[1]] == []
    assert "partner" in {each for to in due.values() for each in to} or season.every == 1


@pytest.mark.req("AAHA-26", "AAHA-32")
def test_what_somebody_gave_out_reaches_exactly_those_whom_they_chose(played: Played):
    season, _ = played

    def readers(canary: Canary) -> set[str]:
        pairing = season.pairings.get(canary.pairing)
        assert pairing is not None
        to = set(pairing.advisors) if "advisor" in (canary.chosen or ()) else set()
        return to | ({pairing.partner_of(canary.by)} if "partner" in (canary.chosen or ()) else set())

    cried = {w: c for w, c in season.canaries.items() if c.chosen is not None}
    assert len(cried) >= 7
    assert {c.chosen for c in cried.values()} >= {frozenset(), frozenset({"advisor"})}
    for word, canary in cried.items():
        got = season.seen.get(word, set()) - {canary.by, COORDINATOR}
        assert bool(got & readers(canary)) == bool(readers(canary)), canary


def test_an_idea_stands_in_the_report_and_nowhere_with_a_name(played: Played):
    season, _ = played
    (word,) = [w for w, c in season.canaries.items() if c.prompt == "program idea: "]
    told = dict(printed(season))["report"]
    line = next(line for line in told.splitlines() if word in line)
    assert "maya" not in line
