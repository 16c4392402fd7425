"""The errors that a user is told about. Everything else is a programming mistake and may show a traceback."""

from __future__ import annotations

_PASSING = frozenset(
    (
        *(
            "disk-full",
            "read-only",
            "no-permission",
            "gone",
            "locked",
            "io-error",
            "no-memory",
            "store-fault",
        ),
        "no-server",
    )
)


class UserError(Exception):
    """Something the user can understand and act on.

    ``code`` is stable and in English (for scripts and tests); ``message`` is one clear sentence in Chinese that says what
    happened and what to do; ``detail`` is the technical part behind "详细".
    """

    def __init__(self, code: str, message: str, detail: str = "") -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.detail = detail

    @property
    def passing(self) -> bool:
        """The reason may go by itself, and what was refused can be tried again as it is."""
        return False


class InputRefused(UserError):
    """A file that comes in is refused: broken, encrypted, too large, not what it says (exit 3)."""


class StoreRefused(UserError):
    """The store cannot be used: newer, damaged, locked, on a share (exit 3); it is left untouched."""

    @property
    def passing(self) -> bool:
        return self.code in _PASSING


class ExportRefused(UserError):
    """A file that goes out is refused: errors are open, a character has no glyph, the place cannot be written."""


class ChangeRefused(UserError):
    """An edit that makes no sense for the filing (unknown row, unknown column, a move under itself)."""


class FormError(UserError):
    """A form, standard or scheme file with mistakes: ``problems`` lists all of them as ``path: reason``."""

    def __init__(self, file: str, problems: tuple[str, ...]) -> None:
        lines = "\n".join(f"  {p}" for p in problems)
        super().__init__("form-file", f"表样文件 {file} 有 {len(problems)} 处错误：\n{lines}")
        self.file = file
        self.problems = problems
