"""One mentor with several mentees: only where a program says so, together in talks, apart in everything else."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from coordinator.store import open_store
from tests.cli.running import founded, run
from tests.enrolment.office import Office

NOW = ("--now", "2026-01-12T09:00")
PEOPLE = (
    "email,first_name,roles,consent\n"
    "mona@example.org,Mona,mentor,yes\nmaya@example.org,Maya,mentee,yes\nzoe@example.org,Zoe,mentee,yes\n"
    "kai@example.org,Kai,mentee,yes\nnora@example.org,Nora,mentor,yes\n"
)


def program(folder: Path) -> Path:
    (folder / "templates" / "circle").mkdir(parents=True)
    (folder / "templates" / "circle" / "program.toml").write_text('extends = "base"\ntitle = "Circles"\ngroup = true\n')
    return folder


@pytest.fixture
def chapter(tmp_path: Path) -> Path:
    return with_people(founded(tmp_path / "elm", now="2026-01-12T08:00"))


def with_people(elm: Path) -> Path:
    (elm / "people.csv").write_text(PEOPLE)
    assert run("--chapter", elm, "people", "import", elm / "people.csv", *NOW).code == 0
    return elm


def circle(elm: Path) -> Path:
    program(elm)
    config = elm / "config.toml"
    config.write_text(config.read_text().replace('program = "six-month"', 'program = "circle"'))
    return elm


def groups(elm: Path) -> dict[str, str]:
    work = open_store(elm / "state", now=datetime(2026, 1, 12, 9, tzinfo=UTC)).load()
    return {p.id: p.group for p in work.pairings()}


@pytest.mark.req("AMIA-1")
def test_two_mentees_of_one_pair_are_refused_with_the_way_out(chapter: Path):
    refused = run("--chapter", chapter, "pair", "mona@example.org", "maya@example.org", "zoe@example.org", *NOW)
    assert refused.code == 2
    assert "a pair is one mentor and one mentee" in refused.err
    assert "group = true" in refused.err
    assert groups(chapter) == {}


@pytest.mark.req("AMIA-1")
def test_with_group_true_one_mentor_has_several_mentees_and_another_joins_later(chapter: Path):
    circle(chapter)
    made = run("--chapter", chapter, "pair", "mona@example.org", "maya@example.org", "zoe@example.org", *NOW)
    assert (made.code, made.out.split()) == (0, ["p1", "p2"])
    later = run("--chapter", chapter, "pair", "mona@example.org", "kai@example.org", "--group", "p2", *NOW)
    assert (later.code, later.out.split()) == (0, ["p3"])
    assert groups(chapter) == {"p1": "p1", "p2": "p1", "p3": "p1"}
    other = run("--chapter", chapter, "pair", "nora@example.org", "kai@example.org", "--group", "p1", *NOW)
    assert other.code == 2
    assert "a group has one mentor" in other.err
    assert len(groups(chapter)) == 3


def in_a_group(tmp_path: Path) -> Office:
    from coordinator.core.records import Pairing

    office = Office(program="circle", own=program(tmp_path) / "templates")
    mona = office.add("Mona", "mentor", consent=True, invited=False)
    today = office.now.date()
    for number, name in enumerate(("Maya", "Zoe"), start=1):
        mentee = office.add(name, "mentee", consent=True, invited=False)
        office.stage(
            Pairing(
                id=f"p{number}", version=1, mentor=mona.id, mentee=mentee.id, start=today,
                end=today.replace(month=7), due=office.now, group="p1",
            )
        )  # fmt: skip
    office.tick()
    return office


@pytest.mark.req("AMIA-1")
def test_a_group_knows_each_other_and_talks_together_once_the_mentor_chose_a_time(tmp_path: Path):
    office = in_a_group(tmp_path)
    assert "- Zoe Roe" in office.last("Maya", "in it with you").parent.text
    assert "- Maya Roe" in office.last("Zoe", "in it with you").parent.text
    assert len(office.to("Mona", "You mentor a group")) == 1
    office.wait(4)
    asked = office.last("Mona", "a talk of the whole group")
    assert "Maya & Zoe would like to talk with you" in asked.parent.text
    letters = office.reply(asked, "b")
    invited = {x.parent.recipient: x.invitation for x in letters if x.invitation}
    assert set(invited) == {"mona@example.org", "maya@example.org", "zoe@example.org"}
    assert len({one.uid for one in invited.values()}) == 1, "one event in three calendars"
    office.wait(35)
    assert len(office.person("Mona").calls) == 2, "the next one is looked for a month later"


@pytest.mark.req("AMIA-1")
def test_what_one_mentee_says_stays_out_of_every_letter_to_the_other(tmp_path: Path):
    office = in_a_group(tmp_path)
    office.wait(4)
    goals = office.last("Maya", "What would you like to get out of this?")
    office.reply(goals, {1: "CANARY-GOAL"})
    office.wait(30)
    assert office.to("Mona", "CANARY-GOAL")
    assert not office.to("Zoe", "CANARY-GOAL")


@pytest.mark.req("AMIA-1")
def test_a_group_of_which_one_is_left_is_a_pair_like_any_other(tmp_path: Path):
    office = in_a_group(tmp_path)
    zoe = next(p for p in office.pairings if p.mentee == office.person("Zoe").id)
    office.stage(replace(zoe, version=zoe.version + 1, status="ended", ended=office.now, due=None))
    office.wait(40)
    assert len(office.person("Mona").calls) <= 1
    assert office.to("Maya", "Which of these times suits you for a first talk?")
