"""The table [exchange], the calendar, and mailboxes to fall back on: right, or told at their line."""

from pathlib import Path

import pytest

from coordinator import config
from coordinator.backends import exchange, imap
from tests.config.test_config import chapter, problems
from tests.config.test_providers import CHAPTER

DOORS = '[inbox]\nbackend = "exchange"\n[outbox]\nbackend = "exchange"\n'
TABLE = (
    '[exchange]\naddress = "mentoring@example.org"\nendpoint = "https://mail.example.org/EWS/Exchange.asmx"\n'
    'password_command = ["pass", "m"]\n'
)


def test_one_table_serves_mailbox_and_calendar(tmp_path: Path) -> None:
    settings = config.load(chapter(tmp_path, 'calendar = "exchange"\n' + CHAPTER + DOORS + TABLE))
    assert settings.inbox == settings.outbox == settings.calendar
    assert isinstance(settings.inbox[1], exchange.Settings)
    assert settings.inbox[1].kind == "basic"


def test_invitations_go_by_mail_unless_somebody_says_otherwise(tmp_path: Path) -> None:
    assert config.load(chapter(tmp_path, CHAPTER + DOORS + TABLE)).calendar is None


def test_another_mailbox_to_fall_back_on_is_read(tmp_path: Path) -> None:
    other = '[inbox.fallback]\nbackend = "imap"\nhost = "imap.example.org"\nusername = "m"\npassword_env = "M"\n'
    doors = DOORS.replace("[outbox]", f"{other}[outbox]")
    settings = config.load(chapter(tmp_path, CHAPTER + doors + TABLE))
    assert settings.other_inbox is not None
    assert isinstance(settings.other_inbox[1], imap.Settings)
    assert settings.other_outbox is None


@pytest.mark.parametrize(
    ("head", "doors", "table", "told"),
    [
        ("", DOORS, "", "the table [exchange] is missing"),
        ('calendar = "exchange"\n', DOORS, "", 'calendar = "exchange" needs a table [exchange]'),
        ('calendar = "exchnage"\n', DOORS, TABLE, 'did you mean "exchange"?'),
        ("calendar = 3\n", DOORS, TABLE, "calendar must be imip or exchange"),
        ("", DOORS.replace("\n[out", '\nhost = "x"\n[out'), TABLE, "what concerns Exchange stands in [exchange]"),
        ("", DOORS, TABLE.replace("https://", "http://"), "endpoint must begin with https://"),
        ("", DOORS, TABLE.replace("https://mail.example.org", "mail"), "endpoint not an address"),
        ("", DOORS, TABLE + "plaintext = true\n", "plaintext only for a server on this machine"),
        ("", DOORS, TABLE + 'auth = "kerberos"\n', "auth unknown"),
        ("", DOORS, TABLE + 'auth = "oauth"\n', "auth contradicts the secret"),
        ("", DOORS, TABLE + 'access = "owner"\n', "access unknown"),
        ("", DOORS, TABLE + 'rooms = "rooms"\n', "rooms is not of the form name@domain"),
        ("", DOORS, TABLE + 'processed = "a/b"\n', "processed not the name of a folder"),
        ("", DOORS, TABLE + 'password = "hunter2"\n', "a secret must not stand in this file"),
        ("", DOORS, TABLE.replace('password_command = ["pass", "m"]\n', ""), "username has no password"),
        ("", DOORS, TABLE.replace("mentoring@", ""), "address is not of the form name@domain"),
        ("", DOORS.replace("[outbox]", '[inbox.fallback]\nbackend = "exchange"\n[outbox]'), TABLE, "unknown backend"),
    ],
)
def test_what_cannot_be_right_is_told(tmp_path: Path, head: str, doors: str, table: str, told: str) -> None:
    found = problems(tmp_path, head + CHAPTER + doors + table)
    assert any(told in problem for problem in found), found
    assert all("hunter2" not in problem for problem in found)


def test_only_exchange_has_something_to_fall_back_on(tmp_path: Path) -> None:
    doors = (
        '[inbox]\nbackend = "imap"\nhost = "a.example"\nusername = "m"\npassword_env = "M"\n'
        '[inbox.fallback]\nbackend = "imap"\nhost = "b.example"\nusername = "m"\npassword_env = "M"\n'
        '[outbox]\nbackend = "maildir"\npath = "out"\n'
    )
    assert any("fallback is only for a mailbox on Exchange" in one for one in problems(tmp_path, CHAPTER + doors))
