"""The local socket by which a second start finds the program that runs already. The only use of the network module."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QDeadlineTimer, QObject, QThread, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

from ui.address import address

PATIENCE = 5000
"""Milliseconds that a second start waits for the first one to answer."""
OPENING = 2000
"""Milliseconds between taking the folder's lock and opening the door, at most."""
MOST_BYTES = 1 << 20
_TAKEN = b"taken\n"


def hand_over(folder: Path, files: Sequence[Path], opening: int = 0) -> bool:
    """Ask the program that has this folder open to come forward and to import the files. False where none answers.

    ``opening``: milliseconds to wait for a door that is not open yet, because both were started at the same moment.
    """
    socket = QLocalSocket()
    deadline = QDeadlineTimer(opening)
    socket.connectToServer(address(folder))
    while not socket.waitForConnected(PATIENCE):
        if deadline.hasExpired():
            return False
        QThread.msleep(50)
        socket.connectToServer(address(folder))
    socket.write(json.dumps([str(file.absolute()) for file in files]).encode("ascii") + b"\n")
    socket.flush()
    answer = b""
    while not answer.endswith(_TAKEN) and socket.waitForReadyRead(PATIENCE):
        answer += bytes(socket.readAll().data())
    return answer == _TAKEN


class Door(QObject):
    """``knocked``: somebody started the program again; the files that were named then."""

    knocked = Signal(list)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._let_in)

    def open(self, folder: Path) -> bool:
        """Only by whoever holds the folder's lock: what a crash left there is swept away."""
        QLocalServer.removeServer(address(folder))
        return self._server.listen(address(folder))

    def close(self) -> None:
        self._server.close()

    def _let_in(self) -> None:
        while guest := self._server.nextPendingConnection():
            guest.disconnected.connect(guest.deleteLater)
            guest.readyRead.connect(lambda guest=guest: self._listen(guest))
            self._listen(guest)

    def _listen(self, guest: QLocalSocket) -> None:
        """One line; a guest that says anything else is shown out."""
        if guest.bytesAvailable() > MOST_BYTES:
            guest.abort()
        elif guest.canReadLine():
            files = _files(bytes(guest.readLine().data()))
            if files is None:
                guest.abort()
                return
            guest.write(_TAKEN)
            guest.disconnectFromServer()
            self.knocked.emit(files)


def _files(line: bytes) -> list[Path] | None:
    try:
        told = json.loads(line)
    except ValueError:
        return None
    return (
        [Path(t) for t in told] if isinstance(told, list) and all(isinstance(t, str) for t in told) else None
    )
