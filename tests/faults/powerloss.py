"""A disk that loses its power: every folder that may be left of calls that were recorded.

A name or a byte is safe once a later sync covered it. Of what is not, any part may be there: of the names each by
itself, whatever came before or after it; of a file's bytes all, none, the first half of the last write, or their
length alone.
"""

import itertools
import random
from collections.abc import Iterator, Mapping, Sequence

from tests.faults.recorder import Call, Recorder

MOST = 48
"""So many ways are tried of one instant: all of them where there are fewer, else the extremes and a sample."""

BYTES = ("all", "none", "half", "length")
NAMING = ("create", "rename", "link", "unlink", "mkdir")

Files = Mapping[str, bytes]


class Disk:
    """What the calls up to some instant left safe, and what is pending."""

    def __init__(self, recorder: Recorder) -> None:
        self.names: dict[str, int] = dict(recorder.nodes)
        self.bytes: dict[int, bytes] = {number: recorder.before[name] for name, number in recorder.nodes.items()}
        self.naming: list[Call] = []
        self.writing: dict[int, list[Call]] = {}

    def take(self, call: Call) -> None:
        if call.what in NAMING:
            self.naming.append(call)
        elif call.what in ("write", "cut"):
            self.writing.setdefault(call.node, []).append(call)
        elif call.what == "sync":
            self.bytes[call.node] = after(self.bytes.get(call.node, b""), self.writing.pop(call.node, ()), "all")
        else:
            settled = [each for each in self.naming if _parent(each) == call.path]
            self.naming = [each for each in self.naming if _parent(each) != call.path]
            _rename_all(self.names, settled)

    def left(self, number: int) -> Iterator[Files]:
        """number: of the instant, for the sample."""
        names, nodes = len(self.naming), tuple(self.writing)
        ways = 2**names * len(BYTES) ** len(nodes)
        if ways <= MOST:
            for kept in itertools.product((True, False), repeat=names):
                for how in itertools.product(BYTES, repeat=len(nodes)):
                    yield self._files(kept, dict(zip(nodes, how, strict=True)))
            return
        for flag in (True, False):
            for each in BYTES:
                yield self._files([flag] * names, dict.fromkeys(nodes, each))
        chance = random.Random(number)
        for _ in range(MOST - 2 * len(BYTES)):
            kept = [chance.random() < 0.5 for _ in range(names)]
            yield self._files(tuple(kept), {node: chance.choice(BYTES) for node in nodes})

    def _files(self, kept: Sequence[bool], how: Mapping[int, str]) -> Files:
        names = dict(self.names)
        _rename_all(names, [call for call, is_kept in zip(self.naming, kept, strict=True) if is_kept])
        contents = {node: after(self.bytes.get(node, b""), calls, how[node]) for node, calls in self.writing.items()}
        there = {name for name in names if all(f"{parent}/" in names for parent in _parents(name))}
        return {name: contents.get(node, self.bytes.get(node, b"")) for name, node in names.items() if name in there}


def after(content: bytes, calls: Sequence[Call], how: str) -> bytes:
    """A file's bytes when of these writes so much reached the disk."""
    if how == "none":
        return content
    for call in calls:
        if call.what == "cut":
            content = content[: call.at].ljust(call.at, b"\0")
            continue
        data = call.data
        if how == "half" and call is calls[-1]:
            data = data[: len(data) // 2]
        if how == "length":
            data = bytes(len(data))
        content = content[: call.at].ljust(call.at, b"\0") + data + content[call.at + len(data) :]
    return content


def _parent(call: Call) -> str:
    return (call.target or call.path).rpartition("/")[0]


def _parents(name: str) -> Iterator[str]:
    parts = name.rstrip("/").split("/")[:-1]
    return ("/".join(parts[: end + 1]) for end in range(len(parts)))


def _rename_all(names: dict[str, int], calls: Sequence[Call]) -> None:
    for call in calls:
        match call.what:
            case "mkdir":
                names[f"{call.path}/"] = 0
            case "create":
                names[call.path] = call.node
            case "unlink":
                if names.get(call.path) == call.node:
                    del names[call.path]
            case "link":
                names[call.target] = call.node
            case _:
                if names.get(call.path) == call.node:
                    del names[call.path]
                names[call.target] = call.node
