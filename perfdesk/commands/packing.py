"""Commands on packs of forms: pack-forms, pack-install, pack-list, pack-remove."""

from __future__ import annotations

from argparse import Namespace
from datetime import date
from pathlib import Path
from typing import Any

from perfdesk import packs, paths
from perfdesk.commands.saying import DONE, say_json, warn
from perfdesk.commands.storing import open_store, private_key
from perfdesk.pack_folders import Pack, installed
from perfdesk.pack_trust import trusted


def pack_forms(args: Namespace) -> int:
    """``pack-forms FOLDER --key FILE --to OUT.pdpack``"""
    from perfdesk.pack_making import make_pack

    made = make_pack(Path(args.folder), private_key(args.key), Path(args.to), date.today())
    if args.json:
        say_json({"path": args.to, "fingerprint": made.fingerprint, "files": sorted(made.files)})
    else:
        print(f"已写出 {args.to}（{made.title} {made.release}，{len(made.files)} 个文件）")
        print(f"密钥指纹 {made.fingerprint}")
    return DONE


def pack_install(args: Namespace) -> int:
    """``pack-install FILE [--trust FINGERPRINT]``"""
    data = paths.data_dir(args.data)
    offered = packs.offered(Path(args.file))
    with open_store(args) as store:
        used = {info.form for info in store.filings()}
        pack = packs.install(data, offered, used, date.today(), args.trust or "")
    if args.json:
        say_json(_json(pack))
    else:
        print(f"已安装 {_line(pack)}")
        print("".join(f"  {form}\n" for form in pack.forms), end="")
    return DONE


def pack_list(args: Namespace) -> int:
    """``pack-list``"""
    data = paths.data_dir(args.data)
    found, known = installed(data), trusted(data)
    if args.json:
        keys = [{"name": k.name, "fingerprint": f, "shipped": k.shipped} for f, k in known.items()]
        say_json({"packs": [_json(pack) for pack in found], "keys": keys})
        return DONE
    for pack in found:
        print(_line(pack))
        print(f"  {pack.publisher}  {pack.made} 发布，{pack.installed} 装自“{pack.origin}”")
        print(f"  指纹 {pack.fingerprint}")
        print("".join(f"  {form}\n" for form in pack.forms), end="")
    if not found:
        warn("没有安装表样更新包。")
    return DONE


def pack_remove(args: Namespace) -> int:
    """``pack-remove NAME``"""
    with open_store(args) as store:
        used = {info.form for info in store.filings()}
        pack = packs.remove(paths.data_dir(args.data), args.name, used)
    if args.json:
        say_json({"removed": pack.name})
    else:
        print(f"已卸载 {_line(pack)}")
    return DONE


def _line(pack: Pack) -> str:
    return f"{pack.name}  {pack.title}  {pack.release}"


def _json(pack: Pack) -> dict[str, Any]:
    keys = ("name", "title", "release", "publisher", "made", "installed", "fingerprint", "origin")
    return {key: getattr(pack, key) for key in keys} | {"forms": list(pack.forms)}
