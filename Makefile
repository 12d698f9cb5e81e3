# Every target sets up .venv by itself; see README.md.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
COMPILE = $(BIN)/uv pip compile -q pyproject.toml --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header

.PHONY: setup demo test test-live test-browsers chaos bench-board bench-community bench-digests bench-launch bench-save bench-sync bench-workspace check format lock translations

setup: $(READY)

demo: $(READY)
	$(BIN)/lti-tool demo

test: $(READY)
	$(BIN)/python -m pytest -n auto --dist loadscope --cov --cov-report=term:skip-covered --durations=10

test-live: $(READY)
	$(BIN)/python -m pytest tests/live --live

test-browsers: $(READY)
	$(BIN)/python -m pytest tests/browsers --browsers

chaos: $(READY)
	SEED=$${SEED:-$$(date +%s)} MOMENTS=20 SYNC_MOMENTS=50 \
	  $(BIN)/python -m pytest tests/chaos/test_random_moments.py tests/chaos/test_one_canvas.py tests/chaos/test_sync_moments.py

bench-board: $(READY)
	$(BIN)/python -m tests.bench.board

bench-community: $(READY)
	$(BIN)/python -m tests.bench.community $(OPTIONS)

bench-digests: $(READY)
	$(BIN)/python -m tests.bench.digests $(OPTIONS)

bench-launch: $(READY)
	$(BIN)/python -m tests.bench.launch

bench-save: $(READY)
	$(BIN)/python -m tests.bench.save

bench-sync: $(READY)
	$(BIN)/python -m tests.bench.sync

bench-workspace: $(READY)
	$(BIN)/python -m tests.bench.workspace $(OPTIONS)

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
	$(BIN)/pybabel -q extract -F .build/babel.cfg -k lazy_gettext --no-location -o $(VENV)/messages.pot .
	for po in lti_tool/translations/*/LC_MESSAGES/messages.po; do \
	  $(BIN)/pybabel -q update --no-fuzzy-matching --ignore-obsolete --ignore-pot-creation-date --width 120 \
	    -i $(VENV)/messages.pot -o $$po -l $$(basename $$(dirname $$(dirname $$po))) || exit 1; \
	done
	$(BIN)/pybabel -q compile -d lti_tool/translations
	$(BIN)/python .build/missing.py lti_tool/translations

lock: $(READY)
	$(COMPILE) --extra dev -o requirements.lock
	$(COMPILE) --constraint requirements.lock -o requirements-run.lock

$(READY): pyproject.toml requirements.lock $(wildcard .build/*.py) $(wildcard lti_tool/translations/*/LC_MESSAGES/*.po)
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $@
