"""A configuration is right, or everything that is wrong with it is told at once."""

import os
import stat
from dataclasses import MISSING, fields
from pathlib import Path
from typing import Any

import pytest

from coordinator import config
from coordinator.backends import INBOXES, OUTBOXES, exchange, imap, maildir, smtp
from coordinator.backends.secrets import SOURCES, Secret
from coordinator.config import oauth
from coordinator.config.example import DOORS, EXCHANGE, OAUTH, OTHERS, reference
from coordinator.config.salvage import salvaged
from coordinator.core.effects import Chapter
from coordinator.errors import ConfigurationError

ROOT = Path(__file__).parents[2]

GOOD = """\
program = "six-month"

[chapter]
name = "Mentoring at Example"
address = "mentoring@example.org"
coordinator = "coordinator@example.org"

[inbox]
backend = "maildir"
path = "mail"

[outbox]
backend = "maildir"
path = "out"
"""


def chapter(folder: Path, text: str = GOOD) -> Path:
    (folder / "config.toml").write_text(text, encoding="utf-8")
    if not (folder / "secret.key").exists():
        config.write_secret(folder)
    return folder


def problems(folder: Path, text: str) -> list[str]:
    with pytest.raises(ConfigurationError) as caught:
        config.load(chapter(folder, text))
    assert caught.value.exit_code == 78
    return list(caught.value.problems)


def with_lines(table: str, *lines: str) -> str:
    """The good configuration with more lines in that table."""
    return GOOD.replace(f"[{table}]\n", f"[{table}]\n" + "".join(f"{line}\n" for line in lines))


def test_a_short_configuration_is_enough(tmp_path: Path) -> None:
    settings = config.load(chapter(tmp_path))
    assert settings.program == "six-month"
    assert settings.chapter.sender_name == "Mentoring at Example"
    assert settings.inbox == ("maildir", maildir.Settings(path=tmp_path / "mail"))
    assert settings.outbox == ("maildir", maildir.Settings(path=tmp_path / "out"))
    assert settings.limits == config.Limits()
    assert settings.templates == tmp_path / "templates"
    assert len(settings.chapter.secret) >= 32


def test_the_folder_may_be_named_from_where_one_stands(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    chapter(tmp_path)
    monkeypatch.chdir(tmp_path)
    assert config.load(Path()).inbox[1] == maildir.Settings(path=tmp_path / "mail")


def test_a_mailbox_on_a_server_takes_a_few_lines(tmp_path: Path) -> None:
    text = GOOD[: GOOD.index("[inbox]")] + (
        '[inbox]\nbackend = "imap"\nhost = "imap.example.org"\nusername = "m"\npassword_command = ["pass", "mail"]\n'
        '[outbox]\nbackend = "smtp"\nhost = "smtp.example.org"\nport = 587\nstarttls = true\nusername = "m"\n'
        'password_env = "PASSWORD"\nca_file = "authority.pem"\n'
    )
    settings = config.load(chapter(tmp_path, text))
    secret = Secret(command=("pass", "mail"))
    assert settings.inbox == ("imap", imap.Settings(host="imap.example.org", username="m", secret=secret))
    assert settings.outbox[1] == smtp.Settings(
        host="smtp.example.org",
        port=587,
        starttls=True,
        username="m",
        secret=Secret(env="PASSWORD"),
        ca_file=tmp_path / "authority.pem",
    )


INSTEAD = "use password_command, password_file or password_env, and change the secret if others saw this file"

TWELVE = """\
programm = "six-month"
[chapter]
name = Mentoring at Example
adress = "mentoring@example.org"
coordinator = "Coordinator <coordinator@example.org>"
timezone = "Europe/Berln"
summary_weekday = "mondays"
quiet_from = "21"
[inbox]
backend = "imap"
host = "imap.example.org"
prot = 993
username = "mentoring@example.org"
password = "canary-hunter2"
plaintext = true
[outbox]
backend = "smpt"
[limits]
messages = 0
seconds = 10.5
[limts]
letters = 9
[sending]
copies = "yes"
"""


def test_many_typical_mistakes_are_told_at_once_each_with_its_line(tmp_path: Path) -> None:
    assert problems(tmp_path, TWELVE) == [
        'config.toml:1: unknown key "programm" – did you mean "program"?',
        'config.toml:3: not a value – text stands in quotation marks: key = "text"',
        'config.toml:4: unknown key "adress" in [chapter] – did you mean "address"?',
        'config.toml:5: coordinator holds a space or a control character – write it bare: "mentoring@example.org"',
        'config.toml:6: timezone is no time zone "Europe/Berln" – did you mean "Europe/Berlin"?',
        'config.toml:7: summary_weekday must be a day of the week – did you mean "monday"?',
        "config.toml:8: quiet_from must be an hour – a whole number from 0 to 23",
        'config.toml:12: unknown key "prot" in [inbox] – did you mean "port"?',
        f"config.toml:14: a secret must not stand in this file – {INSTEAD}",
        "config.toml:15: plaintext only for a server on this machine (localhost) – remove it, so that TLS is used",
        'config.toml:17: unknown backend "smpt" – did you mean "smtp"?',
        "config.toml:19: messages must be a whole number above 0 – without quotation marks",
        "config.toml:20: seconds must be a whole number above 0 – without quotation marks",
        'config.toml:21: unknown table "limts" – did you mean "limits"?',
        "config.toml:24: copies must be true or false – without quotation marks",
    ]


SERVER = 'backend = "imap"\nhost = "imap.example.org"\nusername = "m"\n'


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ("", "username has no password – add password_command"),
        ('password_env = "A"\npassword_file = "b"', "password_env is one too many beside password_file"),
        ('password_command = "pass show mail"', "password_command must be a list, no shell reads it"),
        ("password_command = []", "password_command must be a list"),
        ('password_env = "canary hunter2!"', "must be the name of a variable, not the password"),
        ('password_file = "canary-hunter2"', "names a file that cannot be read"),
        ("password_file = 17", "password_file must be text"),
        ('token = "canary-hunter2"', "a secret must not stand in this file"),
        ('pasword_comand = ["canary"]', 'did you mean "password_command"?'),
        ('password = "canary-hunter2', "cannot be read as TOML"),
        ("password = canary-hunter2", "not a value"),
        ('password_env = "A"\nport = 0', "port no such port"),
        ('password_env = "A"\nport = "993"', "port must be a whole number"),
        ('password_env = "A"\nport = true', "port must be a whole number"),
        ('password_env = "A"\nstarttls = true\nplaintext = true\nhost = "x"', "second time"),
        ('password_env = "A"\nfolder = ""', "folder not the name of a folder"),
        ('password_env = "A"\nsent = "INBOX"', "sent must differ from the folder where mail comes in"),
        ('password_env = "A"\nhello = "x"', 'unknown key "hello" in [inbox]'),
    ],
)
def test_a_mailbox_that_cannot_be_right_is_refused(tmp_path: Path, lines: str, expected: str) -> None:
    text = GOOD.replace('backend = "maildir"\npath = "mail"\n', SERVER + lines + "\n")
    found = problems(tmp_path, text)
    assert any(expected in problem for problem in found), found
    assert "canary" not in " ".join(found)


def test_starttls_and_plain_text_contradict_each_other(tmp_path: Path) -> None:
    text = GOOD.replace(
        'backend = "maildir"\npath = "out"\n',
        'backend = "smtp"\nhost = "localhost"\nstarttls = true\nplaintext = true\n',
    )
    assert problems(tmp_path, text) == ["config.toml:15: starttls contradicts plaintext – keep one of the two"]


def test_a_password_file_that_others_may_read_is_refused_before_anything_is_sent(tmp_path: Path) -> None:
    (tmp_path / "password").write_text("canary-hunter2")
    (tmp_path / "password").chmod(0o644)
    text = GOOD.replace('backend = "maildir"\npath = "mail"\n', SERVER + 'password_file = "password"\n')
    (problem,) = problems(tmp_path, text)
    assert problem.startswith("config.toml:12: password_file names a file that others may read")
    assert "chmod 600" in problem


@pytest.mark.parametrize(
    ("table", "line", "expected"),
    [
        ("chapter", 'timezone = "Berlin"', 'did you mean "Europe/Berlin"?'),
        ("chapter", 'timezone = "../../etc/passwd"', "timezone is no time zone"),
        ("chapter", "timezone = 2", "timezone must be the name of a time zone"),
        ("chapter", 'language = "German"', "language must be a language code"),
        ("chapter", "quiet_until = 24", "quiet_until must be an hour"),
        ("chapter", "plus_addressing = 1", "plus_addressing must be true or false"),
        ("chapter", 'secret = "canary"', 'unknown key "secret"'),
        ("chapter", 'sender_name = "two\\nlines"', "sender_name must be a single line"),
        ("inbox", "durable = 0", "durable must be true or false"),
        ("inbox", 'host = "x"', 'unknown key "host" in [inbox]'),
    ],
)
def test_a_value_that_cannot_be_right_is_refused_at_its_line(
    tmp_path: Path, table: str, line: str, expected: str
) -> None:
    text = with_lines(table, line)
    number = text.splitlines().index(line) + 1
    (problem,) = problems(tmp_path, text)
    assert problem.startswith(f"config.toml:{number}: ")
    assert expected in problem


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ('program = "six-month"\n', "", "program is missing"),
        ('program = "six-month"', 'program = "../../etc"', "program must name a folder"),
        ("mentoring@example.org", "coordinator@example.org", "coordinator must be another mailbox"),
        ('path = "out"', 'path = "./mail"', "is the inbox as well"),
        ('path = "out"', "", "path is missing – add it to [outbox]"),
        ("[outbox]", "[elsewhere]", "the table [outbox] is missing"),
        ('name = "Mentoring at Example"', 'name = "  "', "name must be a single line of text"),
        ('name = "Mentoring at Example"', 'name = "a"\nname = "b"', "stands here for the second time"),
        ('name = "Mentoring at Example"', 'name "a"', "config.toml:4: not a setting – write: key = value"),
        ("[chapter]", "chapter = 1\n[elsewhere]", "must be a table"),
    ],
)
def test_a_configuration_that_lacks_or_repeats_something_is_refused(
    tmp_path: Path, old: str, new: str, expected: str
) -> None:
    found = problems(tmp_path, GOOD.replace(old, new))
    assert any(expected in problem for problem in found), found


def test_a_file_from_windows_is_read(tmp_path: Path) -> None:
    chapter(tmp_path)
    (tmp_path / "config.toml").write_bytes(b"\xef\xbb\xbf" + GOOD.replace("\n", "\r\n").encode())
    assert config.load(tmp_path).program == "six-month"


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ('# a\n# b\nprogram = "f\xfcnf"\n'.encode("latin-1"), "config.toml:3: not UTF-8"),
        (b"\0" * 100, "config.toml:1: "),
        (b"", "program is missing"),
        (b"[" * 5000, "config.toml:1: "),
        (b"a = 1\n" * 200_000, "longer than"),
    ],
)
def test_a_file_that_is_no_configuration_is_told_as_such(tmp_path: Path, raw: bytes, expected: str) -> None:
    chapter(tmp_path)
    (tmp_path / "config.toml").write_bytes(raw)
    with pytest.raises(ConfigurationError, match=expected):
        config.load(tmp_path)


def test_a_folder_without_a_configuration_says_how_to_get_one(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="run coordinator init"):
        config.load(tmp_path)


def test_the_key_is_made_once_and_only_its_owner_may_read_it(tmp_path: Path) -> None:
    config.write_secret(tmp_path)
    key = (tmp_path / "secret.key").read_bytes()
    assert stat.S_IMODE((tmp_path / "secret.key").stat().st_mode) == 0o600
    with pytest.raises(FileExistsError):
        config.write_secret(tmp_path)
    assert (tmp_path / "secret.key").read_bytes() == key
    assert len(key.strip()) == 64


@pytest.mark.parametrize("fault", ["missing", "others may read", "shorter than 32 bytes", "is no ordinary file"])
def test_a_key_that_cannot_be_trusted_is_refused(tmp_path: Path, fault: str) -> None:
    path = chapter(tmp_path) / "secret.key"
    match fault:
        case "missing":
            path.unlink()
        case "others may read":
            path.chmod(0o640)
        case "shorter than 32 bytes":
            path.write_bytes(b"x" * 31 + b"\n")
        case _:
            path.unlink()
            path.mkdir(mode=0o700)
    with pytest.raises(ConfigurationError, match=f"secret.key: .*{fault}"):
        config.load(tmp_path)


def test_a_line_end_that_an_editor_added_does_not_change_the_key(tmp_path: Path) -> None:
    key = config.load(chapter(tmp_path)).chapter.secret
    with (tmp_path / "secret.key").open("ab") as file:
        file.write(b"\r\n")
    assert config.load(tmp_path).chapter.secret == key


def test_a_key_of_raw_bytes_keeps_each_of_them(tmp_path: Path) -> None:
    key = b"\n" + os.urandom(30) + b"\xff\n"
    path = chapter(tmp_path) / "secret.key"
    path.write_bytes(key)
    assert config.load(tmp_path).chapter.secret == key


def test_nothing_secret_shows_in_settings(tmp_path: Path) -> None:
    settings = config.load(chapter(tmp_path))
    assert settings.chapter.secret.decode() not in repr(settings)


def test_the_digest_changes_with_the_configuration_only(tmp_path: Path) -> None:
    first = config.load(chapter(tmp_path)).digest
    assert config.load(tmp_path).digest == first
    assert config.load(chapter(tmp_path, with_lines("chapter", "quiet_from = 21"))).digest != first


def test_the_example_is_the_reference_that_the_code_writes() -> None:
    assert (ROOT / "config.example.toml").read_text(encoding="utf-8") == reference()


def test_the_example_is_a_configuration_at_its_defaults(tmp_path: Path) -> None:
    settings = config.load(chapter(tmp_path, (ROOT / "config.example.toml").read_text(encoding="utf-8")))
    assert settings.limits == config.Limits()
    assert settings.sending == config.Sending()
    assert settings.trusted_authserv_ids == ()
    assert settings.inbox[1] == maildir.Settings(path=tmp_path / "mail")
    for field in fields(Chapter):
        if field.default is not MISSING and field.name != "secret":
            assert getattr(settings.chapter, field.name) == field.default, field.name


OPTIONAL = {"ca_file"}
"""Keys whose default is to be absent; the example shows what could stand there."""


@pytest.mark.parametrize(
    ("door", "backend"), [("inbox", name) for name in INBOXES] + [("outbox", name) for name in OUTBOXES]
)
def test_the_example_names_every_key_of_every_backend_with_its_default(door: str, backend: str) -> None:
    if backend not in DOORS[door]:
        pytest.fail(f"{door} {backend} is not in the example")
    if backend == "exchange":
        assert [key for key, *_ in DOORS[door][backend]] == ["backend"]
        return
    kind: Any = {"maildir": maildir, "imap": imap, "smtp": smtp}[backend].Settings
    shown = {key: default for key, default, _ in DOORS[door][backend]}
    keys = {field.name for field in fields(kind)} - {"secret"} | {"backend"}
    keys |= {"provider"} if "secret" in kind.__dataclass_fields__ else set()
    assert set(shown) - set(SOURCES) == keys
    assert set(SOURCES) <= set(shown) or "secret" not in kind.__dataclass_fields__
    for field in fields(kind):
        if field.default is not MISSING and field.name in shown and field.name not in OPTIONAL | {"username"}:
            assert shown[field.name] == field.default, field.name


def test_the_example_names_every_key_of_exchange_with_its_default() -> None:
    shown = {key: default for key, default, _ in EXCHANGE}
    assert set(shown) == {field.name for field in fields(exchange.Settings)} - {"secret"} | set(SOURCES)
    for field in fields(exchange.Settings):
        if field.default is not MISSING and field.name in shown and field.name not in OPTIONAL:
            assert shown[field.name] == field.default, field.name


def test_the_example_names_every_key_of_a_sign_in() -> None:
    names = {key for key, *_ in OAUTH}
    assert names == {field.name for field in fields(oauth.Table)} | set(oauth.SECRETS)


def test_the_example_names_every_limit() -> None:
    for name, kind in {"limits": config.Limits, "sending": config.Sending}.items():
        assert [key for key, *_ in OTHERS[name]] == [field.name for field in fields(kind)]


@pytest.mark.parametrize("backend", [("maildir", "maildir"), ("imap", "smtp")])
def test_what_was_answered_stands_in_a_configuration_that_loads(tmp_path: Path, backend: tuple[str, str]) -> None:
    answers: dict[str, object] = {
        "program": "nine-stages",
        "chapter.name": 'Mentoring "at" Example \\ fünf',
        "chapter.address": "mentoring@example.org",
        "chapter.coordinator": "coordinator@example.org",
        "chapter.timezone": "America/New_York",
        "chapter.plus_addressing": False,
        "inbox.backend": backend[0],
        "outbox.backend": backend[1],
        "limits.letters": 50,
        "reading.trusted_authserv_ids": ["mx.example.org"],
    }
    if backend[0] == "imap":
        answers |= {"inbox.host": "imap.example.org", "inbox.username": "m", "inbox.password_command": ["pass", "m"]}
        answers |= {"outbox.host": "smtp.example.org"}
    settings = config.load(chapter(tmp_path, config.render(answers)))
    assert settings.program == "nine-stages"
    assert settings.chapter.name == answers["chapter.name"]
    assert settings.chapter.timezone == "America/New_York"
    assert not settings.chapter.plus_addressing
    assert (settings.inbox[0], settings.outbox[0]) == backend
    assert settings.limits == config.Limits(letters=50)
    assert settings.trusted_authserv_ids == ("mx.example.org",)


def test_what_was_not_answered_stands_there_as_a_comment() -> None:
    text = config.render({"chapter.name": "A"})
    assert "\n# quiet_from = 20\n" in text
    assert '\nname = "A"\n' in text


@pytest.mark.parametrize("key", ["chapter.nmae", "inbox.host", "password", "inbox.backend"])
def test_an_answer_to_no_question_is_refused(key: str) -> None:
    with pytest.raises(ConfigurationError):
        config.render({key: "x"})


@pytest.mark.parametrize(("mode", "is_safe"), [(0o777, False), (0o773, False), (0o1777, True), (0o775, True)])
def test_a_chapter_below_a_folder_that_anybody_may_write_into_is_refused(
    tmp_path: Path, mode: int, *, is_safe: bool
) -> None:
    parent = tmp_path / "shared"
    (parent / "programs" / "elm").mkdir(parents=True)
    folder = chapter(parent / "programs" / "elm")
    parent.chmod(mode)
    if is_safe:
        assert config.load(folder).program == "six-month"
        return
    with pytest.raises(ConfigurationError) as caught:
        config.load(folder)
    assert len(caught.value.problems) == 1
    assert str(parent) in str(caught.value)
    assert "chmod o-w" in str(caught.value)
    assert salvaged(folder) is None, "nothing in it is believed"


@pytest.mark.parametrize("mode", [0o777, 0o1777])
def test_a_chapters_own_folder_that_anybody_may_write_into_is_refused(tmp_path: Path, mode: int) -> None:
    folder = chapter(tmp_path)
    folder.chmod(mode)
    with pytest.raises(ConfigurationError, match="chmod o-w"):
        config.load(folder)


def test_a_link_to_a_chapter_is_looked_at_where_it_leads(tmp_path: Path) -> None:
    (tmp_path / "shared" / "elm").mkdir(parents=True)
    chapter(tmp_path / "shared" / "elm")
    (tmp_path / "shared").chmod(0o777)
    (tmp_path / "link").symlink_to(tmp_path / "shared" / "elm")
    with pytest.raises(ConfigurationError, match="a folder that the chapter lies in"):
        config.load(tmp_path / "link")
