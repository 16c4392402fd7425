"""The bureau's commands on what it says to units: note, notes, send-back; and what the bureau's window does about the same."""

from __future__ import annotations

from argparse import Namespace
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from perfdesk.bureau.places import place_at
from perfdesk.bureau.sending_back import Known, Verdict, sent_back
from perfdesk.catalog import Catalog
from perfdesk.commands.files import known_forms
from perfdesk.commands.saying import DONE, say_json, warn
from perfdesk.commands.storing import open_store, private_key
from perfdesk.errors import ChangeRefused, ExportRefused
from perfdesk.formats.atomic import write_atomically
from perfdesk.handing_back import Signer, returned, suggested_return_name
from perfdesk.model.bureau import EVERYONE, HandingInfo, Node, Note, Scope
from perfdesk.model.sent_back import SentBack

if TYPE_CHECKING:
    from perfdesk.store import Store


@dataclass(frozen=True, slots=True)
class Sent:
    """One return that was written. ``unit``: its key in the tree."""

    unit: str
    path: Path
    told: SentBack
    check_code: str


# --- what a window does, too -------------------------------------------------------------------------------------------


def told_to(store: Store, forms: Catalog, year: int, unit: str, verdict: Verdict) -> SentBack:
    """What the unit (by its key) would be told about the handing that counts. ChangeRefused ``not-handed-in``; UserError
    ``unknown-form``."""
    return _told_to(store, forms, _node(store, unit), _handing(store, year, unit), verdict)


def send_back(
    store: Store,
    forms: Catalog,
    year: int,
    unit: str,
    verdict: Verdict,
    target: Path,
    signer: Signer | None = None,
) -> Sent:
    """``told_to`` as a file. Once it is on disk, the handing is returned or accepted (``verdict.decision``) and its notes are sent. Also
    ExportRefused ``changed-meanwhile`` where something else was handed in or written by now, UserError ``key-refused``."""
    return _send(store, forms, _node(store, unit), _handing(store, year, unit), verdict, target, signer)


def send_back_all(
    store: Store,
    forms: Catalog,
    year: int,
    verdict: Verdict,
    folder: Path,
    signer: Signer | None = None,
    scope: Scope = EVERYONE,
    going_on: Callable[[int, int], bool] = lambda _number, _count: True,
) -> tuple[Sent, ...]:
    """A file each for the units (of the scope) with open notes or errors whose handing is neither returned nor accepted yet, or has notes
    that wait. ``going_on``: asked before each with its number from 1 and their count; where it says no, those before are done."""
    meant = {p.unit for p in store.bureau.papers(year, scope)}
    due = [h for h in store.bureau.handings(year) if h.unit in meant and _is_due(h)]
    nodes = {n.key: n for n in store.bureau.nodes()}
    names = _file_names(nodes, year, due)
    with suppress(OSError):  # what is written next says why
        folder.mkdir(parents=True, exist_ok=True)
    made: list[Sent] = []
    for number, handing in enumerate(due, 1):
        if not going_on(number, len(due)):
            break
        target = folder / names[handing.unit]
        made.append(_send(store, forms, nodes[handing.unit], handing, verdict, target, signer))
    return tuple(made)


def write_note(
    store: Store, forms: Catalog, year: int, unit: str, text: str, paper: int = 0, place: str = ""
) -> int:
    """A note about the handing that counts; its number. ChangeRefused ``unknown-paper``, ``unknown-place``, ``no-text``,
    ``not-handed-in``."""
    handing = _handing(store, year, unit)
    if paper:
        known = {p.number for p in store.bureau.papers(year, Scope(units=(unit,)))}
        if paper not in known:
            raise ChangeRefused("unknown-paper", f"这个单位报送的没有第 {paper} 份表。")
    if place:
        filing = store.bureau.filing(year, unit, handing.number, paper) if paper else None
        form = forms.forms.get(filing.form) if filing else None
        section = place.removeprefix("tables/").partition("/")[0]
        if form is None or filing is None or not form.has(section):
            raise ChangeRefused("unknown-place", f"没有“{place}”这个位置。位置的写法见 check 的输出。")
        if "/" in place and place_at(form, filing, place).row is None:
            raise ChangeRefused("unknown-place", f"没有“{place}”这个位置。位置的写法见 check 的输出。")
    return store.bureau.put_note(year, unit, text, paper, place)


def _is_due(handing: HandingInfo) -> bool:
    return handing.notes > 0 or (handing.state == "taken" and handing.errors > 0)


def _file_names(nodes: Mapping[str, Node], year: int, due: Sequence[HandingInfo]) -> dict[str, str]:
    """Unit → a name of its own; units of one name are told apart by their keys."""
    names = {h.unit: suggested_return_name(nodes[h.unit].name, year) for h in due}
    counts = Counter(name.casefold() for name in names.values())
    return {
        unit: name if counts[name.casefold()] == 1 else suggested_return_name(nodes[unit].name + unit, year)
        for unit, name in names.items()
    }


def _node(store: Store, unit: str) -> Node:
    found = next((n for n in store.bureau.nodes() if n.key == unit), None)
    if found is None:
        raise ChangeRefused("unknown-node", f"单位树里没有“{unit}”。")
    return found


def _handing(store: Store, year: int, unit: str) -> HandingInfo:
    found = next((h for h in store.bureau.handings(year) if h.unit == unit), None)
    if found is None:
        raise ChangeRefused("not-handed-in", f"“{unit}”{year} 年度还没有报送。")
    return found


def _told_to(store: Store, forms: Catalog, node: Node, handing: HandingInfo, verdict: Verdict) -> SentBack:
    year, unit, one = handing.year, handing.unit, Scope(units=(handing.unit,))
    findings = store.bureau.findings(year, one)
    papers = [
        Known(
            p.number,
            store.bureau.filing(year, unit, p.handing, p.number),
            findings.get((unit, p.number), ()),
        )
        for p in store.bureau.papers(year, one)
    ]
    return sent_back(node, handing, papers, store.bureau.notes(year, unit), verdict, forms)


def _send(
    store: Store,
    forms: Catalog,
    node: Node,
    handing: HandingInfo,
    verdict: Verdict,
    target: Path,
    signer: Signer | None,
) -> Sent:
    year, unit = handing.year, handing.unit
    notes = store.bureau.notes(year, unit)
    told = _told_to(store, forms, node, handing, verdict)
    made = returned(told, signer)
    counting = {p.handing for p in store.bureau.papers(year, Scope(units=(unit,)))}
    if counting - {handing.number} or store.bureau.notes(year, unit) != notes:
        raise ExportRefused("changed-meanwhile", "生成退回意见的时候又有改动，没有写出文件。请再做一次。")
    write_atomically(target, made.data)
    waiting = [n.number for n in notes if n.handing == handing.number and not n.sent]
    store.bureau.notes_sent(year, unit, waiting, told.made)
    store.bureau.decide(year, unit, verdict.decision)
    return Sent(unit, target, told, made.check_code)


# --- commands ----------------------------------------------------------------------------------------------------------


def send_back_command(args: Namespace) -> int:
    """``send-back --year Y (--unit UNIT | --all) --to PATH --name NAME [--accept] [--key FILE]``"""
    forms = known_forms(args)
    verdict = Verdict("accepted" if args.accept else "returned", args.name, date.today())
    signer = Signer(args.name, private_key(args.key)) if args.key else None
    with open_store(args) as store:
        if args.all:
            made = send_back_all(store, forms, args.year, verdict, Path(args.to), signer)
        else:
            unit = unit_meant(store, args.unit)
            made = (send_back(store, forms, args.year, unit, verdict, Path(args.to), signer),)
    if args.json:
        say_json({"returns": [_json(one) for one in made]})
        return DONE
    for one in made:
        done = "受理" if args.accept else "退回"
        print(f"已写出 {one.path}（{done} {one.told.unit_name}，意见 {len(one.told.remarks)} 条）")
        print(f"核对码 {one.check_code}")
    if not made:
        warn(f"{args.year} 年度没有要退回的单位。")
    return DONE


def _json(one: Sent) -> dict[str, Any]:
    told = {"unit": one.unit, "unit_name": one.told.unit_name, "decision": one.told.decision}
    return told | {"path": str(one.path), "remarks": len(one.told.remarks), "check_code": one.check_code}


def unit_meant(store: Store, text: str) -> str:
    """The key of the unit that is called so: by key, code or name. ChangeRefused ``unknown-node`` where it is none or several."""
    plain = " ".join(text.split())
    nodes = store.bureau.nodes()
    if any(n.key == plain for n in nodes):
        return plain
    found = [n.key for n in nodes if plain in (n.code, " ".join(n.name.split()))]
    if len(found) != 1:
        told = "有几个单位叫" if found else "单位树里没有"
        raise ChangeRefused("unknown-node", f"{told}“{text}”，请写它的编码。", "\n".join(found))
    return found[0]


def note(args: Namespace) -> int:
    """``note --year Y --unit UNIT (--text TEXT [--paper N [--place P]] | --drop N)``"""
    forms = known_forms(args)
    with open_store(args) as store:
        unit = unit_meant(store, args.unit)
        if args.drop is not None:
            store.bureau.drop_note(args.year, unit, args.drop)
            number = args.drop
        else:
            number = write_note(store, forms, args.year, unit, args.text, args.paper or 0, args.place or "")
    if args.json:
        say_json({"unit": unit, "note": number})
    else:
        print(f"已删除意见 {number}" if args.drop is not None else f"已记下意见 {number}")
    return DONE


def notes(args: Namespace) -> int:
    """``notes --year Y [--unit UNIT]``"""
    with open_store(args, read_only=True) as store:
        called = {n.key: n.name for n in store.bureau.nodes()}
        wanted = unit_meant(store, args.unit) if args.unit else None
        units = [h.unit for h in store.bureau.handings(args.year) if wanted in (None, h.unit)]
        found = [(unit, one) for unit in units for one in store.bureau.notes(args.year, unit)]
    if args.json:
        say_json({"notes": [{"unit": unit, **_note_json(one)} for unit, one in found]})
        return DONE
    for unit, one in found:
        at = f"第 {one.paper} 份表 {one.place}".strip() if one.paper else "整套"
        state = f"{one.sent} 已发出" if one.sent else "未发出"
        print(f"{one.number:>4}  {called.get(unit, unit)}  {at}  {state}  {one.text}")
        if one.done or one.answer:
            print(f"      单位答复：{'已处理' if one.done else '未处理'}。{one.answer}")
    if not found:
        warn(f"{args.year} 年度没有意见。")
    return DONE


def _note_json(one: Note) -> dict[str, Any]:
    return asdict(one) | {"at": one.at.isoformat()}
