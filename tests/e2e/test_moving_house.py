"""A chapter that began on a folder moves to a mailbox on a server in the middle of its season, and back."""

from pathlib import Path

from tests.e2e.chapters import MAYA, Chapter, MaildirMail, ServerMail, number, on_maildir, on_servers
from tests.e2e.seasons import introduced
from tests.servers.dovecot import Dovecot
from tests.servers.smtp_sink import Sink

OLD = b"From: aunt@example.net\r\nTo: mentoring@example.org\r\nSubject: Photos\r\nMessage-ID: <old@x>\r\n\r\nFrom the sea.\r\n"


def with_tables_of(chapter: Chapter, other: Chapter) -> None:
    """Its inbox and outbox from now on."""
    ours, theirs = chapter.folder / "config.toml", other.folder / "config.toml"
    head, _, rest = ours.read_text().partition("[inbox]")
    tail = rest[rest.index("[limits]") :]
    tables = theirs.read_text().partition("[inbox]")[2].partition("[limits]")[0]
    ours.write_text(f"{head}[inbox]{tables}{tail}")


def test_nothing_is_lost_read_twice_or_touched_that_was_there_before(
    tmp_path: Path, imap_server: Dovecot, sink: Sink
) -> None:
    user = "moved@example.org"
    chapter = on_maildir(tmp_path / "elm")
    introduced(chapter)
    letter = chapter.wait_for(MAYA, "What would you like to reach")
    (tmp_path / "other").mkdir()
    (tmp_path / "back").mkdir()
    server = on_servers(tmp_path / "other" / "elm", imap_server, sink, user)
    imap_server.deliver(user, OLD, when='"01-Jan-2026 10:00:00 +0000"')
    with_tables_of(chapter, server)
    folder, chapter.mail = chapter.mail, ServerMail(imap_server, sink, user)
    chapter.reply(letter, {number(letter, "reach"): "Lead a team meeting"})
    assert [goal.text for goal in chapter.pair.goals] == ["Lead a team meeting"]
    assert chapter.mail.waiting() == [OLD], "older than the chapter"
    assert isinstance(folder, MaildirMail)
    back = on_maildir(tmp_path / "back" / "elm")
    with_tables_of(chapter, back)
    chapter.mail = folder
    chapter.reply(letter, "HELP – I am lost")
    assert chapter.to(MAYA, "You asked for help")
