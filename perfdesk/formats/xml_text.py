"""Texts in XML written by hand; characters that XML cannot hold are refused before (``write``)."""

from __future__ import annotations


def text(plain: str) -> str:
    return plain.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\r", "&#13;")


def attribute(plain: str) -> str:
    return text(plain).replace('"', "&quot;").replace("\n", "&#10;").replace("\t", "&#9;")
