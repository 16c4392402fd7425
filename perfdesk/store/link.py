"""One connection to a server: how it is reached, in private where it is on another computer, and what is said first."""

from __future__ import annotations

import socket
from collections.abc import Sequence
from contextlib import suppress
from typing import Any

import pg8000.core  # pyright: ignore[reportMissingTypeStubs]
import pg8000.legacy  # pyright: ignore[reportMissingTypeStubs]

from perfdesk.errors import StoreRefused
from perfdesk.store.where import Where, refusal

REACH = 10.0
"""Seconds to wait until a server answers at all."""
PATIENCE = 20
"""Seconds to wait for somebody else who changes the same thing at this moment."""
FORGOTTEN = 120
"""Seconds after which the server gives up a change whose author went silent in the middle of it."""
_FIRST = (
    f"SET lock_timeout = '{PATIENCE}s'; SET idle_in_transaction_session_timeout = '{FORGOTTEN}s'; "
    "SET search_path = public; SET client_encoding = 'UTF8'"
)
_ALIVE = (("TCP_KEEPIDLE", 30), ("TCP_KEEPINTVL", 10), ("TCP_KEEPCNT", 3), ("TCP_USER_TIMEOUT", 30_000))


DriverError: type[Exception] = pg8000.Error
core: Any = pg8000.core
_Driver: Any = pg8000.legacy.Connection  # pyright: ignore[reportUnknownMemberType]


class _Link(_Driver):
    """The driver's connection, in fewer words: a statement is one question and one answer, where the driver's own takes three, and a wait
    each. What the system says of a broken cable is told as the driver tells it."""

    def execute_unnamed(
        self, statement: str, vals: Sequence[Any] = (), oids: Sequence[int] = (), stream: Any = None
    ) -> Any:
        if stream is not None:
            return _Driver.execute_unnamed(self, statement, vals, oids, stream)
        context = core.Context(statement)
        params = core.make_params(self.py_types, vals)
        self.send_PARSE(core.NULL_BYTE, statement, oids)
        self.send_DESCRIBE_STATEMENT(core.NULL_BYTE)
        self.send_BIND(core.NULL_BYTE, params)
        self.send_EXECUTE()
        try:
            self._sock.write(core.SYNC_MSG)
            self._sock.flush()
        except (OSError, AttributeError) as error:
            raise pg8000.InterfaceError("network error") from error
        self.handle_messages(context)
        return context

    def handle_messages(self, context: Any) -> None:
        try:
            super().handle_messages(context)  # pyright: ignore[reportUnknownMemberType]
        except OSError as error:
            raise pg8000.InterfaceError("network error") from error

    def commit(self) -> None:
        self.execute_simple("commit")

    def rollback(self) -> None:
        self.execute_simple("rollback")

    def close(self) -> None:
        with suppress(pg8000.InterfaceError, OSError):  # nobody is there to say goodbye to
            super().close()  # pyright: ignore[reportUnknownMemberType]


def connect(where: Where) -> Any:
    """Outside any transaction; the driver's own errors, or StoreRefused, where there is none."""
    try:
        link = _Link(
            user=where.user,
            host=where.host,
            port=where.port,
            database=where.database,
            password=where.password or "",  # without one the driver stumbles where one is asked for
            ssl_context=_private(where),
            timeout=REACH,
            tcp_keepalive=True,
            application_name="perfdesk",
        )
    except OSError as error:
        raise _not_reached(where, error) from error
    try:
        _wait_long(link)
        link.autocommit = True
        link.execute_simple(_FIRST)
    except BaseException:
        link.close()
        raise
    return link


def _not_reached(where: Where, error: OSError) -> StoreRefused:
    if type(error).__name__ == "SSLCertVerificationError":
        message = f"{where.told} 的证书不能证明它就是要连的服务器，没有连接；请用 sslrootcert 指明证书文件。"
    else:
        message = f"连不上服务器 {where.told}；请检查网络，恢复后再试。"
    return StoreRefused("no-server", message, str(error))


def _private(where: Where) -> Any:
    """False: no TLS."""
    if where.sslmode == "disable":
        return False
    try:
        import ssl
    except ImportError as error:  # a Python that was built without it
        raise refusal(
            "这个程序里没有加密连接的部件，不能安全地连接别的电脑上的服务器。", str(error)
        ) from error
    try:
        context = ssl.create_default_context(cafile=where.authorities or None)
    except (OSError, ssl.SSLError) as error:
        raise refusal(f"读不了证书文件 {where.authorities}，请检查 sslrootcert。", str(error)) from error
    if where.sslmode == "require":
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
    return context


def _wait_long(link: Any) -> None:
    """Sums over a province may take minutes; a cable that was pulled is noticed by the system, which asks the other side now and then."""
    wire: socket.socket = link._usock
    wire.settimeout(None)
    wire.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    for name, value in _ALIVE:
        if hasattr(socket, name):
            wire.setsockopt(socket.IPPROTO_TCP, getattr(socket, name), value)
