"""The manual says what is there: its pages, the words, keys and commands that they name, and their pictures."""

from __future__ import annotations

import ast
import re
import shlex
import tomllib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from perfdesk import paths
from perfdesk.__main__ import main
from perfdesk.document.blocks import Contents, Document, Heading, Page, Paragraph, Picture
from perfdesk.document.pictures import png_size
from perfdesk.errors import FormError
from perfdesk.formats.write import write_bytes
from perfdesk.manual import pages
from perfdesk.manual.markdown import Item, Rows, Shown, Text, Title, asked, parsed
from perfdesk.manual.paper import manual

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parent.parent
PICTURES = paths.resources() / "pictures"
WRITTEN = [topic for topic in pages.topics() if topic != pages.CHECKS]
KEY = re.compile(r"(?:(?:Ctrl|Alt|Shift)\+)*(?:F\d+|[A-Z0-9+\-]|[A-Z][A-Za-z]+|[←↑→↓])")


# --- the pages ---


def test_every_page_is_in_the_contents_once_and_has_one_heading() -> None:
    assert sorted(pages.topics()) == sorted({f.stem for f in pages.folder().glob("*.md")} | {pages.CHECKS})
    for topic in pages.topics():
        levels = [part.level for part in parsed(pages.page(topic)) if isinstance(part, Title)]
        assert levels[0] == 1 and set(levels[1:]) <= {2}, topic
    assert len({pages.title(topic) for topic in pages.topics()}) == len(pages.topics())


def test_no_page_leads_out_of_the_program() -> None:
    for topic in pages.topics():
        assert not re.search(r"(?<!!)\[[^\]]*\]\(|https?:", pages.page(topic)), topic


def test_a_page_of_another_chapter_is_named_as_it_is_called() -> None:
    titles = {pages.title(topic) for topic in pages.topics()}
    named = [w for topic in WRITTEN for w in re.findall(r"[见照]“([^”]+)”", pages.page(topic))]
    assert named and set(named) <= titles


def test_contents_that_name_a_page_that_is_not_there_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "contents.toml").write_text(
        'format = 1\n[[parts]]\ntitle = "a"\npages = ["gone"]\n', encoding="utf-8"
    )
    monkeypatch.setattr(pages, "folder", lambda: tmp_path)
    with pytest.raises(FormError, match=r"gone\.md"):
        pages.parts.__wrapped__()


def test_markdown_is_read_as_it_is_written() -> None:
    page = "# A\n\n## B\ntext **x**\n\n1. one\n  - two\n- three\n\n![c](../p.png)\n| a | b |\n| --- | --- |\n| 1 | 2 |\n"
    assert list(parsed(page)) == [
        Title(1, "A"),
        Title(2, "B"),
        Text("text **x**"),
        Item("1.", 0, "one"),
        Item("-", 1, "two"),
        Item("-", 0, "three"),
        Shown("c", "../p.png"),
        Rows((("a", "b"), ("1", "2"))),
    ]


def test_a_question_stands_above_its_answer() -> None:
    assert asked("**为什么？** 因为。") == ("为什么？", "因为。")
    assert asked("**重点**：因为。") == ("", "**重点**：因为。")
    paragraphs = [(b.text, b.style) for b in manual().blocks if isinstance(b, Paragraph)]
    at = paragraphs.index(("格子点了改不了？", "question"))
    assert paragraphs[at + 1][0].startswith("带锁的行")


# --- what the pages name ---


@cache
def words_of_the_window() -> frozenset[str]:
    """What menus, buttons, columns and the forms say, without dots and keys at the end."""
    found: set[str] = set()
    for file in (ROOT / "ui" / "messages").glob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                found.add(bare(node.value))
    for file in paths.templates().glob("forms/*/*.toml"):
        found |= {bare(text) for text in _labels(tomllib.loads(file.read_text(encoding="utf-8")))}
    return frozenset(found)


def _labels(data: Any) -> Iterator[str]:
    if isinstance(data, dict):
        yield from (v for k, v in data.items() if k in ("label", "short") and isinstance(v, str))
        data = list(data.values())
    if isinstance(data, list):
        for one in data:
            yield from _labels(one)


def bare(word: str) -> str:
    return re.sub(r"\(&\w\)| +F\d+$", "", word.strip()).removesuffix("…").strip()


@pytest.mark.parametrize("topic", WRITTEN)
def test_every_menu_and_button_that_a_page_names_is_in_the_program(topic: str) -> None:
    named = re.findall(r"【([^】]+)】", pages.page(topic))
    assert [word for word in named if bare(word) not in words_of_the_window()] == []


@cache
def keys_of_the_page() -> frozenset[str]:
    return frozenset(re.findall(r"`([^`]+)`", pages.page("keys")))


LOCAL = {"F3", "F4", "Alt+←"}
"""Keys of one dialogue, which its own buttons name."""


@pytest.mark.parametrize("topic", WRITTEN)
def test_every_key_and_command_that_a_page_names_is_in_the_program(topic: str) -> None:
    for text in re.findall(r"`([^`]+)`", pages.page(topic)):
        if text.startswith("perfdesk"):
            from perfdesk.__main__ import _parser

            _parser().parse_args(shlex.split(text)[1:])  # SystemExit for what it does not know
        elif KEY.fullmatch(text):
            assert text in keys_of_the_page() | LOCAL, text
        else:
            assert text in names_of_files(), text


@cache
def names_of_files() -> frozenset[str]:
    from perfdesk.store.backup import FOLDER

    return frozenset({f.name for f in paths.templates().rglob("*")} | {FOLDER, paths.STORE_SETTINGS})


def test_the_test_of_words_and_keys_sees_what_is_not_there() -> None:
    assert bare("导出为图片…") not in words_of_the_window()
    assert KEY.fullmatch("Ctrl+Shift+J") and "Ctrl+Shift+J" not in keys_of_the_page() | LOCAL


def test_every_dialogue_and_page_asks_for_a_page_that_is_there() -> None:
    """A name that no page has would open the first one, in silence."""
    sources = [file.read_text(encoding="utf-8") for file in (ROOT / "ui").rglob("*.py")]
    asked = {name for text in sources for name in re.findall(r'help_in\(\w+, "([^"]+)"\)', text)}
    asked |= {
        name
        for text in sources
        for body in re.findall(r"def topic\(self\).*?(?=\n    def|\Z)", text, re.S)
        for name in re.findall(r'return "([^"]+)"', body)
    }
    assert len(asked) > 8 and asked <= set(pages.topics())


# --- pictures ---


def test_every_picture_is_taken_by_the_program_and_shown() -> None:
    from ui.manual_pictures import NAMES

    shown = {
        Path(part.file).stem
        for topic in WRITTEN
        for part in parsed(pages.page(topic))
        if isinstance(part, Shown)
    }
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    shown |= {Path(name).stem for name in re.findall(r"!\[[^\]]*\]\((resources/pictures/[^)]+)\)", readme)}
    assert sorted(NAMES) == sorted(shown) == sorted(f.stem for f in PICTURES.glob("*"))


def test_the_pictures_are_few_and_small() -> None:
    assert sum(f.stat().st_size for f in PICTURES.glob("*")) < 4_000_000


# --- the command ---


@pytest.fixture(scope="module")
def pdf(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    file = tmp_path_factory.mktemp("manual") / "手册.pdf"
    assert main(["manual", "--to", str(file)]) == 0
    return file.read_bytes()


def test_the_contents_of_the_pdf_lead_to_the_pages_of_the_chapters(pdf: bytes) -> None:
    import pypdfium2

    file: Any = pypdfium2.PdfDocument(pdf)
    texts = [" ".join(page.get_textpage().get_text_range().split()) for page in file]
    first = next(n for n, text in enumerate(texts) if "— 1 —" in text)
    entries = dict(re.findall(r"(\S+) ?\.{5,} ?(\d+)", " ".join(texts[:first])))
    for topic in pages.topics():
        title = pages.title(topic)
        page = texts[first + int(entries[title]) - 1]
        assert title in page and f"— {entries[title]} —" in page, title
    marks = {mark.get_title() for mark in file.get_toc()}
    assert marks >= {pages.title(topic) for topic in pages.topics()}


def test_every_picture_is_in_the_pdf(pdf: bytes) -> None:
    import pypdfium2
    from pypdfium2.raw import FPDF_PAGEOBJ_IMAGE

    file: Any = pypdfium2.PdfDocument(pdf)
    images = [image for page in file for image in page.get_objects(filter=(FPDF_PAGEOBJ_IMAGE,))]
    shown = [p for topic in WRITTEN for p in parsed(pages.page(topic)) if isinstance(p, Shown)]
    sizes = [png_size((pages.folder() / p.file).read_bytes()) for p in shown]
    assert [image.get_px_size() for image in images] == sizes


def test_without_a_file_the_pages_are_shown(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["manual"]) == 0
    said = capsys.readouterr().out
    assert all(f"# {pages.title(topic)}" in said for topic in pages.topics())


def test_the_manual_is_a_document_of_parts_and_pages() -> None:
    headings = [b for b in manual().blocks if isinstance(b, Heading)]
    assert [h.text for h in headings if h.level == 1] == [part.title for part in pages.parts()]
    assert any(isinstance(b, Contents) for b in manual().blocks)


# --- a picture in a document ---

SHOWN = Picture((PICTURES / "export.png").read_bytes(), 400.0, "对话框")
SMALL = Document(Page(), (Heading("一"), SHOWN, Paragraph("后面")))


def test_a_picture_fits_the_page_and_keeps_its_shape() -> None:
    import pypdfium2

    page: Any = pypdfium2.PdfDocument(write_bytes(SMALL, "pdf"))[0]
    (image,) = [o for o in page.get_objects() if o.type == 3]
    left, bottom, right, top = image.get_bounds()
    assert left > 0 and right < page.get_width() and bottom > 0 and top < page.get_height()
    wide, tall = png_size(SHOWN.png)
    assert (right - left) / (top - bottom) == pytest.approx(wide / tall, rel=0.01)


def test_the_same_picture_gives_the_same_bytes() -> None:
    assert write_bytes(SMALL, "pdf") == write_bytes(SMALL, "pdf")


def test_other_formats_say_the_name_of_a_picture() -> None:
    assert "（图：对话框）" in write_bytes(SMALL, "text").decode()
    for format in ("docx", "xlsx"):
        assert write_bytes(SMALL, format)
