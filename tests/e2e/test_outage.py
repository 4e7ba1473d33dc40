"""A mail server that is down for a while: nothing is lost, nothing is sent twice."""

from collections import Counter
from datetime import timedelta
from pathlib import Path

import pytest

from tests.cli.running import run
from tests.e2e.chapters import ADAM, MAYA, MONA, Chapter, day, on_servers
from tests.e2e.entries import entries, stands
from tests.servers.dovecot import Dovecot
from tests.servers.smtp_sink import Sink


@pytest.fixture
def served(tmp_path: Path, imap_server: Dovecot, sink: Sink) -> Chapter:
    return on_servers(tmp_path / "elm", imap_server, sink, f"{tmp_path.name}@example.org")


def ids(chapter: Chapter) -> Counter[str]:
    return Counter(letter.parent.message_id for _, letter in chapter.letters)


def test_letters_wait_while_no_server_takes_them_and_go_out_once(served: Chapter, sink: Sink):
    sink.replies["MAIL"] = "421 4.3.2 not now"
    outcome = run("--chapter", served.folder, "tick", "--now", served.now.isoformat())
    assert outcome.code == 75
    assert run("--chapter", served.folder, "status", "--now", served.now.isoformat()).out.count("wait to be sent") == 1
    served.tick(served.now + timedelta(hours=1))
    assert served.letters == []
    sink.replies.clear()
    for hours in (2, 3, 4):
        served.tick(served.now + timedelta(hours=hours))
    assert set(ids(served).values()) == {1}
    assert len(served.to(MAYA)) == 1


def test_an_answer_that_comes_while_nothing_can_be_sent_is_taken_all_the_same(served: Chapter, sink: Sink):
    served.tick()
    sink.replies["MAIL"] = "421 4.3.2 not now"
    served.reply(served.last(MAYA), {1: "b"})
    assert len(served.pair.meetings) == 1
    assert served.mail.waiting() == []
    sink.replies.clear()
    served.tick(served.now + timedelta(hours=2))
    assert served.last(MAYA, ": you and Mona").invitation
    assert set(ids(served).values()) == {1}


def test_an_address_that_the_server_refuses_is_given_up_and_a_human_told(served: Chapter, sink: Sink):
    sink.replies[f"RCPT {MAYA}"] = "550 5.1.1 no such user"
    served.tick()
    served.wait(days=1)
    assert served.person(MAYA).status == "unreachable"
    assert served.to("chief@example.org")
    assert not served.to(MAYA)


def test_an_address_refused_at_sending_takes_its_owner_out_of_meetings_and_talks(served: Chapter, sink: Sink):
    served.tick()
    served.wait(until=day("2026-01-19"))
    served.reply(served.last(ADAM, "pair"), "pair 1 call both")
    served.reply(served.last(MAYA, "When can you talk with"), {1: "c"})
    served.wait(days=1)
    talk = served.person(MAYA).calls[-1].meeting
    sink.replies[f"RCPT {MONA}"] = "550 5.1.1 no such user"
    served.reply(served.last(MAYA), "place: Café Central")
    served.wait_for(MAYA, "is off")
    assert served.person(MONA).status == "unreachable"
    assert [m.status for m in served.pair.meetings if m.start > served.now] == ["cancelled"]
    for who in (MAYA, ADAM):
        assert (who, entries(served, who, talk.uid)[-1].people) == (who, {MAYA, ADAM})
        assert stands(served, who) == {talk.uid: (1, talk.start)}


def test_an_invitation_that_was_held_up_never_follows_its_own_cancellation(served: Chapter, sink: Sink):
    served.tick()
    sink.replies[f"RCPT {MAYA}"] = "450 4.2.0 later"
    served.wait(days=6)
    assert entries(served, MONA)
    assert not entries(served, MAYA)
    served.reply(served.last(MONA), "STOP")
    sink.replies.clear()
    served.wait(days=1)
    assert [entry.method for entry in entries(served, MAYA)] == ["CANCEL"]
    assert served.to(MAYA, "you and Mona"), "what else the letter asked reached her"
    assert stands(served, MONA) == {}
