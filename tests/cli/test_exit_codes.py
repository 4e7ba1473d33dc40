"""Each way to fail has its exit code and one sentence that says what to do; nothing is lost by it."""

import os
import resource
import shutil
from pathlib import Path

import pytest

from coordinator.store import lock
from tests.cli.running import ROOT, Outcome, founded, run, start
from tests.servers.dovecot import Dovecot
from tests.servers.smtp_sink import Sink

NOW = ("--now", "2026-01-12T08:05")


def tick(folder: Path) -> Outcome:
    outcome = run("--chapter", folder, "tick", *NOW)
    assert outcome.err.startswith("coordinator: ")
    assert "Traceback" not in outcome.err
    return outcome


def still_works(folder: Path) -> None:
    assert run("--chapter", folder, "check").code == 0
    assert run("--chapter", folder, "tick", "--json", *NOW).json["sent"] == 3


def test_a_second_tick_at_the_same_time_is_75(chapter: Path):
    with lock(chapter / "state", wait=0):
        outcome = tick(chapter)
    assert (outcome.code, "wait for it to end" in outcome.err) == (75, True)
    still_works(chapter)


def test_no_inbox_is_told_and_never_made_on_the_fly(chapter: Path):
    (chapter / "mail").rename(chapter / "elsewhere")
    outcome = tick(chapter)
    assert outcome.code == 75
    assert "no Maildir is there" in outcome.err
    assert not (chapter / "mail").exists()
    (chapter / "elsewhere").rename(chapter / "mail")
    still_works(chapter)


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda raw: raw[: len(raw) // 2], "ends in the middle"),
        (lambda raw: raw + b"{", "cannot be read"),
        (lambda raw: raw.replace(b'"schema": 1', b'"schema": 99').replace(b'"schema":1', b'"schema":99'), "newer"),
        (lambda raw: b"", "cannot be read"),
        (lambda raw: raw.replace(b"maya@example.com", b"mona@example.com"), "same address"),
    ],
    ids=["torn", "trailing", "newer schema", "empty", "hand-broken"],
)
def test_state_that_cannot_be_read_is_65_and_stays_as_it_is(chapter: Path, spoil, said: str):
    state = chapter / "state" / "cohort.json"
    good = state.read_bytes()
    state.write_bytes(spoil(good))
    broken = state.read_bytes()
    assert broken != good
    for command in ("tick", "status", "check"):
        outcome = run("--chapter", chapter, command)
        assert outcome.code == 65, (command, outcome)
        assert said in outcome.err
    assert state.read_bytes() == broken
    state.write_bytes(good)
    still_works(chapter)


def test_state_that_is_gone_is_65_and_names_the_way_back(chapter: Path, tmp_path: Path):
    kept = tmp_path / "kept.json"
    assert run("--chapter", chapter, "backup", kept).code == 0
    assert kept.stat().st_mode & 0o077 == 0
    shutil.rmtree(chapter / "state")
    outcome = run("--chapter", chapter, "status")
    assert (outcome.code, "restore" in outcome.err) == (65, True)
    assert run("--chapter", chapter, "restore", kept, *NOW).code == 0
    again = run("--chapter", chapter, "restore", kept, *NOW)
    assert (again.code, "--replace" in again.err) == (2, True)
    assert run("--chapter", chapter, "restore", kept, "--replace", *NOW).code == 0
    still_works(chapter)


def test_a_file_that_is_no_backup_is_65(chapter: Path, tmp_path: Path):
    (tmp_path / "x").write_text("hello")
    assert run("--chapter", chapter, "restore", tmp_path / "x", "--replace", *NOW).code == 65
    still_works(chapter)


def test_a_full_disk_is_74_and_nothing_is_lost(chapter: Path):
    def small() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (3000, 3000))

    process = start("--chapter", chapter, "tick", *NOW, preexec_fn=small)
    out, err = process.communicate(timeout=60)
    assert process.returncode == 74, err
    assert b"free some space" in err
    assert out == b""
    still_works(chapter)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_is_read_only_is_74(chapter: Path):
    (chapter / "state").chmod(0o500)
    try:
        assert tick(chapter).code == 74
    finally:
        (chapter / "state").chmod(0o700)
    still_works(chapter)


def test_a_program_that_does_not_exist_is_78_with_a_suggestion(chapter: Path):
    config = chapter / "config.toml"
    good = config.read_text()
    config.write_text(good.replace('"six-month"', '"six-moth"'))
    outcome = tick(chapter)
    assert (outcome.code, 'did you mean "six-month"?' in outcome.err) == (78, True)
    config.write_text(good)
    still_works(chapter)


def test_no_chapter_at_all_is_78_and_says_how_to_make_one(tmp_path: Path):
    outcome = run("--chapter", tmp_path, "status")
    assert (outcome.code, "coordinator init" in outcome.err) == (78, True)


def test_a_mistake_of_ours_is_70_without_a_word_of_anybodys_data(chapter: Path, monkeypatch: pytest.MonkeyPatch):
    from coordinator.cli import looking

    def fail(*_: object) -> None:
        raise ValueError("maya@example.com wrote a secret")

    monkeypatch.setattr(looking, "person_named", fail)
    outcome = run("--chapter", chapter, "show", "maya@example.com")
    assert outcome.code == 70
    assert "ValueError" in outcome.err
    assert "secret" not in outcome.err + outcome.out


@pytest.fixture
def served(tmp_path: Path, imap_server: Dovecot, sink: Sink) -> tuple[Path, Path, Dovecot]:
    """A chapter on real servers, its password file, and the IMAP server."""
    password = tmp_path / "password"
    password.write_text(imap_server.password)
    password.chmod(0o600)
    flags = [
        "--imap", f"127.0.0.1:{imap_server.port}", "--smtp", f"127.0.0.1:{sink.port}", "--plaintext",
        "--username", f"{tmp_path.name}@example.org", "--password-file", str(password),
    ]  # fmt: skip
    return founded(tmp_path / "elm", *flags), password, imap_server


def test_a_wrong_password_is_77_and_is_never_shown(served: tuple[Path, Path, Dovecot]):
    folder, password, _ = served
    password.write_text("not-the-right-one")
    outcome = tick(folder)
    assert outcome.code == 77
    assert "check username and password" in outcome.err
    assert "not-the-right-one" not in outcome.err + outcome.out


def test_a_server_that_is_down_is_75(served: tuple[Path, Path, Dovecot]):
    folder, _, server = served
    config = folder / "config.toml"
    config.write_text(config.read_text().replace(f"port = {server.port}", "port = 1"))
    assert tick(folder).code == 75


def test_a_certificate_of_nobody_we_trust_is_refused(served: tuple[Path, Path, Dovecot]):
    folder, _, server = served
    config = folder / "config.toml"
    text = config.read_text().replace(f"port = {server.port}", f"port = {server.tls_port}")
    config.write_text(text.replace("plaintext = true", "plaintext = false", 1))
    outcome = tick(folder)
    assert outcome.code == 77
    assert "certificate" in outcome.err


def test_a_password_that_others_may_read_is_78(served: tuple[Path, Path, Dovecot]):
    folder, password, _ = served
    password.chmod(0o644)
    outcome = tick(folder)
    assert outcome.code == 78
    assert "chmod 600" in outcome.err


@pytest.mark.parametrize(
    ("spoil", "code", "said"),
    [
        (("--password-file", "WRONG"), 77, "nothing was made"),
        (("--imap", "127.0.0.1:1"), 75, "nothing was made"),
        (("--imap", "imap.example.org"), 78, "plaintext only for a server on this machine"),
    ],
    ids=["wrong password", "server down", "plaintext to elsewhere"],
)
def test_an_init_that_fails_leaves_nothing_behind(
    tmp_path: Path, imap_server: Dovecot, spoil: tuple[str, str], code: int, said: str
):
    for name, words in (("right", imap_server.password), ("WRONG", "no")):
        (tmp_path / name).write_text(words)
        (tmp_path / name).chmod(0o600)
    flags = {"--imap": f"127.0.0.1:{imap_server.port}", "--password-file": "right", **dict([spoil])}
    flags["--password-file"] = str(tmp_path / flags["--password-file"])
    outcome = run(
        "init", tmp_path / "elm", "--name", "Elm", "--address", "m@example.org", "--coordinator", "c@example.org",
        "--timezone", "UTC", "--plaintext", "--username", "init@example.org", *[x for f in flags.items() for x in f],
    )  # fmt: skip
    assert (outcome.code, said in outcome.err) == (code, True), outcome.err
    assert not (tmp_path / "elm").exists()


def test_every_line_of_the_readme_about_exit_codes_is_true():
    said = (ROOT / "README.md").read_text()
    for code in (0, 2, 3, 65, 70, 74, 75, 77, 78):
        assert f"{code} " in said.partition("Exit codes:")[2][:300]
