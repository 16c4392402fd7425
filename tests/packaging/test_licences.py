"""Whoever wrote something inside is named, with the text of the licence."""

from __future__ import annotations

import sys
import tomllib
from importlib.metadata import distribution
from pathlib import Path

import licences
import pytest
from licences import Entry, Unowned
from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parents[2]
NEVER_INSIDE = {"python-docx"}  # checks our files in tests; the program writes its own


def entry(module: object) -> Entry:
    """As the build lists a module that it compiled."""
    source = Path(str(getattr(module, "__file__", "")))
    place = next(folder for folder in map(Path, sys.path) if source.is_relative_to(folder) and folder != ROOT)
    return Entry(str(source.relative_to(place).with_suffix(".pyc")), f"/build/{source.name}c", "DATA")


def test_a_module_leads_to_its_distribution_and_the_text_of_its_licence() -> None:
    import sqlalchemy.sql.elements

    (found,) = licences.of_files([entry(sqlalchemy.sql.elements)])
    assert found.version == distribution("sqlalchemy").version
    assert found.licence == "MIT"
    assert any("Permission is hereby granted" in text.read_text(encoding="utf-8") for text in found.texts)


def test_every_library_of_the_program_has_a_text() -> None:
    names = {Requirement(line).name.lower() for line in project_requirements()} - NEVER_INSIDE
    for name in names:
        part = licences.of_distribution(distribution(name))
        assert part.licence, name
        assert max((text.stat().st_size for text in part.texts), default=0) > 500, name


def project_requirements() -> list[str]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["dependencies"]


def test_qt_is_used_under_the_lgpl_with_its_whole_text() -> None:
    part = licences.of_distribution(distribution("pyside6-essentials"))
    assert part.licence == "LGPL-3.0-only"
    texts = {text.name: text.read_text(encoding="utf-8") for text in part.texts}
    assert "GNU LESSER GENERAL PUBLIC LICENSE" in texts["LGPL-3.0.txt"]
    assert "GNU GENERAL PUBLIC LICENSE" in texts["GPL-3.0.txt"]


def test_python_is_named_with_its_licence() -> None:
    part = licences.of_python()
    assert (part.name, part.licence) == ("Python", "PSF-2.0")
    assert "PYTHON SOFTWARE FOUNDATION LICENSE" in part.texts[0].read_text(encoding="utf-8").upper()


def test_a_file_that_belongs_to_nobody_ends_the_build(tmp_path: Path) -> None:
    stray = tmp_path / "libstray.so.1"
    stray.write_bytes(b"\x7fELF")
    with pytest.raises(Unowned, match="libstray"):
        licences.of_files([Entry("libstray.so.1", str(stray), "BINARY")])


def test_our_own_files_are_not_third_party() -> None:
    assert licences.of_files([Entry("perfdesk/paths.pyc", "/build/paths.pyc", "DATA")]) == []


def test_the_page_names_every_part_and_each_has_its_folder(tmp_path: Path) -> None:
    names = ("lxml", "pyside6-essentials", "pypdfium2")
    parts = [licences.of_distribution(distribution(name)) for name in names]
    licences.write(tmp_path, parts, licences.shipped_resources(ROOT))
    page = (tmp_path / "THIRD-PARTY.md").read_text(encoding="utf-8")
    for part in parts:
        assert f"| {part.name} | {part.version} |" in page
        assert len([f for f in (tmp_path / "licenses" / part.name).rglob("*") if f.is_file()]) == len(
            part.texts
        )
    assert "SIL Open Font License" in page and "Lucide" in page


def test_a_part_without_a_text_ends_the_build(tmp_path: Path) -> None:
    with pytest.raises(Unowned, match="nameless"):
        licences.write(tmp_path, [licences.Part("nameless", "1", "MIT", ())], "")
