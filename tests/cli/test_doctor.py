"""`doctor` and `login`: what is wrong outside, in one sentence with the next step."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from coordinator.cli.far_disks import far_disk
from tests.cli.running import founded, run
from tests.e2e.exchange_chapters import OURS, on_exchange
from tests.servers import dovecot, oauth, smtp_sink
from tests.servers.dovecot import Dovecot
from tests.servers.exchange import Double, Fault
from tests.servers.oauth import CLIENT, USER, Provider
from tests.servers.ports import free_port
from tests.servers.smtp_sink import Sink

pytestmark = pytest.mark.server


@pytest.fixture(scope="module")
def provider() -> Iterator[Provider]:
    with oauth.running() as provider:
        yield provider


@pytest.fixture
def signed(tmp_path: Path, provider: Provider) -> Iterator[Path]:
    """A chapter behind OAuth, in which nobody has signed in yet."""
    if dovecot.program() is None:
        pytest.skip("Dovecot is not installed")
    provider.reset()
    with (
        dovecot.running(tmp_path / "d", introspection=f"{provider.url}/introspect") as server,
        smtp_sink.running(tmp_path / "s", login=True, bearer="XOAUTH2") as sink,
    ):
        sink.judge = provider.is_good
        folder = founded(tmp_path / "elm", "--no-login")
        config = folder / "config.toml"
        head = config.read_text().partition("[inbox]")[0]
        doors = "".join(
            f'[{door}]\nbackend = "{backend}"\nhost = "127.0.0.1"\nport = {port}\nplaintext = true\n'
            f'username = "{USER}"\noauth = true\n'
            for door, backend, port in (("inbox", "imap", server.port), ("outbox", "smtp", sink.port))
        )
        grant = f'[oauth]\nclient_id = "{CLIENT}"\ntoken_url = "{provider.url}/token"\n'
        config.write_text(f'{head}{doors}{grant}device_url = "{provider.url}/device"\nscopes = ["mail"]\n')
        yield folder


def failures(out: str) -> list[str]:
    return [line for line in out.splitlines() if line.startswith("FAIL")]


def test_a_chapter_on_folders_is_well(tmp_path: Path) -> None:
    outcome = run("--chapter", founded(tmp_path / "elm"), "doctor")
    assert (outcome.code, failures(outcome.out)) == (0, [])
    assert "inbox" in outcome.out


def test_the_doctor_changes_nothing_that_a_tick_would_see(tmp_path: Path) -> None:
    folder = founded(tmp_path / "elm")
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    run("--chapter", folder, "doctor")
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before


def test_before_anybody_signed_in_the_doctor_says_so_and_afterwards_all_is_well(signed: Path) -> None:
    before = run("--chapter", signed, "doctor", "--json")
    assert before.code == 77
    assert "run coordinator login" in next(one["told"] for one in before.json if one["what"] == "token")
    login = run("--chapter", signed, "login")
    assert login.code == 0, login.err
    assert "enter the code ABCD-EFGH" in login.out
    after = run("--chapter", signed, "doctor")
    assert (after.code, failures(after.out)) == (0, [])
    assert run("--chapter", signed, "tick").code == 0


def test_a_sign_in_without_anything_to_sign_in_to_says_so(tmp_path: Path) -> None:
    outcome = run("--chapter", founded(tmp_path / "elm"), "login")
    assert outcome.code == 78
    assert "[oauth]" in outcome.err


def test_everything_is_tried_although_the_first_thing_fails(signed: Path) -> None:
    (signed / "config.toml").chmod(0o644)
    config = (signed / "config.toml").read_text()
    (signed / "config.toml").write_text(config.replace('backend = "smtp"', 'backend = "smtp"\nhello = "a"'))
    outcome = run("--chapter", signed, "doctor", "--json")
    wrong = [one["what"] for one in outcome.json if one["code"]]
    assert wrong == ["rights", "token", "inbox", "outbox"]
    assert outcome.code == 78
    assert all(len(one["told"].splitlines()) == 1 for one in outcome.json)


def test_a_server_that_is_down_is_named(signed: Path) -> None:
    config = (signed / "config.toml").read_text()
    head, door, rest = config.partition("[outbox]")
    port = rest.split("port = ")[1].split("\n")[0]
    (signed / "config.toml").write_text(head + door + rest.replace(f"port = {port}", f"port = {free_port()}"))
    assert run("--chapter", signed, "login").code == 0
    outcome = run("--chapter", signed, "doctor")
    assert outcome.code == 75
    assert "the connection failed" in failures(outcome.out)[0]


def test_a_broken_configuration_is_told_line_by_line(tmp_path: Path) -> None:
    folder = founded(tmp_path / "elm")
    (folder / "config.toml").write_text("program = 3\nnonsense = 1\n")
    outcome = run("--chapter", folder, "doctor")
    assert outcome.code == 78
    assert len(failures(outcome.out)) >= 3


def test_exchange_its_calendar_and_what_to_fall_back_on_are_tried(
    exchange_server: Double, sink: Sink, tmp_path: Path, imap_server: Dovecot
) -> None:
    chapter = on_exchange(tmp_path / "elm", exchange_server)
    well = run("--chapter", chapter.folder, "doctor")
    assert (well.code, failures(well.out)) == (0, []), well.out
    assert "the program's calendar invites" in well.out
    exchange_server.faults.extend(Fault(how="403") for _ in range(3))
    refused = run("--chapter", chapter.folder, "doctor")
    assert refused.code == 77
    assert [line.split()[1] for line in failures(refused.out)] == ["inbox", "outbox", "calendar"]
    assert all("1 April 2027" in line for line in failures(refused.out))


def test_a_mailbox_without_a_calendar_is_found_out(exchange_server: Double, tmp_path: Path) -> None:
    chapter = on_exchange(tmp_path / "elm", exchange_server)
    box = exchange_server.mailboxes[OURS]
    del box.folders[box.known("calendar").id]
    (line,) = failures(run("--chapter", chapter.folder, "doctor").out)
    assert "has no calendar" in line
    assert 'calendar = "imip"' in line


def test_mail_from_the_future_tells_of_a_slow_clock(exchange_server: Double, tmp_path: Path) -> None:
    chapter = on_exchange(tmp_path / "elm", exchange_server)
    raw = b"From: ada@example.org\r\nSubject: x\r\n\r\nx\r\n"
    exchange_server.deliver(OURS, raw, at=datetime.now(UTC) + timedelta(hours=1))
    (line,) = failures(run("--chapter", chapter.folder, "doctor").out)
    assert "the clock is slow – set it right" in line


def test_a_place_where_anybody_may_put_another_chapter_is_refused_by_every_command(tmp_path: Path) -> None:
    shared = tmp_path / "shared"
    folder = founded(shared / "elm")
    shared.chmod(0o777)
    for command in ("doctor", "tick", "check", "status"):
        outcome = run("--chapter", folder, command)
        assert outcome.code == 78, command
        assert f"chmod o-w {shared}" in outcome.out + outcome.err, command
    made = run(
        "init", shared / "oak", "--name", "Oak", "--address", "oak@example.org", "--coordinator", "o@example.com"
    )
    assert (made.code, (shared / "oak").exists()) == (78, False)
    assert f"chmod o-w {shared}" in made.err


MOUNTS = """overlay / overlay rw 0 0
tmpfs /srv tmpfs rw 0 0
server:/export /srv/shared\\040disk nfs4 rw,vers=4.2 0 0
/dev/sdb1 /srv/shared\\040disk/local ext4 rw 0 0
//nas/home /home cifs rw 0 0
"""


@pytest.mark.parametrize(
    ("folder", "kind"),
    [
        ("/srv/elm", ""),
        ("/srv/shared disk/elm", "nfs4"),
        ("/srv/shared disk", "nfs4"),
        ("/srv/shared disk/local/elm", ""),
        ("/srv/shared disks/elm", ""),
        ("/home/mona/elm", "cifs"),
    ],
)
def test_a_disk_of_another_machine_is_told_by_its_mount(folder: str, kind: str) -> None:
    assert far_disk(Path(folder), MOUNTS) == kind


def test_a_chapter_on_a_disk_of_another_machine_is_told_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = founded(tmp_path / "elm")
    mounts = tmp_path / "mounts"
    mounts.write_text(f"/dev/sda1 / ext4 rw 0 0\nserver:/x {tmp_path} nfs rw 0 0\n")
    monkeypatch.setattr("coordinator.cli.far_disks.MOUNTS", mounts)
    outcome = run("--chapter", folder, "doctor")
    assert outcome.code == 78
    assert "another machine's disk (nfs)" in outcome.out
