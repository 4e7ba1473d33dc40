"""A provider that gives out access tokens on loopback, strict about what it is asked and failing on script."""

import base64
import contextlib
import email.utils
import hashlib
import http.server
import json
import threading
import time
import urllib.parse
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey

CLIENT, CLIENT_SECRET = "client-1", "s3cret-value"
USER = "mentoring@example.org"
ANYBODY = "anybody:"
"""A token that begins so is good for the mailbox that it names: for tests that look into one."""


@dataclass(kw_only=True)
class Provider:
    """refuse: grant type → (status, error, description). pending: looks before the device code counts as entered.

    ahead: seconds by which its clock is ahead of ours. lifetime: of each token. asked: every form that came.
    """

    port: int
    refuse: dict[str, tuple[int, str, str]] = field(default_factory=dict)
    pending: int = 0
    ahead: int = 0
    lifetime: int = 3600
    user: str = USER
    scope: str = ""
    service_key: RSAPublicKey | None = None
    rotate: bool = True
    asked: list[dict[str, str]] = field(default_factory=list)
    tokens: dict[str, float] = field(default_factory=dict)
    refresh: set[str] = field(default_factory=set)
    codes: dict[str, str] = field(default_factory=dict)
    serial: int = 0
    lock: Any = field(default_factory=threading.Lock)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def reset(self) -> None:
        fresh = Provider(port=self.port)
        self.__dict__.update(fresh.__dict__)

    def is_good(self, token: str) -> bool:
        return self.tokens.get(token, 0) > time.time()

    def issue(self, *, refresh: bool) -> dict[str, Any]:
        self.serial += 1
        token = f"access-{self.serial}-{hashlib.sha256(str(self.serial).encode()).hexdigest()[:8]}"
        self.tokens[token] = time.time() + self.lifetime
        answer: dict[str, Any] = {"token_type": "Bearer", "access_token": token, "expires_in": self.lifetime}
        if refresh:
            self.refresh.add(f"refresh-{self.serial}")
            answer["refresh_token"] = f"refresh-{self.serial}"
        return answer

    def answer(self, path: str, form: dict[str, str]) -> tuple[int, dict[str, Any]]:
        if path == "/introspect":
            return 200, self.introspected(form.get("token", ""))
        self.asked.append({"path": path, **form})
        grant = form.get("grant_type", "device" if path == "/device" else "")
        if grant in self.refuse:
            status, error, description = self.refuse[grant]
            return status, {"error": error, "error_description": description}
        if path == "/device":
            answer = {"user_code": "ABCD-EFGH", "device_code": "device-1", "interval": 0, "expires_in": 60}
            return 200, {**answer, "verification_uri": f"{self.url}/enter"}
        return self.granted(grant, form)

    def granted(self, grant: str, form: dict[str, str]) -> tuple[int, dict[str, Any]]:
        if grant != "urn:ietf:params:oauth:grant-type:jwt-bearer" and form.get("client_id") != CLIENT:
            return 401, {"error": "invalid_client"}
        match grant:
            case "client_credentials":
                good = form.get("client_secret") == CLIENT_SECRET
                return (200, self.issue(refresh=False)) if good else (401, {"error": "invalid_client"})
            case "refresh_token":
                if form["refresh_token"] not in self.refresh:
                    return 400, {"error": "invalid_grant", "error_description": "Token has been expired or revoked."}
                if self.rotate:
                    self.refresh.discard(form["refresh_token"])
                return 200, self.issue(refresh=self.rotate)
            case "urn:ietf:params:oauth:grant-type:device_code":
                if self.pending > 0:
                    self.pending -= 1
                    return 400, {"error": "authorization_pending"}
                return 200, self.issue(refresh=True)
            case "authorization_code":
                challenge = base64.urlsafe_b64encode(hashlib.sha256(form["code_verifier"].encode()).digest())
                proven = self.codes.pop(form["code"], "") == challenge.rstrip(b"=").decode()
                return (200, self.issue(refresh=True)) if proven else (400, {"error": "invalid_grant"})
            case "urn:ietf:params:oauth:grant-type:jwt-bearer":
                return self.asserted(form["assertion"])
        return 400, {"error": "unsupported_grant_type"}

    def asserted(self, assertion: str) -> tuple[int, dict[str, Any]]:
        head, claims, signature = assertion.split(".")
        assert self.service_key is not None
        self.service_key.verify(decoded(signature), f"{head}.{claims}".encode(), padding.PKCS1v15(), hashes.SHA256())
        said = json.loads(decoded(claims))
        if abs(said["iat"] - (time.time() + self.ahead)) > 600:
            description = "Invalid JWT: Token must be a short-lived token (60 minutes) and in a reasonable timeframe."
            return 400, {"error": "invalid_grant", "error_description": description}
        assert said["aud"] == f"{self.url}/token"
        self.user = said["sub"]
        return 200, self.issue(refresh=False)

    def introspected(self, token: str) -> dict[str, Any]:
        if token.startswith(ANYBODY):
            return {"active": True, "username": token.removeprefix(ANYBODY)}
        if not self.is_good(token):
            return {"active": False}
        return {"active": True, "username": self.user, "scope": self.scope}

    def authorize(self, query: dict[str, str]) -> str:
        """The browser of somebody who agrees: where it is sent at the end."""
        assert (query["response_type"], query["code_challenge_method"], query["client_id"]) == ("code", "S256", CLIENT)
        self.codes["code-1"] = query["code_challenge"]
        return f"{query['redirect_uri']}?{urllib.parse.urlencode({'code': 'code-1', 'state': query['state']})}"


def decoded(part: str) -> bytes:
    return base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))


@contextlib.contextmanager
def running() -> Iterator[Provider]:
    class Endpoint(http.server.BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True
        wbufsize = -1

        def do_POST(self) -> None:
            raw = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            form = dict(urllib.parse.parse_qsl(raw.decode()))
            with provider.lock:
                self.say(*provider.answer(urllib.parse.urlsplit(self.path).path, form))

        def do_GET(self) -> None:
            parts = urllib.parse.urlsplit(self.path)
            query = dict(urllib.parse.parse_qsl(parts.query))
            with provider.lock:
                self.say(*provider.answer(parts.path, query))

        def say(self, status: int, answer: dict[str, Any]) -> None:
            body = json.dumps(answer).encode()
            self.send_response_only(status)
            self.send_header("Date", email.utils.formatdate(time.time() + provider.ahead, usegmt=True))
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: Any) -> None: ...

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Endpoint)
    provider = Provider(port=server.server_address[1])
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield provider
    finally:
        server.shutdown()
        server.server_close()
        thread.join(timeout=10)
