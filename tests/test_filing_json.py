"""A .json file that is none of ours, or is of a form that is not here, is refused in one line that names it."""

from __future__ import annotations

from typing import Any

import pytest

from perfdesk.errors import InputRefused
from perfdesk.filing_json import filings_from_json
from tests.making import catalog, counter

FORM = next(iter(catalog().forms))
ODD: list[Any] = [None, 5, "文字", [], {}, {"form": FORM}, {"form": [], "sections": {}}, {"files": [{}]}, {"form": FORM, "sections": 3},
                  {"form": FORM, "sections": {}, "year": "今年"}, {"form": FORM, "sections": {}, "written": {"a": 1}}]  # fmt: skip


@pytest.mark.parametrize("data", ODD, ids=str)
def test_what_is_no_filing_is_told(data: Any) -> None:
    assert refusal(data).code == "not-a-filing"


@pytest.mark.parametrize("form", ["newer-2030/overall-target", "", "两\n行" + "长" * 500, "\ud800", 7])
def test_a_form_that_is_not_here_is_told_with_what_to_do(form: Any) -> None:
    told = refusal({"form": form, "sections": {}})
    assert told.code == "unknown-form" and "安装" in told.message


def refusal(data: Any) -> InputRefused:
    with pytest.raises(InputRefused) as caught:
        filings_from_json(data, catalog(), counter(), "表.json")
    message = caught.value.message
    assert "表.json" in message and "\n" not in message and len(message) < 200
    message.encode()
    return caught.value
