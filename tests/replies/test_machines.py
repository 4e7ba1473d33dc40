"""What machines send is told apart from what people write: every bounce, every absence, and no false alarm."""

from datetime import date
from functools import cache

import pytest

from coordinator.core.reading import Reading
from coordinator.simulate.shapes import CLIENTS, auto_reply, bounce, forward
from tests.replies.generate import grid
from tests.replies.letters_sent import letter, read_reply
from tests.replies.test_letters_between import ADA, NOW

TO = letter("debrief")
BACK = date(2026, 3, 20)
STATES = ("5.1.1", "5.2.1", "5.4.1", "5.7.1", "4.2.2", "4.4.7")


@cache
def people() -> list[Reading]:
    return [read_reply(made.raw, made.to, made.language) for made in grid(1, step=3)]


@pytest.mark.parametrize("system", ["postfix", "exchange"])
@pytest.mark.parametrize("status", STATES)
def test_a_bounce_names_its_recipient_and_whether_it_is_for_good(system: str, status: str) -> None:
    reading = read_reply(bounce(TO.draft.raw, now=NOW, status=status, system=system), TO, "en")
    assert reading.kind == "bounce"
    assert reading.bounce is not None
    assert (reading.bounce.status, reading.bounce.recipient) == (status, "ada@example.org")
    assert reading.bounce.hard == status.startswith("5")
    assert dict(reading.answers) == {}


@pytest.mark.parametrize("language", ["en", "es", "de", "fr"])
@pytest.mark.parametrize("client", sorted(CLIENTS))
def test_an_absence_gives_its_last_day_and_answers_nothing(client: str, language: str) -> None:
    raw = auto_reply(TO.draft.raw, sender=ADA, now=NOW, until=BACK, client=client, language=language)
    reading = read_reply(raw, TO, language)
    assert (reading.kind, reading.back) == ("auto_reply", BACK)
    assert (dict(reading.answers), reading.commands) == ({}, ())


def test_no_reply_of_a_person_is_taken_for_a_machines() -> None:
    assert len(people()) > 500
    assert {reading.kind for reading in people()} <= {"reply"}


@pytest.mark.parametrize("client", sorted(CLIENTS))
def test_a_forwarded_letter_answers_nothing(client: str) -> None:
    other = ("Bo", "bo@example.com")
    raw = forward(TO.draft.raw, "FYI, what do you think?", client=client, sender=ADA, to=other, now=NOW)
    reading = read_reply(raw, TO, "en")
    assert reading.kind == "reply"
    assert [found for found in reading.answers.values() if hasattr(found, "value")] == []
    assert reading.commands == ()
