# `make report` and `make test` do all the set-up they need, in .venv. The package is
# built as a wheel and installed from it, so that what is tested is what is shipped.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
RIVALS := .venv-benchmarks
SOURCES := $(shell find src corpora notebooks -type f -not -path '*/__pycache__/*') \
	pyproject.toml README.md LICENSE

.PHONY: report test lint docs benchmarks setup clean

report: $(VENV)/.package
	$(BIN)/crossplan report --offline --output report.html

test: $(VENV)/.package $(VENV)/.test
	$(BIN)/python -m pytest -n auto --dist loadfile

lint: $(VENV)/.package $(VENV)/.test $(VENV)/.lint
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

docs: $(VENV)/.package $(VENV)/.docs
	rm -rf site docs/gallery
	$(BIN)/sphinx-build --quiet --fail-on-warning --keep-going docs site

benchmarks: $(VENV)/.package $(VENV)/.benchmarks $(RIVALS)/.rivals
	$(BIN)/python -m benchmarks --rivals $(RIVALS)/bin/python

# What `lint`, `test` and `docs` need: two of them at once would both install it.
setup: $(VENV)/.package $(VENV)/.test $(VENV)/.lint $(VENV)/.docs

clean:
	rm -rf $(VENV) $(RIVALS) dist site docs/gallery

$(VENV)/.pip:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and \
		"crossplan needs Python 3.11 or newer; name one: make PYTHON=python3.12")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade "pip>=25.1"
	@touch $@

$(VENV)/.package: $(SOURCES) $(VENV)/.pip
	rm -rf dist
	$(BIN)/python -m pip wheel --quiet --no-deps --wheel-dir dist .
	$(BIN)/python -m pip install --quiet dist/*.whl
	$(BIN)/python -m pip install --quiet --no-deps --force-reinstall dist/*.whl
	@touch $@

$(VENV)/.test $(VENV)/.lint $(VENV)/.docs $(VENV)/.benchmarks: $(VENV)/.%: pyproject.toml $(VENV)/.pip
	$(BIN)/python -m pip install --quiet --group $*
	@touch $@

$(RIVALS)/.rivals: pyproject.toml $(VENV)/.pip
	$(BIN)/python -m venv $(RIVALS)
	$(RIVALS)/bin/python -m pip install --quiet --upgrade "pip>=25.1"
	$(RIVALS)/bin/python -m pip install --quiet --group rivals
	@touch $@
