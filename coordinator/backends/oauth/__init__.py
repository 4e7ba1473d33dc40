"""Access tokens (OAuth 2): how one is got, kept, and renewed before it expires.

A mailbox never sees how; it asks for a token and gets one, or a `LoginError` that says what to do.
"""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from coordinator.backends.secrets import Secret

Flow = Literal["device", "browser", "app"]
FLOWS = ("device", "browser", "app")
"""Somebody signs in once, with a code on any machine or in a browser on this one; or the program by itself."""


@dataclass(frozen=True, kw_only=True)
class Grant:
    """What a chapter was granted at a provider.

    user: whose mailbox it is. tenant: the organisation, where a provider has them. client_secret: of a program that is
    registered with one. key_file: the JSON key of a Google service account. cache: where tokens are kept.
    """

    flow: Flow
    user: str
    client_id: str
    token_url: str
    device_url: str = ""
    authorize_url: str = ""
    scopes: tuple[str, ...] = ()
    extra: tuple[tuple[str, str], ...] = ()
    client_secret: Secret | None = None
    key_file: Path | None = None
    ca_file: Path | None = None
    cache: Path = field(repr=False, default=Path("tokens.json"))


def access_token(grant: Grant, *, fresh: bool = False) -> str:
    """A token that is good for some minutes at least. fresh: the one that is kept was refused, so get another.

    LoginError when nobody signed in or the provider refuses; BackendError when it cannot be reached.
    """
    # Here, because a chapter with a password must not pay for what follows.
    from coordinator.backends.oauth.cache import renewed

    return renewed(grant, fresh=fresh)
