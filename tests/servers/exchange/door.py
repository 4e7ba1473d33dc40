"""The door of the double: HTTP, who may come in, and faults on script."""

import base64
import http.server
import time
from typing import TYPE_CHECKING, Any

import spnego

from tests.servers.exchange.soap import fault

if TYPE_CHECKING:
    from tests.servers.exchange import Double, Fault

APP = "app@example.org"
"""Whoever signs in with a program's own secret: it has no mailbox of its own."""
OURS = "mentoring@example.org"


class Endpoint(http.server.BaseHTTPRequestHandler):
    """One connection; NTLM proves who is at its other end, once for all requests on it."""

    double: "Double"
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = -1
    ntlm: Any = None
    user = ""

    def do_POST(self) -> None:
        raw = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        if not self._is_let_in():
            return
        with self.double.lock:
            one = self.double.fault_for(raw)
            answer = self.double.answered(self.user, raw) if one is None or one.after else b""
        if one is None:
            self._say(500 if b"<s:Fault>" in answer[:400] else 200, answer)
        else:
            self._fail(one, answer)

    def do_GET(self) -> None:
        """What a browser sees there."""
        if self._is_let_in():
            self._say(200, b"<html><title>Service</title></html>")

    def _is_let_in(self) -> bool:
        scheme, _, proof = self.headers.get("Authorization", "").partition(" ")
        if not scheme and self.user:
            return True
        if scheme == "Basic" and "basic" in self.double.auths:
            user, _, password = base64.b64decode(proof).decode().partition(":")
            if self.double.passwords.get(user.casefold()) == password:
                self.user = user.casefold()
                return True
        if scheme == "Bearer" and "bearer" in self.double.auths and self.double.judge(proof):
            self.user = APP if self.double.is_app(proof) else OURS
            return True
        if scheme in {"NTLM", "Negotiate"} and "ntlm" in self.double.auths:
            return self._ntlm(scheme, proof)
        self._challenge('Basic realm="exchange"', "NTLM")
        return False

    def _ntlm(self, scheme: str, proof: str) -> bool:
        """A whole handshake, on this one connection."""
        if self.ntlm is None:
            self.ntlm = spnego.server(protocol="ntlm", options=spnego.NegotiateOptions.use_ntlm)
        try:
            token = self.ntlm.step(base64.b64decode(proof))
        except spnego.exceptions.SpnegoError:
            self.ntlm = None
            self._challenge("NTLM")
            return False
        if self.ntlm.complete:
            self.user = str(self.ntlm.client_principal).rpartition("\\")[2].casefold()
            self.ntlm = None
            return True
        self._challenge(f"{scheme} {base64.b64encode(token).decode()}")
        return False

    def _challenge(self, *schemes: str) -> None:
        self.send_response_only(401)
        for scheme in schemes:
            self.send_header("WWW-Authenticate", scheme)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def _say(self, status: int, body: bytes, **headers: str) -> None:
        self.send_response_only(status)
        self.send_header("Content-Type", "text/xml; charset=utf-8")
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _fail(self, one: "Fault", answer: bytes) -> None:
        if one.how.isdigit():
            extra = {"Retry_After": str(one.retry_after)} if one.retry_after else {}
            self._say(int(one.how), one.body.encode(), **extra)
        elif one.how == "cut":
            self._say(200, answer[: max(200, len(answer) // 2)])
        elif one.how in {"hang", "drop"}:
            if one.how == "hang":
                time.sleep(1.5)
            self.close_connection = True
            self.connection.close()
        else:
            self._say(500, fault(one.how, one.body or "The server says so.", back_off=one.back_off))

    def log_message(self, *_: Any) -> None: ...
