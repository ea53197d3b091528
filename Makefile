# Needs python3 >= 3.11 and make; everything else is installed into .venv. `make help` lists what there is.

.DEFAULT_GOAL := help
.PHONY: help run test check bench pictures faults lock clean install install-test

PYTHON := $(shell for each in python3 python3.14 python3.13 python3.12 python3.11; do \
	"$$each" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo "$$each" && break; done)
IN_VENV := PYTHONPATH=src .venv/bin/python
# Each of the programs that are started would read all sources anew.
export PYTHONDONTWRITEBYTECODE :=

help: ## this list
	@sed -n 's/^\([a-z]*\):.*## /  make \1\t/p' Makefile | expand -t 16

run: install ## open Zveno at http://127.0.0.1:8000 (PORT=8010 for another port)
	@ZVENO_ENV=$${ZVENO_ENV:-development} PORT=$${PORT:-8000} exec env $(IN_VENV) -m zveno run

test: install-test ## all tests, on a database and in a browser of their own (TESTS=tests/test_run.py for some)
	@$(PYTHON) tools/postgres15.py
	@browser=$$($(PYTHON) tools/chromium.py) && export ZVENO_CHROMIUM="$$browser" && \
	exec env $(IN_VENV) -m zveno test-database .venv/bin/python -m pytest -n 2 --dist worksteal $(TESTS)

check: install-test ## the quick part, under two minutes: style, types, contract, guards
	@.venv/bin/ruff check .
	@.venv/bin/ruff format --check .
	@.venv/bin/mypy src tests
	@PYTHONPATH=src .venv/bin/lint-imports
	@$(IN_VENV) -m zveno test-database .venv/bin/python -m pytest tests/test_guards.py

bench: install-test ## print the figures of speed, memory and size beside their goals
	@exec env $(IN_VENV) -m bench

faults: install-test ## kill, fill, cut, set the clock: 20 rounds each in one house under load, as figures
	@exec env $(IN_VENV) -m tests.faults

pictures: install-test ## take the pictures of the guide and of the read-me anew
	@browser=$$($(PYTHON) tools/chromium.py) && export ZVENO_CHROMIUM="$$browser" ZVENO_PICTURES=1 && exec env \
	$(IN_VENV) -m zveno test-database .venv/bin/python -m pytest tests/browser/test_sweep.py -k test_pages

lock: install ## pin what requirements*.in ask for, with hashes
	@.venv/bin/python -m pip install -qq uv
	@for each in requirements requirements-test; do .venv/bin/python -m uv pip compile $$each.in \
	--output-file $$each.txt --universal --generate-hashes --no-emit-index-url --no-annotate --no-header --quiet; done

clean: ## remove the environment and caches; the database in var/ stays
	@rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache .coverage
	@find src tests -name __pycache__ -prune -exec rm -rf {} +

install install-test:
	@test -n "$(PYTHON)" || { echo "Zveno needs Python 3.11 or newer; no python3 on the PATH is. Install one." >&2; exit 1; }
	@$(PYTHON) tools/install.py $@
