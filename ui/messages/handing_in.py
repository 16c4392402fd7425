"""Words of handing in: the submission package, what was handed in and is closed, and opening it again."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from perfdesk.model.submission import HandedIn, Receipt

ACTION = "生成报送包…"
TIP = "本单位本年度的全部表装成一个文件，交给财政局；装好后封存"
UNSEAL_ACTION = "解除封存…"
TITLE = "生成报送包"
COLUMNS = ("表", "审核", "状态")
LOOKING = "正在审核全部表…"
PLACE = "保存为"
CHOOSE = "选择…"
SAVE = "报送包保存为"
FILTER = "报送包 (*.zip)"
DRAFT = "生成草稿（注明草稿，不封存）"
START = "生成"
START_DRAFT = "生成草稿"
WHAT_SEALS = "生成后这些表封存：只能查看、打印、导出；要改，先写明理由解除封存。"
DRAFT_SEALS_NOT = "草稿只供查看，不封存。"
CLEAN = "没有问题"
SEALED = "已报送"
UNSEALED_YET = "未报送"
NOTHING = "本年度没有填报，没有可报送的内容。"
OPEN_FORM = "双击一行可以打开那份表。"

UNSEAL_TITLE = "解除封存"
UNSEAL_ASK = "为什么要改已经报送的表？理由会留在修改记录里，改后请重新报送。"
UNSEAL_HINT = "例如：局里退回，补充绩效目标"
UNSEAL_THIS = "只解除这一份"
UNSEAL_START = "解除封存"


def heading(unit: str, year: int) -> str:
    return f"{unit}　{year} 年度"


def contents(filings: int) -> str:
    return (
        f"报送包里有：{filings} 份填报，每份的 Word、Excel、PDF，审核结果和你写的说明，以及带核对码的清单。"
    )


def counted(errors: int, warnings: int) -> str:
    told = [f"错误 {errors}"] * bool(errors) + [f"提醒 {warnings}"] * bool(warnings)
    return "，".join(told) or CLEAN


def only_draft(forms: int) -> str:
    return f"有 {forms} 份表还有错误，现在只能生成草稿。改正后再生成正式的报送包。"


def packing(number: int, count: int) -> str:
    return f"正在生成报送包：第 {number} / {count} 份表…"


def packed(file: str, code: str, sealed: int) -> str:
    closed = f"，{sealed} 份表已封存" if sealed else "（草稿，没有封存）"
    return f"已生成“{file}”{closed}。核对码 {code}"


def sealed(decision: str | None) -> str:
    """``decision``: the bureau's, None as long as it has said nothing."""
    return {"returned": "已退回", "accepted": "已受理"}.get(decision or "", SEALED)


def sealed_bar(day: str, said: str = "") -> str:
    """``said``: what the bureau decided since."""
    return f"{day} 已报送，封存只读{said}"


def unseal_all(count: int) -> str:
    return f"本年度已报送的 {count} 份都解除"


def unsealed(count: int) -> str:
    return f"已解除封存 {count} 份，可以修改了。"


def history_line(package: str) -> str:
    return f"报送并封存（核对码 {package}）"


def unsealed_line(reason: str) -> str:
    return f"解除封存：{reason}"


TITLE_IN = "报送包"


def told_of(handed_in: HandedIn | None) -> list[str]:
    """Of a package that is about to be taken in; nothing of another file."""
    if handed_in is None:
        return []
    named = f"{handed_in.unit_name}（{handed_in.unit_code}）" if handed_in.unit_code else handed_in.unit_name
    kind = "草稿" if handed_in.draft else "正式报送"
    said = [f for f in handed_in.findings if f.explanation]
    accepted = handed_in.receipt
    return [
        f"{named}　{handed_in.year} 年度　{kind}",
        f"{handed_in.made} 生成，核对码 {handed_in.check_code}",
        f"附导出文件 {len(handed_in.papers)} 个；审核结果 {len(handed_in.findings)} 条，单位的说明 {len(said)} 条（一起导入）",
        *([_accepted(accepted)] if accepted else []),
        *(f"说明：{f.title}——{f.explanation}" for f in said),
    ]


def _accepted(receipt: Receipt) -> str:
    whose = f"已信任的密钥“{receipt.known_as}”" if receipt.known_as else "未确认的密钥，请向对方核对指纹"
    return f"{receipt.day} 由“{receipt.signer}”受理签名（{whose}），密钥指纹 {receipt.fingerprint}"
