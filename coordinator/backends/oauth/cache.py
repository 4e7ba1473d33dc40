"""The file that tokens are kept in, which only its owner may read; one run at a time renews them."""

import fcntl
import hashlib
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from coordinator.backends.oauth import Grant
from coordinator.backends.oauth.flows import by_itself, refreshed
from coordinator.backends.oauth.tokens import Tokens
from coordinator.backends.secrets import file_fault
from coordinator.errors import BackendError, ConfigurationError, DiskError, LoginError
from coordinator.faults import point

LONGEST = 262_144


def renewed(grant: Grant, *, fresh: bool = False) -> str:
    """The access token, renewed under the lock when it is about to expire."""
    with _locked(grant.cache):
        known = _read(grant)
        if known and known.is_fresh and not fresh:
            return known.access
        try:
            tokens = _new(grant, known)
        except BackendError:
            # The provider is away; what is left of the old one will do for this run.
            if known and known.is_good and not fresh:
                return known.access
            raise
        _write(grant, tokens)
        return tokens.access


def keep(grant: Grant, tokens: Tokens) -> None:
    """Remember what a sign-in gave."""
    with _locked(grant.cache):
        _write(grant, tokens)


def _new(grant: Grant, known: Tokens | None) -> Tokens:
    point("oauth.renew")
    if grant.flow == "app":
        return by_itself(grant)
    if known is None or not known.refresh:
        raise LoginError("[oauth]: nobody has signed in yet, or not with these settings – run coordinator login")
    return refreshed(grant, known)


def _name(grant: Grant) -> str:
    """Tokens of other settings are not ours: another tenant, client, user or scope."""
    parts = (grant.flow, grant.token_url, grant.client_id, grant.user, *sorted(grant.scopes))
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:16]


@contextmanager
def _locked(cache: Path) -> Iterator[None]:
    path = cache.with_name(cache.name + ".lock")
    try:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o600)
    except OSError as error:
        raise DiskError(f"{path.name}: cannot be opened ({error.strerror}) – check the rights of the folder") from error
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def _all(cache: Path) -> dict[str, Any]:
    """Everything in the file; nothing where it cannot be understood: a sign-in makes it anew."""
    if not os.path.lexists(cache):
        return {}
    fault = file_fault(cache)
    if fault:
        raise ConfigurationError(f"{cache.name}: a file that {fault}")
    with cache.open("rb") as file, suppress(ValueError):
        found = json.loads(file.read(LONGEST))
        return found if isinstance(found, dict) else {}
    return {}


def _read(grant: Grant) -> Tokens | None:
    with suppress(KeyError, ValueError, TypeError):
        return Tokens.read(_all(grant.cache)[_name(grant)])
    return None


def _write(grant: Grant, tokens: Tokens) -> None:
    """In one step, durable: some providers take back a refresh token once they have given the next."""
    cache = grant.cache
    everything = {**_all(cache), _name(grant): tokens.plain()}
    waiting = cache.with_name(cache.name + ".new")
    try:
        descriptor = os.open(waiting, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW, 0o600)
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            json.dump(everything, file)
            file.flush()
            os.fsync(descriptor)
        point("oauth.keep")
        waiting.replace(cache)
        folder = os.open(cache.parent, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
    except OSError as error:
        raise DiskError(f"{cache.name}: cannot be written ({error.strerror}) – check free space and rights") from error
