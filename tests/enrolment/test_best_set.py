"""The best set for everybody at once, over people who came by mail and searches that are under way."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from coordinator.core.records import Match, Seat
from coordinator.report.seekers import everybody
from coordinator.store import open_store
from tests.cli.running import founded, run
from tests.enrolment.office import Office, mentor

NOW = ("--now", "2026-01-12T09:00")
PEOPLE = """email,first_name,roles,timezone,consent,years,field,site,offers,goals,capacity
mona@example.org,Mona,mentor,Europe/Berlin,yes,9,IT,Oak,"budgeting, networking",,2
maya@example.org,Maya,mentee,Europe/Berlin,yes,3,IT,Elm,,"budgets; networking",
"""


@pytest.mark.req("AHE-34")
def test_one_line_about_somebodys_work_in_a_form_counts_as_field_role_and_site():
    office = Office()
    mentor(office, "Mona")
    office.add("Maya", "mentee", consent=True)
    office.tick()
    office.reply(office.last("Maya"), "1: Lead a team\n2: 1\n3: nursing, nurse, Elm\n4: English\n5: Madrid")
    work = office.work()
    pool = everybody(office.loaded, work, office.now)
    (maya,) = pool.mentees
    assert (maya.field, maya.site) == ("nursing", "Elm")
    assert "Lead a team" in " ".join(maya.sought)


def chapter_with_a_search(tmp_path: Path) -> Path:
    chapter = founded(tmp_path / "elm", "--program", "mentee-led", now="2026-01-12T08:00")
    roster = tmp_path / "people.csv"
    roster.write_text(PEOPLE)
    assert run("--chapter", chapter, "people", "import", roster, *NOW).code == 0
    work = loaded(chapter)
    maya = work.participant_at("maya@example.org")
    assert maya is not None
    now = datetime(2026, 1, 12, 9, tzinfo=UTC)
    seat = Seat(role="mentee", state="open", since=now)
    work.stage([replace(maya, version=maya.version + 1, seats=(seat,))])
    work.stage([Match(id="m1", version=1, mentee=maya.id, mode="chosen", opened=now, due=now)])
    work.commit()
    return chapter


def loaded(chapter: Path):
    return open_store(chapter / "state", now=datetime(2026, 1, 12, 9, tzinfo=UTC)).load()


@pytest.mark.req("AHE-33")
@pytest.mark.parametrize("command", [("match", "--accept", "all"), ("pair", "mona@example.org", "maya@example.org")])
def test_a_pair_that_the_volunteer_makes_ends_the_mentees_search_and_takes_their_seat(tmp_path: Path, command):
    chapter = chapter_with_a_search(tmp_path)
    made = run("--chapter", chapter, *command, *NOW)
    assert made.code == 0, made.err
    work = loaded(chapter)
    search, maya = work.match("m1"), work.participant_at("maya@example.org")
    assert search is not None
    assert maya is not None
    assert (search.state, search.due) == ("closed", None)
    assert "paired elsewhere p1" in search.log[-1][2]
    assert [s.state for s in maya.seats if s.role == "mentee"] == ["taken"]
