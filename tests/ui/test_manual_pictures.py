"""A picture of the manual is the program as it is, small, and leaves nothing open."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from ui import manual_pictures
from ui.small_png import COLOURS, write_small


def test_pictures_are_written_named_and_small(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    some = {"nobody": ("first-unit",), "unit": ("hand-in", "export")}
    stages = {n: {p: manual_pictures.STAGES[n][p] for p in names} for n, names in some.items()}
    monkeypatch.setattr(manual_pictures, "STAGES", stages)
    assert manual_pictures.main([str(tmp_path)]) == 0
    files = {file.stem: file for file in tmp_path.glob("*.png")}
    assert sorted(files) == ["export", "first-unit", "hand-in"]
    said = capsys.readouterr().out
    assert all(str(file) in said for file in files.values())
    for file in files.values():
        image = QImage(str(file))
        assert image.width() > 300 and image.height() > 200
        assert 8 < image.colorCount() <= COLOURS
    assert [w for w in QApplication.topLevelWidgets() if w.isVisible()] == []


def test_a_picture_of_few_colours_loses_none_but_the_frame(tmp_path: Path) -> None:
    image = QImage(40, 30, QImage.Format.Format_RGB32)
    for x in range(40):
        for y in range(30):
            image.setPixel(x, y, 0xFF000000 + x * 5 + y // 10)
    write_small(image, tmp_path / "few.png")
    small = QImage(str(tmp_path / "few.png"))
    inner = [(x, y) for x in range(1, 39) for y in range(1, 29)]
    assert [small.pixel(x, y) for x, y in inner] == [image.pixel(x, y) for x, y in inner]
