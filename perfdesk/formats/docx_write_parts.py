"""The parts around a Word document's text: styles, fonts, settings, header and footer, properties, and the zip that holds them."""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from io import BytesIO

from perfdesk.document.blocks import Document, Page
from perfdesk.document.theme import CELL_STYLES, DRAFT_MARK, HEAT, MARK_COLOUR, OFFICIAL, STYLES, Align, Style
from perfdesk.formats.docx_pictures import relation as picture_relation
from perfdesk.formats.docx_sections import FOOTER, HEADER, NO_FOOTER, wants_no_footer
from perfdesk.formats.xml_text import attribute, text
from perfdesk.units import mm_to_twips, pt_to_half_points, pt_to_twips

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    f'xmlns:r="{_OFFICE}/relationships"'
)  # fmt: skip
JUSTIFIED: dict[Align, str] = {"left": "both", "center": "center", "right": "right"}
"""Left-aligned texts fill their lines (两端对齐), as official documents do."""

STYLE_NAMES = {
    "annex": "附件号", "title": "表题", "year": "年度行", "unit_line": "金额单位", "paragraph": "正文段落", "note": "表注",
    "footer": "页码", "draft": "草稿标记", "body": "单元格", "label": "栏目", "label_left": "栏目左", "head": "表头",
    "level": "指标级次", "value": "指标值", "amount": "金额", "code": "编码", "name1": "名称一", "name2": "名称二", "name3": "名称三",
    "cover_title": "封面标题", "cover_unit": "封面单位", "cover_date": "封面日期", "contents_title": "目录标题", "part": "部分标题",
    "heading1": "一级标题", "heading2": "二级标题", "heading3": "三级标题", "caption": "表格标题", "table_line": "表头行", "chart": "图",
}  # fmt: skip
STYLE_NAMES.update({f"heat{n}": f"深浅{n}" for n in range(len(HEAT))})
STYLE_NAMES.update({f"{name}_small": f"{STYLE_NAMES[name]}（小字）" for name in CELL_STYLES})
"""How the styles are called in Word's list; a style without a name here has its own."""
BUILT_IN = {f"contents{level}": (f"TOC{level}", f"toc {level}") for level in (1, 2, 3)}
"""Word's own styles (id, name): the ones with which it renews contents."""
CUSTOM = ' w:customStyle="1"'
NUMBER_TAB = mm_to_twips(Page().inner_width)
"""Where page numbers of contents end, in twips."""

_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
_WRITTEN = "1980-01-01T00:00:00Z"
"""Neither clock nor user go into a file: the same filing gives the same bytes."""


def style_id(name: str) -> str:
    return BUILT_IN[name][0] if name in BUILT_IN else f"pd-{name.replace('_', '-')}"


def package(document: Document, document_xml: str, pictures: Sequence[bytes]) -> bytes:
    """The whole file. Every part has the same date; the order of the parts is fixed."""
    parts = {
        "[Content_Types].xml": _content_types(document),
        "_rels/.rels": _root_relations(),
        "docProps/core.xml": _core(document),
        "docProps/app.xml": f'{_XML}<Properties xmlns="{_OFFICE}/extended-properties"><Application>PerfDesk</Application></Properties>',
        "word/document.xml": document_xml,
        "word/_rels/document.xml.rels": _relations(document, len(pictures)),
        "word/styles.xml": _styles(),
        "word/settings.xml": _settings(),
        "word/fontTable.xml": _font_table(),
    }
    parts |= {f"word/{name}.xml": xml for _, _, name, xml in _margins(document)}
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as file:
        for name, xml in parts.items():
            file.writestr(_entry(name), xml.encode("utf-8"))
        for number, png in enumerate(pictures, 1):
            file.writestr(_entry(f"word/media/chart{number}.png"), png)
    return out.getvalue()


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.create_system = 0  # otherwise Windows and Linux would write different bytes
    entry.external_attr = 0
    return entry


def _margins(document: Document) -> list[tuple[str, str, str, str]]:
    """Footers and headers that the sections name: relation, kind, name of the part, and the part."""
    stretches = document.stretches()
    found = [(FOOTER, "footer", "footer1", _footer())] if any(s.page.numbered for s in stretches) else []
    found += [(HEADER, "header", "header1", _header())] if document.draft else []
    return found + ([(NO_FOOTER, "footer", "footer2", _no_footer())] if wants_no_footer(stretches) else [])


# --- what belongs together -------------------------------------------------------------------------------------------


def _content_types(document: Document) -> str:
    word = "application/vnd.openxmlformats-officedocument.wordprocessingml"
    kinds = {
        "/word/document.xml": f"{word}.document.main+xml",
        "/word/styles.xml": f"{word}.styles+xml",
        "/word/settings.xml": f"{word}.settings+xml",
        "/word/fontTable.xml": f"{word}.fontTable+xml",
        "/docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
        "/docProps/app.xml": "application/vnd.openxmlformats-officedocument.extended-properties+xml",
    }
    kinds |= {f"/word/{name}.xml": f"{word}.{kind}+xml" for _, kind, name, _ in _margins(document)}
    parts = "".join(f'<Override PartName="{name}" ContentType="{kind}"/>' for name, kind in kinds.items())
    return (
        f'{_XML}<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="png" ContentType="image/png"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{parts}</Types>'
    )


def _root_relations() -> str:
    return _relations_xml(
        [
            ("rId1", f"{_OFFICE}/relationships/officeDocument", "word/document.xml"),
            ("rId2", f"{_PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml"),
            ("rId3", f"{_OFFICE}/relationships/extended-properties", "docProps/app.xml"),
        ]
    )


def _relations(document: Document, pictures: int) -> str:
    kinds = [
        ("rId1", "styles", "styles"),
        ("rId2", "settings", "settings"),
        ("rId3", "fontTable", "fontTable"),
    ]
    kinds += [(relation, kind, name) for relation, kind, name, _ in _margins(document)]
    files = [(relation, kind, f"{name}.xml") for relation, kind, name in kinds]
    files += [(picture_relation(n), "image", f"media/chart{n}.png") for n in range(1, pictures + 1)]
    return _relations_xml(
        [(relation, f"{_OFFICE}/relationships/{kind}", file) for relation, kind, file in files]
    )


def _relations_xml(relations: list[tuple[str, str, str]]) -> str:
    inner = "".join(
        f'<Relationship Id="{relation}" Type="{kind}" Target="{target}"/>'
        for relation, kind, target in relations
    )
    return f'{_XML}<Relationships xmlns="{_PACKAGE}/relationships">{inner}</Relationships>'


def _core(document: Document) -> str:
    known = {"creator": "dc:creator", "subject": "dc:subject", "description": "dc:description",
             "keywords": "cp:keywords", "category": "cp:category"}  # fmt: skip
    tags = {known[key]: value for key, value in document.properties if key in known}
    inner = "".join(
        f"<{tag}>{text(value)}</{tag}>" for tag, value in {"dc:title": document.title, **tags}.items()
    )
    times = "".join(
        f'<dcterms:{w} xsi:type="dcterms:W3CDTF">{_WRITTEN}</dcterms:{w}>' for w in ("created", "modified")
    )
    return (
        f'{_XML}<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"{inner}<dc:language>zh-CN</dc:language>{times}</cp:coreProperties>"
    )


# --- looks -----------------------------------------------------------------------------------------------------------


def _styles() -> str:
    base = _run_looks(STYLES["body"])
    defaults = (
        f'<w:docDefaults><w:rPrDefault><w:rPr>{base}<w:lang w:val="en-US" w:eastAsia="zh-CN"/></w:rPr></w:rPrDefault>'
        "<w:pPrDefault><w:pPr><w:widowControl/></w:pPr></w:pPrDefault></w:docDefaults>"
    )
    normal = '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>'
    table = (
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/><w:tblPr><w:tblInd w:w="0" '
        'w:type="dxa"/></w:tblPr></w:style>'
    )
    own = "".join(_style(name, looks) for name, looks in STYLES.items())
    return f"{_XML}<w:styles {NAMESPACES}>{defaults}{normal}{table}{own}</w:styles>"


def _style(name: str, looks: Style) -> str:
    built_in = BUILT_IN.get(name)
    shown = built_in[1] if built_in else STYLE_NAMES.get(name, name)
    kind = '<w:uiPriority w:val="39"/>' if built_in else "<w:qFormat/>"
    tab = f'<w:tabs><w:tab w:val="right" w:leader="dot" w:pos="{NUMBER_TAB}"/></w:tabs>' if built_in else ""
    return (
        f'<w:style w:type="paragraph"{"" if built_in else CUSTOM} w:styleId="{style_id(name)}">'
        f'<w:name w:val="{attribute(shown)}"/><w:basedOn w:val="Normal"/>{kind}'
        f"<w:pPr>{_paragraph_looks(looks, tab)}</w:pPr><w:rPr>{_run_looks(looks)}</w:rPr></w:style>"
    )


def _paragraph_looks(looks: Style, tabs: str) -> str:
    """Exact line distances: fonts that stand in for a missing face are often taller and would push rows off the page. No extra
    room between Chinese and digits: a year or a percentage is one word."""
    keep = "<w:keepNext/>" if looks.keep else ""
    align = "left" if tabs else JUSTIFIED[looks.align]
    return (
        f'{keep}{tabs}<w:kinsoku/><w:autoSpaceDE w:val="0"/><w:autoSpaceDN w:val="0"/><w:snapToGrid w:val="0"/>'
        f'<w:spacing w:before="{pt_to_twips(looks.before)}" '
        f'w:after="{pt_to_twips(looks.after)}" w:line="{pt_to_twips(looks.size * looks.leading)}" w:lineRule="exact"/>'
        f'{_indents(looks)}<w:jc w:val="{align}"/>'
    )


def _indents(looks: Style) -> str:
    sides = (
        [f'w:leftChars="{looks.inset * 100}" w:left="{pt_to_twips(looks.inset * looks.size)}"']
        if looks.inset
        else []
    )
    first = f'w:firstLineChars="{looks.indent * 100}" w:firstLine="{pt_to_twips(looks.indent * looks.size)}"'
    sides += [first] if looks.indent else []
    return f"<w:ind {' '.join(sides)}/>" if sides else ""


def _run_looks(looks: Style) -> str:
    face, size = OFFICIAL[looks.face], pt_to_half_points(looks.size)
    bold = "<w:b/><w:bCs/>" if looks.bold else ""
    return (
        f'<w:rFonts w:ascii="{face}" w:hAnsi="{face}" w:eastAsia="{face}" w:cs="{face}"/>{bold}'
        f'<w:sz w:val="{size}"/><w:szCs w:val="{size}"/>'
    )


def _settings() -> str:
    """Compatibility mode 15: older modes move a table left by its cell margin and measure it otherwise."""
    return (
        f'{_XML}<w:settings {NAMESPACES}><w:zoom w:percent="100"/><w:defaultTabStop w:val="420"/>'
        '<w:characterSpacingControl w:val="compressPunctuation"/><w:compat><w:doNotExpandShiftReturn/>'
        '<w:useFELayout/><w:compatSetting w:name="compatibilityMode" '
        'w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat><w:themeFontLang w:val="en-US" w:eastAsia="zh-CN"/>'
        "</w:settings>"
    )


def _font_table() -> str:
    fonts = "".join(
        f'<w:font w:name="{name}"><w:charset w:val="86"/><w:family w:val="auto"/><w:pitch w:val="variable"/></w:font>'
        for name in OFFICIAL.values()
    )
    return f"{_XML}<w:fonts {NAMESPACES}>{fonts}</w:fonts>"


def _footer() -> str:
    field = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> PAGE </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>1</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    dash = '<w:r><w:t xml:space="preserve">{}</w:t></w:r>'
    return (
        f'{_XML}<w:ftr {NAMESPACES}><w:p><w:pPr><w:pStyle w:val="{style_id("footer")}"/></w:pPr>'
        f"{dash.format('— ')}{field}{dash.format(' —')}</w:p></w:ftr>"
    )


def _no_footer() -> str:
    return f"{_XML}<w:ftr {NAMESPACES}><w:p/></w:ftr>"


def _header() -> str:
    colour = f'<w:rPr><w:color w:val="{MARK_COLOUR}"/></w:rPr>'
    return (
        f'{_XML}<w:hdr {NAMESPACES}><w:p><w:pPr><w:pStyle w:val="{style_id("draft")}"/></w:pPr>'
        f"<w:r>{colour}<w:t>{DRAFT_MARK}</w:t></w:r></w:p></w:hdr>"
    )
