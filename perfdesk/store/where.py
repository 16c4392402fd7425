"""The server that ``store.toml`` in the folder of data names (the variable PERFDESK_STORE goes before it).

```toml
url = "postgresql://zhang@10.1.2.3/perfdesk?sslrootcert=/etc/perfdesk/ca.pem"
```

A password stands in the address, in PGPASSWORD or in the file of passwords that all programs for PostgreSQL read (``~/.pgpass``).
"""

from __future__ import annotations

import ipaddress
import os
import stat
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from perfdesk.errors import StoreRefused
from perfdesk.paths import STORE_VARIABLE

_KINDS = ("postgresql", "postgresql+pg8000")
_MODES = ("disable", "require", "verify-full")
_SHAPE = "postgresql://用户@主机:端口/数据库"


@dataclass(frozen=True, slots=True)
class Where:
    """A database on a server. ``sslmode``: ``disable``, ``require`` (private, whoever answers) or ``verify-full`` (private, and the server
    proves its name). ``authorities``: the file with the certificates that prove it; empty: the system's."""

    host: str
    port: int
    database: str
    user: str
    password: str | None
    sslmode: str
    authorities: str

    @property
    def told(self) -> str:
        """Without the password."""
        return f"{self.host}:{self.port}/{self.database}"


def server_of(path: Path, named: str = "", environ: Mapping[str, str] = os.environ) -> Where | None:
    """``path``: of ``store.toml``; ``named``: an address that goes before it. None: the data are in the folder. StoreRefused
    ``bad-server`` where the setting cannot be understood."""
    named = named or _written(path)
    if not named:
        return None
    try:
        return _where(make_url(named), environ)
    except (ArgumentError, ValueError) as error:
        raise refusal(f"服务器的地址写得不对，应为 {_SHAPE}。") from error


def refusal(message: str, detail: str = "") -> StoreRefused:
    return StoreRefused(
        "bad-server", f"{message}（设置在数据文件夹的 store.toml 或环境变量 {STORE_VARIABLE} 里）", detail
    )


def _written(path: Path) -> str:
    try:
        text = path.read_text(encoding="utf-8")
    except (FileNotFoundError, NotADirectoryError):
        return ""
    except (OSError, UnicodeDecodeError) as error:
        raise refusal(f"读不了 {path}，请检查它的权限和编码（UTF-8）。", str(error)) from error
    import tomllib  # only where there is something to read

    try:
        settings = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise refusal(f"{path} 不是正确的 TOML：{error}。") from error
    url = settings.pop("url", "")
    if settings or not isinstance(url, str):
        raise refusal(f'{path} 里只能写一行 url = "{_SHAPE}"。')
    if url and _told_to_others(path, url):
        raise refusal(f"{path} 里有密码，别人也能读它；请改成只有自己能读（chmod 600）。")
    return url


def _told_to_others(path: Path, url: str) -> bool:
    """A password stands in the file, and others can read it."""
    try:
        secret = make_url(url).password is not None
    except (ArgumentError, ValueError):
        return False
    return os.name == "posix" and secret and bool(stat.S_IMODE(path.stat().st_mode) & 0o077)


def _where(url: URL, environ: Mapping[str, str]) -> Where:
    if url.drivername not in _KINDS:
        raise refusal(f"只能用 PostgreSQL 和兼容它的数据库（{_SHAPE}），不能用 {url.drivername}。")
    if not (url.host and url.database and url.username):
        raise refusal(f"服务器的地址不全，应为 {_SHAPE}。")
    asked = {key: value for key, value in url.query.items() if isinstance(value, str)}
    mode = asked.pop("sslmode", "disable" if is_here(url.host) else "verify-full")
    authorities = asked.pop("sslrootcert", "")
    if asked.keys() or len(url.query) > 2 or mode not in _MODES:
        raise refusal(f"地址后面只能写 sslmode（{'、'.join(_MODES)}）和 sslrootcert。")
    where = Where(url.host, url.port or 5432, url.database, url.username, None, mode, authorities)
    password = url.password or environ.get("PGPASSWORD") or _from_passfile(where, environ)
    return Where(where.host, where.port, where.database, where.user, password, mode, authorities)


def is_here(host: str) -> bool:
    """The server is on this computer: what is sent to it passes no cable."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _from_passfile(where: Where, environ: Mapping[str, str]) -> str | None:
    """The password of the first line that fits; None where none does. As for every program: a file that others can read is not read."""
    path = Path(environ.get("PGPASSFILE") or Path.home() / ".pgpass")
    try:
        if os.name == "posix" and stat.S_IMODE(path.stat().st_mode) & 0o077:
            return None
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        return None
    wanted = (where.host, str(where.port), where.database, where.user)
    for line in lines:
        parts = line.split(":", 4)
        fits = len(parts) == 5 and all(p in ("*", w) for p, w in zip(parts, wanted, strict=False))
        if fits and not line.startswith("#"):
            return parts[4]
    return None
