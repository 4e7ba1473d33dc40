"""The last third of a program that fades, by the mails of a season that was played to its end."""

import pytest

from coordinator.core.records import Letter
from coordinator.simulate.season import START, play
from tests.simulate import bars

ENDING = ("review", "renewal", "renewed", "closing")
RHYTHM = ("phase", "agenda", "update", "debrief", "check-in", "check", "invite", "times", "smart", "gap", "agreement")
ASKED_FOR = ("receipt", "relay", "help")


@pytest.mark.req("IMA-34")
@pytest.mark.parametrize("people", [("example",), ()])
def test_in_the_sixth_month_the_rhythm_sends_at_most_half_the_mails_of_the_third(people: tuple[str, ...]) -> None:
    """Pairs that answer everything, and a crowd of every kind; per person who still has a pairing in that month.

    A mail counts when the rhythm is the reason for it: the letter of a stage, an invitation, an agenda, the points passed
    on, the questions after a meeting, the advisor's monthly ones, a reminder of any. None counts that answers what
    somebody wrote, nor one about the end, which goes anyway, whatever travels with it.
    """
    season = bars.remembered(play(program="nine-stages", pairs=8, months=6, seed=3, temperaments=people))
    third, sixth = _mails(season, 3), _mails(season, 6)
    assert third > 2, "a month like any other brings more than two"
    assert 0 < sixth <= third / 2


def _mails(season: bars.Remembered, month: int) -> float:
    """Of the rhythm, for each person whose pairing lasts to that month's end."""
    begin = 30 * (month - 1)
    going = [p for p in season.pairings if not p.ending and (p.end - START.date()).days >= 30 * month]
    people = {id_ for p in going for id_ in (p.mentor, p.mentee)}
    sent = [letter for letter in season.letters if letter.recipient in people and _is_of_the_rhythm(letter)]
    inside = [each for each in sent if each.sent and begin <= (each.sent.date() - START.date()).days < begin + 30]
    return len(inside) / len(people)


def _is_of_the_rhythm(letter: Letter) -> bool:
    parts = {key.split("/")[1] for key in (letter.id, *letter.keys) if key.count("/")}
    about_the_end = any(part.startswith(ENDING) for part in parts)
    return letter.purpose not in ASKED_FOR and not about_the_end and any(part.startswith(RHYTHM) for part in parts)
