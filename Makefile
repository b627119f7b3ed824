# The two commands: `make run` does the main job on the packed city, `make test` runs all that CI runs.
# PIP_ARGS passes options to pip, for example PIP_ARGS=--no-index.

PYTHON ?= python3
VENV ?= .venv
BIN = $(VENV)/bin
PIP = $(BIN)/python -m pip install --quiet --disable-pip-version-check $(PIP_ARGS)

.PHONY: run test lint types tests bench city clean

run: $(VENV)/.run
	$(BIN)/aport run

test: $(VENV)/.test lint types tests

lint: $(VENV)/.test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/.test
	$(BIN)/mypy

tests: $(VENV)/.test
	$(BIN)/pytest -n auto

bench: $(VENV)/.test
	$(BIN)/python bench/foundation.py

# Compile the packed city again from the shared material.
city: $(VENV)/.test
	$(BIN)/python -m tools.almaty --source $(or $(APORT_SHARED),../shared)

$(VENV)/.run: pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed: make PYTHON=python3.12")'
	$(PYTHON) -m venv $(VENV)
	$(PIP) --editable .
	touch $@

$(VENV)/.test: pyproject.toml $(VENV)/.run
	$(PIP) --editable '.[test]'
	touch $@

clean:
	rm -rf $(VENV) build dist results .mypy_cache .pytest_cache .ruff_cache .hypothesis
