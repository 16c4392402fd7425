"""Commands between unit and bureau: package, unpack, accept, unseal."""

from __future__ import annotations

import base64
from argparse import Namespace
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from perfdesk.catalog import Catalog
from perfdesk.commands.beside import beside_in
from perfdesk.commands.checking import across_of, reviewed_in
from perfdesk.commands.files import known_forms, known_keys, read_files
from perfdesk.commands.handed_in import handed_in_json, handed_in_lines
from perfdesk.commands.importing import Here, taken_in
from perfdesk.commands.saying import DONE, counter, say_json, warn
from perfdesk.commands.sent_back import kept, say_unpacked, trusting
from perfdesk.commands.storing import off_in, open_store, private_key
from perfdesk.document.source import SourceText
from perfdesk.errors import ExportRefused, InputRefused, StoreRefused
from perfdesk.formats.atomic import write_atomically
from perfdesk.formats.read import ask, read
from perfdesk.handing_in import FORMATS, Gathered, Package, packed
from perfdesk.intake import take_in
from perfdesk.model.submission import HandedIn
from perfdesk.submission.made import Handed
from perfdesk.submission.receipt import receipt_of, receipt_text
from perfdesk.switched_off import Off
from perfdesk.titles import name_of

if TYPE_CHECKING:
    from perfdesk.store import FilingInfo, Store


def gathered(store: Store, forms: Catalog, unit: str | None, year: int, off: Mapping[str, Off]) -> Gathered:
    """``unit`` None: the one that has filings of that year. ExportRefused where there are none, or of several units. ``off``: checks that
    the user switched off."""
    wanted = None if unit is None else " ".join(unit.split())
    infos = [i for i in store.filings(year) if wanted in (None, i.unit_name)]
    units = sorted({i.unit_name for i in infos})
    if not infos:
        whose = f"“{unit}”" if unit else ""
        raise ExportRefused("nothing", f"{whose}{year} 年度没有填报，没有可报送的内容。")
    if len(units) > 1:
        named = "、".join(units[:5])
        message = f"{year} 年度有 {len(units)} 个单位的填报（{named}）。一个报送包装一个单位的，请指明单位。"
        raise ExportRefused("several-units", message)
    if unknown := [i for i in infos if i.form not in forms.forms]:
        message = f"“{unknown[0].title}”的表样“{unknown[0].form}”不在本机，不能报送。请先装回它的表样更新包。"
        raise ExportRefused("unknown-form", message)
    others = across_of(store, forms, infos)

    def handed(info: FilingInfo) -> Handed:
        reviewed = reviewed_in(store, forms, info, others.get(info.id, ()), off)
        return Handed(reviewed, beside_in(store, forms, reviewed.filing))

    code = next((u.code for u in store.units() if u.name == units[0]), "")
    remarks = store.remarks.of_year(units[0], year)
    return Gathered(units[0], code, year, tuple(handed(info) for info in infos), remarks)


def hand_in(store: Store, what: Gathered, package: Package, target: Path, draft: bool) -> None:
    """On disk first, then sealed; a draft is handed in to nobody and seals nothing. ExportRefused where a filing is another by now than it
    is in the package."""
    if any(store.filing(f.id) != f for one in what.handed if (f := one.filing).id is not None):
        message = "生成报送包的时候又有改动，没有写出文件，也没有封存。请再生成一次。"
        raise ExportRefused("changed-meanwhile", message)
    write_atomically(target, package.data)
    if not draft:
        store.office.seal(what.ids, package.check_code)


def package(args: Namespace) -> int:
    """``package --year Y [--unit NAME] --to OUT.zip [--draft] [--format docx,xlsx,pdf]``"""
    if strange := [f for f in args.format or () if f not in FORMATS]:
        raise ExportRefused("format", f"报送包里附 {'、'.join(FORMATS)}，没有 {strange[0]}。")
    forms = known_forms(args)
    target = Path(args.to)
    with open_store(args) as store:
        what = gathered(store, forms, args.unit, args.year, off_in(store))
        made = packed(what, forms, date.today(), args.draft, args.format or FORMATS)
        hand_in(store, what, made, target, args.draft)
    sealed = () if args.draft else what.ids
    if args.json:
        unit = {"unit_name": what.unit_name, "unit_code": what.unit_code, "year": what.year}
        kept = {"path": str(target), "draft": args.draft, "check_code": made.check_code}
        say_json({**kept, **unit, "filings": list(what.ids), "sealed": list(sealed)})
        return DONE
    print(f"已写出 {target}（{what.unit_name} {what.year} 年度，{len(what.handed)} 份填报）")
    print(f"核对码 {made.check_code}")
    print(
        "草稿不封存，可以继续修改。" if args.draft else "这些填报已封存，只能查看；要改先用 unseal 写明理由。"
    )
    return DONE


def unpack(args: Namespace) -> int:
    """``unpack FILE [--unit NAME] [--again] [--trust FINGERPRINT]``: a package, or what the bureau sent back, taken into the store as one
    step; what is there and says the same is not taken in again. InputRefused for a file that is neither."""
    forms = known_forms(args)
    with open_store(args) as store:
        file = read_files([args.file], forms, store.new_id)[0]
        if file.error is not None:
            raise file.error
        told = file.recognised.handed_in
        if file.recognised.sent_back is not None:
            trusting(args, file.recognised.sent_back.receipt)
            found = kept(store, args.file, file.recognised.sent_back)
            return say_unpacked(found, args)
        if told is None:
            message = (
                f"“{Path(args.file).name}”不是报送包。普通文件请用 import 导入，或用 read 看里面有什么。"
            )
            raise InputRefused("not-a-package", message)
        trusting(args, told.receipt)
        filings = [one.filing for one in file.recognised.filings]
        made = taken_in(store, Here(store, closed=True), file, filings, args)
    if args.json:
        ids = [one["id"] for one in made]
        say_json({"path": args.file, "package": handed_in_json(told), "filings": ids})
        return DONE
    print("\n".join(handed_in_lines(told, known_keys(args))))
    for one, filing in zip(made, filings, strict=True):
        print(
            f"{one['id']:>4}  {name_of(forms.form(filing.form), filing)}{'（已有）' if one['there'] else ''}"
        )
    return DONE


def accept(args: Namespace) -> int:
    """``accept FILE --key FILE --name NAME --to OUT``: the package with the bureau's receipt in it; what is refused is not signed. Where it
    was collected here, the unit's handing is accepted, too."""
    path = Path(args.file)
    source = read(path)
    taken = take_in(source, known_forms(args), counter())
    if taken.handed_in is None:
        raise InputRefused("not-a-package", f"“{path.name}”不是报送包，没有签名。")
    if taken.handed_in.draft:
        raise InputRefused("package-draft", f"“{path.name}”是草稿，没有签名。请单位改正后报送正式的。")
    manifest = next(i.text for i in source.items if isinstance(i, SourceText))
    text = receipt_text(manifest, private_key(args.key), args.name, date.today())
    answer = ask({"receipt": text, "manifest": manifest, "path": str(path)}, path.name)
    write_atomically(Path(args.to), base64.b64decode(answer["package"]))
    receipt = receipt_of(text, manifest)
    unit = _accepted_here(args, taken.handed_in)
    if args.json:
        keys = {"check_code": taken.handed_in.check_code, "fingerprint": receipt.fingerprint}
        say_json({"path": args.to, **keys, "unit": unit})
        return DONE
    print(f"已写出 {args.to}，“{receipt.signer}”{receipt.day} 受理签名")
    print(f"核对码 {taken.handed_in.check_code}，密钥指纹 {receipt.fingerprint}")
    if unit:
        print("已收取的这一份记为已受理。")
    return DONE


def _accepted_here(args: Namespace, told: HandedIn) -> str | None:
    """The unit (its key) whose handing that counts is this very package; None where it was not collected here, or cannot be marked now: the
    receipt is written all the same."""
    try:
        with open_store(args, read_only=True) as store:
            some = store.bureau.handings(told.year)
        unit = next((one.unit for one in some if one.check_code == told.check_code), None)
        if unit is not None:
            with open_store(args) as store:
                store.bureau.decide(told.year, unit, "accepted")
        return unit
    except StoreRefused as error:
        warn(error.message)
        return None


def unseal(args: Namespace) -> int:
    """``unseal ID… --reason TEXT``"""
    with open_store(args) as store:
        store.office.unseal(args.ids, args.reason)
    if args.json:
        say_json({"unsealed": args.ids})
    else:
        print(f"已解除封存 {len(args.ids)} 份填报，理由已记入修改记录。")
    return DONE
