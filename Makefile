# Every target sets up .venv by itself; see README.md.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

.PHONY: demo test test-live check format lock translations

demo: $(READY)
	$(BIN)/lti-tool demo

test: $(READY)
	$(BIN)/python -m pytest --cov --cov-report=term:skip-covered --durations=10

test-live: $(READY)
	$(BIN)/python -m pytest tests/live --live

check: $(READY)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m content check

format: $(READY)
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

translations: $(READY)
	$(BIN)/pybabel extract -F .build/babel.cfg -k lazy_gettext --no-location --omit-header -o $(VENV)/messages.pot .
	for po in lti_tool/translations/*/LC_MESSAGES/messages.po; do \
	  $(BIN)/pybabel update --no-fuzzy-matching --ignore-obsolete --omit-header -i $(VENV)/messages.pot -o $$po -l $$(basename $$(dirname $$(dirname $$po))); \
	done
	$(BIN)/pybabel compile -q -d lti_tool/translations

lock: $(READY)
	$(BIN)/uv pip compile -q pyproject.toml --extra dev --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header -o requirements.lock

$(READY): pyproject.toml requirements.lock $(wildcard .build/*.py) $(wildcard lti_tool/translations/*/LC_MESSAGES/*.po)
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $@
