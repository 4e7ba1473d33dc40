"""What stands around a meeting: its place, its length, its wall time, days off, events, and what a pair arranges."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from coordinator.core.chapter import Event
from coordinator.core.context import context
from coordinator.core.moments import Moment, Situation
from coordinator.core.places import cycle, number_of, place_for
from coordinator.core.records import Meeting
from coordinator.core.rhythm import next_start, parse
from coordinator.core.zones import zone
from coordinator.formats import letters
from tests.core.pairs import click, invitation, invited, letter, meeting, program, say, six_months
from tests.core.situations import CHAPTER, DAY, MONDAY, command, one_pair

BERLIN = zone("Europe/Berlin")


def written(season, effect) -> str:
    return letters.write(effect, season.program, season.chapter, season.now, "Europe/Berlin").text


# Place


@pytest.mark.req("ACHE-30")
def test_the_place_follows_the_cycle_that_the_pair_named():
    season = six_months(terms={"place": "phone, phone, in person"})
    season.pass_days(120)
    places = [m.place for m in season.pair().meetings[:4]]
    assert places == ["by phone", "by phone", "in person", "by phone"]
    assert {e.invite.place for _, e in season.sent if e.invite} >= {"by phone", "in person"}


@pytest.mark.parametrize(
    ("place", "ways"),
    [
        ("phone, phone, in person", ("phone", "phone", "in_person")),
        ("zoom / face to face", ("video", "in_person")),
        ("Café Central, Herrengasse 14", ()),
        ("phone", ()),
        ("", ()),
    ],
)
def test_a_list_of_ways_is_a_cycle_and_an_address_is_a_place(place, ways):
    assert cycle(place, program().words) == ways


def test_a_plain_place_stands_in_every_meeting():
    pair = six_months(terms={"place": "Café Central, Herrengasse 14"}).pair()
    assert {place_for(pair, n, program().words, "en") for n in (1, 2, 3)} == {"Café Central, Herrengasse 14"}


@pytest.mark.req("AAHA-27")
def test_after_three_talks_from_afar_the_invitation_suggests_one_in_person_and_names_the_next_event():
    circle = Event(
        id="circle",
        title="Conversation circle",
        start=datetime(2026, 6, 30, 16, tzinfo=UTC),
        end=datetime(2026, 6, 30, 18, tzinfo=UTC),
        timezone="Europe/Berlin",
    )
    season = six_months(terms={"place": "https://meet.example/mona-maya"}, chapter={"events": (circle,)})
    season.pass_days(120)
    asked = [e for _, e in season.sent if any(s.prompt == "invitation" and s.context["in_person"] for s in e.sections)]
    fourth = meeting(season, 3)
    assert {e.invite.uid for e in asked} == {fourth.uid}
    text = written(season, asked[0])
    assert "in person this time?" in text
    assert "Conversation circle" in text


@pytest.mark.req("AAHA-27")
def test_not_possible_silences_it_for_half_a_year():
    season = six_months(terms={"place": "phone"}, end=date(2027, 1, 12))
    season.pass_days(7)
    say(
        season,
        invitation(season, "u1"),
        "in person: not possible",
        commands=(command("not_in_person", "in person: not possible"),),
    )
    season.pass_days(150)
    assert not [e for _, e in season.sent if any(s.context.get("in_person") for s in e.sections)]


@pytest.mark.req("AAHA-4")
def test_the_first_invitation_suggests_a_place_away_from_work_and_an_answer_is_kept():
    season = invited()
    text = written(season, season.letters("invitation", "u2")[0])
    assert "away from work" in text
    say(
        season,
        invitation(season, "u2"),
        "place: Café Central",
        commands=(command("place", "place: Café Central", place="Café Central"),),
    )
    assert meeting(season).place == "Café Central"
    season.pass_days(40)
    later = [e for e in season.letters("invitation", "u2") if e.invite.uid != meeting(season).uid]
    assert later
    assert "away from work" not in written(season, later[0])


@pytest.mark.req("AAHA-24")
def test_a_missing_place_is_asked_of_the_mentee_then_of_the_mentor_and_stays_to_be_agreed():
    season = six_months()
    season.pass_days(60)
    agenda = letter(season, "agenda", "u2")
    assert "place" in {q.field.fills for q in agenda.letter.questions}
    sheet = letter(season, "agenda-sheet", "u1")
    assert sheet.invite.place == "to be agreed"
    assert "answer place: …" in written(season, sheet).replace("“", "").replace("”", "").replace(
        "`", ""
    ) or "place: …" in written(season, sheet)
    assert (sheet.invite.start - season.sent[[e for _, e in season.sent].index(sheet)][0]).days >= 1


# Length and rhythm


@pytest.mark.req("ACHE-29", "AHE-12")
def test_the_length_that_both_confirmed_is_the_length_of_the_entry():
    season = six_months(terms={"minutes": "60"})
    season.pass_days(6)
    assert {e.invite.end - e.invite.start for _, e in season.sent if e.invite} == {timedelta(minutes=60)}


@pytest.mark.req("S-7", "AHE-15")
def test_the_agreed_rhythm_stands_on_its_wall_time_across_a_clock_change():
    season = six_months(terms={"rhythm": "1st tuesday 12:00"})
    season.pass_days(120)
    local = [m.start.astimezone(BERLIN) for m in season.pair().meetings[1:4]]
    assert all(at.weekday() == 1 and at.day <= 7 and (at.hour, at.minute) == (12, 0) for at in local)
    assert len({at.utcoffset() for at in local}) == 2


# A government changes the rules


def test_a_changed_rule_keeps_the_wall_time_and_issues_the_meeting_again(monkeypatch):
    season = invited()
    first = meeting(season)
    assert first.wall == f"{first.start.astimezone(BERLIN):%Y-%m-%dT%H:%M}"
    # As if the rules of today had put that hour sixty minutes later: the record says otherwise than the clock.
    pair = season.pair()
    old = replace(first, start=first.start + timedelta(hours=1), end=first.end + timedelta(hours=1))
    season.work.stage([replace(pair, meetings=(old,), version=pair.version + 1, due=season.now)])
    issued = [e.invite for e in season.tick() if e.invite]
    assert {(i.uid, i.sequence, i.start) for i in issued} == {(first.uid, 1, first.start)}
    assert meeting(season).wall == first.wall
    assert meeting(season).postponed == 0, "nobody put it off"
    assert not [e for e in season.tick() if e.invite]


def test_a_changed_rule_issues_an_event_again_as_well():
    day = datetime(2026, 2, 5, 17, tzinfo=UTC)
    season = six_months(chapter={"events": (circle(day),)})
    season.pass_days(22)
    pair = season.pair()
    event = next(m for m in pair.meetings if m.kind == "event")
    old = replace(event, start=event.start + timedelta(hours=1), end=event.end + timedelta(hours=1))
    kept = tuple(old if m.ordinal == event.ordinal else m for m in pair.meetings)
    season.work.stage([replace(pair, meetings=kept, version=pair.version + 1, due=season.now)])
    issued = [e.invite for e in season.tick() if e.invite and e.invite.uid == event.uid]
    assert {(i.sequence, i.start) for i in issued} == {(1, day)}


# Days off


def test_nobody_is_asked_to_meet_on_a_day_off():
    closed = tuple(date(2026, 1, 12) + n * DAY for n in range(0, 60, 2))
    season = six_months(chapter={"closed": closed})
    (first,) = [e for e in season.tick() if e.letter.recipient == "u2"]
    slots = next(q.slots for q in first.letter.questions if q.slots)
    assert not {start.astimezone(BERLIN).date() for start, _ in slots} & set(closed)
    season.pass_days(70)
    assert not {m.start.astimezone(BERLIN).date() for m in season.pair().meetings} & set(closed)


def test_a_rhythm_on_a_day_off_moves_to_the_next_working_day_of_its_month():
    rhythm = parse("1st friday 12:00")
    good_friday = frozenset({date(2026, 4, 3)})
    start = next_start(rhythm, date(2026, 3, 6), date(2026, 1, 1), "1 month", "Europe/Berlin", closed=good_friday)
    assert start.astimezone(BERLIN).date() == date(2026, 4, 6)


# Events


def circle(day: datetime) -> Event:
    return Event(
        id="circle",
        title="Conversation circle",
        start=day,
        end=day + timedelta(hours=2),
        timezone="Europe/Berlin",
        place="Town hall",
    )


@pytest.mark.req("AHE-27")
def test_a_pair_is_invited_to_an_event_and_both_hear_that_both_go():
    season = six_months(chapter={"events": (circle(datetime(2026, 2, 20, 17, tzinfo=UTC)),)})
    season.pass_days(20)
    invites = season.letters("event")
    assert {e.letter.recipient for e in invites} == {"u1", "u2"}
    assert {e.invite.place for e in invites} == {"Town hall"}
    assert "Conversation circle" in invites[0].invite.summary
    event = next(m for m in season.pair().meetings if m.kind == "event")
    for who in ("u1", "u2"):
        mine = next(e for e in invites if e.letter.recipient == who)
        from coordinator.core.reading import CalendarReply

        name = {"u1": "mona", "u2": "maya"}[who]
        yes = CalendarReply(
            method="REPLY",
            uid=event.uid,
            attendee=f"{name}@example.org",
            partstat="ACCEPTED",
            sequence=0,
            stamp=season.now,
        )
        season.reply(mine, kind="calendar", calendar=yes)
    told = {p: season.work.participant(p).receipts[-1].lines for p in ("u1", "u2")}
    assert told == {
        "u1": ("You are both going: Conversation circle",),
        "u2": ("You are both going: Conversation circle",),
    }
    regular = [m for m in season.pair().meetings if m.kind == "meeting"]
    assert all(number_of(season.pair(), m) == n for n, m in enumerate(regular, start=1)), "it moves no meeting"


@pytest.mark.req("AHE-27")
def test_an_event_at_the_time_of_their_meeting_is_left_out_and_that_is_noted():
    plain = invited()
    plain.pass_days(20)
    season = invited(chapter={"events": (circle(meeting(plain, 1).start),)})
    season.pass_days(40)
    assert not season.letters("event")
    assert "p1/event/circle" in season.pair().decided
    assert all(m.kind == "meeting" for m in season.pair().meetings)


def test_a_declined_event_offers_no_other_times():
    season = six_months(chapter={"events": (circle(datetime(2026, 2, 20, 17, tzinfo=UTC)),)})
    season.pass_days(20)
    event = next(m for m in season.pair().meetings if m.kind == "event")
    click(season, "u1", "DECLINED", uid=event.uid, sequence=0)
    season.pass_days(3)
    assert not season.letters("moved")


# What the entry says


@pytest.mark.req("AAHA-23", "ACHE-44")
def test_every_third_meeting_begins_with_how_the_two_get_on_and_every_one_ends_with_expectations():
    season = six_months()
    season.pass_days(120)
    by_uid = {e.invite.uid: e.invite.description for _, e in season.sent if e.invite}
    texts = [by_uid[m.uid] for m in season.pair().meetings[:4]]
    assert ["how are the two of you" in text for text in texts] == [False, False, True, False]
    assert all("how well are expectations met?" in text for text in texts)


@pytest.mark.req("ACHE-39")
def test_what_is_quoted_when_a_meeting_does_not_suit_is_their_own_agreement():
    season = invited(terms={"rhythm": "1st tuesday 12:00", "notice": "3"})
    click(season, "u1", "DECLINED")
    season.pass_days(2)
    for name, who in (("moved", "u2"), ("shorter", "u1")):
        text = written(season, letter(season, name, who))
        assert "You two agreed: Calling a meeting off, at least 3 days before." in " ".join(text.split())
    plain = invited()
    click(plain, "u1", "DECLINED")
    plain.pass_days(2)
    text = written(plain, letter(plain, "moved", "u2"))
    assert "You two agreed" not in text


@pytest.mark.req("AAHA-23")
def test_a_pair_that_asks_gets_a_short_talk_about_themselves_in_an_entry_of_its_own():
    season = invited()
    plain = [m.start for m in season.pair().meetings]
    wish = command("how_are_we", "how are we: quarterly", every="3 months")
    say(season, invitation(season, "u2"), wish.words, commands=(wish,))
    season.pass_days(110)
    (talk,) = [m for m in season.pair().meetings if m.kind == "how-are-we"]
    assert talk.end - talk.start == timedelta(minutes=20)
    entry = next(e.invite for _, e in season.sent if e.invite and e.invite.uid == talk.uid)
    assert "how are we doing?" in entry.summary
    assert "No goals" in entry.description
    assert season.pair().meetings[0].start == plain[0]


@pytest.mark.req("AAHA-23")
def test_after_a_talk_about_themselves_each_is_asked_about_that_and_not_about_goals():
    season = invited()
    wish = command("how_are_we", "how are we: quarterly", every="3 months")
    say(season, invitation(season, "u2"), wish.words, commands=(wish,))
    season.pass_days(110)
    talk = next(m for m in season.pair().meetings if m.kind == "how-are-we")
    for who in ("u1", "u2"):
        (asked, *_) = season.letters("how-are-we", who)
        kinds = [q.field.kind for q in asked.letter.questions if q.prompt == "how-are-we"]
        assert kinds == ["yes_no", "scale", "text"]
        assert f"/debrief/{talk.ordinal}/" in next(s.key for s in asked.sections if s.prompt == "how-are-we")
    number = next(q.number for q in asked.letter.questions if q.prompt == "how-are-we")
    season.reply(asked, {number: True})
    assert next(m for m in season.pair().meetings if m.kind == "how-are-we").status == "held"
    assert "how-are-we" not in {s.prompt for e in season.letters("how-are-we", "u3") for s in e.sections}


@pytest.mark.req("AAHA-31")
def test_a_pair_that_names_days_looks_back_in_an_entry_with_place_and_procedure_and_gets_the_form_before_it():
    season = invited(
        terms={"assess": "month 2", "criteria": "We keep what we agree; We laugh", "place": "Café Central"}
    )
    season.pass_days(100)
    (talk,) = [m for m in season.pair().meetings if m.kind == "evaluation"]
    assert date(2026, 3, 12) <= talk.start.date() <= date(2026, 3, 20)
    assert talk.end - talk.start == timedelta(minutes=30)
    entry = next(e.invite for _, e in season.sent if e.invite and e.invite.uid == talk.uid)
    assert (entry.place, "looking back together" in entry.summary) == ("Café Central", True)
    assert "Both fill in a short form three days before" in entry.description
    for who in ("u1", "u2"):
        form = next(
            at for at, e in season.sent if e.letter.recipient == who and any(s.prompt == "check" for s in e.sections)
        )
        assert (talk.start.date() - form.date()).days == 3


@pytest.mark.req("AAHA-31")
def test_a_pair_that_names_no_days_gets_no_entry_of_its_own_for_looking_back():
    season = invited()
    season.pass_days(110)
    assert {m.kind for m in season.pair().meetings} == {"meeting"}


def test_an_advisor_hears_of_a_talk_for_which_no_time_was_found():
    from coordinator.core.attention import of_pairing
    from coordinator.core.calls import wanted
    from coordinator.core.meeting import Call
    from coordinator.core.moments import Situation

    season = six_months()
    maya = season.work.participant("u2")
    call = Call(key="u2/check/1", about="check_in", people=("u2", "u3"), wanted=season.now)
    season.work.stage([replace(wanted(maya, call), version=maya.version + 1)])
    season.pass_days(20)
    assert season.work.participant("u2").calls[0].closed == "stuck"
    where = Situation(program=season.program, chapter=season.chapter, cohort=season.work, pairing=season.pair())
    adam = season.work.participant("u3")
    assert "call_stuck" in [item.kind for item in of_pairing(where, adam, season.now)]


# What a pair keeps to


def met_each_month(season, effect) -> None:
    """Maya says each time that they met."""
    asked = [q for q in effect.letter.questions if q.field.fills == "meeting_met"]
    if asked and effect.letter.recipient == "u2":
        say(season, effect, "yes", {asked[0].number: True})


@pytest.mark.req("ACHE-40")
def test_a_receipt_tells_the_two_how_many_of_their_meetings_took_place_and_nobody_else():
    season = invited()
    season.pass_days(110, met_each_month)
    lines = {who: _told(season, who) for who in ("u1", "u2", "u3")}
    assert "2 of 2 meetings so far took place" in lines["u2"]
    assert "3 of 3 meetings so far took place" in lines["u2"]
    assert "1 of 1" not in lines["u2"], "a first meeting is no habit yet"
    assert "so far took place" not in lines["u3"]


def _told(season, who: str) -> str:
    texts = [written(season, e) for _, e in season.sent if e.letter.recipient == who and e.receipts]
    texts += [written(season, e) for e in season.letters("receipt", who)]
    return " ".join(" ".join(texts).split())


@pytest.mark.req("ACHE-42", "AHE-4")
def test_the_meeting_that_is_named_lies_ahead_though_nobody_said_what_became_of_the_last():
    """Else "ten minutes before then?" is said of a day that is over."""
    season = one_pair()
    past, ahead = (
        Meeting(ordinal=n, uid=f"m{n}@example.org", start=start, end=start, zone="UTC", booked=MONDAY, status="invited")
        for n, start in enumerate((MONDAY + 3 * DAY, MONDAY + 30 * DAY), start=1)
    )
    for meetings, at, named in (((past,), 2, 1), ((past,), 5, None), ((ahead, past), 5, 2)):
        pair = replace(season.pair(), meetings=meetings)
        where = Situation(program=season.program, chapter=CHAPTER, cohort=season.work, pairing=pair)
        moment = Moment(
            at=MONDAY + at * DAY, kind="tell", key="x", stage="", pairing="p1", recipient="u2", prompt="debrief"
        )
        said = context(where, moment)["meeting"]
        assert (said and said["ordinal"]) == named
