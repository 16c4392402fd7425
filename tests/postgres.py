"""A PostgreSQL of the tests' own: Debian's package, started on this computer alone, in a folder that goes with it.

It keeps nothing (no flush), so it proves what many people do to each other, not what a power cut does to a disk. One a process of tests;
each test has it empty.
"""

from __future__ import annotations

import ctypes
import itertools
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path
from typing import Any

_PLACES = (Path("/usr/lib/postgresql"), Path("/usr/pgsql"))
_QUICK = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "shared_buffers=16MB")
_ROOM = ("max_connections=120", "max_wal_size=256MB", "autovacuum=off", "unix_socket_directories=", "ssl=on")
CERTIFICATE = "server.crt"
PASSWORD = "不对外的口令-7"


class NotThere(Exception):
    """Why there is no server to test with."""


def programs() -> Path:
    """The folder of ``initdb`` and ``postgres``, the newest version that is installed."""
    on_path = [Path(found).resolve().parent for name in ("postgres",) if (found := shutil.which(name))]
    found = [*on_path, *(p for place in _PLACES for p in place.glob("*/bin"))]
    whole = [folder for folder in found if (folder / "initdb").exists() and (folder / "postgres").exists()]
    if not whole:
        raise NotThere("PostgreSQL is not installed (Debian: apt-get install postgresql)")
    return max(whole, key=lambda folder: int("".join(filter(str.isdigit, folder.parent.name)) or 0))


@dataclass
class Postgres:
    """``home``: its folder; ``process``: the server itself."""

    home: Path
    port: int
    process: subprocess.Popen[bytes]
    numbers: itertools.count[int] = field(default_factory=itertools.count)

    def url(self, database: str, user: str = "postgres", password: str = "") -> str:
        secret = f":{password}" if password else ""
        return f"postgresql://{user}{secret}@127.0.0.1:{self.port}/{database}"

    def ask(self, sql: str, database: str = "postgres") -> list[Any]:
        import pg8000

        conn = pg8000.connect(user="postgres", host="127.0.0.1", port=self.port, database=database)
        try:
            conn.autocommit = True
            cursor = conn.cursor()
            cursor.execute(sql)
            return list(cursor.fetchall()) if cursor.description else []
        finally:
            conn.close()

    def database(self) -> str:
        """The name of a new one, without tables."""
        name = f"t{next(self.numbers)}"
        self.ask(f"CREATE DATABASE {name} TEMPLATE template0")
        return name

    def emptied(self, name: str) -> None:
        """As it was when its tables were made, and whoever is still connected is not any more."""
        self.ask(_EMPTY, name)

    def stop(self) -> None:
        self.process.send_signal(signal.SIGQUIT)  # at once: nothing of it is kept
        self.process.wait(30)
        shutil.rmtree(self.home, ignore_errors=True)


def start() -> Postgres:
    """NotThere where it cannot be."""
    folder = programs()
    home = Path(tempfile.mkdtemp(prefix="pd-postgres-"))
    owner = _owner(home)
    try:
        _run([folder / "initdb", "-D", home / "data", *_INITDB], owner)
        (home / "data" / "pg_hba.conf").write_text(_LETS_IN)
        _certify(home / "data", owner)
        port = _free_port()
        settings = [word for one in (*_QUICK, *_ROOM, f"port={port}") for word in ("-c", one)]
        settings += ["-c", "listen_addresses=127.0.0.1"]
        log = (home / "log").open("wb")
        process = subprocess.Popen(
            [folder / "postgres", "-D", home / "data", *settings],
            stdout=log,
            stderr=log,
            preexec_fn=_end_with_the_tests,
            **owner,
        )
        log.close()
    except BaseException:
        shutil.rmtree(home, ignore_errors=True)
        raise
    server = Postgres(home, port, process)
    _wait(server)
    return server


_EMPTY = """DO $$ DECLARE one text; BEGIN
    PERFORM pg_terminate_backend(pid) FROM pg_stat_activity
        WHERE datname = current_database() AND pid <> pg_backend_pid();
    SET session_replication_role = replica;
    FOR one IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'meta' LOOP
        EXECUTE format('DELETE FROM %I', one);
    END LOOP;
    FOR one IN SELECT sequencename FROM pg_sequences WHERE schemaname = 'public' LOOP
        EXECUTE format('ALTER SEQUENCE %I RESTART', one);
    END LOOP;
    INSERT INTO person VALUES ('postgres', '', 'administrator', '');
END $$"""


def _certify(data: Path, owner: dict[str, Any]) -> None:
    """A key and a certificate for 127.0.0.1, which vouches for itself."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
    from cryptography.x509.oid import NameOID

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "perfdesk test")])
    begin = datetime.now(UTC) - timedelta(days=1)
    made = x509.CertificateBuilder(name, name, key.public_key(), 1, begin, begin + timedelta(days=9))
    here = x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))])
    made = made.add_extension(here, False).add_extension(x509.BasicConstraints(True, None), True)
    (data / CERTIFICATE).write_bytes(made.sign(key, hashes.SHA256()).public_bytes(Encoding.PEM))
    secret = data / "server.key"
    secret.write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    secret.chmod(0o600)
    if owner:
        os.chown(secret, owner["user"], owner["group"])


_INITDB = (
    "-U",
    "postgres",
    "-A",
    "trust",
    "-E",
    "UTF8",
    "--locale=C.UTF-8",
    "--no-sync",
    "--no-instructions",
)
_LETS_IN = "host all zhang 127.0.0.1/32 scram-sha-256\nhost all all 127.0.0.1/32 trust\n"
"""One who needs his password; all others are believed, which is quicker."""


def _end_with_the_tests() -> None:
    """Tests that are killed leave no server behind."""
    ctypes.CDLL(None).prctl(1, signal.SIGQUIT)  # PR_SET_PDEATHSIG


def _owner(home: Path) -> dict[str, Any]:
    """Root may not run a server: it becomes somebody who owns nothing but this folder."""
    if os.geteuid() != 0:
        return {}
    import pwd

    for name in ("postgres", "nobody"):
        try:
            found = pwd.getpwnam(name)
        except KeyError:
            continue
        os.chown(home, found.pw_uid, found.pw_gid)
        return {"user": found.pw_uid, "group": found.pw_gid, "extra_groups": [], "cwd": home}
    raise NotThere("PostgreSQL does not run as root, and there is nobody else to run it")


def _run(command: list[Any], owner: dict[str, Any]) -> None:
    done = subprocess.run(command, capture_output=True, text=True, check=False, **owner)
    if done.returncode:
        raise NotThere(f"PostgreSQL does not start here: {done.stderr.strip()[-300:]}")


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


def _wait(server: Postgres) -> None:
    import pg8000

    until = time.monotonic() + 30
    while server.process.poll() is None and time.monotonic() < until:
        try:
            server.ask("SELECT 1")
        except (pg8000.Error, OSError):  # not yet
            time.sleep(0.05)
        else:
            return
    told = (server.home / "log").read_text(errors="replace")[-300:]
    server.stop()
    raise NotThere(f"PostgreSQL does not start here: {told}")
