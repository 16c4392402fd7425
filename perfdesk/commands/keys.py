"""``make-key``: a pair of keys with which a bureau signs what it accepts and sends back, and a publisher its forms."""

from __future__ import annotations

from argparse import Namespace
from contextlib import suppress
from pathlib import Path

from perfdesk.commands.saying import DONE, say_json
from perfdesk.errors import ExportRefused
from perfdesk.file_names import plain_stem
from perfdesk.formats.atomic import write_atomically
from perfdesk.pack_trust import OWNERS_FILE
from perfdesk.signing import fingerprint, new_key, public_pem


def make_key(args: Namespace) -> int:
    """``make-key --name NAME --to FOLDER``: no key that is there is ever written over."""
    folder, stem = Path(args.to), plain_stem(args.name)
    private, public = folder / f"{stem}（私钥）.pem", folder / f"{stem}.pem"
    if there := [path for path in (private, public) if path.exists()]:
        message = f"“{there[0]}”已经有了，没有改动：没有它就不能再签名。请换一个文件夹，或先把它移走。"
        raise ExportRefused("key-there", message)
    with suppress(OSError):  # what is written next says why
        folder.mkdir(parents=True, exist_ok=True)
    secret, known = new_key()
    write_atomically(private, secret, OWNERS_FILE)
    write_atomically(public, public_pem(known))
    if args.json:
        say_json({"private": str(private), "public": str(public), "fingerprint": fingerprint(known)})
        return DONE
    print(f"私钥 {private}\n  只有本局保管，不要给别人，也不要放在网盘上。")
    print(f"公钥 {public}\n指纹 {fingerprint(known)}\n  用电话或公文告诉单位，单位照它核对。")
    return DONE
