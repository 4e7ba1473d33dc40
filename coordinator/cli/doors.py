"""What the flags of `init` say about mailboxes, as settings by dotted key."""

import shlex
from collections.abc import Mapping
from pathlib import Path

from coordinator.errors import UsageError

Answers = dict[str, object]
Login = Mapping[str, str | bool | None]

SECRETS = ("password_command", "password_file", "password_env", "token_command")


def doors(login: Login, address: str, *, provider: str | None, imap: str | None, smtp: str | None) -> Answers:
    """login: the flags by name. address: the program's own mailbox."""
    return {
        **_door("inbox", imap, address, login, provider),
        **_door("outbox", smtp, address, login, provider),
        **_exchange(login, address),
        **_oauth(login, provider),
        **({"calendar": login["calendar"]} if login.get("calendar") else {}),
    }


def _door(door: str, host: str | None, address: str, login: Login, provider: str | None) -> Answers:
    if login.get("exchange"):
        return {f"{door}.backend": "exchange"}
    if host is None and provider is None:
        return {}
    answers: Answers = {f"{door}.backend": "imap" if door == "inbox" else "smtp"}
    if provider is not None:
        answers[f"{door}.provider"] = provider
    if host is not None:
        answers.update(_host(door, host))
    answers[f"{door}.username"] = login.get("username") or address
    if login.get("client_id"):
        answers[f"{door}.oauth"] = True
    return {**answers, **_login(door, login)}


def _login(table: str, login: Login) -> Answers:
    """Who logs in and by which proof, in a table of servers."""
    answers: Answers = {}
    for key in SECRETS:
        value = str(login.get(key) or "")
        if value:
            answers[f"{table}.{key}"] = tuple(shlex.split(value)) if key.endswith("command") else value
    if login.get("password_file"):
        answers[f"{table}.password_file"] = _from_here(str(login["password_file"]))
    for key in ("starttls", "plaintext"):
        if login.get(key) and not (table == "exchange" and key == "starttls"):
            answers[f"{table}.{key}"] = True
    if login.get("ca_file"):
        answers[f"{table}.ca_file"] = _from_here(str(login["ca_file"]))
    return answers


def _exchange(login: Login, address: str) -> Answers:
    if not login.get("exchange"):
        return {}
    given = {key: login.get(key) for key in ("username", "auth")}
    named = {f"exchange.{key}": value for key, value in given.items() if value}
    oauth = {"exchange.oauth": True} if login.get("client_id") else {}
    return {
        "exchange.address": address,
        "exchange.endpoint": login["exchange"],
        **named,
        **oauth,
        **_login("exchange", login),
    }


def _host(door: str, host: str) -> Answers:
    server, _, port = host.partition(":")
    if port and not port.isdigit():
        raise UsageError(f"{host}: write HOST or HOST:PORT")
    return {f"{door}.host": server, **({f"{door}.port": int(port)} if port else {})}


def _oauth(login: Login, provider: str | None) -> Answers:
    if not login.get("client_id"):
        return {}
    given = {key: login.get(key) for key in ("client_id", "tenant", "flow")}
    flow = "browser" if provider == "gmail" else "device"
    named = {"oauth.provider": provider} if provider else {}
    return {**named, "oauth.flow": flow, **{f"oauth.{key}": value for key, value in given.items() if value}}


def _from_here(path: str) -> str:
    """As the configuration needs it: in full when it exists seen from here, else from the chapter's folder."""
    here = Path(path).expanduser()
    return str(here.resolve()) if here.exists() else path
