"""Words of packs of forms: what is installed, from whom, a key that nobody has confirmed yet."""

from __future__ import annotations

ACTION = "表样更新…"
TIP = "从 U 盘安装新的表样、评分方案和科目目录"
TITLE = "表样更新"
ABOUT = "新年度的表样、评分方案、科目目录由发布单位做成签名的更新包（.pdpack），从 U 盘装进来，装在随程序的表样旁边。"
COLUMNS = ("名称", "版本", "发布单位", "发布", "安装")
NONE = "还没有安装更新包，用的是随程序的表样。"
INSTALL = "安装更新包…"
REMOVE = "卸载"
CLOSE = "关闭"
CHOOSE = "选择表样更新包"
FILTER = "表样更新包 (*.pdpack);;所有文件 (*)"

TRUST_TITLE = "核对发布单位的密钥"
TRUST_WHY = "这个更新包签名完好，但签名的密钥本机还不认识。请向发布单位（电话、正式文件）核对下面的指纹，一个字也不能差："
TRUST_CHECKED = "我已向发布单位核对，指纹一致"
TRUST_START = "信任并安装"
TRUST_AFTER = "信任以后，它签名的更新包不再询问。"


def installing(file: str) -> str:
    return f"正在验签、检查“{file}”…"


def installed(title: str, release: str, forms: int) -> str:
    return f"已安装“{title}”{release}，带来 {forms} 份表样，现在就可以用。"


def removed(title: str, release: str) -> str:
    return f"已卸载“{title}”{release}。"


def details(origin: str, fingerprint: str, forms: list[str]) -> str:
    named = "、".join(forms) if forms else "没有表样，只有方案、目录或对照"
    return f"装自“{origin}”\n密钥指纹 {fingerprint}\n表样：{named}"


def offered(title: str, release: str, made: str) -> str:
    return f"{title}　{release}　（{made} 发布）"


def claimed(publisher: str) -> str:
    return f"自称的发布单位：{publisher}"
