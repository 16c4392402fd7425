"""What the program knows of forms: every edition, every standard indicator, and a new filing of an edition."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from types import MappingProxyType

from perfdesk import codes, paths
from perfdesk.errors import FormError, UserError
from perfdesk.evaluation_files import Methods
from perfdesk.form_files import Standards, read_form, read_standards
from perfdesk.model.filing import Filing, Row, empty_filing
from perfdesk.model.form import Fixed, Form, Section, Standard
from perfdesk.model.scheme import Scheme
from perfdesk.naming import label_key
from perfdesk.pack_folders import roots
from perfdesk.rates import load_rates
from perfdesk.scoring_catalog import load_schemes, own_folder

OWN = "own"
"""What the schemes of forms that a user took in begin with: ``own-<n>``."""


@dataclass(frozen=True, slots=True)
class Catalog:
    """All form editions by id, all standard indicators by name, all lists of codes and scoring schemes by id. ``faults``: files of the
    user's that are left out, each with all its mistakes. ``files``: where each form was read."""

    forms: Mapping[str, Form]
    standards: Standards
    code_lists: Mapping[str, codes.CodeList]
    schemes: Mapping[str, Scheme]
    faults: tuple[FormError, ...] = ()
    files: Mapping[str, Path] = field(default_factory=dict[str, Path])

    def form(self, form_id: str) -> Form:
        """The edition with that id; UserError ``unknown-form`` where the program does not have it (a newer one has)."""
        if form_id not in self.forms:
            message = f"填报用的表样“{form_id}”不在本程序里，请安装较新的版本，或把自己的表样放回数据文件夹。"
            raise UserError("unknown-form", message)
        return self.forms[form_id]

    def digest(self, form_id: str) -> str:
        """SHA-256 of the form's file, whatever its line ends; empty where it is not known."""
        import hashlib  # and with it the system's cryptography, which no form needs

        path = self.files.get(form_id)
        return hashlib.sha256(path.read_bytes().replace(b"\r\n", b"\n")).hexdigest() if path else ""

    def is_own(self, form_id: str) -> bool:
        """A form that the user took in: its number says nothing on another machine."""
        return self.forms[form_id].scheme.startswith(f"{OWN}-")

    @property
    def trouble(self) -> UserError | None:
        """What the user has to be told of his files; None where they are all in order."""
        if not self.faults:
            return None
        told = "\n".join(fault.message for fault in self.faults)
        return UserError("own-files", f"{told}\n没有采用的是数据文件夹里的这些文件，其余照常使用。")


def own_forms(data: Path) -> Path:
    """Where a user's own forms are, below the folder of the user's data: ``<scheme>/<kind>.toml``."""
    return data / "templates" / "forms"


def load(folder: Path | None = None, own: Path | None = None, packs: Sequence[Path] | None = None) -> Catalog:
    """Read every form, standard, scheme and list of codes below ``folder`` (default: the program's templates), of the packs installed in
    the folder of data ``own`` (``packs``: of these instead), and what the user put there: lists of codes, scoring schemes and forms.
    FormError names the first faulty file of ``folder`` with all its mistakes; all others are told by the catalog's ``faults``."""
    brought = roots(own, packs)
    if folder is None and not brought and (own is None or not _has_files(own)):
        return _shipped(paths.templates())
    return _read(folder or paths.templates(), own, brought)


def _has_files(own: Path) -> bool:
    folders = (codes.own_folder(own), own_folder(own), own_forms(own))
    try:
        return any(True for folder in folders for _ in folder.rglob("*.toml"))
    except OSError:  # told by the store, which is opened there next
        return False


class _Shipped(Mapping[str, Form]):
    """The program's own forms: each is read when it is first asked for, and stays as it is while the program runs. (That all can be
    read is proved before they ship.)"""

    def __init__(self, files: Mapping[str, Path], read: Callable[[Path], Form]) -> None:
        self._files = files
        self._read = read
        self._known: dict[str, Form] = {}

    def __getitem__(self, form_id: str) -> Form:
        if (known := self._known.get(form_id)) is not None:
            return known
        return self._known.setdefault(form_id, self._read(self._files[form_id]))

    def __contains__(self, form_id: object) -> bool:
        return form_id in self._files

    def __iter__(self) -> Iterator[str]:
        return iter(self._files)

    def __len__(self) -> int:
        return len(self._files)


@cache
def _shipped(root: Path) -> Catalog:
    lists = codes.load(root / "standards" / "codes", None, [], ())
    sets = {path.stem: read_standards(path) for path in sorted((root / "standards").glob("*.toml"))}
    methods = Methods(load_schemes(root, None, [], ()), load_rates(root))
    paths_by_id = {f"{p.parent.name}/{p.stem}": p for p in sorted((root / "forms").glob("*/*.toml"))}
    forms = _Shipped(paths_by_id, lambda path: read_form(path, sets, lists, methods))
    return Catalog(forms, _everything(sets), lists, methods.schemes, (), MappingProxyType(paths_by_id))


def _everything(sets: Mapping[str, Standards]) -> Standards:
    return MappingProxyType({name: standard for one in sets.values() for name, standard in one.items()})


def _read(root: Path, own: Path | None, brought: Sequence[Path]) -> Catalog:
    faults: list[FormError] = []
    lists = codes.load(root / "standards" / "codes", codes.own_folder(own) if own else None, faults, brought)
    sets = {path.stem: read_standards(path) for path in sorted((root / "standards").glob("*.toml"))}
    for path in (p for one in brought for p in sorted((one / "standards").glob("*.toml"))):
        _if_right(faults, lambda path=path: sets.update({path.stem: read_standards(path)}))
    schemes = load_schemes(root, own_folder(own) if own else None, faults, brought)
    methods = Methods(schemes, load_rates(root))
    files = {
        path: read_form(path, sets, lists, methods) for path in sorted((root / "forms").glob("*/*.toml"))
    }
    added = [p for one in brought for p in sorted((one / "forms").glob("*/*.toml"))]
    for path in [*added, *(sorted(own_forms(own).glob("*/*.toml")) if own else ())]:
        _if_right(faults, lambda path=path: files.update({path: read_form(path, sets, lists, methods)}))
    by_id = MappingProxyType({f.id: f for f in files.values()})
    where = MappingProxyType({f.id: path for path, f in files.items()})
    return Catalog(by_id, _everything(sets), lists, methods.schemes, tuple(faults), where)


def _if_right(faults: list[FormError], read: Callable[[], object]) -> None:
    """A file with mistakes is left out and told."""
    try:
        read()
    except FormError as error:
        faults.append(error)


# --- new filings ------------------------------------------------------------------------------------------------------


def new_filing(form: Form, year: int | None, unit_name: str, new_id: Callable[[], str]) -> Filing:
    """An empty filing with the bureau's fixed rows in place (usual unit filled in, target empty), the unit's name, and the texts that a
    budget's explanation begins with."""
    cells = {"basic": {"unit_name": unit_name}, **starters(form)}
    rows = [Row(section, section, MappingProxyType(own)) for section, own in cells.items()]
    for section in form.sections:
        if section.kind == "tree":
            rows += _tree_rows(section, new_id)
    return empty_filing(form, year, tuple(rows))


def starters(form: Form) -> dict[str, dict[str, str]]:
    """Section → column → the text that a new filing begins with."""
    found: dict[str, dict[str, str]] = {}
    for chapter in form.chapters:
        if chapter.starter and chapter.text:
            section, _, column = chapter.text.partition("/")
            found.setdefault(section, {})[column] = chapter.starter
    return found


def _tree_rows(section: Section, new_id: Callable[[], str]) -> list[Row]:
    rows: list[Row] = []
    above: dict[str, str] = {}
    for group in section.groups:
        if group.level1 not in above:
            above[group.level1] = new_id()
            rows.append(Row(above[group.level1], section.id, MappingProxyType({"level1": group.level1})))
        parent = Row(new_id(), section.id, MappingProxyType({"level2": group.level2}), above[group.level1])
        rows.append(parent)
        here = (group.level1, group.level2)
        leaves = [fixed_cells(section, f.standard) for f in section.fixed if (f.level1, f.level2) == here]
        leaves += [{"level3": name} for name in group.rows]
        rows += [Row(new_id(), section.id, MappingProxyType(cells), parent.id) for cells in leaves]
    return rows


def fixed_cells(section: Section, standard: Standard) -> dict[str, str]:
    """The cells of a fixed row as the form prints them: its name, its usual unit or its explanation, no target yet. (The note of a row
    with a score says why the score is another: it is the unit's own.)"""
    cells = {"level3": standard.name}
    if section.field("unit"):
        cells["unit"] = standard.unit
    elif section.field("note") and not section.field("score"):
        cells["note"] = (f"{standard.formula}。" if standard.formula else "") + standard.explain
    return cells


def standard_of(section: Section, name: str) -> Fixed | None:
    """The fixed row that a level-3 name means, told by its folded name or an alias; None for an indicator of the unit's own."""
    key = label_key(name)
    for fixed in section.fixed:
        if key in (label_key(n) for n in (fixed.standard.name, *fixed.standard.aliases)):
            return fixed
    return None
