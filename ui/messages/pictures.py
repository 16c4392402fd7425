"""Words that the pictures of the manual need beside the window's own."""

from __future__ import annotations

SEARCH = "ysz"
FOLDER = "桌面/绩效"
FILE = "2021年整体绩效目标.docx"
BLANK = "财政局空表.docx"
UNKNOWN = "政府购买服务项目申请表.docx"
HELP = "画手册和说明里的全部图片。"
