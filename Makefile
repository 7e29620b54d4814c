# The two commands: `make brief` and `make test`. Each sets up all it needs in .venv.
# PYTHON=python3.12 picks the interpreter of a new .venv; PYTEST_FLAGS adds to the test line.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
PIP    := $(BIN)/python -m pip --disable-pip-version-check --quiet

.PHONY: brief test lint docs check world bench agree stress fuzz validation clean

$(BIN)/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/.run: pyproject.toml constraints.txt | $(BIN)/python
	$(PIP) install --constraint constraints.txt --editable '.[all]'
	@touch $@

$(VENV)/.dev: pyproject.toml constraints.txt | $(BIN)/python
	$(PIP) install --constraint constraints.txt --editable '.[dev]'
	@touch $@ $(VENV)/.run

brief: $(VENV)/.run          ## write the brief on the built-in situation
	$(BIN)/threatpoint brief --out brief

test: $(VENV)/.dev           ## run the tests
	$(BIN)/python -m pytest -n 2 --dist loadfile $(PYTEST_FLAGS)

lint: $(VENV)/.dev           ## lint, types and room order
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/pyright
	$(BIN)/lint-imports

docs: $(VENV)/.dev           ## the manual, into docs/_build/html; every warning is an error
	$(BIN)/python -m sphinx -j 2 -W --keep-going -n -q -b html docs docs/_build/html

check: lint test docs        ## all that a change must pass

world: $(VENV)/.dev          ## rebuild the shipped tables from the source files in $$THREATPOINT_DATA
	$(BIN)/python -m builders.world2023
	$(BIN)/python -m builders.parameters
	$(BIN)/python -m builders.crude
	$(BIN)/python -m builders.front
	$(BIN)/python -m builders.support
	$(BIN)/python -m builders.threats

validation: $(VENV)/.dev     ## reproduce the published numbers
	$(BIN)/python -m validation

bench: $(VENV)/.dev          ## speed of the solvers, as ratios
	$(BIN)/python -m benchmarks.solve
	$(BIN)/python -m benchmarks.guided
	$(BIN)/python -m benchmarks.derivatives
	$(BIN)/python -m benchmarks.many
	$(BIN)/python -m benchmarks.standing
	$(BIN)/python -m benchmarks.oil
	$(BIN)/python -m benchmarks.threat
	$(BIN)/python -m benchmarks.chain --page
	$(BIN)/python -m benchmarks.growth
	$(BIN)/python -m benchmarks.commands

agree: $(VENV)/.dev          ## 2,000 random cases: all ways to an answer agree, or it is said why not
	$(BIN)/python -m benchmarks.agree --jobs 2

stress: $(VENV)/.dev         ## 4,000 random cases over all that can be entered, each checked apart
	$(BIN)/python -m benchmarks.stress --jobs 2

fuzz: $(VENV)/.dev           ## spoiled files, command lines and tables: no crash, no hang
	$(BIN)/python -m benchmarks.fuzz --files 2000 --lines 1000 --tables 1000

clean:
	rm -rf $(VENV) brief docs/_build docs/made
