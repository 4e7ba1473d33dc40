"""An SMTP server that takes every mail and keeps none: `python -m benchmarks.sink`, one process, its port on stdout."""

import asyncio
import contextlib
import subprocess
import sys
from collections.abc import Iterator

from benchmarks.measure import ROOT

ANSWERS = {b"DATA": b"354 go on\r\n", b"QUIT": b"221 2.0.0 goodbye\r\n"}
GREETING = b"220 sink.example ESMTP\r\n"
EHLO = b"250-sink.example\r\n250-PIPELINING\r\n250-8BITMIME\r\n250 SIZE 50000000\r\n"
END = b"\r\n.\r\n"


class Conversation(asyncio.Protocol):
    """One client. It may send many commands in one go (RFC 2920)."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport
        self.waiting = bytearray()
        self.in_mail = False
        transport.write(GREETING)

    def data_received(self, data: bytes) -> None:
        self.waiting += data
        said = b"".join(self._answers())
        if said:
            self.transport.write(said)
        if said.endswith(ANSWERS[b"QUIT"]):
            self.transport.close()

    def _answers(self) -> Iterator[bytes]:
        while True:
            end = END if self.in_mail else b"\r\n"
            at = self.waiting.find(end)
            if at < 0:
                return
            line = bytes(self.waiting[:4]).upper()
            del self.waiting[: at + len(end)]
            if self.in_mail:
                self.in_mail = False
                yield b"250 2.0.0 taken\r\n"
            else:
                self.in_mail = line == b"DATA"
                yield EHLO if line == b"EHLO" else ANSWERS.get(line, b"250 2.1.0 OK\r\n")


async def _serve() -> None:
    server = await asyncio.get_running_loop().create_server(Conversation, "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


@contextlib.contextmanager
def running() -> Iterator[int]:
    """The port of a sink in a process of its own."""
    command = [sys.executable, "-m", "benchmarks.sink"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT)
    try:
        assert process.stdout
        yield int(process.stdout.readline())
    finally:
        process.terminate()
        process.wait(timeout=10)


if __name__ == "__main__":
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(_serve())
