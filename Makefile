# Every command installs what it needs first. `make help` lists them.
SHELL := /bin/sh
BIN := .venv/bin
ARGS ?=

# The first Python that is new enough and can make a virtual environment; override with `make PYTHON=...`.
PYTHON ?= $(shell for candidate in python3 python3.13 python3.12 python3.11 /usr/bin/python3; do \
	$$candidate -c 'import sys, ensurepip, venv; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 \
	&& { echo $$candidate; break; }; done)

# Where it is set, every start would compile all packages anew and take twice as long.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help install run test lint check bench proof catalogue format

help: ## list the commands
	@sed -n 's/^\([a-z]*\):.*## /\1 /p' $(MAKEFILE_LIST) | while read -r name words; do printf '  make %-10s %s\n' "$$name" "$$words"; done

install: ## install into .venv: locked packages, the project, its built styles and catalogues
	@if [ -z "$(PYTHON)" ]; then \
		echo "Qabul needs Python 3.11 or newer with venv. On Debian or Ubuntu: apt-get install python3 python3-venv"; \
		exit 1; fi
	@$(PYTHON) .ci/install.py

run: install ## everything in one process: web, bot, worker, beat, the playground (stop with Ctrl-C)
	@exec $(BIN)/qabul run $(ARGS)

test: install ## prepare the real parts (PostgreSQL, Valkey, Chromium) and run every test
	@$(BIN)/python -m tests.real_parts.prepare
	$(BIN)/pytest -n 2 --dist loadfile $(ARGS)

lint: install ## style, types, import contracts, catalogues, migrations
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/pytest tests/house tests/hub/processes/test_migrations.py

check: lint test ## lint, then test: what continuous integration runs

bench: install ## benchmark tables as text, and var/bench.json
	$(BIN)/python -m tests.benchmarks $(ARGS)

proof: install ## the slow proofs (at most an hour, resumable)
	$(BIN)/python -m tests.proof $(ARGS)

catalogue: install ## extract every sentence and update the five catalogues
	$(BIN)/python -m tests.house.catalogues update

format: install ## put the code into the house style
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .
