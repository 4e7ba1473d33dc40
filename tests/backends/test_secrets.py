"""Passwords come from where they are kept, and appear nowhere else."""

import os
import sys
import traceback
from pathlib import Path

import pytest

from coordinator.backends import secrets
from coordinator.backends.secrets import Secret, from_table
from coordinator.errors import ConfigurationError, CoordinatorError, LoginError

CANARY = "canary-hunter2"


def file_with(folder: Path, content: bytes, *, mode: int = 0o600) -> Path:
    path = folder / "password"
    path.write_bytes(content)
    path.chmod(mode)
    return path


def python(code: str) -> tuple[str, ...]:
    return (sys.executable, "-S", "-c", code)


def test_a_password_comes_from_a_command_a_file_or_the_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COORDINATOR_TEST_SECRET", "pässword ")
    encoded = python("import sys; sys.stdout.buffer.write('pässword '.encode() + b'\\n')")
    for source in (
        Secret(command=encoded),
        Secret(file=file_with(tmp_path, "pässword \n".encode())),
        Secret(env="COORDINATOR_TEST_SECRET"),
    ):
        assert source.read() == "pässword "


def test_a_command_is_a_list_that_no_shell_reads(tmp_path: Path) -> None:
    command = python("import sys; print(sys.argv[1])")
    assert Secret(command=(*command, "$HOME; `id` && x")).read() == "$HOME; `id` && x"


@pytest.mark.parametrize("mode", [0o644, 0o640, 0o604, 0o620, 0o666])
def test_a_file_that_others_may_use_is_refused(tmp_path: Path, mode: int) -> None:
    with pytest.raises(ConfigurationError, match="chmod 600") as caught:
        Secret(file=file_with(tmp_path, CANARY.encode(), mode=mode)).read()
    assert caught.value.exit_code == 78


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a file away")
def test_a_file_of_somebody_else_is_refused(tmp_path: Path) -> None:
    path = file_with(tmp_path, CANARY.encode())
    os.chown(path, 65534, -1)
    with pytest.raises(ConfigurationError, match="belongs to somebody else"):
        Secret(file=path).read()


def failures(folder: Path) -> dict[str, Secret]:
    return {
        "a command that fails": Secret(command=python(f"import sys; print('{CANARY}', file=sys.stderr); sys.exit(3)")),
        "a command that does not exist": Secret(command=("/nonexistent/" + CANARY, CANARY)),
        "a command that prints nothing": Secret(command=python("pass")),
        "a command that prints a page": Secret(command=python(f"print('{CANARY}\\n' * 3)")),
        "a command that prints no text": Secret(command=python("import sys; sys.stdout.buffer.write(b'\\xff\\xfe')")),
        "a command that prints too much": Secret(command=python(f"print('{CANARY}' * 9000)")),
        "a missing file": Secret(file=folder / CANARY),
        "a folder": Secret(file=folder),
        "a variable that is not set": Secret(env=CANARY.replace("-", "_")),
    }


@pytest.mark.parametrize("name", list(failures(Path())))
def test_a_source_that_fails_says_why_and_shows_nothing(tmp_path: Path, name: str) -> None:
    with pytest.raises((ConfigurationError, LoginError)) as caught:
        failures(tmp_path)[name].read()
    shown = "".join(traceback.format_exception_only(caught.value))
    assert CANARY not in shown
    assert CANARY.replace("-", "_") not in shown
    assert " – " in shown, "there is a way out"


def test_a_command_that_waits_for_somebody_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(secrets, "SECONDS", 0.2)
    with pytest.raises(LoginError, match="no answer within") as caught:
        Secret(command=python(f"print('{CANARY}', flush=True); import time; time.sleep(60)")).read()
    assert CANARY not in "".join(traceback.format_exception(caught.value))


def test_no_representation_shows_where_a_secret_comes_from() -> None:
    secret = Secret(command=("echo", CANARY), file=Path(CANARY), env=CANARY)
    assert CANARY not in repr(secret) + str(secret) + f"{secret!r:>200}"


@pytest.mark.parametrize(
    ("table", "secret"),
    [
        ({"password_command": ["pass", "show"]}, Secret(command=("pass", "show"))),
        ({"token_command": ["oama"]}, Secret(kind="token", command=("oama",))),
        ({"password_env": "PASSWORD"}, Secret(env="PASSWORD")),
        ({"password_file": "password"}, Secret(file=Path("/chapter/password"))),
        ({"password_file": "/etc/secret"}, Secret(file=Path("/etc/secret"))),
        ({"host": "x"}, None),
    ],
)
def test_a_table_names_a_secret(table: dict[str, object], secret: Secret | None) -> None:
    assert from_table(table, Path("/chapter")) == secret


def test_every_failure_belongs_to_the_family(tmp_path: Path) -> None:
    for secret in failures(tmp_path).values():
        with pytest.raises(CoordinatorError):
            secret.read()
