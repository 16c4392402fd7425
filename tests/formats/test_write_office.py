"""Our Word and Excel files in a real office program: LibreOffice prints them, and every value is on the paper."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from perfdesk.document.blocks import Block, Document, Heading, PageBreak, Paragraph, Table
from perfdesk.formats.write import write
from tests.formats.written import overall_target, published, whole_set
from tests.office import office_pdfs, page_texts


def long_form() -> Document:
    """Longer than any published one: texts of many lines, groups over pages, a word in the place of an amount."""
    sentence = (
        "按照年度工作部署，围绕中心任务，完成预算执行率≥95%、按时办结率100%等各项指标，支出13,034.70万元。"
    )
    indicators = [
        {"level1": f"一级指标{n // 24}", "level2": f"二级指标{n // 8}", "level3": f"第{n}项工作任务完成率", "target": f"≥{n + 20}%",
         "note": sentence * (n % 5 + 1)}
        for n in range(72)
    ]  # fmt: skip
    sections: dict[str, Any] = {
        "basic": {"unit_name": "某某市某某管理服务中心", "goal": sentence * 12},
        "tasks": [{"name": f"任务{n}：推进各项工作", "content": sentence * n} for n in range(1, 9)],
        "budget": {"total": "123456789.01", "fiscal": "见说明", "other": "", "basic": "0", "project": "0.10"},
        "indicators": indicators,
    }
    return overall_target(
        {"title": "单位整体绩效目标申报表", "year": 2024, "amount_unit": "元", "sections": sections}
    )


def set_with_forms(forms: Path) -> Document:
    """A set of a year whose projects take one to four pages each, and ten chapters of running text over many pages.

    The text has no digits: LibreOffice 7.4 puts room between them and Chinese whatever a file says (Word and the pdf do not).
    """
    whole, blocks = whole_set(15, 70), list[Block]()
    sentences = (
        "本年单位预算收入比上年略有增加，主要原因是“老旧小区改造”等项目增加，一般公共预算拨款收入、政府性基金预算拨款收入都有增长。",
        "按照《预算法》（修正）和有关规定，围绕中心任务，做好各项工作；确保按时办结率达到百分之百、满意度逐年提高。",
        "其中：基本支出保持稳定，项目支出按轻重缓急安排。",
    )
    for chapter in range(1, 11):
        blocks.append(Heading(f"第{chapter}章、需要说明的事项", 2, f"heading{chapter % 3 + 1}"))
        blocks += [
            Paragraph("".join(sentences[(n + chapter) % 3] for n in range(length)))
            for length in range(1, chapter + 4)
        ]
    blocks.append(PageBreak())
    for name in ("z01", "z03", "z07", "z08", "j01"):
        for block in published(forms, name).blocks:
            blocks.append(Heading(f"{name}、{block.text}", 2) if isinstance(block, Heading) else block)
        blocks.append(PageBreak())
    return replace(whole, blocks=(*whole.blocks, PageBreak(), *blocks))


@pytest.fixture(scope="module")
def printed(
    tmp_path_factory: pytest.TempPathFactory, forms: Path
) -> Mapping[str, tuple[Document, list[str]]]:
    """File name → the document and the texts of the pages that LibreOffice made of the file. One start of the program for all."""
    folder = tmp_path_factory.mktemp("office")
    office_set = set_with_forms(forms)
    documents = {"long": long_form(), **{name: published(forms, name) for name in ("z08", "j01")}}
    files = {
        f"{name}-{kind}.{kind}": document for name, document in documents.items() for kind in ("docx", "xlsx")
    }
    files["set-docx.docx"] = office_set
    for name, document in files.items():
        write(document, folder / name)
    pdfs = office_pdfs(folder, [folder / name for name in files])
    return {
        name: (document, page_texts(pdf)) for (name, document), pdf in zip(files.items(), pdfs, strict=True)
    }


FILES = [f"{name}-{kind}.{kind}" for name in ("long", "z08", "j01") for kind in ("docx", "xlsx")]


@pytest.mark.parametrize("name", FILES)
def test_every_character_of_every_value_is_on_the_paper(printed: Mapping[str, Any], name: str) -> None:
    document, shown = printed[name]
    wanted: Counter[str] = Counter()
    for block in document.blocks:
        texts = (
            [c.text for c in block.grid.cells] if isinstance(block, Table) else [getattr(block, "text", "")]
        )
        wanted.update("".join("".join(texts).split()))
    assert wanted - Counter("".join("".join(shown).split())) == Counter()


@pytest.mark.parametrize("name", FILES)
def test_the_header_of_the_indicators_stands_on_every_page_of_them(
    printed: Mapping[str, Any], name: str
) -> None:
    _, shown = printed[name]
    with_indicators = [page for page in shown if "指标值" in page]
    first = next(number for number, page in enumerate(shown) if "三级指标" in page)
    assert all("一级指标" in page and "三级指标" in page for page in shown[first:] if len(page.split()) > 12)
    assert with_indicators


@pytest.mark.parametrize("name", FILES)
def test_the_page_is_one_sheet_wide_and_numbered(printed: Mapping[str, Any], name: str) -> None:
    _, shown = printed[name]
    for number, page in enumerate(shown, 1):
        assert f"—{number}—" in "".join(page.split())
        assert len("".join(page.split())) > 10


def test_the_contents_name_the_pages_on_which_the_office_program_prints_the_headings(
    printed: Mapping[str, Any],
) -> None:
    document, shown = printed["set-docx.docx"]
    pages = ["\n".join("".join(line.split()) for line in page.splitlines()) for page in shown]
    numbers = [re.search(r"—(\d+)—", page) for page in pages]
    contents = "\n".join(page for page, number in zip(pages, numbers, strict=True) if number is None)
    titles = ["".join(heading.text.split()) for _, heading in document.listed(2)]
    assert len(titles) > 20
    for title in titles:
        (entry,) = re.findall(rf"^{re.escape(title)}\.+(\d+)$", contents, re.M)
        (stands,) = [n[1] for page, n in zip(pages, numbers, strict=True) if n and title in page]
        assert (title, entry) == (title, stands)
