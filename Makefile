# `make report` and `make test` set up their own virtual environment from the pins in constraints.txt.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
PIP_INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt

.PHONY: report test bench lab wheel tutorial clean

report: $(VENV)/.report
	$(BIN)/dxeval run

test: $(VENV)/.test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/python -m pytest --numprocesses auto --maxprocesses 4 --dist loadfile

bench: $(VENV)/.test
	$(BIN)/python bench/reader.py
	$(BIN)/python bench/batch.py
	$(BIN)/python bench/preview.py
	$(BIN)/python bench/kinds.py

lab: $(VENV)/.lab
	$(BIN)/dxeval lab

wheel: | $(BIN)/python
	$(BIN)/python -m pip wheel --quiet --disable-pip-version-check --no-deps --wheel-dir dist .

tutorial: $(VENV)/.test
	$(BIN)/python tests/tutorial.py

clean:
	rm -rf outputs dist $(VENV)

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "Python 3.11 以上が必要です（$(PYTHON)）。PYTHON=python3.12 make … のように指定してください。" >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/.report: constraints.txt pyproject.toml | $(BIN)/python
	$(PIP_INSTALL) --editable .
	touch $@

$(VENV)/.lab: constraints.txt pyproject.toml | $(BIN)/python
	$(PIP_INSTALL) --editable '.[lab]'
	touch $@

$(VENV)/.test: constraints.txt pyproject.toml | $(BIN)/python
	$(PIP_INSTALL) --editable '.[test]'
	touch $@
