"""Colours by name, light and dark; measures in units that zoom; the one style sheet filled with them."""

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

BASE_POINTS = 10.0
BASE_PIXELS = 13.0
"""The height of the base font's letters on an unzoomed screen, in pixels: the drawing of the window is in these."""


@dataclass(frozen=True, slots=True)
class Theme:
    """``zoom`` 1.0 is 100 %; ``family`` the face of the whole window."""

    dark: bool = False
    zoom: float = 1.0
    family: str = ""

    @property
    def colours(self) -> dict[str, str]:
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
