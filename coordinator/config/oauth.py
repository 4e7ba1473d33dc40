"""The table [oauth]: how access tokens are got for the mailboxes that say `oauth = true`."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from coordinator.backends.oauth import FLOWS, Flow, Grant
from coordinator.backends.providers import PROVIDERS, Endpoints
from coordinator.backends.secrets import Secret, file_fault, from_table
from coordinator.config.source import Source
from coordinator.config.tables import WrongValueError, read_values, shown, suggestion

CACHE = "tokens.json"
SECRETS = ("client_secret_command", "client_secret_file", "client_secret_env")
INLINE = {"client_secret", "secret", "token", "access_token", "refresh_token", "password", "key"}


@dataclass(frozen=True, kw_only=True)
class Table:
    """As it stands in the file; what is left out comes from the provider."""

    provider: str = ""
    flow: str = "device"
    client_id: str = ""
    tenant: str = "organizations"
    user: str = ""
    scopes: tuple[str, ...] = ()
    key_file: Path | None = None
    token_url: str = ""
    device_url: str = ""
    authorize_url: str = ""
    ca_file: Path | None = None


def read_oauth(source: Source, folder: Path, *, user: str, exchange: bool) -> Grant | None:
    """The grant, None when there is no such table or anything in it is wrong. exchange: a mailbox is reached by EWS."""
    table = source.values.get("oauth")
    if table is None:
        return None
    if not isinstance(table, Mapping):
        source.blame(("oauth",), "must be a table – write [oauth] on a line of its own, the keys below it")
        return None
    table = {"provider": _provider_of_doors(source), **table}
    values, bad = read_values(
        Table,
        {key: value for key, value in table.items() if key not in INLINE},
        source=source,
        place=("oauth",),
        readers=dict.fromkeys(("key_file", "ca_file"), lambda value: _below(folder, value)),
        elsewhere=SECRETS,
    )
    bad |= _blame_secrets(source, table, folder)
    if bad:
        return None
    read = Table(**values)
    endpoints = _endpoints(read)
    faults = dict(_faults(read, table, endpoints))
    for key, fault in faults.items():
        source.blame(("oauth", key), f"{key} {fault}")
    mail = any(door.get("backend") != "exchange" for door in _doors(source))
    return None if faults else _grant(read, endpoints, table, folder, user=user, exchange=exchange, mail=mail)


def _provider_of_doors(source: Source) -> str:
    named = (door.get("provider") for door in _doors(source))
    return next((name for name in named if isinstance(name, str)), "")


def _doors(source: Source) -> list[Mapping[str, Any]]:
    """Tables of mailboxes, those to fall back on too."""
    doors = [door for name in ("inbox", "outbox") if isinstance(door := source.values.get(name), Mapping)]
    return [*doors, *(door["fallback"] for door in doors if isinstance(door.get("fallback"), Mapping))]


def _endpoints(read: Table) -> Endpoints | None:
    known = PROVIDERS.get(read.provider)
    return known.endpoints if known else None


def _faults(read: Table, table: Mapping[str, Any], endpoints: Endpoints | None) -> list[tuple[str, str]]:
    faults = []
    if read.provider and endpoints is None:
        known = [name for name, provider in PROVIDERS.items() if provider.endpoints]
        faults.append(("provider", f"gives out no tokens{shown(read.provider)} – {suggestion(read.provider, known)}"))
    if read.flow not in FLOWS:
        faults.append(("flow", f"is unknown{shown(read.flow)} – one of: {', '.join(FLOWS)}"))
    if not read.client_id and read.key_file is None:
        faults.append(("client_id", "is missing – the provider shows it where the program is registered"))
    if endpoints is None and not read.provider and not read.token_url:
        faults.append(("token_url", 'is missing – name a provider, such as "microsoft365", or give the address'))
    safe = ("https://", "http://127.0.0.1:", "http://localhost:")
    addresses = ("token_url", "device_url", "authorize_url")
    faults += [
        (key, "must begin with https://") for key in addresses if not str(table.get(key, safe[0])).startswith(safe)
    ]
    if read.flow == "app" and read.key_file is None and not any(key in table for key in SECRETS):
        faults.append(("flow", f"app needs a secret – add one of: {', '.join(SECRETS)}, or key_file for Google"))
    if read.key_file is not None and (fault := file_fault(read.key_file)):
        faults.append(("key_file", f"names a file that {fault}"))
    if read.flow == "device" and read.provider == "gmail":
        faults.append(("flow", 'device is not open to mail at Google – use "browser", or "app" with a service account'))
    return faults


def _grant(
    read: Table,
    endpoints: Endpoints | None,
    table: Mapping[str, Any],
    folder: Path,
    *,
    user: str,
    exchange: bool,
    mail: bool,
) -> Grant:
    def address(own: str, theirs: str) -> str:
        tenant = "consumers" if read.provider == "outlook.com" and "tenant" not in table else read.tenant
        return own or theirs.replace("{tenant}", tenant)

    flow: Flow = read.flow  # type: ignore[assignment] # one of FLOWS
    return Grant(
        flow=flow,
        user=read.user or user,
        client_id=read.client_id,
        token_url=address(read.token_url, endpoints.token if endpoints else ""),
        device_url=address(read.device_url, endpoints.device if endpoints else ""),
        authorize_url=address(read.authorize_url, endpoints.authorize if endpoints else ""),
        scopes=read.scopes or _scopes(flow, endpoints, exchange=exchange, mail=mail),
        extra=tuple(sorted(endpoints.extra.items())) if endpoints else (),
        client_secret=_secret(table, folder),
        key_file=read.key_file,
        ca_file=read.ca_file,
        cache=folder / CACHE,
    )


def _scopes(flow: Flow, endpoints: Endpoints | None, *, exchange: bool, mail: bool) -> tuple[str, ...]:
    if endpoints is None:
        return ()
    if flow == "app" and endpoints.app:
        return (endpoints.app,)
    if not exchange or not endpoints.exchange:
        return endpoints.mail
    return tuple(dict.fromkeys((*endpoints.exchange, *endpoints.mail))) if mail else endpoints.exchange


def _secret(table: Mapping[str, Any], folder: Path) -> Secret | None:
    """Named like a password, behind `client_secret`."""
    named = {key.replace("client_secret", "password"): table[key] for key in SECRETS if key in table}
    return from_table(named, folder)


def _blame_secrets(source: Source, table: Mapping[str, Any], folder: Path) -> set[str]:
    # Here, because doors.py reads this table too.
    from coordinator.config.doors import source_fault

    bad = {key for key in table if key in INLINE}
    for key in bad:
        way = "use client_secret_command, client_secret_file or client_secret_env"
        source.blame(("oauth", key), f"a secret must not stand in this file – {way}")
    present = [key for key in SECRETS if key in table]
    for key in present:
        if fault := source_fault(key.replace("client_secret", "password"), table[key], folder):
            source.blame(("oauth", key), f"{key} {fault}")
            bad.add(key)
    for key in present[1:]:
        source.blame(("oauth", key), f"{key} is one too many beside {present[0]} – keep exactly one")
        bad.add(key)
    return bad


def _below(folder: Path, value: object) -> Path:
    if not isinstance(value, str) or not value or "\0" in value:
        raise WrongValueError("must be a path – in quotation marks, from the chapter's folder")
    return folder / Path(value).expanduser()
