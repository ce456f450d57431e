# `make run` opens the chat on the starter corpus; `make test` runs every check.
# Both set up what they need in .venv, once.
#
#   make run PORT=8000          on this port
#   make run CORPUS="my pages"  on the pages of a file or folder: their index is built or brought up to date first
#   make run INDEX=my-index     on this index; with CORPUS, that is where its index lies (else in .corpus-index)

PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV   := .venv
PY     := $(VENV)/bin/python
PIP    := $(PY) -m pip --quiet --disable-pip-version-check

# For Linux there is a build of torch without the gigabytes that only NVIDIA cards need.
TORCH     := $(shell grep '^torch==' requirements.txt)
CPU_TORCH := https://download.pytorch.org/whl/cpu
NVIDIA    := $(wildcard /proc/driver/nvidia)$(shell command -v nvidia-smi)

quoted    = '$(subst ','\'',$(1))'
INDEX_DIR = $(or $(value INDEX),$(if $(value CORPUS),.corpus-index))

.PHONY: run test check format info bench clean

run: $(VENV)/.run-ready
	@$(if $(value CORPUS),$(PY) -m chatbot build --corpus $(call quoted,$(value CORPUS)) --index $(call quoted,$(INDEX_DIR)))
	@$(PY) app.py $(if $(INDEX_DIR),--index $(call quoted,$(INDEX_DIR))) $(if $(PORT),--port $(call quoted,$(PORT)))

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
	@$(PY) -m chatbot info $(if $(INDEX_DIR),--index $(call quoted,$(INDEX_DIR)))
	@echo "packages:       $$($(PY) -m pip list --format=freeze | wc -l)"
	@echo "environment:    $$(du -sm $(VENV) | cut -f1) MiB"

bench: $(VENV)/.test-ready
	$(PY) -m tests.benchmarks.reading
	$(PY) -m tests.benchmarks.speed

clean:
	rm -rf $(VENV) .index .corpus-index build *.egg-info

$(VENV)/bin/python:
	@"$(PYTHON)" -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "Python 3.11 or newer is needed; set PYTHON to it: make PYTHON=/path/to/python3.11 $(MAKECMDGOALS)"; exit 1; }
	"$(PYTHON)" -m venv $(VENV)

$(VENV)/.run-ready: requirements.txt | $(VENV)/bin/python
ifeq ($(shell uname -s)$(NVIDIA),Linux)
	@timeout 30 $(PIP) --retries 0 --timeout 5 index versions torch --index-url $(CPU_TORCH) >/dev/null 2>&1 \
		&& echo "$(PIP) install $(TORCH) --index-url $(CPU_TORCH)" \
		&& $(PIP) install $(TORCH) --index-url $(CPU_TORCH) \
		|| echo "No $(TORCH) from $(CPU_TORCH): taking the plain build, which may bring gigabytes for NVIDIA cards."
endif
	$(PIP) install -r requirements.txt
	@touch $@

$(VENV)/.test-ready: requirements-dev.txt $(VENV)/.run-ready
	$(PIP) install -r requirements-dev.txt
	@touch $@
