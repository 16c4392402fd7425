"""Colours by name, light and dark, and both in high contrast; measures in units that zoom; the one style sheet filled with them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from string import Template

LIGHT = {
    "ink": "#1D2430", "quiet": "#5B6675", "muted": "#5F6A78", "faint": "#8A94A3", "line": "#DFE3EA",
    "hairline": "#EDF0F4", "field": "#D3D9E3", "ground": "#F3F5F8", "paper": "#FFFFFF", "nav": "#FAFBFC",
    "head": "#F0F3F7", "level1": "#EEF3FB", "level2": "#F8FAFD", "accent": "#1C5BB8", "accent_deep": "#164A97",
    "accent_ground": "#E4EDFB", "on_accent": "#FFFFFF", "hover": "#F0F4FA", "error": "#C8372D",
    "warning": "#C98A1B", "warning_text": "#8A5B08", "good": "#2E7D4F",
    "current": "#FFFBE8", "dot": "#C9D0DA", "track": "#E8ECF2", "computed": "#F3F5F8", "scroll": "#C4CBD6",
}  # fmt: skip

DARK = {
    "ink": "#E4E8EE", "quiet": "#A7B1BF", "muted": "#98A3B2", "faint": "#7D8896", "line": "#2F3743",
    "hairline": "#272E39", "field": "#404A59", "ground": "#14181E", "paper": "#1B2028", "nav": "#171B22",
    "head": "#222933", "level1": "#202B3D", "level2": "#1D242F", "accent": "#5B9BEF", "accent_deep": "#8FBCF7",
    "accent_ground": "#213551", "on_accent": "#0E1726", "hover": "#252D38", "error": "#F27D73",
    "warning": "#DDA847", "warning_text": "#E3B765", "good": "#5DBB86",
    "current": "#332F1F", "dot": "#4B5563", "track": "#2A323D", "computed": "#222832", "scroll": "#465060",
}  # fmt: skip

STRONG_LIGHT = {
    "ink": "#000000", "quiet": "#1A1A1A", "muted": "#1A1A1A", "faint": "#595959", "line": "#4A4A4A",
    "hairline": "#8A8A8A", "field": "#000000", "ground": "#FFFFFF", "paper": "#FFFFFF", "nav": "#FFFFFF",
    "head": "#E8E8E8", "level1": "#DCE6F5", "level2": "#F2F2F2", "accent": "#0A3A86", "accent_deep": "#06285F",
    "accent_ground": "#D6E4FA", "on_accent": "#FFFFFF", "hover": "#EDEDED", "error": "#A01008",
    "warning": "#7A4B00", "warning_text": "#5C3800", "good": "#0F5A2C",
    "current": "#FFF3B0", "dot": "#4A4A4A", "track": "#D0D0D0", "computed": "#EDEDED", "scroll": "#595959",
}  # fmt: skip

STRONG_DARK = {
    "ink": "#FFFFFF", "quiet": "#F0F0F0", "muted": "#F0F0F0", "faint": "#B0B0B0", "line": "#A0A0A0",
    "hairline": "#606060", "field": "#FFFFFF", "ground": "#000000", "paper": "#000000", "nav": "#000000",
    "head": "#1E1E1E", "level1": "#10203A", "level2": "#0A0A0A", "accent": "#8FC1FF", "accent_deep": "#B8D8FF",
    "accent_ground": "#10305F", "on_accent": "#000000", "hover": "#262626", "error": "#FF9E96",
    "warning": "#FFC857", "warning_text": "#FFD98A", "good": "#8FE6B0",
    "current": "#2E2800", "dot": "#B0B0B0", "track": "#303030", "computed": "#1E1E1E", "scroll": "#B0B0B0",
}  # fmt: skip

BASE_POINTS = 10.0
BASE_PIXELS = 13.0
"""The height of the base font's letters on an unzoomed screen, in pixels: the drawing of the window is in these."""


@dataclass(frozen=True, slots=True)
class Theme:
    """``zoom`` 1.0 is 100 %; ``family`` the face of the whole window; ``strong``: in high contrast."""

    dark: bool = False
    zoom: float = 1.0
    family: str = ""
    strong: bool = False

    @property
    def colours(self) -> dict[str, str]:
        if self.strong:
            return STRONG_DARK if self.dark else STRONG_LIGHT
        return DARK if self.dark else LIGHT

    def colour(self, name: str) -> str:
        """``#RRGGBB``; KeyError for a name that the theme does not have."""
        return self.colours[name]

    def px(self, pixels: float) -> int:
        """A measure of the drawing at this zoom, in whole logical pixels."""
        return round(pixels * self.zoom)


def style_sheet(template: str, theme: Theme) -> str:
    """The template with ``$colour`` names and ``12u`` measures (u: one pixel of the drawing, zoomed) filled in."""
    filled = Template(template).substitute(theme.colours)
    return re.sub(r"(?<![\w#.])(\d+(?:\.\d+)?)u\b", lambda m: f"{theme.px(float(m[1]))}px", filled)
