"""Why a row misses its bar, told beside it where it does; what was learnt in full stands in ``perfdesk/README.md``."""

from __future__ import annotations

from dataclasses import replace

from bench.measured import Row

REASONS = {
    "启动到光标可以录入": "空窗口里没有表样、表格和上次打开的那张表；多出的四成是引入模块，其余是造出控件、排好、画出来",
    "内存（示例年度打开）": "SQLAlchemy 就占 22 MB，其余是表样、控件和模块，不随表的多少增加；光标可以录入时还没有引入它，约 1.5 倍",
    "打包的程序": "打包的程序启动时先要解开自带的 Python 模块",
    "一张整体绩效目标表写成 Excel": "多出的是折行、行高和格式的计算，写文件本身就是 XlsxWriter；按指令条数 1.25 倍",
    "10000 项指标的一张表写成 Word": "程序自己的时间是 2.0 倍，多出的是系统为更大的一块内存逐页分配的时间",
    "200 张表写成 Excel": "启动另外的进程约占五分之一，其余是 XlsxWriter 本身",
    "200 张表写成 PDF": "LibreOffice 一次启动转换全部，启动的时间摊到 200 张里",
    "10000 项指标的表，离开一格到存稳": "两次提交的时间，其中一半是 SQLAlchemy 的四条语句",
    "5000 个科目的预算，离开一格到存稳": "两次提交的时间，其中一半是 SQLAlchemy 的四条语句",
    "1000 个单位的整体绩效目标存进一个库": "每张表连同可以撤销的那一步一起写，文字写两遍；对照写的是现成的文字",
}
"""The beginning of what a row is called → the reason."""


def with_reason(row: Row) -> Row:
    found = next((reason for work, reason in REASONS.items() if row.work.startswith(work)), "")
    return replace(row, reason=row.reason or found)
