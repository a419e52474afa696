# `make report` and `make test` do all the set-up they need, in .venv. The package is
# built as a wheel and installed from it, so that what is tested is what is shipped;
# `make check`, the loop of a developer, installs it in place instead.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --quiet
# Python compiles what it imports; compiling all modules of all packages takes longer
# than the report, and a third of the disk space.
INSTALL := $(PIP) install --no-compile
# Where Python may not keep what it compiled, every process would compile it again.
unexport PYTHONDONTWRITEBYTECODE
PYTEST := $(BIN)/python -m pytest -n auto --dist loadfile
RIVALS := .venv-benchmarks
SOURCES := $(shell find src corpora notebooks -type f -not -path '*/__pycache__/*') \
	pyproject.toml README.md LICENSE

.PHONY: report test test-all check quick lint style types docs benchmarks setup clean

report: $(VENV)/.package
	$(BIN)/crossplan report --offline --output report.html

# Everything that is quick.
test: $(VENV)/.package $(VENV)/.test
	$(PYTEST) -m "not slow"

# And what is slow: other processes, whole notebooks, browsers, hostile files.
test-all: test
	$(PYTEST) -m slow

check: $(VENV)/.editable $(VENV)/.test $(VENV)/.lint
	$(MAKE) --jobs=3 --output-sync=target style types quick

quick:
	$(PYTEST) -m "not slow" --quiet --exitfirst

lint: $(VENV)/.package $(VENV)/.test $(VENV)/.lint style types

style:
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports

types:
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
	$(INSTALL) --upgrade "pip>=25.1"
	@# Python 3.11 still brings setuptools, which nothing here needs.
	$(PIP) uninstall --yes setuptools
	@touch $@

$(VENV)/.package: $(SOURCES) $(VENV)/.pip
	rm -rf dist $(VENV)/.editable
	$(PIP) wheel --no-deps --wheel-dir dist .
	$(PIP) uninstall --yes crossplan
	$(INSTALL) dist/*.whl
	@touch $@

$(VENV)/.editable: pyproject.toml $(VENV)/.pip
	rm -f $(VENV)/.package
	$(INSTALL) --editable .
	@touch $@

$(VENV)/.test $(VENV)/.lint $(VENV)/.docs $(VENV)/.benchmarks: $(VENV)/.%: pyproject.toml $(VENV)/.pip
	$(INSTALL) --group $*
	@touch $@

$(RIVALS)/.rivals: pyproject.toml $(VENV)/.pip
	$(BIN)/python -m venv $(RIVALS)
	$(RIVALS)/bin/python -m pip install --quiet --upgrade "pip>=25.1"
	$(RIVALS)/bin/python -m pip install --quiet --group rivals
	@touch $@
