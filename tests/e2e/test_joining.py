"""From an empty roster to a pair, on a folder and on real servers: spreadsheet in, mail out, replies in."""

from datetime import datetime
from itertools import count
from pathlib import Path

import pytest

from tests.cli.running import founded, run
from tests.e2e.chapters import MAYA, MONA, Chapter, MaildirMail, ServerMail, number

ROSTER = f"email,first_name,roles\n{MONA},Mona,mentor\n{MAYA},Maya,mentee\n"
FORM_MENTEE = {1: "Lead a team", 2: "1", 3: "nursing, nurse, Elm Hospital"}
FORM_MENTOR = {1: "leading a team", 2: "7", 3: "nursing, ward manager, Oak Hospital", 4: "1"}
NOW = "2026-01-12T08:00"
_USERS = count(1)


@pytest.fixture(params=["maildir", "servers"])
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> Chapter:
    """A chapter of the program mentee-led without anybody in it."""
    folder, flags = tmp_path / "elm", ["--program", "mentee-led"]
    if request.param == "maildir":
        founded(folder, *flags, now=NOW)
        return Chapter(folder, MaildirMail(outbox=folder / "out", inbox=folder / "mail"))
    server, sink = request.getfixturevalue("imap_server"), request.getfixturevalue("sink")
    user = f"joining{next(_USERS)}@example.org"
    password = tmp_path / "password"
    password.write_text(server.password)
    password.chmod(0o600)
    flags += ["--imap", f"127.0.0.1:{server.port}", "--smtp", f"127.0.0.1:{sink.port}", "--plaintext"]
    founded(folder, *flags, "--username", user, "--password-file", str(password), now=NOW)
    settings = folder / "config.toml"
    head, outbox, tail = settings.read_text().partition("[outbox]")
    lines = [x for x in tail.splitlines() if not x.startswith(("username", "password_file"))]
    settings.write_text(head + outbox + "\n".join(lines))
    return Chapter(folder, ServerMail(server, sink, user))


@pytest.mark.server
@pytest.mark.req("ACHE-5", "AHE-36", "AAHA-1", "S-1")
def test_two_people_are_invited_fill_in_forms_ask_and_accept_and_meet(empty: Chapter):
    people = empty.folder.parent / "people.csv"
    people.write_text(ROSTER)
    assert run("--chapter", empty.folder, "people", "import", people, "--invite", "--now", NOW).code == 0
    empty.tick()
    for who, words, form in ((MONA, "join mentor", FORM_MENTOR), (MAYA, "Yes, join mentee please", FORM_MENTEE)):
        empty.reply(empty.last(who, "Would you like to take part"), words, client="outlook_web")
        empty.reply(empty.last(who, "a few lines for your match"), form, client="apple_mail", style="bottom")
    empty.wait(days=4)
    cards = empty.last(MAYA, "may suit you")
    assert MONA not in cards.parent.text
    empty.reply(cards, "request 1\nShe leads a ward like mine.\nI hope to learn how to delegate.", client="gmail_web")
    asked = empty.last(MONA, "would like you as a mentor")
    assert "I hope to learn how to delegate." in asked.parent.text
    empty.reply(asked, {number(asked, "Will you mentor"): "Yes, gladly"}, client="gmail_android", style="inline")
    assert empty.last(MAYA, "Meet Mona")
    assert empty.last(MONA, "Meet Maya")
    (pair,) = empty.work().pairings()
    assert pair.source == "program-match"
    assert empty.held() == []
    before = len(empty.letters)
    empty.tick()
    assert len(empty.letters) == before, "the same instant twice sends nothing"
    assert isinstance(empty.now, datetime)
