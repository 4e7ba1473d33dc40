"""Help through the whole loop, as mail programs write it: ten threads in seven languages, and two hundred robots."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from coordinator import config
from coordinator.simulate import shapes
from coordinator.simulate.letters import Received
from coordinator.simulate.shapes.clients import CLIENTS
from coordinator.store import open_store
from tests.e2e.chapters import ADAM, MAYA, NAMES, Chapter, on_maildir
from tests.e2e.seasons import debriefed

CALLS = {
    "en": "HELP",
    "es": "AYUDA",
    "de": "HILFE",
    "fr": "AIDE",
    "it": "AIUTO",
    "nl": "HELP",
    "pt": "AJUDA",
}


@pytest.fixture(scope="module")
def lived(tmp_path_factory: pytest.TempPathFactory) -> Chapter:
    """A chapter some weeks into its season, with letters of every kind."""
    chapter = on_maildir(tmp_path_factory.mktemp("help") / "elm")
    debriefed(chapter)
    chapter.wait(days=12)
    return chapter


@pytest.fixture
def chapter(lived: Chapter, tmp_path: Path) -> Chapter:
    copy = Chapter.at(tmp_path / "elm")
    lived.copy_over(copy)
    return copy


def threads(chapter: Chapter) -> list[Received]:
    """Letters to Maya, each with another subject, newest first."""
    return list({letter.subject: letter for letter in reversed(chapter.to(MAYA))}.values())


def mails(chapter: Chapter, call: str) -> list[bytes]:
    """Ten ways to ask for help: in answer to seven letters, from three places without any."""
    person, now = (NAMES[MAYA], MAYA), chapter.now
    clients = sorted(CLIENTS)
    found = [
        shapes.reply(
            letter.raw, f"{call}, I do not know what to do", client=clients[n % len(clients)], style="top",
            sender=person, now=now + timedelta(hours=2 * n),
        )
        for n, letter in enumerate(threads(chapter)[:7])
    ]  # fmt: skip
    assert len(found) == 7
    more = [fresh(chapter, call, "please", 7), fresh(chapter, "a question", call, 8)]
    return [*found, *more, fresh(chapter, "hello", "I am not well", 9, to="+help")]


def fresh(chapter: Chapter, subject: str, text: str, number: int, to: str = "") -> bytes:
    """A new mail that answers nothing."""
    local, _, domain = config.load(chapter.folder).chapter.address.rpartition("@")
    address = f"{local}{to}@{domain}"
    return shapes.fresh(
        text, client="gmail_web", sender=(NAMES[MAYA], MAYA), to=[("", address)], subject=subject,
        now=chapter.now + timedelta(hours=2 * number),
    )  # fmt: skip


@pytest.mark.req("AAHA-26")
@pytest.mark.parametrize("language", sorted(CALLS))
def test_help_reaches_a_human_in_the_same_tick_from_ten_threads(chapter: Chapter, language: str):
    with_language(chapter, language)
    reached = 0
    for raw in mails(chapter, CALLS[language]):
        chapter.now += timedelta(hours=2)
        before = len(chapter.to(ADAM)), len(chapter.to(MAYA))
        chapter.mail.deliver(raw, chapter.now)
        chapter.tick(chapter.now)
        alerts, answers = chapter.to(ADAM)[before[0] :], chapter.to(MAYA)[before[1] :]
        reached += any(b"X-Priority: 1" in letter.raw for letter in alerts) and bool(answers)
    assert reached == 10


def with_language(chapter: Chapter, language: str) -> None:
    work = open_store(chapter.folder / "state", now=chapter.now).load()
    maya = work.participant_at(MAYA)
    assert maya is not None
    work.stage([replace(maya, language=language, version=maya.version + 1)])
    work.commit()


@pytest.mark.req("AAHA-26")
def test_two_hundred_automatic_replies_with_the_word_alert_nobody(chapter: Chapter):
    letter = threads(chapter)[0]
    before = len(chapter.letters)
    clients, languages = sorted(CLIENTS), ("en", "es", "de", "fr")
    for number in range(200):
        raw = shapes.auto_reply(
            letter.raw, sender=(NAMES[MAYA], MAYA), now=chapter.now + timedelta(seconds=number), until=date(2026, 4, 1),
            client=clients[number % len(clients)], language=languages[number % 4],
        )  # fmt: skip
        chapter.mail.deliver(raw.replace(b"Subject: ", b"Subject: HELP ", 1), chapter.now)
    account = chapter.tick(chapter.now + timedelta(minutes=5))
    assert account.read == 200
    assert not [x for _, x in chapter.letters[before:] if "help" in x.subject.casefold()]
