# Dân Bàn. `make` says what there is to make.

SHELL := /bin/sh
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

PORT ?= 8000
WORKERS ?= 2
VENV := .venv
BIN := $(VENV)/bin
# The first Python that is new enough.
PYTHON ?= $(shell for python in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$python && break; done)
PIP := $(BIN)/pip --disable-pip-version-check --no-input --quiet
LOCK := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-header $(if $(UPGRADE),--upgrade)
# CHROMIUM=/path/to/chromium names a browser elsewhere.
BROWSERS := $(CHROMIUM) chromium chromium-browser google-chrome
CATALOGUES := $(patsubst %.po,%.mo,$(wildcard translations/*/LC_MESSAGES/*.po))

# Without compiled files every process begins with ten seconds of compiling; an environment may forbid them.
export PYTHONDONTWRITEBYTECODE :=

# $(call install,arguments): uv is some ten times faster; where it cannot run, pip does the same.
install = { test -x $(BIN)/uv && $(BIN)/uv pip install --quiet --compile-bytecode --python $(BIN)/python $(1); } \
	|| $(PIP) install $(1)

.PHONY: help
help: ## say what there is to make
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | while IFS="$$(printf '\t')" read -r name what; \
		do printf 'make %-12s %s\n' "$$name" "$$what"; done

# ------------------------------------------------------------------------------------------ environment

.PHONY: setup
setup: $(VENV)/.setup $(CATALOGUES) ## build the environment in .venv from the locked dependencies

$(BIN)/python:
	@test -n "$(PYTHON)" || { echo 'Python 3.11 or newer is needed and was not found.' >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); echo 'Python cannot make environments here.' \
		'On Debian and Ubuntu: apt-get install python3-venv' >&2; exit 1; }

$(VENV)/.setup: requirements-build.txt requirements.txt pyproject.toml | $(BIN)/python
	@echo 'Installing what the service needs ...'
	@$(PIP) install --require-hashes -r requirements-build.txt
	@$(call install,--require-hashes -r requirements.txt)
	@$(call install,--no-deps --no-build-isolation -e .)
	@touch $@

%.mo: %.po $(VENV)/.setup
	@$(BIN)/pybabel --quiet compile -i $< -o $@ -l $(word 2,$(subst /, ,$<)) -D $(basename $(notdir $<))

.PHONY: setup-test
setup-test: setup $(VENV)/.setup-test ## add what the tests need: tools, browser, PostgreSQL
	@sh .ci/ensure '$(BROWSERS)' chromium fonts-dejavu-core

$(VENV)/.setup-test: $(VENV)/.setup requirements-dev.txt
	@echo 'Installing what the tests need ...'
	@$(call install,--require-hashes -r requirements-dev.txt)
	@touch $@

# ---------------------------------------------------------------------------------------------- service

.PHONY: run
run: setup ## start the service with a demo commune on PORT (8000)
	@$(BIN)/danban run --port $(PORT)

# ------------------------------------------------------------------------------------------------ tests

.PHONY: lint lint-style lint-types
lint: $(VENV)/.setup-test ## check style, types and the direction of imports
	@$(MAKE) -j2 --output-sync=target lint-types lint-style

lint-types:
	$(BIN)/mypy

lint-style:
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/lint-imports --no-logo

.PHONY: test
test: setup-test ## check everything, on SQLite and on PostgreSQL
	@$(MAKE) lint
	$(BIN)/pytest -q -n $(WORKERS) --dist worksteal
	$(BIN)/pytest -q -n $(WORKERS) --dist worksteal --database postgresql -m 'database and not browser and not pages'

.PHONY: coverage
coverage: setup-test ## measure which lines the tests reach
	@mkdir -p var/coverage && rm -f var/coverage/data*
	$(BIN)/coverage run -m pytest -q -n $(WORKERS)
	$(BIN)/coverage combine -q && $(BIN)/coverage report

.PHONY: bench
bench: setup-test ## measure; figures go to tests/bench/results.json
	@sh .ci/ensure wrk wrk
	$(BIN)/python -m tests.bench

# ------------------------------------------------------------------------------------------ maintenance

.PHONY: fmt
fmt: $(VENV)/.setup-test ## put the code in form
	$(BIN)/ruff check --fix --quiet || true
	$(BIN)/ruff format

.PHONY: lock
lock: $(VENV)/.setup ## lock the dependencies again (UPGRADE=1: the newest)
	$(LOCK) requirements-build.in -o requirements-build.txt
	$(LOCK) requirements.in -o requirements.txt
	$(LOCK) requirements-dev.in -o requirements-dev.txt

.PHONY: messages
messages: $(VENV)/.setup ## collect the sentences to translate into the catalogues
	$(BIN)/pybabel --quiet extract -F babel.cfg -k N_ -k lazy_gettext -k lazy_ngettext:1,2 -k lazy_pgettext:1c,2 \
		--no-location --sort-output --project danban -o messages.pot app templates
	@test -d translations/en || $(BIN)/pybabel --quiet init -i messages.pot -d translations -l en
	$(BIN)/pybabel --quiet update -i messages.pot -d translations --no-fuzzy-matching \
		--ignore-obsolete --ignore-pot-creation-date

.PHONY: clean
clean: ## remove everything that can be made again (never the data in var/)
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis messages.pot $(CATALOGUES)
	find app migrations tests -name __pycache__ -prune -exec rm -rf {} +
