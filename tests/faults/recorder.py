"""Every system call that changes a folder, noted as it passes: what a model of the disk needs to play it again."""

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.faults.mutants import Patch

HEARD = ("open", "write", "fsync", "close", "ftruncate", "truncate", "replace", "rename", "link", "unlink", "mkdir")


@dataclass(frozen=True, kw_only=True)
class Call:
    """what: "create", "write", "cut", "sync", "rename", "link", "unlink", "mkdir" or "sync-folder".

    node: the number of the file, whatever it is called. path, target: names inside the folder, "" = the folder itself.
    at: the first byte that is written, or the length that is left.
    """

    what: str
    node: int = 0
    path: str = ""
    target: str = ""
    at: int = 0
    data: bytes = field(default=b"", repr=False)


@dataclass(frozen=True, kw_only=True)
class Handle:
    """What a descriptor leads to. node: 0 for a folder."""

    path: str
    node: int
    appends: bool


class Recorder:
    """before: every file of the folder as recording began; nodes: their numbers. after: told of each call."""

    def __init__(self, folder: Path, after: Callable[[], None] = lambda: None) -> None:
        self.calls: list[Call] = []
        self.before = contents(folder)
        self._nodes = {name: number for number, name in enumerate(self.before, start=1)}
        self.nodes: Mapping[str, int] = dict(self._nodes)
        self._born = len(self._nodes)
        self._folder = str(folder)
        self._handles: dict[int, Handle] = {}
        self._after = after

    def listen(self, patch: Patch) -> None:
        """Until the patches are taken back."""
        for name in HEARD:
            patch(os, name, self._around(getattr(os, name), getattr(self, f"_{name}")))

    def _around(self, real: Callable[..., Any], heard: Callable[..., Any]) -> Callable[..., Any]:
        def call(*arguments: Any, **more: Any) -> Any:
            done = heard(*arguments)
            result = real(*arguments, **more)
            if done is not None:
                done(result)
            return result

        return call

    def _inside(self, path: Any) -> str | None:
        text = path if isinstance(path, str) else os.fspath(path) if isinstance(path, os.PathLike) else ""
        if text == self._folder:
            return ""
        return text.removeprefix(self._folder + "/") if text.startswith(self._folder + "/") else None

    def _note(self, **call: Any) -> None:
        self.calls.append(Call(**call))
        self._after()

    def _open(self, path: Any, flags: int, *_: Any) -> Callable[[int], None] | None:
        name = self._inside(path)
        if name is None:
            return None
        is_new = not os.path.lexists(path)

        def opened(fd: int) -> None:
            if is_new:
                self._born += 1
                self._nodes[name] = self._born
            node = self._nodes.get(name, 0)
            self._handles[fd] = Handle(path=name, node=node, appends=bool(flags & os.O_APPEND))
            if is_new:
                self._note(what="create", node=node, path=name)
            elif flags & os.O_TRUNC:
                self._note(what="cut", node=node)

        return opened

    def _write(self, fd: int, data: Any) -> Callable[[int], None] | None:
        handle = self._handles.get(fd)
        if handle is None:
            return None
        at = os.fstat(fd).st_size if handle.appends else os.lseek(fd, 0, os.SEEK_CUR)
        return lambda size: self._note(what="write", node=handle.node, at=at, data=bytes(memoryview(data)[:size]))

    def _fsync(self, fd: int) -> Callable[[Any], None] | None:
        handle = self._handles.get(fd)
        if handle is None:
            return None
        if handle.node:
            return lambda _: self._note(what="sync", node=handle.node)
        return lambda _: self._note(what="sync-folder", path=handle.path)

    def _close(self, fd: int) -> None:
        self._handles.pop(fd, None)

    def _ftruncate(self, fd: int, length: int) -> Callable[[Any], None] | None:
        handle = self._handles.get(fd)
        return handle and (lambda _: self._note(what="cut", node=handle.node, at=length))

    def _truncate(self, path: Any, length: int) -> Callable[[Any], None] | None:
        name = self._inside(path)
        return None if name is None else lambda _: self._note(what="cut", node=self._nodes[name], at=length)

    def _rename(self, source: Any, target: Any) -> Callable[[Any], None] | None:
        old, new = self._inside(source), self._inside(target)
        if old is None or new is None:
            return None

        def renamed(_: Any) -> None:
            self._nodes[new] = self._nodes.pop(old)
            self._note(what="rename", node=self._nodes[new], path=old, target=new)

        return renamed

    _replace = _rename

    def _link(self, source: Any, target: Any) -> Callable[[Any], None] | None:
        old, new = self._inside(source), self._inside(target)
        if old is None or new is None:
            return None

        def linked(_: Any) -> None:
            self._nodes[new] = self._nodes[old]
            self._note(what="link", node=self._nodes[new], path=old, target=new)

        return linked

    def _unlink(self, path: Any, *_: Any) -> Callable[[Any], None] | None:
        name = self._inside(path)
        return None if name is None else lambda _: self._note(what="unlink", node=self._nodes.pop(name), path=name)

    def _mkdir(self, path: Any, *_: Any) -> Callable[[Any], None] | None:
        name = self._inside(path)
        return None if name is None else lambda _: self._note(what="mkdir", path=name)


def contents(folder: Path) -> dict[str, bytes]:
    """Files by their names inside; a folder's name ends with a slash."""
    found = {}
    for path in sorted(folder.rglob("*")):
        name = str(path.relative_to(folder))
        if path.is_dir():
            found[f"{name}/"] = b""
        else:
            found[name] = path.read_bytes()
    return found


def lay_out(files: Mapping[str, bytes], folder: Path) -> None:
    """The folder again; also the parents of a file that are not named."""
    folder.mkdir(parents=True, mode=0o700, exist_ok=True)
    for name in sorted(files):
        path = folder / name
        if name.endswith("/"):
            path.mkdir(mode=0o700, parents=True, exist_ok=True)
        else:
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            path.write_bytes(files[name])
            path.chmod(0o600)
