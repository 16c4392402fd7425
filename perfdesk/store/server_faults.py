"""What a server reports, said as one sentence that tells the user what to do."""

from __future__ import annotations

from typing import Any

from perfdesk.errors import ChangeRefused, StoreRefused, UserError
from perfdesk.store.where import Where

_TOLD: dict[str, tuple[str, str]] = {
    "28P01": ("no-login", "服务器不认这个用户名或密码；请检查后再试，或请管理员处理。"),
    "28000": ("no-login", "服务器不让这个用户从这台电脑登录；请管理员检查服务器的设置。"),
    "3D000": ("no-database", "服务器上没有这个数据库；请检查地址，或请管理员先建立它。"),
    "42501": ("no-permission", "这个用户在服务器上没有所需的权限；请管理员检查。"),
    "25006": ("read-only", "服务器现在只读（可能是备用的一台），这一步没有保存；请稍后再试或联系管理员。"),
    "53100": ("disk-full", "服务器的磁盘已满，这一步没有保存；请告诉管理员，已保存的内容不受影响。"),
    "53200": ("no-memory", "服务器的内存不足，这一步没有保存；请稍后再试。"),
    "53300": ("no-server", "服务器上的连接太多，现在进不去；请稍后再试。"),
    "55P03": ("locked", "别人正在改动同一处，这一步没有保存；请稍后再试。"),
    "40001": ("overtaken", "刚有别人改动了同一处，这一步没有保存；请看过新的内容后再试。"),
    "54000": ("too-big", "这一步的内容太大，没有保存；请分几次进行。"),
    "57014": ("locked", "服务器中断了这一步，没有保存；请稍后再试。"),
    "58030": ("io-error", "服务器读写磁盘时出错，这一步没有保存；请告诉管理员。"),
    "XX001": ("damaged", "服务器上的数据已损坏；请管理员从备份恢复。"),
}
_SAME = {"40P01": "40001", "23505": "40001", "23503": "40001", "XX002": "XX001", "54001": "54000"}
"""Who meets another at the same number, name or reference has been overtaken: alone he never would."""
_NO_TEXT = ("22021", "22P05")
_GONE = ("08", "57P")
"""Classes of codes after which there is no connection any more."""


def code_of(error: BaseException | None) -> str:
    """The server's own code; empty where it said nothing."""
    told: Any = error.args[0] if error is not None and error.args else None
    return str(told.get("C", "")) if isinstance(told, dict) else ""  # pyright: ignore[reportUnknownMemberType, reportUnknownArgumentType]


def is_lost(error: BaseException | None) -> bool:
    """Whether there is no connection any more."""
    code = code_of(error)
    return code.startswith(_GONE) or (not code and type(error).__name__ == "InterfaceError")


def server_refusal(cause: BaseException | None, where: Where) -> UserError:
    """The refusal for an error of the server; ``detail`` keeps its own words."""
    code, detail = code_of(cause), str(cause)
    if code in _NO_TEXT:
        return ChangeRefused("bad-text", "文字中有无法保存的字符，这一步没有保存。", detail)
    if is_lost(cause):
        message = f"和服务器 {where.told} 的连接断了或连不上，这一步没有保存；请检查网络，恢复后再试。"
        return StoreRefused("no-server", message, detail)
    known, message = _TOLD.get(
        _SAME.get(code, code), ("store-fault", "服务器读写失败，这一步没有保存；请稍后再试。")
    )
    return StoreRefused(known, message, detail)
