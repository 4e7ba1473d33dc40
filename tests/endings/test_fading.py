"""A mentee who arranges the meetings of the last third herself, with a copy to the program."""

from datetime import timedelta

import pytest

from coordinator.core.reading import OwnInvite
from tests.core.situations import Season
from tests.core.test_moving import _post
from tests.endings.some import busy, pair


def arranges(season: Season, days: int) -> None:
    start = season.pair().meetings[-1].start + timedelta(days=days)
    hers = OwnInvite(
        method="REQUEST",
        uid=f"hers-{start:%Y%m%d}@client.example",
        organizer="maya@example.org",
        people=("mona@example.org", "mentoring@example.org"),
        start=start,
        end=start + timedelta(minutes=45),
        place="Café Central",
    )
    assert _post(season, "maya@example.org", hers).outcome == "applied"


@pytest.mark.req("IMA-34")
def test_a_mentee_who_invites_by_herself_gets_no_mail_about_the_arrangement_of_a_meeting() -> None:
    """Nothing but one question afterwards, to one of the two: without it nobody knew that they met."""
    season = pair("nine-stages")
    season.pass_days(135, busy)
    since = season.now
    for days in (28, 28):
        arranges(season, days)
        season.pass_days(31, busy)
    assert [m.organizer for m in season.pair().meetings][-2:] == ["u2", "u2"]
    later = [e for at, e in season.sent if at >= since]
    assert not [e for e in later if e.invite]
    around = ("times", "agenda", "update", "reminder", "move", "again", "debrief")
    about = {key for e in later for key in e.letter.keys if key.split("/")[1] in around}
    assert {key for key in about if key.split("/")[2] in ("6", "7")} == {"p1/debrief/6/mentee"}
