"""A chapter's grant at the small provider of the tests."""

import json
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from coordinator.backends.oauth import Grant
from coordinator.backends.oauth.cache import keep
from coordinator.backends.oauth.tokens import Tokens
from coordinator.backends.secrets import Secret
from tests.servers.oauth import CLIENT, CLIENT_SECRET, USER, Provider


def grant(provider: Provider, folder: Path, flow: Any = "device", **changes: Any) -> Grant:
    secret = folder / "client-secret"
    secret.write_text(CLIENT_SECRET)
    secret.chmod(0o600)
    values: dict[str, Any] = {
        "flow": flow,
        "user": USER,
        "client_id": CLIENT,
        "token_url": f"{provider.url}/token",
        "device_url": f"{provider.url}/device",
        "authorize_url": f"{provider.url}/authorize",
        "scopes": ("mail", "offline_access"),
        "client_secret": Secret(file=secret) if flow == "app" else None,
        "cache": folder / "tokens.json",
    }
    return Grant(**(values | changes))


def service_account(provider: Provider, folder: Path) -> Path:
    """The key of a service account that the provider knows."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    provider.service_key = key.public_key()
    pem = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    ).decode()
    path = folder / "service.json"
    path.write_text(json.dumps({"client_email": "bot@example.org", "private_key": pem, "private_key_id": "k1"}))
    path.chmod(0o600)
    return path


def signed_in(provider: Provider, folder: Path) -> Grant:
    """Somebody has signed in already."""
    given = grant(provider, folder)
    keep(given, Tokens.of(provider.issue(refresh=True)))
    return given


def bearer(given: Grant) -> Secret:
    return Secret(kind="token", grant=given)
