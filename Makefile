# The same recipes for people and for CI. Needs Python >= 3.11 and make; the rest is fetched once, as uv.lock says.

PYTHON ?= python3
BIN := .venv/bin

# Nothing of the caller's environment may decide what is installed or imported.
unexport VIRTUAL_ENV PYTHONPATH PYTHONHOME UV_PROJECT_ENVIRONMENT
export UV_PYTHON_DOWNLOADS := never

.DEFAULT_GOAL := help
.PHONY: pictures help sync demo test check format eval bench-speed bench-export docs readme clean

help: ## this list
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' Makefile | expand -t 14

sync: .venv/.synced ## install what uv.lock names into .venv

.venv/.synced: pyproject.toml uv.lock scripts/uv
	PYTHON=$(PYTHON) scripts/uv sync --locked
	@touch $@

demo: sync ## the bundled pages into demo-case.db, the register printed
	$(BIN)/rashomon demo

test: sync ## all tests (where we are root, Debian's Chromium for the browser's)
	@scripts/browser
	$(BIN)/python -m pytest

check: sync ## style, types, and who may import whom
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache

format: sync ## lay the code out, mend what can be mended
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

eval: sync ## the scoreboard
	$(BIN)/python -m bench

bench-speed: sync ## articles per second, memory, growth (make bench-speed ARGS=--full for 10,000 articles)
	$(BIN)/python -m bench speed $(ARGS)

bench-export: sync ## seconds and memory of every export (make bench-export ARGS=--full for 1,000,000 tellings)
	$(BIN)/python -m bench exports $(ARGS)

docs: .venv/.synced-docs ## the docs site into site/, strictly; opens from the disk
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --strict --quiet
	@echo 'site/index.html (to search in it: python3 -m http.server -d site)'

.venv/.synced-docs: .venv/.synced
	PYTHON=$(PYTHON) scripts/uv sync --locked --group docs
	@touch $@

readme: sync ## run the examples of the README, tutorials and how-tos again, put what they print into them; all figures
	$(BIN)/python docs/readme_output.py
	$(BIN)/python docs/run_pages.py
	$(BIN)/python docs/model_figures.py
	$(BIN)/python docs/linking_page.py

pictures: sync ## the README's pictures from the demo case (needs Chromium)
	$(BIN)/python docs/screenshots.py

bench-web: sync ## seconds a screen, memory of the server, on a case of 1,000,000 tellings (ARGS=--tellings N)
	$(BIN)/python -m bench.web $(ARGS)

clean: ## away with all that was made
	rm -rf .venv .venv-uv site .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache dist build demo-case*
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
