# The two commands a newcomer needs are `make demo` and `make test`; each does all its own set-up.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
STAMP  := $(VENV)/.installed

.PHONY: demo test nightly lint bench coverage-requirements letters docs

$(STAMP): pyproject.toml
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[dev]'
	@touch $(STAMP)

demo: $(STAMP)
	@$(BIN)/coordinator demo demo --force

test: lint
	@$(BIN)/pytest -n 2 --dist worksteal

# Every fault at every point, and every layer of docs/guarantees.md at its full size: hours.
nightly: $(STAMP)
	@$(BIN)/python -m tests.faults

lint: $(STAMP)
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-cache

bench: $(STAMP)
	@$(BIN)/python -m benchmarks

coverage-requirements: $(STAMP)
	@$(BIN)/pytest -q -p no:cacheprovider --requirements || test $$? = 5

# Every letter of every program as a phone shows it, in build/letters.
letters: $(STAMP)
	@$(BIN)/python -m tests.letters.pictures build/letters

# The page and the picture of each program.
docs: $(STAMP)
	@$(BIN)/coordinator timeline --into docs/programs
