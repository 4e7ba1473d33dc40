"""What only a mailbox on a server can do wrong."""

import base64
import json
import os
import socket
import subprocess
import sys
import traceback
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from coordinator import faults
from coordinator.backends import imap, imap_login, open_inbox
from coordinator.backends.secrets import Secret
from coordinator.errors import BackendError, ConfigurationError, LoginError
from tests.backends.mailboxes import ServerMailbox, bodies, everything, mail, on_server
from tests.servers import dovecot, scripted
from tests.servers.ports import free_port

pytestmark = pytest.mark.server


def test_mail_that_somebody_has_opened_is_read_all_the_same(server_mailbox: ServerMailbox) -> None:
    server_mailbox.server.deliver(server_mailbox.settings.username, mail(1), flags=r"(\Seen \Flagged)")
    with server_mailbox.open() as inbox:
        assert bodies(everything(inbox)) == [mail(1)]


def test_looking_leaves_mail_unopened(server_mailbox: ServerMailbox) -> None:
    server_mailbox.deliver(mail(1))
    with server_mailbox.open() as inbox:
        everything(inbox)
    assert "Seen" not in server_mailbox.server.flags(server_mailbox.settings.username)


def test_a_copy_of_sent_mail_is_marked_as_read(server_mailbox: ServerMailbox) -> None:
    with server_mailbox.open() as inbox:
        inbox.append("sent", mail(1))
    assert "Seen" in server_mailbox.server.flags(server_mailbox.settings.username, "Sent")


def test_the_last_line_of_a_mail_waits_for_nobody(server_mailbox: ServerMailbox) -> None:
    connection = imap_login.logged_in(server_mailbox.settings)
    try:
        assert connection.sock.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
    finally:
        imap_login.hang_up(connection)


def test_folders_may_have_names_in_any_language(server_mailbox: ServerMailbox) -> None:
    settings = replace(server_mailbox.settings, processed="Erledigt & geprüft/2026", folder="Anfragen é")
    server = server_mailbox.server
    with open_inbox("imap", replace(settings, folder="INBOX")) as inbox:
        inbox.append("Anfragen é", mail(1))
    with open_inbox("imap", settings) as inbox:
        inbox.put_away([message.handle for message in everything(inbox)], "processed")
    assert server.mails(settings.username, "Erledigt &- gepr&APw-ft/2026") == [mail(1)]


def test_after_a_renumbering_old_mail_stays_untouched_and_new_mail_is_read(server_mailbox: ServerMailbox) -> None:
    user, server = server_mailbox.settings.username, server_mailbox.server
    server.deliver(user, mail(1), when='"01-Nov-2026 10:00:00 +0100"')
    server.deliver(user, mail(2), when='"02-Nov-2026 10:00:00 +0100"')
    with server_mailbox.open() as inbox:
        mark = inbox.mark()
    server.deliver(user, mail(30), when='"02-Nov-2026 10:00:00 +0100"')
    server.deliver(user, mail(4), when='"02-Nov-2026 09:00:01 +0000"')
    server.renumber(user)
    with server_mailbox.open() as inbox:
        assert json.loads(mark)["uidvalidity"] != json.loads(inbox.mark())["uidvalidity"]
        assert bodies(everything(inbox, mark=mark)) == [mail(30), mail(4)]
        assert inbox.complete


def test_a_handle_from_before_a_renumbering_moves_nothing(server_mailbox: ServerMailbox) -> None:
    server_mailbox.deliver(mail(1))
    with server_mailbox.open() as inbox:
        handle = everything(inbox)[0].handle
    server_mailbox.server.renumber(server_mailbox.settings.username)
    with server_mailbox.open() as inbox:
        everything(inbox)
        with pytest.raises(BackendError, match="renumbered"):
            inbox.put_away([handle], "processed")
    assert server_mailbox.mails() == [mail(1)]


def test_without_move_nobody_elses_marked_mail_is_removed(plain_server: dovecot.Dovecot, user: str) -> None:
    plain_server.deliver(user, mail(1), flags=r"(\Deleted)")
    mailbox = on_server(plain_server, user, prefix="INBOX.")
    mailbox.deliver(mail(2))
    with mailbox.open() as inbox:
        inbox.put_away([everything(inbox)[1].handle], "processed")
    assert mailbox.mails() == [mail(1)]
    assert mailbox.mails("Processed") == [mail(2)]


def test_a_server_that_can_move_is_asked_once_a_batch(
    server_mailbox: ServerMailbox, plain_server: dovecot.Dovecot, user: str
) -> None:
    for box in (server_mailbox, on_server(plain_server, user)):
        for number in range(3):
            box.deliver(mail(number))
        with box.open() as inbox:
            inbox.prepare()
            handles = [message.handle for message in everything(inbox)]
            places: list[str] = []
            faults.arm(places.append)
            try:
                inbox.put_away(handles, "processed")
            finally:
                faults.arm(None)
        moved = ["imap.move", "imap.moved"]
        assert places == (
            moved if box is server_mailbox else ["imap.move", "imap.copied", "imap.flagged", "imap.expunged"]
        )


def test_without_any_way_to_remove_single_mails_what_was_put_away_is_passed_over(tmp_path: Path) -> None:
    with dovecot.running(tmp_path, users=["poor"], move=False, uidplus=False) as server:
        mailbox = on_server(server, "poor")
        mailbox.deliver(mail(1))
        mailbox.deliver(mail(2))
        with mailbox.open() as inbox:
            inbox.put_away([everything(inbox)[0].handle], "processed")
        with mailbox.open() as inbox:
            assert bodies(everything(inbox)) == [mail(2)]
        assert mailbox.mails("Processed") == [mail(1)]
        mailbox.deliver(mail(3))
        with mailbox.open() as inbox:
            assert bodies(everything(inbox, limit=1)) == [mail(2)]
            inbox.put_away([everything(inbox)[0].handle], "processed")
            assert bodies(everything(inbox, limit=1)) == [mail(3)]
            assert inbox.complete


def test_a_wrong_password_is_a_refused_login_that_does_not_show_it(server_mailbox: ServerMailbox) -> None:
    os.environ["COORDINATOR_TEST_WRONG"] = "hunter2"
    settings = replace(server_mailbox.settings, secret=Secret(env="COORDINATOR_TEST_WRONG"))
    with pytest.raises(LoginError, match="login refused") as caught:
        open_inbox("imap", settings)
    assert caught.value.exit_code == 77
    assert "hunter2" not in str(caught.value)


def test_a_server_that_is_down_is_worth_another_try(server_mailbox: ServerMailbox) -> None:
    with pytest.raises(BackendError, match="connection failed") as caught:
        open_inbox("imap", replace(server_mailbox.settings, port=free_port()))
    assert caught.value.later
    assert caught.value.exit_code == 75


def test_a_host_that_does_not_exist_is_named(server_mailbox: ServerMailbox) -> None:
    settings = replace(server_mailbox.settings, host="mail.invalid", plaintext=False)
    with pytest.raises(BackendError, match=r"^mail\.invalid:\d+: the host name"):
        open_inbox("imap", settings)


def test_a_folder_that_does_not_exist_is_named(server_mailbox: ServerMailbox) -> None:
    settings = replace(server_mailbox.settings, folder="Mentoring")
    with open_inbox("imap", settings) as inbox, pytest.raises(BackendError, match="'Mentoring'") as caught:
        everything(inbox)
    assert not caught.value.later
    assert not inbox.complete


def test_plain_text_never_leaves_this_machine(server_mailbox: ServerMailbox) -> None:
    with pytest.raises(ConfigurationError, match="plaintext"):
        open_inbox("imap", replace(server_mailbox.settings, host="mail.example.org"))


def test_a_user_name_with_a_space_logs_in(imap_server: dovecot.Dovecot) -> None:
    with on_server(imap_server, "ada lovelace").open() as inbox:
        assert everything(inbox) == []


GREETING = b"* OK [CAPABILITY IMAP4rev1 AUTH=XOAUTH2] ready\r\n"


BODY = b"* 1 FETCH (UID 7 BODY[] {12}\r\nSubject: x\r\n)\r\nTAG OK done\r\n"
USUAL = {
    "CAPABILITY": b"* CAPABILITY IMAP4rev1 AUTH=XOAUTH2\r\nTAG OK done\r\n",
    "SELECT": b"* 1 EXISTS\r\n* OK [UIDVALIDITY 1] ok\r\n* OK [UIDNEXT 8] ok\r\nTAG OK [READ-WRITE] done\r\n",
    "SEARCH": b"* SEARCH 7\r\nTAG OK done\r\n",
    "FETCH": b'* 1 FETCH (UID 7 RFC822.SIZE 12 INTERNALDATE "01-Nov-2026 10:00:00 +0000" FLAGS ())\r\nTAG OK done\r\n',
    "BODY": BODY,
    "LOGOUT": b"* BYE\r\nTAG OK done\r\n",
}


def conversation(**changes: bytes) -> scripted.Answer:
    """A mailbox with one mail, told line by line; `changes` says otherwise for single commands."""

    def answer(line: bytes) -> bytes:
        tag, _, rest = line.strip().partition(b" ")
        command = rest.replace(b"UID ", b"").split(b" ")[0].decode() or "answer"
        command = "BODY" if command == "FETCH" and b"BODY" in rest else command
        return ({**USUAL, **changes}).get(command, b"TAG OK done\r\n").replace(b"TAG", tag)

    return answer


def told(server: scripted.Scripted, **settings: Any) -> imap.Settings:
    os.environ["COORDINATOR_TEST_PASSWORD"] = "hunter2"
    secret = Secret(env="COORDINATOR_TEST_PASSWORD")
    usual = imap.Settings(host=server.host, port=server.port, plaintext=True, username="ada", secret=secret)
    return replace(usual, **settings)


def test_a_connection_that_ends_within_a_mail_yields_nothing() -> None:
    cut = BODY[:40] + scripted.HANG_UP
    with (
        scripted.running(GREETING, conversation(BODY=cut)) as server,
        open_inbox("imap", told(server)) as inbox,
        pytest.raises(BackendError, match="broke off") as caught,
    ):
        everything(inbox)
    assert caught.value.later
    assert not inbox.complete
    assert "Subj" not in str(caught.value)


def test_a_batch_that_came_whole_stands_when_the_next_one_breaks() -> None:
    two = {
        "SELECT": USUAL["SELECT"].replace(b"* 1 EXISTS", b"* 2 EXISTS"),
        "SEARCH": b"* SEARCH 7 8\r\nTAG OK done\r\n",
        "FETCH": b"* 1 FETCH (UID 7 RFC822.SIZE 12)\r\n* 2 FETCH (UID 8 RFC822.SIZE 12)\r\nTAG OK done\r\n",
    }
    first_then_gone = iter([BODY, BODY[:30] + scripted.HANG_UP])
    usual = conversation(**two)

    def answer(line: bytes) -> bytes:
        return usual(line) if b"BODY" not in line else next(first_then_gone).replace(b"TAG", line.split(b" ")[0])

    with scripted.running(GREETING, answer) as server, open_inbox("imap", told(server)) as inbox:
        batches = inbox.fetch(mark="", limit=10, largest=100, batch=1)
        assert bodies(next(batches)) == [b"Subject: x\r\n"]
        with pytest.raises(BackendError):
            next(batches)
        assert not inbox.complete


def test_a_size_that_is_an_estimate_is_believed_at_the_second_look() -> None:
    estimate = USUAL["FETCH"].replace(b"SIZE 12", b"SIZE 40")
    with scripted.running(GREETING, conversation(FETCH=estimate)) as server:
        with open_inbox("imap", told(server)) as inbox:
            assert bodies(everything(inbox)) == [b"Subject: x\r\n"]
        assert server.heard.count(b"BODY.PEEK[]") == 2


def test_a_mail_that_comes_in_two_lengths_is_left_for_later() -> None:
    answers = iter([BODY.replace(b"{12}\r\nSubject: x\r\n", b"{4}\r\nSubj"), BODY])
    usual = conversation()

    def answer(line: bytes) -> bytes:
        return usual(line) if b"BODY" not in line else next(answers).replace(b"TAG", line.split(b" ")[0])

    with scripted.running(GREETING, answer) as server, open_inbox("imap", told(server)) as inbox:
        with pytest.raises(BackendError, match="incomplete"):
            everything(inbox)
        assert not inbox.complete


def test_a_mail_that_vanished_since_it_was_found_is_passed_over() -> None:
    with (
        scripted.running(GREETING, conversation(BODY=b"TAG OK done\r\n")) as server,
        open_inbox("imap", told(server)) as inbox,
    ):
        assert everything(inbox) == []
        assert inbox.complete


def test_a_server_that_answers_nonsense_is_worth_another_try() -> None:
    with (
        scripted.running(GREETING, conversation(SEARCH=b"<html>\r\n")) as server,
        open_inbox("imap", told(server)) as inbox,
        pytest.raises(BackendError) as caught,
    ):
        everything(inbox)
    assert "html" not in str(caught.value)


def test_a_server_that_is_too_busy_has_not_refused_the_password() -> None:
    busy = conversation(LOGIN=b"TAG NO [UNAVAILABLE] try hunter2 later\r\n")
    with scripted.running(GREETING, busy) as server, pytest.raises(BackendError, match="not available") as caught:
        open_inbox("imap", told(server))
    assert "hunter2" not in str(caught.value)


def test_a_server_that_repeats_the_password_does_not_get_it_into_a_message() -> None:
    refused = conversation(LOGIN=b"TAG NO no hunter2 for ada@example.org\r\n")
    with scripted.running(GREETING, refused) as server, pytest.raises(LoginError) as caught:
        open_inbox("imap", told(server))
    shown = "".join(traceback.format_exception(caught.value))
    assert "hunter2" not in shown
    assert "ada@example.org" not in shown


def test_a_token_logs_in_by_xoauth2() -> None:
    said = b"user=ada\1auth=Bearer hunter2\1\1"
    with_challenge = conversation(AUTHENTICATE=b"+ \r\n")

    def answer(line: bytes) -> bytes:
        if b" " in line.strip():
            return with_challenge(line)
        return b"A" if base64.b64decode(line) != said else current[0] + b" OK done\r\n"

    current = [b""]

    def remembering(line: bytes) -> bytes:
        current[0] = line.split(b" ")[0] if b" " in line.strip() else current[0]
        return answer(line)

    with scripted.running(GREETING, remembering) as server:
        secret = Secret(kind="token", env="COORDINATOR_TEST_PASSWORD")
        with open_inbox("imap", told(server, secret=secret)) as inbox:
            assert bodies(everything(inbox)) == [b"Subject: x\r\n"]


def test_a_refused_token_is_a_refused_login() -> None:
    tags: list[bytes] = []

    def answer(line: bytes) -> bytes:
        if b"AUTHENTICATE" in line:
            tags.append(line.split(b" ")[0])
            return b"+ \r\n"
        if b" " in line.strip():
            return conversation()(line)
        if line.strip():
            return b"+ " + base64.b64encode(b'{"status":"401"}') + b"\r\n"
        return tags[0] + b" NO [AUTHENTICATIONFAILED] expired\r\n"

    with scripted.running(GREETING, answer) as server:
        settings = told(server, secret=Secret(kind="token", env="COORDINATOR_TEST_PASSWORD"))
        with pytest.raises(LoginError, match=r"the token has expired.* – sign in again with what token_command runs"):
            open_inbox("imap", settings)


def test_a_mailbox_that_may_only_be_read_says_so() -> None:
    read_only = USUAL["SELECT"].replace(b"READ-WRITE", b"READ-ONLY")
    with (
        scripted.running(GREETING, conversation(SELECT=read_only)) as server,
        open_inbox("imap", told(server)) as inbox,
        pytest.raises(BackendError, match="may only be read"),
    ):
        everything(inbox)


def test_an_idle_look_takes_no_more_than_five_commands() -> None:
    empty = conversation(SEARCH=b"* SEARCH\r\nTAG OK done\r\n")
    with scripted.running(GREETING, empty) as server:
        with open_inbox("imap", told(server)) as inbox:
            assert everything(inbox) == []
        commands = [line.split(b" ", 1)[1] for line in bytes(server.heard).splitlines()]
    assert [command.split(b" ")[0] for command in commands] == [b"CAPABILITY", b"LOGIN", b"SELECT", b"UID", b"LOGOUT"]


def test_an_idle_look_loads_neither_imapclient_nor_smtplib(server_mailbox: ServerMailbox) -> None:
    server = server_mailbox.server
    code = (
        "import sys\n"
        "from coordinator.backends import imap, imap_login, open_inbox, open_outbox, smtp\n"
        "from coordinator.backends.secrets import Secret\n"
        f"settings = imap.Settings(host='127.0.0.1', port={server.port}, plaintext=True, username='nobody-yet',\n"
        "                         secret=Secret(env='COORDINATOR_TEST_PASSWORD'))\n"
        "outbox = open_outbox('smtp', smtp.Settings(host='127.0.0.1'))\n"
        "with open_inbox('imap', settings) as inbox:\n"
        "    assert list(inbox.fetch(mark='', limit=10, largest=10)) == [] and inbox.complete\n"
        "assert 'imaplib' in sys.modules\n"
        "print(sorted({'imapclient', 'smtplib', 'subprocess', 'email.parser'} & set(sys.modules)))\n"
    )
    environment = os.environ | {"COORDINATOR_TEST_PASSWORD": server.password}
    ran = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True)
    assert "imapclient" not in ran.stdout
    assert "smtplib" not in ran.stdout
