"""Word and Excel files as a real office program prints them; tests that ask for it are skipped where LibreOffice is not installed."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

import pypdfium2
import pytest

from perfdesk import paths
from perfdesk.document.theme import OFFICIAL

FAMILIES = {
    "biaosong": "FSP BiaoSong",
    "song": "FSP Song",
    "fang": "FSP Fang",
    "kai": "FSP Kai",
    "hei": "FSP Hei",
}
FONTS = """<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>{fonts}</dir><cachedir>{cache}</cachedir>{aliases}</fontconfig>"""
ALIAS = '<alias binding="same"><family>{}</family><prefer><family>{}</family></prefer></alias>'


def office_pdfs(folder: Path, files: Sequence[Path]) -> list[Path]:
    """What LibreOffice makes of each, with the shipped fonts under the names the files ask for. One start of the program for all."""
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("没有安装 LibreOffice（soffice），跳过用办公软件打开的测试")
    aliases = "".join(ALIAS.format(OFFICIAL[face], family) for face, family in FAMILIES.items())
    (folder / "fonts.conf").write_text(
        FONTS.format(fonts=paths.resources() / "fonts", cache=folder / "cache", aliases=aliases), "utf-8"
    )
    subprocess.run(
        [office, f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", "pdf", "--outdir", str(folder / "out"),
         *map(str, files)],
        env=os.environ | {"FONTCONFIG_FILE": str(folder / "fonts.conf"), "HOME": str(folder)}, check=True, capture_output=True, timeout=240,
    )  # fmt: skip
    return [folder / "out" / f"{file.stem}.pdf" for file in files]


def page_texts(file: Path) -> list[str]:
    return [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(file)]
