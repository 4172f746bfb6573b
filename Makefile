# make setup | demo | test | test-all | bench | lock | clean.  Another Python: make setup PYTHON=/path/to/python3.12
SHELL := bash
.SHELLFLAGS := -euo pipefail -c
MAKEFLAGS += --no-print-directory

PYTHON ?= $(shell command -v python3.11 || command -v python3)
PYTHON_313 ?= $(firstword $(shell for p in python3.13 $(HOME)/.pyenv/versions/3.13*/bin/python3.13; do $$p -c '' 2>/dev/null && echo $$p; done))
BIN := .venv/bin
WORKERS ?= $(shell echo $$(($$(nproc 2>/dev/null || echo 2) + 1))) # one more than cores: tests of engines mostly wait
PYTEST_ARGS ?=
BENCH_ARGS ?=

# Without bytecode on disk each of the hundreds of programs that tests start would compile its libraries anew.
export PYTHONDONTWRITEBYTECODE :=
# Tests run one process a core: threads of models that wait for one another give way instead of spinning.
tests coverage test-slow test-newest test-lowest: export OMP_WAIT_POLICY := passive

.PHONY: setup setup-core demo check test tests coverage test-slow test-newest test-lowest test-all bench lock clean

setup: .venv/installed-dev ## everything needed to work on Shipworthy
setup-core: .venv/installed-core ## only what a user's installation has

.venv/installed-dev: pyproject.toml requirements/dev.lock requirements/model.lock scripts/setup.sh
	@scripts/setup.sh .venv requirements/dev.lock "$(PYTHON)" requirements/model.lock
	@touch .venv/installed-core $@

.venv/installed-core: pyproject.toml requirements/core.lock scripts/setup.sh
	@scripts/setup.sh .venv requirements/core.lock "$(PYTHON)"
	@touch $@

# 0, 1 and 3 are answers (everything met, something missed, undecided): the demo ran. 2 and 4 are failures.
demo: setup-core
	@code=0; $(BIN)/shipworthy run examples/spam || code=$$?; case $$code in 0|1|3) ;; *) exit $$code ;; esac

check: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

test: setup ## what is read by tools, while the tests run
	$(MAKE) -j2 check tests

tests: setup
	$(BIN)/pytest -n $(WORKERS) $(PYTEST_ARGS)

coverage: setup ## the same tests with more examples of each property, and which lines none of them runs
	SHIPWORTHY_EXAMPLES=100 $(BIN)/pytest -n $(WORKERS) --cov --cov-report=term:skip-covered $(PYTEST_ARGS)

test-slow: setup
	$(BIN)/pytest -n $(WORKERS) -m slow --slow $(PYTEST_ARGS)

test-newest: setup
ifeq ($(PYTHON_313),)
	@echo "Python 3.13 not found: not run"
else
	@scripts/setup.sh .venv-3.13 requirements/dev.lock $(PYTHON_313) requirements/model.lock
	.venv-3.13/bin/pytest -n $(WORKERS) $(PYTEST_ARGS)
endif

test-lowest: setup
	@scripts/setup.sh .venv-lowest requirements/lowest.lock "$(PYTHON)" requirements/model.lock
	.venv-lowest/bin/pytest -n $(WORKERS) $(PYTEST_ARGS)

test-all: check coverage test-slow test-newest test-lowest

bench: setup ## speed and memory beside other tools: ten minutes, and once as long to install these
	$(BIN)/python -m benchmarks $(BENCH_ARGS)

lock: setup
	scripts/lock.sh $(LOCK_ARGS)

clean:
	rm -rf .venv .venv-3.13 .venv-lowest .mypy_cache .pytest_cache .ruff_cache .hypothesis .import_linter_cache .coverage build dist
	rm -rf examples/*/.shipworthy examples/*/reports
