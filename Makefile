# make run    打开窗口（没有显示器时改为无窗口演示，结果在 out/）
# make test   检查与全部测试
# make torture 杀进程、写满磁盘、坏文件……几分钟，见 SECURITY.md
# make bench    同一次运行里和大家用的工具比快慢，写进 README
# make bureau   一千个单位 × 60 张表：收取、汇总，在文件里和 PostgreSQL 上，和事先算好的数核对
# make pictures  画手册和说明里的图片（resources/pictures），再把窗口画成各种大小和深浅（out/pictures）
# 各条命令都会自己完成全部准备工作；format、package、clean 供开发时使用。

PYTHON ?= $(shell command -v python3 || command -v python3.11)
VENV_PYTHON := .venv/bin/python

# With this set, every start would compile the program again.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: run test torture bench bureau pictures format package clean

run:
	@if $(PYTHON) packaging/has_display.py; then \
	    $(PYTHON) packaging/prepare.py run window && $(VENV_PYTHON) -m ui --sample; \
	else \
	    $(PYTHON) packaging/prepare.py run && \
	    $(VENV_PYTHON) -m perfdesk demo out && \
	    QT_QPA_PLATFORM=offscreen $(VENV_PYTHON) -m ui.pictures out && \
	    echo "没有显示器，已改为无窗口演示。示例单位的文件和窗口图片在：$(CURDIR)/out"; \
	fi

test:
	@$(PYTHON) packaging/prepare.py run window test
	@.venv/bin/ruff check --quiet .
	@.venv/bin/ruff format --check --quiet . || { echo "格式不合，请运行 make format" >&2; exit 1; }
	@.venv/bin/basedpyright
	@.venv/bin/lint-imports
	@$(VENV_PYTHON) -m pytest -n 2 --dist worksteal -q

torture:
	@$(PYTHON) packaging/prepare.py run window test
	@QT_QPA_PLATFORM=offscreen $(VENV_PYTHON) -m tests.torture $(ARGS)

bench:
	@$(PYTHON) packaging/prepare.py run window test bench
	@QT_QPA_PLATFORM=offscreen $(VENV_PYTHON) -m bench

bureau:
	@$(PYTHON) packaging/prepare.py run window test bench
	@$(VENV_PYTHON) -m bench.bureau

pictures:
	@$(PYTHON) packaging/prepare.py run window
	@QT_QPA_PLATFORM=offscreen $(VENV_PYTHON) -m ui.manual_pictures resources/pictures
	@QT_QPA_PLATFORM=offscreen $(VENV_PYTHON) -m ui.pictures out/pictures --forms ../shared/forms/office

format:
	@$(PYTHON) packaging/prepare.py run
	@.venv/bin/ruff check --quiet --fix .
	@.venv/bin/ruff format --quiet .

package:
	@$(PYTHON) packaging/prepare.py run window build
	@$(VENV_PYTHON) packaging/package.py

clean:
	@rm -rf out build dist .pytest_cache .ruff_cache .hypothesis .import_linter_cache
	@find perfdesk ui tests packaging -name __pycache__ -type d -prune -exec rm -rf {} +
