"""A private Dovecot on loopback, up in a moment; works for root and for everybody else."""

import contextlib
import grp
import imaplib
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.servers.authority import Authority, authority
from tests.servers.oauth import ANYBODY
from tests.servers.ports import free_port, wait_for

PASSWORD = "correct-horse"

CONFIGURATION = """
base_dir = {home}/run
state_dir = {home}/state
instance_name = coordinator-test-{port}
log_path = {home}/dovecot.log
listen = 127.0.0.1
protocols = imap
ssl = yes
ssl_cert = <{certificate}
ssl_key = <{key}
disable_plaintext_auth = no
auth_mechanisms = {mechanisms}
auth_username_chars =
auth_failure_delay = 0
default_internal_user = {user}
default_internal_group = {group}
default_login_user = {user}
first_valid_uid = 1
mail_location = maildir:{home}/mail/%u
mail_fsync = never
mail_max_userip_connections = 64
passdb {{
  {passdb}
}}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={home}/mail/%u
}}
namespace inbox {{
  inbox = yes
  separator = {separator}
  prefix = {prefix}
}}
service imap-login {{
  chroot =
  user = {user}
  inet_listener imap {{
    port = {port}
  }}
  inet_listener imaps {{
    port = {tls_port}
    ssl = yes
  }}
}}
service anvil {{
  chroot =
  # No growing delay for an address from which wrong passwords came: all tests come from one.
  unix_listener anvil-auth-penalty {{
    mode = 0
  }}
}}
service auth {{
  user = {user}
}}
service auth-worker {{
  user = {user}
}}
service stats {{
  chroot =
}}
protocol imap {{
  {capability}
}}
"""


CAPABILITIES = "IMAP4rev1 SASL-IR LITERAL+ ID ENABLE IDLE NAMESPACE UNSELECT CHILDREN LIST-EXTENDED"


@dataclass(frozen=True, kw_only=True)
class Dovecot:
    """port: plain text and STARTTLS; tls_port: TLS from the first byte. Any user name logs in with `PASSWORD`.

    bearer: with an access token and nothing else.
    """

    home: Path
    port: int
    tls_port: int
    authority: Authority
    host: str = "127.0.0.1"
    password: str = PASSWORD
    bearer: bool = False

    def maildir(self, user: str) -> Path:
        return self.home / "mail" / user

    def deliver(self, user: str, raw: bytes, *, folder: str = "INBOX", flags: str = "", when: str = "") -> None:
        """when: as IMAP writes it, in double quotes."""
        with self._logged_in(user) as connection:
            connection.append(f'"{folder}"', flags, when, raw)

    def mails(self, user: str, folder: str = "INBOX") -> list[bytes]:
        """Whole messages, in order; none when there is no such folder."""
        with self._logged_in(user) as connection:
            if connection.select(f'"{folder}"', readonly=True)[0] != "OK":
                return []
            if connection.response("EXISTS")[1] == [b"0"]:
                return []
            return [part[1] for part in connection.fetch("1:*", "(BODY.PEEK[])")[1] if isinstance(part, tuple)]

    def flags(self, user: str, folder: str = "INBOX") -> str:
        with self._logged_in(user) as connection:
            connection.select(f'"{folder}"', readonly=True)
            return str(connection.fetch("1:*", "(FLAGS)")[1])

    def renumber(self, user: str) -> None:
        """As after a repair or a move to another machine: other UIDs, under another UIDVALIDITY."""
        uids = self.maildir(user) / "dovecot-uidlist"
        head, *rows = uids.read_text().splitlines()
        version, validity, *others = head.split(" ")
        others = [f"N{int(word[1:]) + 1000}" if word.startswith("N") else word for word in others]
        rows = [" ".join([str(int(row.split(" ")[0]) + 1000), *row.split(" ")[1:]]) for row in rows]
        uids.write_text("\n".join([" ".join([version, f"V{int(validity[1:]) + 1}", *others]), *rows]) + "\n")
        for path in self.maildir(user).glob("dovecot.index*"):
            path.unlink()

    @contextlib.contextmanager
    def _logged_in(self, user: str) -> Iterator[imaplib.IMAP4]:
        connection = imaplib.IMAP4(self.host, self.port)
        try:
            if self.bearer:
                said = f"user={user}\1auth=Bearer {ANYBODY}{user}\1\1"
                connection.authenticate("XOAUTH2", lambda _: said.encode())
            else:
                connection.login(user, self.password)
            yield connection
        finally:
            connection.logout()


def program() -> str | None:
    """Where Dovecot is installed; None where it is not."""
    return shutil.which("dovecot") or shutil.which("dovecot", path="/usr/sbin:/usr/local/sbin:/opt/homebrew/sbin")


@contextlib.contextmanager
def running(
    folder: Path,
    *,
    users: Iterable[str] = (),
    move: bool = True,
    uidplus: bool = True,
    prefix: str = "",
    introspection: str = "",
    mechanisms: str = "oauthbearer xoauth2",
) -> Iterator[Dovecot]:
    """folder: for certificates. users: whose mailboxes are made at once; others are at their first login.

    move, uidplus: whether the server says that it can. prefix: what stands before every folder ("INBOX.").
    introspection: where it asks about access tokens; then it takes nothing else.
    """
    binary = program()
    assert binary, "Dovecot is not installed"
    # Of its own, since its sockets need a short path and, for root, its mail processes run as somebody else.
    with tempfile.TemporaryDirectory(prefix="dovecot-", ignore_cleanup_errors=True) as home:
        server = Dovecot(
            home=Path(home),
            port=free_port(),
            tls_port=free_port(),
            authority=authority(folder / "dovecot"),
            bearer=bool(introspection),
        )
        login = _login(server, introspection, mechanisms)
        _lay_out(server, users, capability=_capability(move=move, uidplus=uidplus), prefix=prefix, login=login)
        command = [binary, "-F", "-c", str(server.home / "dovecot.conf")]
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            wait_for(server.port)
            yield server
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(timeout=10)


def _login(server: Dovecot, introspection: str, mechanisms: str) -> dict[str, str]:
    if not introspection:
        return {"mechanisms": "plain login", "passdb": f"driver = static\n  args = password={server.password}"}
    rules = server.home / "oauth2.conf.ext"
    rules.write_text(
        f"introspection_mode = post\nintrospection_url = {introspection}\nforce_introspection = yes\n"
        "username_attribute = username\nactive_attribute = active\nactive_value = true\n"
    )
    return {"mechanisms": mechanisms, "passdb": f"driver = oauth2\n  mechanisms = {mechanisms}\n  args = {rules}"}


def _capability(*, move: bool, uidplus: bool) -> str:
    """A line for the configuration, only when the server shall say less than it can."""
    if move and uidplus:
        return ""
    return f"imap_capability = {CAPABILITIES}{' MOVE' if move else ''}{' UIDPLUS' if uidplus else ''}"


def _lay_out(server: Dovecot, users: Iterable[str], *, capability: str, prefix: str, login: dict[str, str]) -> None:
    account = pwd.getpwnam("nobody") if os.geteuid() == 0 else pwd.getpwuid(os.geteuid())
    server.home.chmod(0o755)
    folders = [server.home / name for name in ("run", "state", "mail")]
    folders += [server.maildir(user) / part for user in users for part in ("", "cur", "new", "tmp")]
    for path in folders:
        path.mkdir(exist_ok=True)
        os.chown(path, account.pw_uid if path.name != "run" else -1, account.pw_gid if path.name != "run" else -1)
    values = {
        "home": server.home,
        "certificate": server.authority.certificate,
        "key": server.authority.key,
        "user": account.pw_name,
        "group": grp.getgrgid(account.pw_gid).gr_name,
        "uid": account.pw_uid,
        "gid": account.pw_gid,
        "port": server.port,
        "tls_port": server.tls_port,
        **login,
        "capability": capability,
        "prefix": prefix,
        "separator": "." if prefix else "/",
    }
    (server.home / "dovecot.conf").write_text(CONFIGURATION.format(**values))
