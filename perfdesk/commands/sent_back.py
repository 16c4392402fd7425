"""What the bureau sent back, taken in at the unit's side: by ``unpack`` and ``import``, and by the window."""

from __future__ import annotations

import base64
from argparse import Namespace
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from perfdesk import paths
from perfdesk.commands.saying import DONE, say_json, warn
from perfdesk.commands.storing import open_store
from perfdesk.errors import ChangeRefused, InputRefused, UserError
from perfdesk.model.sent_back import KeptRemark, Meant, SentBack
from perfdesk.model.submission import HandedIn, Receipt
from perfdesk.pack_trust import Key, trust, trusted
from perfdesk.submission.own import Age, Own, age, beside_own, matched

if TYPE_CHECKING:
    from perfdesk.store import Store

DECISIONS = {"returned": "退回修改", "accepted": "已受理"}
KINDS = {"note": "意见", "error": "错误", "warning": "提醒"}


@dataclass(frozen=True, slots=True)
class Beside:
    """A return beside the unit's own filings: ``filings``: for each that it means the id here, None where it is not here. ``sent`` names
    the rows of ours. ``again``: it was taken in before."""

    unit: str
    sent: SentBack
    filings: tuple[int | None, ...]
    age: Age
    again: bool

    @property
    def missing(self) -> tuple[Meant, ...]:
        return tuple(m for m, one in zip(self.sent.filings, self.filings, strict=True) if one is None)


def beside(store: Store, sent: SentBack, name: str) -> Beside:
    """``name``: of the file. InputRefused ``other-unit`` where neither the package that it answers nor the unit is known here."""
    unit, own = _own(store, sent, name)
    found = matched(sent, own)
    ids = tuple(None if one is None else one.filing.id for one in found)
    again = store.remarks.is_here(sent.check_code)
    return Beside(unit, beside_own(sent, found), ids, age(sent, own), again)


def keep(store: Store, found: Beside, name: str) -> bool:
    """False where it was here already: then nothing has changed."""
    return store.remarks.take(found.sent, found.unit, found.filings, name) is not None


def _own(store: Store, sent: SentBack, name: str) -> tuple[str, list[Own]]:
    """The unit of ours that is meant, and its filings of the year."""
    seals = {i.id: tuple(s.package for s in store.office.seals(i.id)) for i in store.filings(sent.year)}
    infos = store.filings(sent.year)
    by_package = {i.unit_name for i in infos if sent.answers and sent.answers in seals[i.id]}
    called = " ".join(sent.unit_name.split())
    coded = {u.name for u in store.units() if sent.unit_code and u.code == sent.unit_code}
    by_name = {i.unit_name for i in infos if i.unit_name == called} or coded
    units = by_package if len(by_package) == 1 else by_name
    if len(units) != 1:
        message = f"“{name}”是给“{sent.unit_name}”{sent.year} 年度的退回意见，本机没有这个单位这一年的填报，没有收下。"
        raise InputRefused("other-unit", message)
    unit = units.pop()
    own = [Own(store.filing(i.id), seals[i.id]) for i in infos if i.unit_name == unit]
    return unit, own


# --- commands ---------------------------------------------------------------------------------------------------------


def kept(store: Store, path: str, sent: SentBack) -> Beside:
    """What became of a return that was read. InputRefused as ``beside``."""
    name = Path(path).name
    found = beside(store, sent, name)
    keep(store, found, name)
    return found


def say_kept(found: Beside) -> None:
    """On stderr, beside what else is taken in."""
    sent = found.sent
    if not found.again:
        warn(f"已收下“{sent.bureau}”{sent.made} 的退回意见（{found.unit}，{len(sent.remarks)} 条）。")
    for line in beside_lines(found):
        warn(line)


def say_unpacked(found: Beside, args: Namespace) -> int:
    if args.json:
        say_json({"path": args.file, "sent_back": sent_back_json(found.sent, found)})
    else:
        print("\n".join(sent_back_lines(found.sent, trusted(paths.data_dir(args.data)))))
    for line in beside_lines(found):
        warn(line)
    return DONE


def trusting(args: Namespace, receipt: Receipt | None) -> None:
    """``--trust``, where it was said."""
    if args.trust:
        data = paths.data_dir(args.data)
        trust_signer(data, receipt, args.trust, trusted(data))


def remarks(args: Namespace) -> int:
    """``remarks --year Y [--unit NAME] [(--done | --open) N [--answer TEXT]]``"""
    name = args.done or args.open
    with open_store(args, read_only=not name) as store:
        if name:
            returned, number = _named(name)
            store.remarks.see_to(returned, number, bool(args.done), args.answer or "")
        units = [args.unit] if args.unit else sorted({i.unit_name for i in store.filings(args.year)})
        found = [one for unit in units for one in store.remarks.of_year(unit, args.year)]
    if args.json:
        say_json({"remarks": [asdict(one) for one in found]})
        return DONE
    for one in found:
        said, state = one.remark, "已处理" if one.done else "未处理"
        where = f"{one.about} {said.where}".strip() or "整套"
        print(f"{one.returned}.{one.number:<4} {state}  {where}  {_titled(said.title)}{said.text}")
        print("".join(f"        {line}\n" for line in _beside_text(one)), end="")
    if not found:
        warn(f"{args.year} 年度没有财政局退回的意见。")
    return DONE


def _beside_text(one: KeptRemark) -> list[str]:
    stood = [f"报送时：{' '.join(one.remark.stood.split())}"] if one.remark.stood else []
    return [*stood, f"答复：{one.answer}"] if one.answer else stood


def _named(name: str) -> tuple[int, int]:
    returned, _, number = name.partition(".")
    if not (returned.isdecimal() and number.isdecimal()):
        raise ChangeRefused("unknown-remark", f"没有编号为“{name}”的意见，编号见 perfdesk remarks 的列表。")
    return int(returned), int(number)


# --- what it says ------------------------------------------------------------------------------------------------------


def sent_back_json(sent: SentBack, found: Beside | None = None) -> dict[str, Any]:
    data = asdict(sent)
    for one in data["filings"]:
        del one["rows"]
    if found is not None:
        data |= {"age": found.age, "again": found.again, "own": list(found.filings)}
    return data


def sent_back_lines(sent: SentBack, known: Mapping[str, Key]) -> list[str]:
    """``known``: the trusted keys by fingerprint."""
    code = f"（{sent.unit_code}）" if sent.unit_code else ""
    answers = f"{sent.handed_in} 报送的一份（核对码 {sent.answers}）" if sent.answers else "报送的文件"
    signed = signed_line(sent.receipt, known) if sent.receipt else "没有签名"
    return [
        f"退回意见（{DECISIONS[sent.decision]}）  {sent.unit_name}{code}  {sent.year} 年度",
        f"  {sent.made} “{sent.bureau}”对 {answers}，核对码 {sent.check_code}",
        f"  {signed}",
        *(
            f"  {KINDS[r.kind]}  {_where(sent, n)}{_titled(r.title)}{r.text}"
            for n, r in enumerate(sent.remarks)
        ),
    ]


def beside_lines(found: Beside) -> list[str]:
    """What a person has to know about it beside the unit's own filings; empty: nothing."""
    told: list[str] = []
    if found.again:
        told.append("这份退回意见以前已经收下，没有再收一次。")
    if found.age == "older":
        told.append("它说的是较早报送的一份，之后又报送过；有的意见可能已经改过。")
    elif found.age == "unknown":
        told.append("本机没有它说的那个报送包，按表名和行对照。")
    told += [f"本机没有它说的“{m.name or m.title}”，意见列在本年各表里。" for m in found.missing]
    return told


def signed_line(receipt: Receipt, known: Mapping[str, Key]) -> str:
    """Who signed, and whether anybody here has confirmed the key."""
    key = known.get(receipt.fingerprint)
    trusted = f"已信任的密钥“{key.name}”" if key else "未确认的密钥，请向对方核对指纹"
    return f"{receipt.day} 由“{receipt.signer}”签名（{trusted}），密钥指纹 {receipt.fingerprint}"


def known_signer(told: HandedIn, data: Path) -> HandedIn:
    """Its receipt says under which name the key is trusted here."""
    key = trusted(data).get(told.receipt.fingerprint) if told.receipt else None
    return replace(told, receipt=replace(told.receipt, known_as=key.name)) if told.receipt and key else told


def trust_signer(data: Path, receipt: Receipt | None, fingerprint: str, known: Mapping[str, Key]) -> None:
    """The key of that fingerprint, which somebody has compared, is trusted from now on. UserError ``other-key`` where another one
    signed."""
    if receipt is None or "".join(receipt.fingerprint.split()) != "".join(fingerprint.upper().split()):
        raise UserError("other-key", "文件不是用这个指纹的密钥签名的，没有信任。请再核对一次。")
    if receipt.fingerprint not in known:
        trust(data, receipt.signer, base64.b64decode(receipt.key))


def _where(sent: SentBack, number: int) -> str:
    remark = sent.remarks[number]
    if remark.filing is None:
        return "整套  "
    meant = sent.filings[remark.filing]
    return f"{meant.name or meant.title} {remark.where or remark.place}".strip() + "  "


def _titled(title: str) -> str:
    return f"{title}：" if title else ""
