"""Days without a tick, without a mail server, without the end of the inbox: the number of mails only ever shrinks."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from coordinator.backends import smtp
from coordinator.core.effects import Effect
from coordinator.core.records import Letter, Question
from tests.advisors.desk import desk
from tests.core.situations import DAY, Season, one_pair
from tests.core.test_season import answer_everything
from tests.faults.chapter import MONDAY, answer, mail, message_id
from tests.faults.folder import FolderChapter, folder_chapter
from tests.servers.ports import free_port
from tests.servers.smtp_sink import Sink

OUTAGE = 10
SEASON = 181

Respond = Callable[[Season, Effect], None]


def nobody(season: Season, effect: Effect) -> None:
    """Silence."""


def every_other(season: Season, effect: Effect) -> None:
    """Answers half of what comes, the same half in every season."""
    if sum(effect.letter.id.encode()) % 2:
        answer_everything(season, effect)


def played(respond: Respond, outage: int | None = None) -> Counter[str]:
    """Mails by person in a season; without a tick for ten days from that day on."""
    season = one_pair()
    if outage is None:
        season.pass_days(SEASON, respond)
    else:
        season.pass_days(outage, respond)
        season.now += OUTAGE * DAY
        season.pass_days(SEASON - outage - OUTAGE, respond)
    assert all(8 <= at.hour < 20 for at, _ in season.sent)
    return Counter(effect.letter.recipient for _, effect in season.sent)


@pytest.mark.parametrize("respond", [nobody, answer_everything, every_other])
def test_ten_days_without_a_tick_anywhere_in_a_season_bring_nobody_more_mail(respond: Respond) -> None:
    undisturbed = played(respond)
    worse = {start: played(respond, start) - undisturbed for start in range(1, SEASON - OUTAGE, 6)}
    assert len(worse) >= 25
    assert {start: more for start, more in worse.items() if more} == {}


def hours(start: datetime, days: float, step: int = 4) -> list[datetime]:
    return [start + timedelta(hours=number * step) for number in range(int(days * 24 / step))]


def reminders(chapter: FolderChapter, pair: str) -> int:
    """How often the mentee of that pair was reminded of the goals."""
    found = chapter.work().pairing(pair)
    assert found
    asked = found.asked.get(f"{pair}/goals/mentee")
    return asked.nudges if asked else 0


def until_the_reminder(folder: Path) -> tuple[FolderChapter, datetime]:
    """Maya and Nora answered their first letter. Up to the tick before Maya is reminded, and the instant of that."""
    due = next(now for chapter, now in on_the_way(folder / "first") if reminders(chapter, "p1"))
    *_, (chapter, _) = (each for each in on_the_way(folder / "second", until=due))
    assert not reminders(chapter, "p1")
    return chapter, due


def on_the_way(folder: Path, until: datetime = MONDAY + 20 * DAY) -> Iterator[tuple[FolderChapter, datetime]]:
    """After each tick before that instant."""
    chapter = folder_chapter(folder)
    waiting = {"maya", "nora"}
    for now in hours(MONDAY, 20):
        if now >= until:
            return
        chapter.tick(now)
        for name in sorted(waiting & {each.to for each in chapter.sent}):
            chapter.deliver(answer(chapter.to(name)[0].raw, name, {1: "a"}, now), now)
            waiting.remove(name)
        yield chapter, now


GOALS = {1: "Speak in public", 2: "More courage", 3: "A talk in May"}


def goals_letter(chapter: FolderChapter) -> bytes:
    letter = next(each for each in chapter.work().letters() if "p1/goals/mentee" in each.keys)
    return next(each.raw for each in chapter.sent if each.id == letter.message_id)


def test_nobody_is_reminded_while_the_inbox_was_not_read_to_its_end(tmp_path: Path) -> None:
    chapter, due = until_the_reminder(tmp_path)
    chapter.with_limits(messages=1)
    for number in range(3):
        spam = mail("stranger@example.net", "Buy", "Cheap.", f"<{number}@example.net>")
        chapter.deliver(spam, due - timedelta(hours=3 - number))
    chapter.deliver(answer(goals_letter(chapter), "maya", GOALS, due), due)
    before = len(chapter.sent)
    for number in range(3):
        chapter.tick(due + number * timedelta(minutes=15))
        assert len(chapter.sent) == before, "it decided something without having read all"
    chapter.ticks(hours(due + timedelta(hours=1), 9))
    assert reminders(chapter, "p1") == 0
    assert reminders(chapter, "p3") == 1, "those who are silent are reminded after all"


def test_somebody_whose_mail_broke_its_reader_is_not_reminded_of_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from coordinator.formats import reading

    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError

    chapter, due = until_the_reminder(tmp_path)
    chapter.deliver(answer(goals_letter(chapter), "maya", GOALS, due), due)
    with monkeypatch.context() as patch:
        patch.setattr(reading, "read", broken)
        for number in range(2):
            assert chapter.tick(due + number * timedelta(minutes=15)).failed == 1
    chapter.ticks(hours(due + timedelta(hours=1), 9))
    assert reminders(chapter, "p1") == 0
    assert reminders(chapter, "p3") == 1


@pytest.fixture
def down() -> smtp.Settings:
    """A mail server that is not there."""
    return smtp.Settings(host="127.0.0.1", port=free_port(), plaintext=True)


def test_a_mail_server_that_is_down_for_two_days_costs_nothing_but_time(
    tmp_path: Path, down: smtp.Settings, sink: Sink
) -> None:
    kept, cut = folder_chapter(tmp_path / "kept"), folder_chapter(tmp_path / "cut")
    up = smtp.Settings(host=sink.host, port=sink.port, plaintext=True)
    kept.with_outbox("smtp", up)
    kept.ticks(hours(MONDAY, 20))
    undisturbed = Counter(recipients[0] for _, recipients, _ in sink.accepted)
    ids = set(map(id_of, sink.accepted))
    sink.reset()
    cut.with_outbox("smtp", down)
    for now in hours(MONDAY, 2):
        account = cut.tick(now)
        assert account.trouble is None or account.trouble.exit_code == 75
    assert any(letter.state == "queued" for letter in cut.work().letters())
    assert not any(asked.sent for pair in cut.work().pairings() for asked in pair.asked.values())
    cut.with_outbox("smtp", up)
    cut.ticks(hours(MONDAY + 2 * DAY, 18))
    found = Counter(map(id_of, sink.accepted))
    assert set(found.values()) == {1}
    assert set(found) <= ids
    assert Counter(recipients[0] for _, recipients, _ in sink.accepted) <= undisturbed
    assert not [letter for letter in cut.work().letters() if letter.state not in ("sent", "withdrawn")]
    for pair in cut.work().pairings():
        for asked in pair.asked.values():
            assert asked.sent is None or asked.sent >= MONDAY + 2 * DAY, "silence counts from acceptance only"


def id_of(accepted: tuple[str, list[str], bytes]) -> str:
    return message_id(accepted[2])


def test_one_mail_a_day_holds_also_after_the_server_came_back(tmp_path: Path, down: smtp.Settings, sink: Sink) -> None:
    chapter = folder_chapter(tmp_path / "chapter")
    chapter.with_outbox("smtp", down)
    chapter.ticks(hours(MONDAY, 4))
    chapter.with_outbox("smtp", smtp.Settings(host=sink.host, port=sink.port, plaintext=True))
    back = MONDAY + 4 * DAY
    chapter.ticks([back, back + timedelta(hours=2), back + timedelta(hours=4)])
    counts = Counter(recipients[0] for _, recipients, _ in sink.accepted)
    assert counts["maya@example.com"] == 1
    assert max(counts.values()) == 1


def test_an_invitation_whose_meeting_began_meanwhile_is_not_sent(
    tmp_path: Path, down: smtp.Settings, sink: Sink
) -> None:
    chapter = folder_chapter(tmp_path / "chapter")
    chapter.tick(MONDAY)
    raw = chapter.to("maya")[0].raw
    first = min(start for question in letter_to(chapter, "maya").questions for start, _ in question.slots)
    eve = first - timedelta(hours=26)
    chapter.deliver(answer(raw, "maya", {1: "a"}, eve), eve)
    chapter.with_outbox("smtp", down)
    chapter.ticks([eve + timedelta(hours=1), eve + timedelta(hours=20)])
    invitations = [each for each in chapter.work().letters() if each.purpose == "calendar" and "p1" in each.pairings]
    assert {letter.recipient for letter in invitations} == {"maya", "mona"}
    assert {letter.state for letter in invitations} == {"queued"}
    chapter.with_outbox("smtp", smtp.Settings(host=sink.host, port=sink.port, plaintext=True))
    chapter.ticks([first + timedelta(hours=1), first + timedelta(hours=2)])
    states = {letter.state for letter in chapter.work().letters() if letter.purpose == "calendar" and letter.uid}
    assert "queued" not in states
    assert "withdrawn" in states
    sent = {id_of(each) for each in sink.accepted}
    assert not sent & {letter.message_id for letter in invitations}


def letter_to(chapter: FolderChapter, name: str) -> Letter:
    return next(letter for letter in chapter.work().letters() if letter.recipient == name)


def test_a_reminder_that_was_answered_meanwhile_is_not_sent(tmp_path: Path, down: smtp.Settings, sink: Sink) -> None:
    chapter, due = until_the_reminder(tmp_path)
    chapter.with_outbox("smtp", down)
    chapter.tick(due)
    (nudge,) = [each for each in chapter.work().letters() if each.purpose == "nudge" and each.recipient == "maya"]
    assert nudge.state == "queued"
    chapter.deliver(answer(goals_letter(chapter), "maya", GOALS, due), due + timedelta(hours=1))
    chapter.with_outbox("smtp", smtp.Settings(host=sink.host, port=sink.port, plaintext=True))
    chapter.tick(due + timedelta(hours=2))
    after = chapter.work().letter(nudge.id)
    assert after
    assert after.state == "withdrawn"
    assert nudge.message_id not in {id_of(each) for each in sink.accepted}


def test_what_waited_for_the_server_until_the_night_waits_until_the_morning(
    tmp_path: Path, down: smtp.Settings, sink: Sink
) -> None:
    chapter = folder_chapter(tmp_path / "chapter", zones={"maya": "Australia/Lord_Howe", "milo": "Pacific/Apia"})
    chapter.with_outbox("smtp", down)
    chapter.ticks(hours(MONDAY, 2, step=1))
    assert not sink.accepted
    chapter.with_outbox("smtp", smtp.Settings(host=sink.host, port=sink.port, plaintext=True))
    taken = 0
    for now in hours(MONDAY + 2 * DAY, 1.5, step=1):
        chapter.tick(now)
        for _, (recipient,), _ in sink.accepted[taken:]:
            person = chapter.work().participant_at(recipient)
            assert person
            assert 8 <= now.astimezone(ZoneInfo(person.timezone)).hour < 20, f"{recipient} at {now}"
        taken = len(sink.accepted)
    assert len({recipients[0] for _, recipients, _ in sink.accepted}) >= 5


def test_what_the_coordinator_was_not_told_today_is_told_tomorrow_whatever_else_is_due(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from coordinator.formats import reading

    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError

    chapter = folder_chapter(tmp_path / "chapter")
    chapter.tick(MONDAY)
    quiet = MONDAY + timedelta(hours=1)
    monkeypatch.setattr(reading, "read", broken)
    for number in (1, 2):
        chapter.deliver(mail("max@example.com", "?", f"Hello {number}.", f"<{number}@example.com>"), quiet)
        for turn in range(3):
            chapter.tick(quiet + number * timedelta(hours=1) + turn * timedelta(minutes=10))
    alerts = [each for each in chapter.sent if each.to == "office"]
    assert len(alerts) == 1
    account = chapter.tick(quiet + timedelta(hours=3))
    assert account.idle
    assert account.due_next == MONDAY + DAY
    chapter.tick(MONDAY + DAY)
    assert len([each for each in chapter.sent if each.to == "office"]) == 2


SIMPLE: Mapping[str, Callable[[Question], Any]] = {
    "slots": lambda q: [{"start": q.slots[0][0].isoformat(), "end": q.slots[0][1].isoformat()}],
    "yes_no": lambda _: True,
    "duration": lambda _: 40,
    "goals": lambda q: {str(n): {"score": 6, "state": None, "note": ""} for n, _ in q.goals},
    "text": lambda _: "Lead a meeting",
}


def says_it_simply(season: Season, effect: Effect) -> None:
    """Answers what is answered with a yes, a time or a sentence."""
    questions = effect.letter.questions
    answers = {q.number: SIMPLE[q.field.kind](q) for q in questions if q.field.kind in SIMPLE}
    if answers:
        season.reply(effect, answers)


def shipped(first: int) -> Season:
    """A pair of the shipped program, without a tick for ten days from that day on."""
    season = desk()
    season.pass_days(first, says_it_simply)
    season.now += OUTAGE * DAY
    season.pass_days(60 - first - OUTAGE, says_it_simply)
    return season


@pytest.mark.parametrize("first", [2, 3, 4, 5])
def test_after_an_outage_both_are_asked_how_it_went_before_the_next_meeting_is_booked(first: int) -> None:
    season = shipped(first)
    meeting = season.pair().meetings[0]
    asked = {role: season.pair().asked[f"p1/debrief/{meeting.ordinal}/{role}"] for role in ("mentee", "mentor")}
    invited = season.pair().meetings[1].booked
    assert all(each.at < invited for each in asked.values()), "so that one mail thanks for the answer and invites"
    assert invited <= max(each.at for each in asked.values()) + 4 * DAY


@pytest.mark.req("AMIA-33")
@pytest.mark.parametrize("first", [3, 5, 7])
def test_a_check_in_that_an_outage_kept_back_is_not_followed_by_the_next_one_at_once(first: int) -> None:
    season = shipped(first)
    keys = {key for key in season.pair().asked if key.startswith("p1/check-in/")}
    asked = [(at, effect) for at, effect in season.sent if keys & {section.key for section in effect.sections}]
    for person in ("u2", "u3"):  # the mentor, the mentee
        own = [(at, effect) for at, effect in asked if effect.letter.recipient == person]
        days = [(at.date() - season.pair().start).days for at, _ in own]
        assert days[0] >= first + OUTAGE
        assert len(own[0][1].sections) > 1, "with what else is due that day"
        assert days[1] - days[0] > 10
