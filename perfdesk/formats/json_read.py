"""Our own export as it comes in: proved to be JSON in UTF-8 and handed on as one text; what it means is recognised elsewhere."""

from __future__ import annotations

import json

from perfdesk.document.source import Source, SourceText
from perfdesk.errors import InputRefused


def read_json(path: str, name: str, data: bytes) -> Source:
    """InputRefused where it is not UTF-8 or not JSON, with the line of the first mistake."""
    try:
        text = data.decode("utf-8-sig")
        json.loads(text)
    except UnicodeDecodeError as error:
        raise InputRefused("json", f"文件“{name}”不是 UTF-8 编码的 JSON，请重新导出。", str(error)) from None
    except json.JSONDecodeError as error:
        raise InputRefused(
            "json", f"文件“{name}”第 {error.lineno} 行不是正确的 JSON，可能不完整，请重新导出。", str(error)
        ) from None
    except RecursionError as error:
        raise InputRefused("json", f"文件“{name}”的层次太深，不是本程序导出的 JSON。", str(error)) from None
    return Source(path, "json", (SourceText(text, "全文"),))
