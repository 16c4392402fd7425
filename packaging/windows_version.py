"""The version that Windows shows in a program's properties, made from pyproject.toml in PyInstaller's notation."""

from __future__ import annotations

from pathlib import Path

import project

_TEXT = """VSVersionInfo(
  ffi=FixedFileInfo(filevers={numbers}, prodvers={numbers}, mask=0x3F, flags=0x0, OS=0x40004, fileType=0x1, subtype=0x0, date=(0, 0)),
  kids=[
    StringFileInfo([StringTable('080404B0', [
{strings}
    ])]),
    VarFileInfo([VarStruct('Translation', [0x0804, 1200])])
  ]
)
"""


def text(name: str) -> str:
    """For the program file ``name``.exe; Windows wants four numbers."""
    told = project.described()
    numbers = tuple(int(part) for part in told["version"].split("."))
    strings = {
        "CompanyName": project.MAKER,
        "FileDescription": project.TITLE,
        "FileVersion": told["version"],
        "InternalName": name,
        "LegalCopyright": f"{told['license']} License",
        "OriginalFilename": f"{name}.exe",
        "ProductName": f"{project.TITLE} {project.ENGLISH}",
        "ProductVersion": told["version"],
    }
    lines = ",\n".join(f"      StringStruct({key!r}, {value!r})" for key, value in strings.items())
    return _TEXT.format(numbers=(*numbers, 0, 0, 0, 0)[:4], strings=lines)


def write(path: Path) -> Path:
    """Beside the other products of the build; the file's new name."""
    target = path.with_name(f"{path.name}-version.txt")
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(text(path.name), encoding="utf-8")
    return target
