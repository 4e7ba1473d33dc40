"""`init` for a mailbox on Exchange or at a provider; `watch` there."""

from pathlib import Path

import pytest

from coordinator import config
from coordinator.backends.delivery import make_folder
from tests.backends.mailboxes import mail
from tests.cli.running import founded, run
from tests.e2e.exchange_chapters import OURS, on_exchange
from tests.servers.exchange import PASSWORD, Double, Fault

pytestmark = pytest.mark.server
WHO = ("--name", "Elm", "--address", OURS, "--coordinator", "chief@example.org", "--timezone", "Europe/Berlin")


def test_a_chapter_on_exchange_is_founded_and_old_mail_stays_untouched(
    exchange_server: Double, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ELM_PASSWORD", PASSWORD)
    exchange_server.add(OURS)
    exchange_server.deliver(OURS, mail(1))
    flags = ("--exchange", exchange_server.endpoint, "--password-env", "ELM_PASSWORD", "--plaintext")
    folder = founded(tmp_path / "elm", *flags, "--calendar", "exchange", "--auth", "basic")
    assert config.load(folder).calendar is not None
    assert run("--chapter", folder, "doctor").code == 0
    assert run("--chapter", folder, "tick", "--now", "2026-01-12T08:15", "--json").json["read"] == 0
    assert exchange_server.mails(OURS) == [mail(1)]
    assert exchange_server.mailboxes[OURS].named("Processed") is not None


def test_a_refused_login_founds_nothing(
    exchange_server: Double, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ELM_PASSWORD", "wrong")
    exchange_server.add(OURS)
    flags = ("--exchange", exchange_server.endpoint, "--password-env", "ELM_PASSWORD", "--plaintext")
    outcome = run("init", tmp_path / "elm", *WHO, *flags)
    assert outcome.code == 77
    assert not (tmp_path / "elm").exists()


@pytest.mark.parametrize(("provider", "flow"), [("microsoft365", "device"), ("gmail", "browser")])
def test_a_provider_and_a_client_id_are_enough(tmp_path: Path, provider: str, flow: str) -> None:
    flags = ("--provider", provider, "--client-id", "c1", "--tenant", "elm.example.org", "--no-login")
    outcome = run("init", tmp_path / "elm", *WHO, *flags)
    assert outcome.code == 0, outcome.err
    grant = config.load(tmp_path / "elm").grant
    assert grant is not None
    assert (grant.flow, grant.client_id, grant.user) == (flow, "c1", OURS)


def test_a_provider_that_nobody_knows_is_refused_and_nothing_is_made(tmp_path: Path) -> None:
    outcome = run("init", tmp_path / "elm", *WHO, "--provider", "gmial", "--password-env", "X")
    assert outcome.code == 78
    assert 'did you mean "gmail"?' in outcome.err
    assert not (tmp_path / "elm").exists()


def test_waiting_for_mail_goes_the_other_way_as_well(exchange_server: Double, tmp_path: Path) -> None:
    import threading

    from coordinator.cli.ticking import _wait

    chapter = on_exchange(tmp_path / "elm", exchange_server)
    path = chapter.folder / "config.toml"
    other = '[inbox.fallback]\nbackend = "maildir"\npath = "mail"\n'
    path.write_text(path.read_text().replace("[outbox]", f"{other}[outbox]"))
    exchange_server.faults.append(Fault(how="403"))
    make_folder(chapter.folder / "mail")
    (chapter.folder / "mail" / "new" / "1.eml").write_bytes(mail(1))
    _wait(config.load(chapter.folder), threading.Event(), 10, look=True)
    assert not exchange_server.faults
