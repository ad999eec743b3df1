# Two commands are enough: `make run` opens the app, `make test` proves it.
PYTHON ?= python3
BIN := .venv/bin
.DEFAULT_GOAL := help
.PHONY: help run test lint fix docs bench lock clean

help: ## this list
	@grep -hE '^[a-z]+:.*##' Makefile | sed -E 's/:[^#]*## /	/'

run: .venv/.installed ## install what is missing, prepare the sample brands, open the app
	$(BIN)/plume prepare
	$(BIN)/streamlit run app.py

test: .venv/.installed-dev .venv/.peers lint ## everything: linter, types, every test (installs Chromium and PostgreSQL on Debian if missing)
	sh tests/system_packages.sh
	$(BIN)/python -m pytest -n 2 --dist loadfile -m "not bench"

lint: .venv/.installed-dev ## linter and types, strict
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

fix: .venv/.installed-dev ## mend what the linter can mend
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

docs: .venv/.installed-dev ## write anew the tables that come from the code
	$(BIN)/python -m tests.docs

bench: .venv/.installed-dev ## measure the figures of the README (minutes)
	$(BIN)/python -m tests.benchmarks

lock: .venv/.installed-dev ## pin anew what pyproject.toml asks for
	$(BIN)/uv pip compile -q pyproject.toml $(LOCK) -o constraints.txt
	$(BIN)/uv pip compile -q pyproject.toml --extra dev $(LOCK) -o constraints-dev.txt
LOCK := --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-annotate --no-header

clean: ## forget the environment and everything Plume stored here
	rm -rf .venv data build

$(BIN)/python:
	$(PYTHON) -m venv .venv

# uv installs the pinned set in seconds; where it cannot be had, pip takes the same list without resolving anything.
.venv/.installed: $(BIN)/python constraints.txt pyproject.toml
	sh install.sh constraints.txt
	touch $@

.venv/.peers: $(BIN)/python tests/peers/package.json
	sh tests/peers/install.sh .venv/peers
	touch $@

.venv/.installed-dev: $(BIN)/python constraints-dev.txt pyproject.toml
	sh install.sh constraints-dev.txt
	touch $@ .venv/.installed
