"""A disk that loses its power: the calls of a recorded job are played up to some moment, and what was not flushed survives or not.

The model is POSIX and no more: what a file holds is safe after fsync of the file, and its name after fsync of the folder. Writes that
were not flushed reach the disk in part, in sectors of 512 bytes, any of them; a file may have its old or its new length; names that
were not flushed come in order (file systems keep them in a journal), up to some moment.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

SECTOR = 512
_CALL = re.compile(r"(\w+)\((.*)\)\s+= (-?\d+|\?)")
_FD = re.compile(r"^(\d+)(?:<[^>]*>)?")
_TEXT = re.compile(r'"((?:[^"\\]|\\.)*)"')
_BYTE = re.compile(r"\\x([0-9a-f]{2})")


@dataclass(slots=True)
class Inode:
    """``safe``: what is on disk whatever comes. ``pending``: what was done since, oldest first: bytes at a place, or a new length."""

    safe: bytearray
    now: bytearray
    pending: list[tuple[int, bytes] | int] = field(default_factory=list)

    def write(self, at: int, data: bytes) -> None:
        self.now.extend(bytes(max(0, at - len(self.now))))
        self.now[at : at + len(data)] = data
        self.pending.append((at, data))

    def cut(self, length: int) -> None:
        del self.now[length:]
        self.now.extend(bytes(length - len(self.now)))
        self.pending.append(length)

    def flush(self) -> None:
        self.safe = bytearray(self.now)
        self.pending.clear()

    def survived(self, rng: random.Random) -> bytes:
        found = bytearray(self.safe)
        likely = rng.choice((0.0, 0.5, 0.5, 1.0))
        for change in self.pending:
            if isinstance(change, int):
                if rng.random() < likely:
                    del found[change:]
                    found.extend(bytes(change - len(found)))
                continue
            at, data = change
            for start in range(0, len(data), SECTOR):
                if rng.random() < likely:
                    piece = data[start : start + SECTOR]
                    found.extend(bytes(max(0, at + start - len(found))))
                    found[at + start : at + start + len(piece)] = piece
        return bytes(found)


@dataclass(slots=True)
class Disk:
    """``names``: as the program sees them. ``waiting``: changes of names that are not flushed, in order; an inode of None takes the
    name away, and what one call changes comes as one."""

    names: dict[str, Inode]
    safe: dict[str, Inode]
    waiting: list[dict[str, Inode | None]] = field(default_factory=list)
    open: dict[int, tuple[str, Inode | None, int]] = field(default_factory=dict)

    @classmethod
    def of(cls, folder: Path) -> Disk:
        names = {
            str(path): Inode(bytearray(data := path.read_bytes()), bytearray(data))
            for path in folder.rglob("*")
            if path.is_file()
        }
        return cls(names, dict(names))

    def name(self, changes: dict[str, Inode | None]) -> None:
        self.waiting.append(changes)
        _settle([changes], self.names)

    def flush_folder(self, folder: str) -> None:
        """Names that come before in the file system's own journal come with it."""
        here = [
            n
            for n, changes in enumerate(self.waiting)
            if any(str(Path(path).parent) == folder for path in changes)
        ]
        last = max(here, default=-1) + 1
        _settle(self.waiting[:last], self.safe)
        del self.waiting[:last]

    def after_the_cut(self, rng: random.Random) -> dict[str, bytes]:
        """Path → what is in the file."""
        names = dict(self.safe)
        _settle(self.waiting[: rng.randint(0, len(self.waiting))], names)
        return {path: inode.survived(rng) for path, inode in names.items()}


def _settle(changes: list[dict[str, Inode | None]], names: dict[str, Inode]) -> None:
    for one in changes:
        for path, inode in one.items():
            if inode is None:
                names.pop(path, None)
            else:
                names[path] = inode


@dataclass(frozen=True, slots=True)
class Done:
    """One call of the log: its name, its arguments as strace writes them, what came back."""

    name: str
    arguments: str
    result: int


def recorded(log: Path) -> Iterator[Done]:
    for line in log.read_text(encoding="latin-1").splitlines():
        if (match := _CALL.match(line)) and match[3] != "?":
            yield Done(match[1], match[2], int(match[3]))


def answers(call: Done) -> bool:
    """Somebody was told that a step is on disk, or that all is done."""
    said = b"".join(map(_bytes, _TEXT.findall(call.arguments))) if call.name == "sendto" else b""
    return said.startswith((b"OK ", b'EXIT {"code": 0'))


def play(disk: Disk, call: Done, folder: str) -> None:
    """What the call does to the disk; calls elsewhere do nothing."""
    if call.result < 0:
        return
    texts = [_bytes(text) for text in _TEXT.findall(call.arguments)]
    match call.name:
        case "openat" | "open":
            _open(disk, texts[0].decode(), call, folder)
        case "close":
            disk.open.pop(_fd(call), None)
        case "rename" | "renameat" | "renameat2":
            source, target = texts[0].decode(), texts[1].decode()
            if source in disk.names:
                disk.name({target: disk.names[source], source: None})
        case "unlink" | "unlinkat":
            if (path := texts[0].decode()) in disk.names:
                disk.name({path: None})
        case _ if _fd(call) in disk.open:
            _on_file(disk, call, texts)
        case _:
            pass


def _open(disk: Disk, path: str, call: Done, folder: str) -> None:
    if not path.startswith(folder):
        disk.open.pop(call.result, None)
        return
    inode = disk.names.get(path)
    if inode is None and "O_CREAT" in call.arguments:
        inode = Inode(bytearray(), bytearray())
        disk.name({path: inode})
    if inode is not None and "O_TRUNC" in call.arguments and inode.now:
        inode.cut(0)
    disk.open[call.result] = (path, inode, 0)


def _on_file(disk: Disk, call: Done, texts: list[bytes]) -> None:
    number = _fd(call)
    path, inode, at = disk.open[number]
    if inode is None:
        if call.name in ("fsync", "fdatasync"):
            disk.flush_folder(path)
        return
    match call.name:
        case "pwrite64":
            inode.write(int(call.arguments.rsplit(", ", 1)[1]), texts[-1][: call.result])
        case "write":
            inode.write(at, texts[-1][: call.result])
            disk.open[number] = (path, inode, at + call.result)
        case "ftruncate":
            inode.cut(int(call.arguments.rsplit(", ", 1)[1]))
        case "fsync" | "fdatasync":
            inode.flush()
        case "sendfile":
            _, source, _ = disk.open[int(_FD.match(call.arguments.split(", ")[1])[1])]  # type: ignore[index]
            assert source is not None
            inode.write(at, bytes(source.now[at : at + call.result]))
            disk.open[number] = (path, inode, at + call.result)
        case _:
            pass


def _fd(call: Done) -> int:
    match = _FD.match(call.arguments)
    return int(match[1]) if match else -1


def _bytes(text: str) -> bytes:
    return bytes(int(byte, 16) for byte in _BYTE.findall(text))
