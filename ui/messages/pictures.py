"""Words that the pictures of the manual need beside the window's own."""

from __future__ import annotations

from perfdesk.model.bureau import Node

SEARCH = "ysz"
FOLDER = "桌面/绩效"
FILE = "2021年整体绩效目标.docx"
BLANK = "财政局空表.docx"
UNKNOWN = "政府购买服务项目申请表.docx"
HELP = "画手册和说明里的全部图片。"
BUREAU = "某市财政局"
REMARK = "目标值偏低，去年已经达到，请核实后填写。"
REMARK_PLACE = "绩效指标 “{name}” 指标值"
REMARK_ON_ALL = "请在封面补盖单位公章。"
RETURN = "退回意见.zip"
PACKAGE = "{name}{year}年度报送.zip"
TREE = (
    Node("41", "41", "示例市", "city", None, expected=False),
    Node("41101", "41101", "示例市城市建设局", "department", "41", expected=False),
    Node("41101001", "41101001", "示例市住房保障中心", "unit", "41101", expected=True),
    Node("41101002", "41101002", "示例市市政工程处", "unit", "41101", expected=True),
    Node("41101003", "41101003", "示例市园林绿化中心", "unit", "41101", expected=True),
    Node("41101004", "41101004", "示例市城建档案馆", "unit", "41101", expected=True),
    Node("41102", "41102", "示例市教育局", "department", "41", expected=False),
    Node("41102001", "41102001", "示例市第一实验小学", "unit", "41102", expected=True),
    Node("41102002", "41102002", "示例市第二实验小学", "unit", "41102", expected=True),
    Node("41102003", "41102003", "示例市特殊教育学校", "unit", "41102", expected=True),
)
