# `make run` and `make test` are all a newcomer needs; each sets up what it uses.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PORT ?= 8000

.DEFAULT_GOAL := help
.PHONY: help setup setup-dev run test test-database check lint types format architecture
.PHONY: browser wrk clean

help:  ## List the commands
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1\t\2/p' Makefile

$(BIN)/.ready: requirements.lock
	@scripts/make-venv "$(PYTHON)" "$(VENV)"
	$(BIN)/pip install --quiet --require-hashes --requirement requirements.lock
	@touch $@

$(BIN)/.ready-dev: requirements-dev.lock $(BIN)/.ready
	$(BIN)/pip install --quiet --require-hashes --requirement requirements-dev.lock
	@touch $@

setup: $(BIN)/.ready  ## Install what the app needs

setup-dev: $(BIN)/.ready-dev

run: setup  ## Serve the demonstration seminar at http://127.0.0.1:8000
	@scripts/run "$(BIN)" "$(PORT)"

browser:
	@scripts/ensure-browser

wrk:
	@scripts/ensure-wrk

test: setup-dev browser wrk  ## Check and test everything
	@scripts/test "$(BIN)"

test-database: setup-dev browser wrk  ## Test what depends on DATABASE_URL alone, after make test on another
	@scripts/test "$(BIN)" --only-database

lint: setup-dev  ## Ruff and djade
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	git ls-files -z 'templates/*.html' | xargs -0 $(BIN)/djade --check --target-version 5.2

types: setup-dev  ## Strict mypy
	$(BIN)/mypy .

check: lint types  ## Lint and types

format: setup-dev  ## Write the code as the linters want it
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .
	git ls-files -z 'templates/*.html' | xargs -0 $(BIN)/djade --target-version 5.2

architecture: setup-dev  ## Draw the rooms and their imports in docs/architecture.md
	$(BIN)/python -m scripts.architecture

clean:  ## Remove what these commands made, the demonstration's database too
	rm -rf $(VENV) var .mypy_cache .ruff_cache .pytest_cache .hypothesis
