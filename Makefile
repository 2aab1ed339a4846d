# The commands of the README. `make help` lists them.
SHELL := /bin/bash
.DEFAULT_GOAL := help
PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV := .venv
BIN := $(VENV)/bin
export PORT ?= 8000
export SENAPPEN_VAR ?= $(CURDIR)/var
PEOPLE ?= 20000
COUNT ?= 200
STATES ?= AL,PB,PE,SE,SP

.PHONY: help setup demo test check e2e bench faults lock format

help: ## List the commands
	@grep -hE '^[a-z0-9]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 10

$(VENV)/.stamp: requirements/tool.txt requirements/dev.txt
	@$(PYTHON) -c "import sys; sys.exit(sys.version_info[:2] != (3, 11))" || { echo "é preciso Python 3.11: make PYTHON=/caminho/python3.11"; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements/tool.txt
	$(BIN)/uv pip sync --quiet --python $(BIN)/python --require-hashes requirements/tool.txt requirements/dev.txt
	@touch $@

static/vendor/.stamp: package.json package-lock.json scripts/vendor.mjs scripts/icons.json
	npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
	npm run --silent vendor
	@touch $@

setup: $(VENV)/.stamp static/vendor/.stamp ## Install what the project needs into .venv and static/vendor

demo: setup ## Bring the platform up with a fictitious country (PEOPLE=20000 STATES=AL,PB,PE,SE,SP PORT=8000)
	@exec $(BIN)/python manage.py demo --people $(PEOPLE) --states $(STATES) --port $(PORT)

test: setup ## Run every test but those in a browser
	$(BIN)/python -m pytest -q -n 2 --dist loadfile tests --ignore tests/e2e

e2e: setup ## Run the browser tests against the demonstration, in the system's Chromium
	$(BIN)/python -m pytest -q tests/e2e

check: setup ## Lint, format, types, import arrows, missing migrations, deployment check
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	@# The check needs no database; without one Django only warns that it could not compare histories.
	$(BIN)/python -W ignore::RuntimeWarning:django.core.management.commands.makemigrations manage.py makemigrations --check --dry-run
	$(BIN)/python manage.py check_deploy

bench: setup ## Run the benchmarks (NAME=search PEOPLE=20000)
	$(BIN)/python -m benchmarks $(NAME) --people $(PEOPLE)

faults: setup ## Strike loads with real faults and compare the base with the states (COUNT=200)
	$(BIN)/python -m faults --count $(COUNT)

format: setup ## Apply the formatter
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

lock: $(VENV)/.stamp ## Pin the requirements again
	$(BIN)/uv pip compile -q --generate-hashes --python-version 3.11 --universal requirements/tool.in -o requirements/tool.txt
	$(BIN)/uv pip compile -q --generate-hashes --python-version 3.11 requirements/base.in -o requirements/base.txt
	$(BIN)/uv pip compile -q --generate-hashes --python-version 3.11 requirements/dev.in -o requirements/dev.txt
