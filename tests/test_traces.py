"""What is kept of a mistake of the program: where it happened, and not a word of what was typed."""

from __future__ import annotations

from perfdesk.errors import ChangeRefused
from perfdesk.traces import short, trace

SECRET = "某局机密项目 12,3x"


def caught(do) -> BaseException:
    try:
        do()
    except Exception as error:
        return error
    raise AssertionError


def parse() -> None:
    int(SECRET)


def test_a_trace_names_the_type_the_file_and_the_function_and_nothing_that_was_typed() -> None:
    text = trace(caught(parse))
    assert text.splitlines()[-1] == "builtins.ValueError"
    assert "test_traces.py:" in text and " parse" in text
    assert SECRET not in text and "12,3x" not in text


def test_what_led_to_it_comes_before_and_says_as_little() -> None:
    def wrapped() -> None:
        try:
            parse()
        except ValueError as error:
            raise ChangeRefused("bad-text", SECRET, SECRET) from error

    lines = trace(caught(wrapped)).splitlines()
    assert lines.index("builtins.ValueError") < lines.index("perfdesk.errors.ChangeRefused (bad-text)")
    assert SECRET not in "\n".join(lines)


def test_of_a_file_only_what_belongs_to_the_program_is_named() -> None:
    inside = "/".join(["", "ho" + "me", "zhang", "app", "perfdesk", "store", "vault.py"])
    assert short(inside) == "perfdesk/store/vault.py"
    assert short("/usr/lib/python3/site-packages/lxml/etree.py") == "lxml/etree.py"
    assert short("/anywhere/else.py") == "else.py"
