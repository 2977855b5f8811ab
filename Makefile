# make site    build the reference digest into public/
# make test    lint, types and tests, with everything that they need
# make bench   measure (docs/performance.md)
# make screenshots   take pictures of every kind of page, into screenshots/

PYTHON ?= python3
BIN := .venv/bin

.PHONY: site test lint bench screenshots clean

site: .venv/installed
	$(BIN)/digest build
	@echo "Open public/index.html through any web server, for example:"
	@echo "  $(PYTHON) -m http.server --bind 127.0.0.1 --directory public 8000"

.venv/installed: pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	$(BIN)/python -m compileall -q src  # pip does this for all but editable packages
	@touch $@

.venv/tested: .venv/installed pyproject.toml tests/tools/package.json tests/tools/install
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --upgrade 'pip>=25.1'
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --group test
	tests/tools/install
	@touch $@

lint: .venv/tested
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy

test: lint
	$(BIN)/coverage erase
	$(BIN)/coverage run -m pytest --numprocesses auto --dist loadgroup
	$(BIN)/coverage combine --quiet
	$(BIN)/coverage report

bench: .venv/installed
	$(BIN)/python tests/benchmarks/bench_build.py
	$(BIN)/python tests/benchmarks/bench_enrich.py
	$(BIN)/python tests/benchmarks/bench_render.py
	$(BIN)/python tests/benchmarks/bench_hugo.py
	$(BIN)/python tests/benchmarks/bench_serve.py
	$(BIN)/python tests/benchmarks/bench_search.py
	$(BIN)/python tests/benchmarks/bench_compressed.py

screenshots: .venv/tested
	$(BIN)/python tests/tools/screenshots.py

clean:
	rm -rf .venv .digest public node_modules tests/tools/node_modules
