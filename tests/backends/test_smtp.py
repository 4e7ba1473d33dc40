"""Everything a mail server can answer, and whom it concerns."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from coordinator import faults
from coordinator.backends import Outbox, SendError, open_outbox, smtp
from coordinator.backends.secrets import Secret
from coordinator.errors import BackendError, LoginError
from tests.backends.mailboxes import mail
from tests.servers import scripted, smtp_sink
from tests.servers.ports import free_port
from tests.servers.smtp_sink import PASSWORD, TOKEN, USER, Sink

# What aiosmtpd has to say about logins without TLS concerns only itself.
pytestmark = [
    pytest.mark.server,
    pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS"),
    pytest.mark.filterwarnings("ignore:Session.login_data is deprecated"),
]

OURS, ADA, BOB = "mentoring@example.org", "ada@example.com", "bob@example.com"


@pytest.fixture(params=[True, False], ids=["pipelining", "step by step"], scope="module")
def either_sink(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sink]:
    with smtp_sink.running(tmp_path_factory.mktemp("sink"), pipelining=request.param) as server:
        yield server


@pytest.fixture
def server(either_sink: Sink) -> Sink:
    either_sink.reset()
    return either_sink


def settings_of(server: Sink | scripted.Scripted) -> smtp.Settings:
    return smtp.Settings(host=server.host, port=server.port, plaintext=True)


def outbox_of(server: Sink | scripted.Scripted) -> Outbox:
    return open_outbox("smtp", settings_of(server))


def send(outbox: Outbox, recipient: str = ADA, raw: bytes = b"Subject: x\r\n\r\nx\r\n") -> None:
    outbox.send(sender=OURS, recipient=recipient, raw=raw)


def failure(outbox: Outbox, recipient: str = ADA) -> SendError:
    with pytest.raises(SendError) as caught:
        send(outbox, recipient)
    return caught.value


@pytest.mark.parametrize(
    ("step", "reply", "scope", "status", "later"),
    [
        ("RCPT", "550 5.1.1 no such person", "recipient", "5.1.1", False),
        ("RCPT", "550 no such person", "recipient", "", False),
        ("RCPT", "552 5.2.2 mailbox is over quota", "recipient", "5.2.2", False),
        ("RCPT", "451 4.7.1 greylisted, come back in five minutes", "recipient", "4.7.1", True),
        ("RCPT", "450 4.2.2 mailbox is over quota", "recipient", "4.2.2", True),
        ("RCPT", "452 4.3.1 disk full", "server", "4.3.1", True),
        ("RCPT", "554 5.7.1 relay access denied", "server", "5.7.1", False),
        ("RCPT", "530 5.7.0 authentication required", "server", "5.7.0", False),
        ("RCPT", "550 5.4.5 daily user sending quota exceeded", "server", "5.4.5", True),
        ("RCPT", "550 5.7.57 client not authenticated", "server", "5.7.57", False),
        ("MAIL", "550 5.7.1 this sender is not welcome", "server", "5.7.1", False),
        ("MAIL", "451 4.3.0 not now", "server", "4.3.0", True),
        ("MAIL", "552 5.3.4 too large", "recipient", "5.3.4", False),
        ("DATA", "554 5.6.0 this mail is not welcome", "recipient", "5.6.0", False),
        ("DATA", "451 4.3.0 not now", "server", "4.3.0", True),
        ("DATA", "450 4.7.1 slow down", "recipient", "4.7.1", True),
    ],
)
def test_a_refusal_tells_whom_it_concerns(
    server: Sink, step: str, reply: str, scope: str, status: str, later: bool
) -> None:
    server.replies[step] = reply
    with outbox_of(server) as outbox:
        error = failure(outbox)
        assert (error.scope, error.status, error.later) == (scope, status, later)
        del server.replies[step]
        send(outbox, BOB)
    assert [recipients for _, recipients, _ in server.accepted] == [[BOB]]
    assert server.connections == 1


def test_one_dead_address_among_many_stops_nobody_else(server: Sink) -> None:
    server.replies[f"RCPT {ADA}"] = "550 5.1.1 no such person"
    with outbox_of(server) as outbox:
        send(outbox, BOB, mail(1))
        assert failure(outbox).scope == "recipient"
        send(outbox, BOB, mail(2))
    assert server.accepted == [(OURS, [BOB], mail(1)), (OURS, [BOB], mail(2))]


def test_many_mails_share_one_connection(server: Sink) -> None:
    with outbox_of(server) as outbox:
        for number in range(10):
            send(outbox, ADA, mail(number))
    assert len(server.accepted) == 10
    assert server.connections == 1


def test_a_connection_that_breaks_after_the_final_dot_leaves_it_open_whether_the_mail_went(server: Sink) -> None:
    server.hang_up = "after"
    with outbox_of(server) as outbox:
        error = failure(outbox)
    assert error.scope == "uncertain"
    assert len(server.accepted) == 1


def test_after_a_broken_connection_the_next_mail_gets_a_new_one(server: Sink) -> None:
    server.hang_up = "before"
    with outbox_of(server) as outbox:
        assert failure(outbox).scope == "uncertain"
        server.hang_up = ""
        send(outbox, BOB)
    assert server.connections == 2
    assert [recipients for _, recipients, _ in server.accepted] == [[BOB]]


def test_a_server_that_says_goodbye_between_two_mails_loses_neither(server: Sink) -> None:
    server.goodbye = True
    with outbox_of(server) as outbox:
        for number in range(3):
            send(outbox, ADA, mail(number))
            scripted_pause()
    assert [raw for _, _, raw in server.accepted] == [mail(0), mail(1), mail(2)]


def scripted_pause() -> None:
    import select

    select.select([], [], [], 0.1)


def test_each_mail_was_on_the_servers_disk_when_it_was_acknowledged(server: Sink) -> None:
    with outbox_of(server) as outbox:
        send(outbox, ADA, mail(1))
        assert [path.read_bytes() for path in server.files()] == [mail(1)]


def test_lone_line_ends_become_pairs(server: Sink) -> None:
    with outbox_of(server) as outbox:
        send(outbox, ADA, b"Subject: x\n\n.\nsecond\r.\r\n\nend")
    assert server.accepted[0][2] == b"Subject: x\r\n\r\n.\r\nsecond\r\n.\r\n\r\nend\r\n"


def test_letters_beyond_ascii_are_announced_in_mail_and_in_addresses(server: Sink) -> None:
    with outbox_of(server) as outbox:
        send(outbox, "bücher@example.com", "Subject: x\r\n\r\nfünf\r\n".encode())
        send(outbox, "ada@bücher.example", mail(1))
    (_, [first], raw), (_, [second], _) = server.accepted
    assert (first, second) == ("bücher@example.com", "ada@xn--bcher-kva.example")
    assert raw.decode() == "Subject: x\r\n\r\nfünf\r\n"


def test_the_places_around_a_sending_are_marked(server: Sink) -> None:
    places: list[str] = []
    faults.arm(places.append)
    try:
        with outbox_of(server) as outbox:
            send(outbox)
    finally:
        faults.arm(None)
    answers = ["smtp.mail.answer", "smtp.rcpt.answer", "smtp.data.answer"]
    assert places[:2] == ["smtp.connect", "smtp.envelope"]
    rest = [place for place in places[1:] if place != "smtp.envelope"]
    assert rest == [*answers, "smtp.data", "smtp.verdict", "smtp.accepted"]


def test_a_kill_before_the_data_sends_nothing_and_one_after_it_loses_nothing(server: Sink) -> None:
    class Killed(BaseException):
        pass

    def kill_at(place: str) -> None:
        def strike(name: str) -> None:
            if name == place:
                raise Killed

        faults.arm(strike)

    for place, sent in (("smtp.data", 0), ("smtp.accepted", 1)):
        server.reset()
        kill_at(place)
        try:
            with pytest.raises(Killed), outbox_of(server) as outbox:
                send(outbox)
        finally:
            faults.arm(None)
        assert len(server.accepted) == sent


def test_a_server_that_is_down_concerns_all_mail() -> None:
    with open_outbox("smtp", smtp.Settings(host="127.0.0.1", port=free_port(), plaintext=True)) as outbox:
        error = failure(outbox)
    assert (error.scope, error.later, error.exit_code) == ("server", True, 75)


def greeted_with(*lines: bytes) -> scripted.Answer:
    """Answers with these lines, one a command, then with 250."""
    rest = iter(lines)
    return lambda _: next(rest, b"250 OK\r\n")


@pytest.mark.parametrize(
    ("greeting", "answers", "scope"),
    [
        (b"421 4.3.2 too busy\r\n" + scripted.HANG_UP, (), "server"),
        (b"554 5.7.1 you are on a list\r\n", (), "server"),
        (b"220 x\r\n", (b"250 x\r\n", b"421 4.3.2 closing\r\n" + scripted.HANG_UP), "server"),
        (b"220 x\r\n", (b"250 x\r\n", b"250 ok\r\n", b"421 4.7.0 closing\r\n" + scripted.HANG_UP), "server"),
        (b"220 x\r\n", (b"250 x\r\n", b"250 ok\r\n", b"250 ok\r\n" + scripted.HANG_UP), "server"),
        (b"220 x\r\n", (b"250 x\r\n", b"250 ok\r\n", b"250 ok\r\n", scripted.HANG_UP), "server"),
        (b"220 x\r\n", (b"250 x\r\n", b"250 ok\r\n", b"250 ok\r\n", b"354 go\r\n" + scripted.HANG_UP), "uncertain"),
        (b"220 x\r\n", (b"250 x\r\n", b"what?\r\n", b"250 ok\r\n"), "server"),
        (b"220 " + b"x" * 70_000 + b"\r\n", (), "server"),
        (b"<html>\r\n", (), "server"),
    ],
)
def test_wherever_a_conversation_breaks_it_is_told_apart(
    greeting: bytes, answers: tuple[bytes, ...], scope: str
) -> None:
    with scripted.running(greeting, greeted_with(*answers)) as server, outbox_of(server) as outbox:
        error = failure(outbox)
    assert error.scope == scope


def test_a_verdict_in_several_lines_is_one_verdict() -> None:
    steps = {
        b"EHLO": b"250-x\r\n250 SIZE\r\n",
        b"DATA": b"354 go\r\n",
        b".\r\n": b"250-2.0.0 kept\r\n250 as 17\r\n",
        b"QUIT": b"221 bye\r\n",
    }

    def answer(line: bytes) -> bytes:
        if line[:4] in {b"MAIL", b"RCPT"}:
            return b"250-yes\r\n250 indeed\r\n"
        return next((reply for start, reply in steps.items() if line.upper().startswith(start)), b"")

    with scripted.running(b"220-welcome\r\n220 here\r\n", answer) as server, outbox_of(server) as outbox:
        send(outbox)
        send(outbox, BOB)


def test_what_a_server_says_about_a_person_is_not_repeated(server: Sink) -> None:
    server.replies["RCPT"] = f"550 5.1.1 <{ADA}>: \x1b[2J unknown"
    with outbox_of(server) as outbox:
        text = str(failure(outbox))
    assert ADA not in text
    assert text.isprintable()
    assert "5.1.1" in text


def logging_in(server: Sink, **source: str) -> smtp.Settings:
    kind = source.pop("kind", "password")
    secret = Secret(kind=kind, env="COORDINATOR_TEST_SECRET")  # type: ignore[arg-type]
    return replace(settings_of(server), username=USER, secret=secret, **source)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def strict_sink(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sink]:
    with smtp_sink.running(tmp_path_factory.mktemp("strict"), login=True) as server:
        yield server


@pytest.mark.parametrize(("kind", "value"), [("password", PASSWORD), ("token", TOKEN)])
def test_a_login_by_password_or_by_token(
    strict_sink: Sink, monkeypatch: pytest.MonkeyPatch, kind: str, value: str
) -> None:
    strict_sink.reset()
    monkeypatch.setenv("COORDINATOR_TEST_SECRET", value)
    with open_outbox("smtp", logging_in(strict_sink, kind=kind)) as outbox:
        send(outbox)
    assert len(strict_sink.accepted) == 1
    assert strict_sink.logins == ["PLAIN" if kind == "password" else "XOAUTH2"]


@pytest.mark.parametrize("kind", ["password", "token"])
def test_a_refused_login_concerns_nobody_and_shows_nothing(
    strict_sink: Sink, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    strict_sink.reset()
    monkeypatch.setenv("COORDINATOR_TEST_SECRET", "hünter2")
    with open_outbox("smtp", logging_in(strict_sink, kind=kind)) as outbox, pytest.raises(LoginError) as caught:
        send(outbox)
    assert caught.value.exit_code == 77
    assert "hünter2" not in str(caught.value)
    assert len(strict_sink.logins) == 1, "a second try may lock the account"


def test_mail_without_the_login_that_a_server_wants_concerns_all_mail(strict_sink: Sink) -> None:
    strict_sink.reset()
    with outbox_of(strict_sink) as outbox:
        error = failure(outbox)
    assert (error.scope, error.later) == ("server", False)


def test_an_account_that_is_locked_for_a_while_is_worth_another_try() -> None:
    answers = greeted_with(b"250-x\r\n250 AUTH PLAIN\r\n", b"454 4.7.0 later\r\n")
    with scripted.running(b"220 x\r\n", answers) as server, pytest.MonkeyPatch.context() as patch:
        patch.setenv("COORDINATOR_TEST_SECRET", "hunter2")
        settings = replace(settings_of(server), username=USER, secret=Secret(env="COORDINATOR_TEST_SECRET"))
        with open_outbox("smtp", settings) as outbox, pytest.raises(BackendError) as caught:
            send(outbox)
    assert caught.value.later


@pytest.mark.parametrize("mode", ["tls", "starttls"])
def test_mail_goes_over_tls(tmp_path: Path, mode: str) -> None:
    with smtp_sink.running(tmp_path, mode=mode) as server:
        settings = replace(settings_of(server), plaintext=False, starttls=mode == "starttls", ca_file=server.ca)
        with open_outbox("smtp", settings) as outbox:
            send(outbox, ADA, mail(1))
            send(outbox, ADA, mail(2))
        assert [raw for _, _, raw in server.accepted] == [mail(1), mail(2)]
        assert server.connections == 1
