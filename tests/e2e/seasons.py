"""How far a pair has come: each function plays on from the one before. What was played once on a folder is copied."""

import tempfile
from collections.abc import Callable
from functools import wraps
from pathlib import Path

from tests.e2e.chapters import MAYA, MONA, Chapter, MaildirMail, number

GOALS = "Lead a team meeting every month\nPass the CHESP exam by October"

Play = Callable[[Chapter], None]
_PLAYED: dict[str, Chapter] = {}
_PLACE = tempfile.TemporaryDirectory(prefix="coordinator-seasons-")


def remembered(play: Play) -> Play:
    """The same, in no time, for a Maildir chapter on which nothing has happened yet."""

    name = f"{play.__module__}.{play.__name__}"

    @wraps(play)
    def played(chapter: Chapter) -> None:
        if not isinstance(chapter.mail, MaildirMail) or chapter.letters or chapter.itself:
            play(chapter)
        elif name in _PLAYED:
            _PLAYED[name].copy_over(chapter)
        else:
            play(chapter)
            kept = Chapter.at(Path(_PLACE.name) / name)
            chapter.copy_over(kept)
            _PLAYED[name] = kept

    return played


@remembered
def introduced(chapter: Chapter) -> None:
    """Maya picks the second time that is offered, Mona answers as well."""
    chapter.tick()
    chapter.reply(chapter.last(MAYA), {1: "b", 2: "a, d", 4: "I grew up in Oslo and restore old boats."})
    chapter.reply(chapter.last(MONA, "Meet Maya"), {1: "b, d", 2: "Twenty years in hospitals."}, client="outlook_web")


@remembered
def with_goals(chapter: Chapter) -> None:
    introduced(chapter)
    chapter.wait_for(MAYA, "What would you like to reach")
    letter = chapter.last(MAYA, "What would you like to reach")
    chapter.reply(letter, {1: GOALS, 2: "public speaking", 3: "b"}, client="apple_mail", style="bottom")


@remembered
def met(chapter: Chapter) -> None:
    """The first meeting was accepted by both, is over, and both were asked how it was."""
    with_goals(chapter)
    for who in (MAYA, MONA):
        chapter.rsvp(chapter.last(who, ", 08:00 (Berlin): you and"), "ACCEPTED")
    chapter.wait_for(MAYA, "Did you two talk")


@remembered
def debriefed(chapter: Chapter) -> None:
    met(chapter)
    debrief = chapter.last(MAYA, "Did you two talk")
    said = {
        number(debrief, "Did you two"): "yes",
        number(debrief, "How long"): "50 min",
        number(debrief, "goal"): "G1 6, G2 stuck",
    }
    helped = [ask.number for ask in debrief.asks if "What helped" in ask.words]
    said.update(dict.fromkeys(helped, "the role play"))
    chapter.reply(debrief, said, client="gmail_android", style="inline")
