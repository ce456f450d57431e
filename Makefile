# `make run` opens the chat on the starter corpus; `make test` runs every check.
# Both set up what they need in .venv, once.

PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV   := .venv
PY     := $(VENV)/bin/python
INDEX  := .index

.PHONY: run test check format info bench clean cpu-torch

run: $(VENV)/.run-ready
	@$(PY) app.py

test: check
	$(PY) -m pytest -n 2 --dist loadfile

check: $(VENV)/.test-ready
	$(VENV)/bin/ruff check .
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/mypy

format: $(VENV)/.test-ready
	$(VENV)/bin/ruff check --fix .
	$(VENV)/bin/ruff format .

info: $(VENV)/.run-ready
	@$(PY) -m chatbot info
	@echo "packages:       $$($(PY) -m pip list --format=freeze | wc -l)"
	@echo "environment:    $$(du -sm $(VENV) | cut -f1) MiB"

# Linux only, before `make run`: the build of torch without the gigabytes for NVIDIA cards.
cpu-torch: $(VENV)/bin/python
	$(PY) -m pip install --quiet torch==2.13.0 --index-url https://download.pytorch.org/whl/cpu

bench: $(VENV)/.test-ready
	$(PY) -m tests.benchmarks.reading
	$(PY) -m tests.benchmarks.speed

clean:
	rm -rf $(VENV) $(INDEX)

$(VENV)/bin/python:
	@"$(PYTHON)" -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "Python 3.11 or newer is needed; set PYTHON to it: make PYTHON=/path/to/python3.11 $(MAKECMDGOALS)"; exit 1; }
	"$(PYTHON)" -m venv $(VENV)

$(VENV)/.run-ready: requirements.txt | $(VENV)/bin/python
	$(PY) -m pip install --quiet --disable-pip-version-check -r requirements.txt
	@touch $@

$(VENV)/.test-ready: requirements-dev.txt $(VENV)/.run-ready
	$(PY) -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	@touch $@
