"""Which font files a PDF embeds, what they cover, and how wide their characters are.

The official faces come first where they are installed, the shipped look-alikes otherwise; a character that a face lacks is taken from 黑体.
"""

from __future__ import annotations

import os
import re
import sys
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import groupby
from pathlib import Path

from perfdesk import paths
from perfdesk.document.lines import Measure
from perfdesk.document.theme import OFFICIAL, SHIPPED, Face
from perfdesk.formats.font_subset import Subsetter
from perfdesk.formats.truetype import NotEmbeddable, TrueType

OFFICIAL_FILES: dict[Face, tuple[str, ...]] = {
    "biaosong": (
        "方正小标宋简体.ttf",
        "fzxbsjw.ttf",
        "fzxbsjw--gb1-0.ttf",
        "方正小标宋_gbk.ttf",
        "fzxbsk.ttf",
    ),
    "song": ("simsun.ttc", "simsun.ttf", "宋体.ttf", "宋体.ttc"),
    "fang": ("仿宋_gb2312.ttf", "fangsong_gb2312.ttf", "simfang.ttf", "仿宋.ttf"),
    "kai": ("楷体_gb2312.ttf", "kaiti_gb2312.ttf", "simkai.ttf", "楷体.ttf"),
    "hei": ("simhei.ttf", "黑体.ttf"),
}
"""File names in lower case, the nearest to the official face first."""

_UNSEEN = re.compile(
    r"[\u00ad\u034f\u061c\u180b-\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufe00-\ufe0f\ufeff\U000e0100-\U000e01ef]"
)
_BLANKS = re.compile(r"[\u2000-\u200a\u202f\u205f]")


def drawable(text: str) -> str:
    """The text as ink: marks that show nothing dropped, every narrow blank a plain one, a tab two blanks, a minus (U+2212, which
    Chinese faces often lack) the dash that looks like it."""
    if text.isascii() and "\t" not in text:
        return text
    return _BLANKS.sub(" ", _UNSEEN.sub("", text)).replace("\t", "  ").replace("−", "–")


@dataclass(frozen=True, slots=True)
class FaceFile:
    """``index`` of the face in a collection (.ttc); ``shipped``: our look-alike, not the official face."""

    face: Face
    path: Path
    index: int = 0
    shipped: bool = True


@dataclass(frozen=True, slots=True)
class FontUse:
    """One face of a document: the official family that was asked for and the family that a PDF embeds for it."""

    face: Face
    official: str
    used: str
    substitute: bool


def shipped_faces() -> dict[Face, FaceFile]:
    folder = paths.resources() / "fonts"
    return {face: FaceFile(face, folder / name) for face, name in SHIPPED.items()}


def installed_faces(folders: Sequence[Path] | None = None) -> dict[Face, FaceFile]:
    """The official faces found in ``folders`` (None: the usual places of this system, looked through once in a run)."""
    found = _systems_faces() if folders is None else _faces_in(folders)
    return {file.face: file for file in found}


@cache
def _systems_faces() -> tuple[FaceFile, ...]:
    return _faces_in(system_folders())


def _faces_in(folders: Sequence[Path]) -> tuple[FaceFile, ...]:
    by_name: dict[str, Path] = {}
    for file in _font_files(folders):
        by_name.setdefault(file.name.lower(), file)
    found: list[FaceFile] = []
    for face, names in OFFICIAL_FILES.items():
        path = next((by_name[name] for name in names if name in by_name), None)
        if path is not None:
            found.append(FaceFile(face, path, shipped=False))
    return tuple(found)


def _font_files(folders: Sequence[Path]) -> Iterator[Path]:
    for folder in folders:
        for place, inner, names in os.walk(folder):
            inner.sort()
            yield from (Path(place, name) for name in sorted(names))


def system_folders() -> tuple[Path, ...]:
    home = Path.home()
    if sys.platform == "win32":
        local = os.environ.get("LOCALAPPDATA", str(home / "AppData/Local"))
        return Path(os.environ.get("WINDIR", "C:/Windows"), "Fonts"), Path(local, "Microsoft/Windows/Fonts")
    if sys.platform == "darwin":
        return home / "Library/Fonts", Path("/Library/Fonts"), Path("/System/Library/Fonts")
    return (
        home / ".local/share/fonts",
        home / ".fonts",
        Path("/usr/local/share/fonts"),
        Path("/usr/share/fonts"),
    )


class Typeface:
    """A font file that is loaded; ``name`` is nobody else's. NotEmbeddable or OSError where it cannot be."""

    def __init__(self, file: FaceFile) -> None:
        self.file = file
        self.name = f"{file.path}#{file.index}"
        self.font = TrueType(file.path.read_bytes(), file.index)
        self.postscript_name, self.family = self.font.name, self.font.family
        self.ascent, self.descent = self.font.ascent / 1000, self.font.descent / 1000
        self._chars = frozenset(self.font.glyphs)

    @cached_property
    def subsetter(self) -> Subsetter:
        return Subsetter(self.font)

    def covers(self, char: str) -> bool:
        return char in self._chars

    def covers_all(self, text: str) -> bool:
        return self._chars.issuperset(text)

    def advance(self, char: str) -> float:
        """In em."""
        return self.font.width(self.font.glyphs.get(char, 0)) / 1000


@cache
def load(file: FaceFile) -> Typeface:
    """Each file is loaded once. NotEmbeddable or OSError as ``Typeface`` says."""
    return Typeface(file)


class Fonts:
    """The faces of one export, loaded when first used, and what to do about characters that they lack."""

    def __init__(self, faces: Mapping[Face, FaceFile]) -> None:
        self._files = {**shipped_faces(), **faces}
        self._loaded: dict[Face, Typeface] = {}
        self._lookups: dict[Face, _Lookup] = {}

    @classmethod
    def shipped(cls) -> Fonts:
        """The same on every machine."""
        return cls({})

    @classmethod
    def installed(cls, folders: Sequence[Path] | None = None) -> Fonts:
        """The official faces where this machine has them, the shipped ones for the rest."""
        return cls(installed_faces(folders))

    def typeface(self, face: Face) -> Typeface:
        if face not in self._loaded:
            self._loaded[face] = self._load(face)
        return self._loaded[face]

    def _load(self, face: Face) -> Typeface:
        try:
            found = load(self._files[face])
        except (NotEmbeddable, OSError):  # outlines or a licence that cannot be embedded, or no font at all
            return load(shipped_faces()[face])
        # Readers tell the fonts of a file apart by their PostScript names.
        clash = any(
            t.postscript_name == found.postscript_name and t is not found for t in self._loaded.values()
        )
        return load(shipped_faces()[face]) if clash else found

    def source(self, face: Face, char: str) -> Typeface | None:
        """The font that draws ``char``; None: none has it."""
        return self._lookup(face).sources[char]

    def measure(self, face: Face) -> Measure:
        return self._lookup(face).measure

    def _lookup(self, face: Face) -> _Lookup:
        found = self._lookups.get(face)
        if found is None:
            fonts = self.typeface(face), self.typeface("hei"), load(shipped_faces()["hei"])
            found = self._lookups[face] = _lookup(fonts)
        return found

    def runs(self, face: Face, text: str) -> list[tuple[Typeface, str]]:
        """The text in pieces of one font each; a character that no font has stays with the face itself."""
        own = self.typeface(face)
        if own.covers_all(text):
            return [(own, text)]
        pieces = groupby(text, key=lambda char: self.source(face, char) or own)
        return [(typeface, "".join(chars)) for typeface, chars in pieces]

    def digit(self, face: Face) -> float:
        """The widest digit in em: amounts give every digit this room, so that columns of them stand in line."""
        return max(map(self.typeface(face).advance, "0123456789"))

    def even_digits(self, face: Face) -> bool:
        """All digits of the face are of one width by themselves."""
        return len(set(map(self.typeface(face).advance, "0123456789"))) == 1

    def missing(self, face: Face, text: str) -> list[str]:
        """Characters of ``text`` that would show as a box, each once."""
        chars = set(drawable("".join(sorted(set(text)))))
        return sorted(c for c in chars if c != "\n" and self.source(face, c) is None)

    def use(self, face: Face) -> FontUse:
        typeface = self.typeface(face)
        return FontUse(face, OFFICIAL[face], typeface.family, typeface.file.shipped)


class _Sources(dict[str, Typeface | None]):
    """Character → the first of the fonts that has it."""

    def __init__(self, fonts: Sequence[Typeface]) -> None:
        super().__init__()
        self._fonts = fonts

    def __missing__(self, char: str) -> Typeface | None:
        self[char] = found = next((t for t in self._fonts if t.covers(char)), None)
        return found


class _Advances(dict[str, float]):
    """Character → width in em."""

    def __init__(self, sources: _Sources) -> None:
        super().__init__({"\n": 0.0})
        self._sources = sources

    def __missing__(self, char: str) -> float:
        source = self._sources[char]
        self[char] = width = 1.0 if source is None else source.advance(char)
        return width


@dataclass(frozen=True, slots=True)
class _Lookup:
    """What is known of the characters that some fonts, one after the other, draw."""

    sources: _Sources
    measure: Measure


@cache
def _lookup(fonts: tuple[Typeface, ...]) -> _Lookup:
    """Shared by all exports of a run: the same fonts always say the same."""
    sources = _Sources(fonts)
    width = _Advances(sources).__getitem__
    return _Lookup(sources, lambda text: sum(map(width, text)))


def describe(char: str) -> str:
    """A character for a message: itself, its number and, where Unicode has one, its name."""
    name = unicodedata.name(char, "")
    return f"“{char}”（U+{ord(char):04X}{' ' + name if name else ''}）"
