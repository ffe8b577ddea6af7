# Perdure. `make run` shows it working; `make test` proves it. Both do all the set-up.
SHELL := /bin/bash
PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV := .venv
BIN := $(VENV)/bin
DATA ?= data
PORT ?= 8000
WORKERS ?= 3
export PIP_DISABLE_PIP_VERSION_CHECK = 1

.PHONY: help run test check unit postgresql bench proof lock clean setup
help: ## Show what can be made
	@grep -E '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /  make \1\t/' | expand -t 20

$(VENV)/pyvenv.cfg:
	@bash scripts/make_venv.sh "$(PYTHON)" $(VENV)

$(VENV)/run.stamp: $(VENV)/pyvenv.cfg requirements/run.lock pyproject.toml
	$(BIN)/pip install --quiet --no-deps --require-hashes -r requirements/run.lock
	$(BIN)/pip install --quiet --no-deps --no-build-isolation --editable .
	@$(BIN)/python -m compileall -q src # the child processes that read untrusted files write nothing, not even this
	@touch $@

$(VENV)/dev.stamp: $(VENV)/run.stamp requirements/dev.lock
	$(BIN)/pip install --quiet --no-deps --require-hashes -r requirements/dev.lock
	@touch $@

$(VENV)/browser.stamp: $(VENV)/dev.stamp
	@bash scripts/find_chromium.sh $(BIN)
	@touch $@

setup: $(VENV)/browser.stamp ## Set up everything that the tests need

run: $(VENV)/run.stamp ## Open Perdure with an example service (PORT=8000 DATA=data)
	$(BIN)/perdure demo --port $(PORT) --data $(DATA)

test: $(VENV)/browser.stamp check unit postgresql ## All checks and tests, on SQLite and PostgreSQL, in a real browser

check: $(VENV)/dev.stamp ## Style, types, and the direction of imports
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

unit: $(VENV)/browser.stamp
	$(BIN)/pytest -n $(WORKERS) --dist loadscope

postgresql: $(VENV)/browser.stamp
	PERDURE_TEST_DATABASE=postgresql $(BIN)/pytest -n $(WORKERS) --dist loadscope -m "not proof and not browser" \
		tests/foundation tests/parts tests/site

$(VENV)/spark.stamp: $(VENV)/dev.stamp requirements/spark.lock
	$(BIN)/pip install --quiet --no-deps --require-hashes -r requirements/spark.lock
	@touch $@

proof: $(VENV)/browser.stamp $(VENV)/spark.stamp ## The long proofs: every form walked, kills at random, both databases
	$(BIN)/pytest -n $(WORKERS) -m proof --timeout 3600
	PERDURE_TEST_DATABASE=postgresql $(BIN)/pytest -n $(WORKERS) --dist loadscope -m "not proof" \
		tests/foundation tests/parts tests/site tests/journeys tests/cli
	PERDURE_TEST_DATABASE=postgresql $(BIN)/pytest -m proof --timeout 3600 tests/journeys

bench: $(VENV)/dev.stamp ## Measure against a floor in the same run
	$(BIN)/python -m bench.journey

lock: ## Pin every package anew with its hashes (needs uv)
	for kind in run dev spark; do uv pip compile --python-version 3.11 --generate-hashes --no-header \
		--override requirements/overrides.txt requirements/$$kind.in -o requirements/$$kind.lock -q; done

clean: ## Remove what the other commands made, but never the data folder
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis
