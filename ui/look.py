"""The look in use: theme, font, icons. One object, made by the app and handed to whoever draws."""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QObject, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QIcon, QPainter, QPalette, QPixmap
from PySide6.QtWidgets import QApplication

from perfdesk import paths
from ui.theme import BASE_POINTS, Theme, style_sheet

FACES = (
    "Microsoft YaHei UI", "Microsoft YaHei", "PingFang SC", "Noto Sans CJK SC", "Noto Sans SC", "Source Han Sans SC",
    "Source Han Sans CN", "WenQuanYi Micro Hei", "WenQuanYi Zen Hei", "HarmonyOS Sans SC",
)  # fmt: skip
ZOOMS = (0.8, 0.9, 1.0, 1.1, 1.25, 1.5, 1.75, 2.0)


class Look(QObject):
    """``changed`` is emitted after the application wears a new theme."""

    changed = Signal()

    def __init__(self, shipped_font: bool = False, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.theme = Theme(family=_family(shipped_font))
        self._icons: dict[tuple[str, str, int], QIcon] = {}

    def wear(self, dark: bool | None = None, zoom: float | None = None, strong: bool | None = None) -> None:
        """Dress the application; None keeps what is worn."""
        old = self.theme
        self.theme = Theme(
            old.dark if dark is None else dark,
            old.zoom if zoom is None else _near(zoom),
            old.family,
            old.strong if strong is None else strong,
        )
        self._icons.clear()
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.setFont(self.font())
            app.setPalette(_palette(self.theme))
            template = (paths.resources() / "style" / "window.qss").read_text(encoding="utf-8")
            sheet = style_sheet(template, self.theme)
            if sheet != app.styleSheet():  # each widget that there is would be dressed anew
                app.setStyleSheet(sheet)
        self.changed.emit()

    def zoom_by(self, steps: int) -> None:
        """One of the usual steps larger (+1) or smaller (-1)."""
        at = ZOOMS.index(_near(self.theme.zoom)) + steps
        self.wear(zoom=ZOOMS[min(max(at, 0), len(ZOOMS) - 1)])

    def px(self, pixels: float) -> int:
        return self.theme.px(pixels)

    def colour(self, name: str) -> QColor:
        return QColor(self.theme.colour(name))

    def font(self, pixels: float = 13, bold: bool = False) -> QFont:
        """The window's face at a size of the drawing (13 is the base size, 10 pt)."""
        font = QFont(self.theme.family) if self.theme.family else QFont(QGuiApplication.font())
        font.setPointSizeF(BASE_POINTS * pixels / 13 * self.theme.zoom)
        font.setBold(bold)
        font.setStyleStrategy(QFont.StyleStrategy.PreferAntialias)
        return font

    def icon(self, name: str, colour: str = "quiet", pixels: int = 16) -> QIcon:
        """An outline icon in a colour of the theme; drawn when first asked for."""
        key = (name, colour, pixels)
        if key not in self._icons:
            icon = QIcon()
            icon.addPixmap(self.pixmap(name, colour, pixels))
            icon.addPixmap(self.pixmap(name, "faint", pixels), QIcon.Mode.Disabled)
            self._icons[key] = icon
        return self._icons[key]

    def pixmap(self, name: str, colour: str, pixels: int) -> QPixmap:
        """At twice the density, so that it is sharp on scaled screens."""
        from PySide6.QtCore import QByteArray
        from PySide6.QtSvg import QSvgRenderer

        svg = _drawing(name).replace("currentColor", self.theme.colour(colour))
        side = self.px(pixels)
        image = QPixmap(QSize(side * 2, side * 2))
        image.fill(Qt.GlobalColor.transparent)
        painter = QPainter(image)
        QSvgRenderer(QByteArray(svg.encode())).render(painter, QRectF(0, 0, side * 2, side * 2))
        painter.end()
        image.setDevicePixelRatio(2.0)
        return image


@cache
def _drawing(name: str) -> str:
    return (paths.resources() / "icons" / f"{name}.svg").read_text(encoding="utf-8")


def _near(zoom: float) -> float:
    return min(ZOOMS, key=lambda z: abs(z - zoom))


@cache
def _family(shipped: bool) -> str:
    """The system's Chinese face where there is one, else the shipped one. Added once: a face that comes has the toolkit draw every
    letter anew."""
    installed = set() if shipped else set(QFontDatabase.families())
    for face in FACES:
        if face in installed:
            return face
    number = QFontDatabase.addApplicationFont(str(paths.resources() / "fonts" / "hei.ttf"))
    families = QFontDatabase.applicationFontFamilies(number) if number >= 0 else []
    return families[0] if families else ""


def _palette(theme: Theme) -> QPalette:
    """For what the style sheet does not reach: dialogs of the toolkit, selections in editors."""
    role = QPalette.ColorRole
    named = {
        role.Window: "ground", role.WindowText: "ink", role.Base: "paper", role.AlternateBase: "level2", role.Text: "ink",
        role.Button: "paper", role.ButtonText: "ink", role.Highlight: "accent", role.HighlightedText: "on_accent",
        role.ToolTipBase: "paper", role.ToolTipText: "ink", role.PlaceholderText: "muted", role.Link: "accent",
        role.Mid: "line", role.Dark: "field", role.Light: "paper", role.BrightText: "error",
    }  # fmt: skip
    palette = QPalette()
    for which, name in named.items():
        palette.setColor(which, QColor(theme.colour(name)))
    for which in (role.Text, role.WindowText, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, which, QColor(theme.colour("faint")))
    return palette
