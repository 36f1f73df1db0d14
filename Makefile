# The two commands a newcomer needs, `make demo` and `make test`, and the ones a developer uses all day.
# On Windows the same steps stand in README.md.

PYTHON ?= python3
VENV   ?= .venv
PORT   ?= 8050
OPEN   ?= 1

BIN  = $(VENV)/bin
PIP  = $(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt
# One stamp a kind of install: the second run of a target installs nothing.
MADE = $(VENV)/.made
APP  = $(VENV)/.app-installed
TEST = $(VENV)/.test-installed

.DEFAULT_GOAL = help
.PHONY: help demo install test fast lint bench words sbom clean

help:
	@echo 'make demo    install, build the demo province and open it on http://127.0.0.1:$(PORT) (PORT=8051, OPEN=0)'
	@echo 'make test    every check and every test, those in a real browser included'
	@echo 'make fast    the checks and the quick tests on all cores, in about a minute'
	@echo 'make bench   the measurements'
	@echo 'make words   collect the texts of the screens into the language catalogues'
	@echo 'make sbom    write sbom.json: all that the program is made of, as CycloneDX'
	@echo 'make clean   remove the virtual environment and what the tools left behind'

demo: $(APP)
	@$(BIN)/diemnong demo --port $(PORT) $(if $(filter 0 no,$(OPEN)),--no-open)

install: $(APP)

test: $(TEST) lint
	@chromium=$$($(BIN)/python tests/browser/chromium.py) && \
	CHROMIUM="$$chromium" $(BIN)/python -m pytest -n 3 --dist loadfile --no-loadscope-reorder --benchmark-disable --durations 15

fast: $(TEST) lint
	@$(BIN)/python -m pytest -n auto --benchmark-disable --ignore tests/browser --ignore tests/bench -m "not slow"

lint: $(TEST)
	@$(BIN)/ruff check
	@$(BIN)/ruff format --check
	@$(BIN)/mypy

bench: $(TEST)
	@$(BIN)/python -m pytest -s tests/bench/bench_*.py

words: $(TEST)
	@$(BIN)/python -m dashboard.locale.collect

sbom: $(APP)
	@$(BIN)/python -m dashboard.bill > sbom.json

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache .benchmarks

$(MADE):
	@command -v $(PYTHON) >/dev/null || { echo 'No $(PYTHON) here. Install Python 3.11 or newer, or name one: make demo PYTHON=python3.12' >&2; exit 2; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "$$($(PYTHON) --version) is too old: Python 3.11 or newer is needed. Name another one: make demo PYTHON=python3.12" >&2; exit 2; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
	  echo 'This Python cannot make virtual environments. On Debian and Ubuntu: sudo apt install python3-venv' >&2; exit 2; }
	@echo 'Making the virtual environment $(VENV) ...'
	@$(PYTHON) -m venv --clear $(VENV)
	@touch $@

$(APP): $(MADE) pyproject.toml constraints.txt
	@echo 'Installing the application (about 1 GB, a minute or a few) ...'
	@$(PIP) --editable .
	@touch $@

$(TEST): $(APP)
	@echo 'Installing the test tools ...'
	@$(PIP) --editable '.[test]'
	@touch $@
