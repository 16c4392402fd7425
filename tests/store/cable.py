"""A cable to a server that can be cut, at a chosen word of the conversation."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Literal

When = Literal["before", "after"]


class Cable:
    """``port``: where the near end is. ``cut`` ends what goes through at the next commit, ``before`` the server hears of it or ``after`` it
    answered; ``pulled``: nothing goes through any more."""

    def __init__(self, port: int) -> None:
        self._far = port
        self._cut: When | None = None
        self._after_cut = False
        self.pulled = False
        self._door = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._door.getsockname()[1]
        threading.Thread(target=self._let_in, daemon=True).start()

    def cut(self, when: When, pulled: bool = False) -> None:
        """``pulled``: and it stays so."""
        self._cut, self._after_cut = when, pulled

    def close(self) -> None:
        self._door.close()

    def _let_in(self) -> None:
        while True:
            try:
                near, _ = self._door.accept()
            except OSError:
                return
            if self.pulled:
                near.close()
                continue
            far = socket.create_connection(("127.0.0.1", self._far))
            threading.Thread(target=self._there, args=(near, far), daemon=True).start()
            threading.Thread(target=self._back, args=(near, far), daemon=True).start()

    def _there(self, near: socket.socket, far: socket.socket) -> None:
        with _both(near, far):
            while data := near.recv(65536):
                if self._cut == "before" and b"commit\x00" in data:
                    return self._done()
                far.sendall(data)

    def _back(self, near: socket.socket, far: socket.socket) -> None:
        with _both(near, far):
            while data := far.recv(65536):
                if self._cut == "after" and b"COMMIT\x00" in data:
                    return self._done()
                near.sendall(data)

    def _done(self) -> None:
        self._cut, self.pulled = None, self._after_cut


@contextmanager
def _both(near: socket.socket, far: socket.socket) -> Iterator[None]:
    with suppress(OSError):
        yield
    for end in (near, far):
        with suppress(OSError):
            end.shutdown(socket.SHUT_RDWR)
