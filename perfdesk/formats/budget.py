"""How much one file may cost. Counted while reading, never believed from a header; each limit is told as such."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from perfdesk.errors import InputRefused

MIB = 1 << 20


@dataclass(frozen=True, slots=True)
class Limits:
    """``part`` and ``inflated`` in bytes, of one part and of the whole file; ``cells`` with text and ``all_merges`` in the whole file;
    ``rows``, ``columns`` and ``merges`` of one table; ``places`` are cells with and without text; ``characters`` of all texts
    together, which a few bytes can multiply (one shared string in every cell); ``openings`` of parts, each as often as it is named
    (one sheet under a thousand names); ``pages`` of a PDF, ``shapes`` and straight lines one way (``rules``) of one page,
    ``all_shapes`` of all pages, which may draw the same."""

    part: int = 64 * MIB
    inflated: int = 200 * MIB
    parts: int = 2_000
    openings: int = 5_000
    cells: int = 200_000
    rows: int = 20_000
    columns: int = 500
    merges: int = 5_000
    all_merges: int = 60_000
    places: int = 600_000
    characters: int = 30_000_000
    pages: int = 2_000
    shapes: int = 100_000
    all_shapes: int = 300_000
    rules: int = 4_000


def nothing() -> None:
    """The progress of one who does not listen."""


class Budget:
    """What is left for one file. Each method counts and raises InputRefused (``too-large``) where a limit is passed.

    ``progress`` is called for every piece of work that is bounded by itself; who listens may take silence for an endless loop.
    """

    def __init__(
        self, name: str, limits: Limits | None = None, progress: Callable[[], None] = nothing
    ) -> None:
        self.name = name
        self.limits = limits or Limits()
        self.progress = progress
        self._inflated = self._cells = self._merges = self._places = self._characters = 0
        self._openings = self._shapes = 0

    def part(self, so_far: int, more: int) -> None:
        """``more`` bytes came out of a part that had given ``so_far``."""
        self.progress()
        self._inflated += more
        if so_far + more > self.limits.part:
            raise self._over(f"里有一部分展开后超过 {self.limits.part // MIB} MB")
        if self._inflated > self.limits.inflated:
            raise self._over(f"展开后超过 {self.limits.inflated // MIB} MB")

    def parts(self, count: int) -> None:
        if count > self.limits.parts:
            raise self._over(f"由超过 {self.limits.parts} 个部分组成")

    def opening(self) -> None:
        """A part is about to be read, perhaps once more."""
        self._openings += 1
        if self._openings > self.limits.openings:
            raise self._over(f"里的各部分一共要读超过 {self.limits.openings} 次")

    def file(self, size: int, limit: int) -> None:
        """A file of ``size`` bytes on the disk where at most ``limit`` are read."""
        if size > limit:
            raise self._over(f"超过 {limit // MIB} MB")

    def text(self, characters: int) -> None:
        """A text was kept."""
        self._characters += characters
        if self._characters > self.limits.characters:
            raise self._over(f"的文字超过 {self.limits.characters // 10_000} 万字")

    def cell(self, text: str) -> None:
        """A cell was read; it counts as one with text where it has some."""
        self.places(1)
        if text:
            self.text(len(text))
            self._cells += 1
            if self._cells > self.limits.cells:
                raise self._over(f"里有内容的单元格超过 {self.limits.cells} 个")

    def places(self, count: int) -> None:
        self._places += count
        if self._places > self.limits.places:
            raise self._over(f"里的单元格（连同空格）超过 {self.limits.places // 10_000} 万个")

    def rows(self, count: int) -> None:
        if count > self.limits.rows:
            raise self._over(f"里有表格超过 {self.limits.rows} 行")

    def columns(self, count: int) -> None:
        if count > self.limits.columns:
            raise self._over(f"里有表格超过 {self.limits.columns} 列")

    def merge(self, of_table: int) -> None:
        """One more; ``of_table``: how many its table has with it."""
        self._merges += 1
        if of_table > self.limits.merges:
            raise self._over(f"里有表格的合并单元格超过 {self.limits.merges} 处")
        if self._merges > self.limits.all_merges:
            raise self._over(f"里的合并单元格超过 {self.limits.all_merges} 处")

    def pages(self, count: int) -> None:
        if count > self.limits.pages:
            raise self._over(f"超过 {self.limits.pages} 页")

    def shapes(self, of_page: int) -> None:
        """One more; ``of_page``: how many its page has with it."""
        self._shapes += 1
        if self._shapes > self.limits.all_shapes:
            raise self._over(f"里的图形超过 {self.limits.all_shapes // 10_000} 万个")
        if of_page > self.limits.shapes:
            raise self._over(f"里有一页的图形超过 {self.limits.shapes // 10_000} 万个")

    def rules(self, one_way: int) -> None:
        if one_way > self.limits.rules:
            raise self._over(f"里有一页的直线超过 {self.limits.rules} 条")

    def _over(self, what: str) -> InputRefused:
        return InputRefused(
            "too-large", f"文件“{self.name}”{what}，太大，不能读取。请只保留要用的表格，另存后再试。"
        )
