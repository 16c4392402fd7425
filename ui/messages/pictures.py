"""Words that the pictures of the manual need beside the window's own."""

from __future__ import annotations

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
