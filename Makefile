# Every target works from a bare clone: it needs Python 3.11 or later, pip and make, and makes
# the rest. `make help` lists them; ARGS= passes more on, PYTHON= names the interpreter.

PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11 python; do \
	command -v $$p >/dev/null 2>&1 \
	&& $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 \
	&& echo $$p && break; done)

REAL ?= $(or $(TEXTMINE_REAL),../shared)

VENV := .venv
ifeq ($(OS),Windows_NT)
BIN := $(VENV)/Scripts
else
BIN := $(VENV)/bin
endif
PY := $(BIN)/python
READY := $(VENV)/.ready
PEERS := $(VENV)/.peers
LOCK := --universal --generate-hashes --python-version 3.11 --no-emit-index-url \
	--no-emit-find-links --no-annotate --quiet --custom-compile-command "make lock"

# MEASURED=yes lets `make test` measure coverage, and `make check` read it: CI runs the tests once.
COVERAGE := --cov --cov-report=

.DEFAULT_GOAL := help
.PHONY: help setup wheel demo test check lint types layers limits secrets slow coverage fix docs site accuracy train encoder bench stages searches relevance fuzz release lock audit clean

help: ## list the targets
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1\t\2/p' Makefile | expand -t 16

setup: $(READY) ## make .venv and install what the locks name

$(READY): requirements/dev.txt pyproject.toml
	@test -n "$(PYTHON)" || { \
	echo "textmine needs Python 3.11 or later, and none was found on PATH."; \
	echo "Install one, or name it: make PYTHON=/path/to/python3.12"; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	echo "textmine needs Python 3.11 or later; $(PYTHON) is not that."; exit 1; }
	@test ! -L $(VENV) || { echo "$(VENV) is a link; remove it: what it leads to would be emptied."; exit 1; }
	@echo "Making $(VENV), once: this takes a minute or two ..."
	$(PYTHON) -m venv --clear $(VENV) || { $(PYTHON) -m venv --clear --without-pip $(VENV) \
	&& $(PYTHON) -m pip --python $(PY) install --quiet pip; }
	$(PY) -m pip install --quiet --disable-pip-version-check --only-binary :all: \
	--require-hashes -r requirements/dev.txt
	$(PY) -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

wheel: $(READY) ## build a wheel
	$(PY) -m build --wheel --no-isolation

demo: $(READY) ## read the sample reports; a search, a finding, a brief
	$(PY) scripts/demo.py $(ARGS)

test: $(READY) ## the fast tests, on all cores
	$(PY) -m pytest -n auto --dist loadfile -m "not slow" $(if $(MEASURED),$(COVERAGE)) $(ARGS)

check: lint types layers limits secrets site coverage slow ## all that CI asks for besides `make test`

lint: $(READY)
	$(BIN)/ruff format --check
	$(BIN)/ruff check

types: $(READY)
	$(BIN)/mypy

layers: $(READY)
	$(BIN)/lint-imports

limits: $(READY)
	$(PY) scripts/check_limits.py

secrets: $(READY)
	$(PY) scripts/check_secrets.py

coverage: $(READY) ## measure branch coverage; fails below the floors of scripts/check_coverage.py
	$(if $(MEASURED),,$(PY) -m pytest -n auto --dist loadfile -m "not slow" -q $(COVERAGE) $(ARGS))
	$(PY) scripts/check_coverage.py

slow: $(PEERS)
	$(PY) -m pytest -n auto --dist loadfile -m slow $(ARGS)

$(PEERS): $(READY) requirements/peers.txt
	$(PY) -m pip install --quiet --disable-pip-version-check --only-binary :all: \
	--require-hashes -r requirements/peers.txt
	@touch $@

fix: $(READY) ## format, and repair what ruff can
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

docs: $(READY) ## write the pages that are made from the code
	$(PY) scripts/make_docs.py

site: $(READY) ## build the documentation as a web site in site/html; broken links fail
	$(PY) scripts/make_site.py

accuracy: $(READY) ## measure the tags, and write docs/explanation/accuracy.md; REAL=folder with gold/
	$(PY) scripts/make_accuracy.py $(REAL)/gold

train: $(READY) ## learn the fast weights; REAL=folder with gold/ and corpus/, TAUGHT=labels of passages
	$(PY) scripts/train.py $(REAL)/gold $(REAL)/corpus $(if $(TAUGHT),--taught $(TAUGHT))

encoder: $(READY) ## teach the encoder, for hours; BASE=folder of the base model, OUT=folder for files
	$(PY) -m pip install --quiet onnx onnxruntime safetensors tokenizers torch
	$(PY) scripts/teacher_data.py $(OUT)/data.jsonl --reports $(REAL)/corpus --aside scripts/aside.json \
	--coded $(REAL)/gold/train.jsonl $(REAL)/gold/train_more.jsonl --reporting $(REAL)/gold/findings.jsonl
	$(PY) scripts/train_encoder.py train $(OUT)/data.jsonl $(OUT) --model $(BASE)
	$(PY) scripts/train_encoder.py label $(OUT)/data.jsonl $(OUT) --model $(BASE)
	$(PY) scripts/blend.py $(OUT)/passages.jsonl $(OUT)/taught.jsonl
	$(PY) scripts/train_encoder.py train $(OUT)/data.jsonl $(OUT) --model $(BASE) --taught $(OUT)/taught.jsonl
	$(PY) scripts/train_encoder.py label $(OUT)/data.jsonl $(OUT) --model $(BASE)
	$(PY) scripts/blend.py $(OUT)/passages.jsonl $(OUT)/taught.jsonl
	mkdir -p $(OUT)/fast
	$(PY) scripts/train.py $(REAL)/gold $(REAL)/corpus --taught $(OUT)/taught.jsonl --held-out --output $(OUT)/fast
	$(PY) scripts/fit_blend.py $(OUT)/oof.jsonl $(OUT)/fast
	$(PY) scripts/export_encoder.py $(OUT)/part6.safetensors $(OUT)/data.jsonl --model $(BASE)
	$(MAKE) train TAUGHT=$(OUT)/taught.jsonl

bench: $(READY) ## measure all beside floors and peers, write docs/capacity.md; REAL=folder with corpus/
	$(PY) -m pip install --quiet --disable-pip-version-check --only-binary :all: \
	--require-hashes -r requirements/bench.txt
	rm -rf build/bench && mkdir -p build/bench
	$(PY) cli.py ingest $(REAL)/corpus --library build/bench/library
	-$(PY) bench/table.py $(REAL)/corpus build/bench/library bench/results/figures.json $(ARGS)
	$(PY) bench/capacity.py $(REAL)/corpus bench/results/capacity.json --minutes $(or $(MINUTES),600)
	$(PY) bench/capacity_page.py bench/results/figures.json bench/results/capacity.json

stages: $(READY) ## time the reading of documents, stage by stage
	$(PY) bench/ingest.py $(ARGS)

searches: $(READY) ## time searches against bare FTS5; ARGS="--library FOLDER --synthetic FOLDER"
	$(PY) -m pip install --quiet --disable-pip-version-check --only-binary :all: \
	--require-hashes -r requirements/bench.txt
	$(PY) bench/search.py $(ARGS)

relevance: $(READY) ## judge the first ten hits of each part of the ranking; REAL=folder with corpus/
	$(PY) bench/relevance.py $(REAL)/corpus $(ARGS)

fuzz: $(READY) ## look for inputs that break a reader, for hours; ARGS="TARGET ... --runs N"
	$(PY) -m pip install --quiet --disable-pip-version-check --only-binary :all: \
	--require-hashes -r requirements/fuzz.txt
	$(PY) tests/fuzz/drive.py $(ARGS)
	TEXTMINE_MODEL_EXAMPLES=300 $(PY) -m pytest -n 0 -q -m slow tests/test_library_model.py

release: $(READY) ## check that this version can go out, on every Python that is here
	$(PY) scripts/release.py $(ARGS)

lock: $(READY) ## compute the locks again; ARGS=--upgrade for the newest versions
	$(PY) -m venv $(VENV)/lock
	$(VENV)/lock$(BIN:$(VENV)%=%)/python -m pip install --quiet "uv>=0.9"
	$(VENV)/lock$(BIN:$(VENV)%=%)/uv pip compile $(LOCK) $(ARGS) \
	pyproject.toml --group dev --all-extras --output-file requirements/dev.txt
	$(VENV)/lock$(BIN:$(VENV)%=%)/uv pip compile $(LOCK) \
	pyproject.toml --constraint requirements/dev.txt --output-file requirements/run.txt
	$(VENV)/lock$(BIN:$(VENV)%=%)/uv pip compile $(LOCK) $(ARGS) \
	--group bench --output-file requirements/bench.txt
	$(VENV)/lock$(BIN:$(VENV)%=%)/uv pip compile $(LOCK) $(ARGS) \
	--group peers --constraint requirements/dev.txt --output-file requirements/peers.txt
	$(VENV)/lock$(BIN:$(VENV)%=%)/uv pip compile $(LOCK) $(ARGS) \
	--group fuzz --constraint requirements/dev.txt --output-file requirements/fuzz.txt

audit: ## look up known weaknesses of what the locks name; a job in .github does so each week
	@test -n "$(PYTHON)" || { echo "no Python 3.11 or later on PATH: make audit PYTHON=..."; exit 1; }
	$(PYTHON) -m venv $(VENV)-audit
	$(VENV)-audit$(BIN:$(VENV)%=%)/python -m pip install --quiet --disable-pip-version-check "pip-audit==2.9.0"
	$(VENV)-audit$(BIN:$(VENV)%=%)/python -m pip_audit --disable-pip --require-hashes \
	-r requirements/run.txt -r requirements/dev.txt

clean: ## remove what the targets made
	rm -rf $(VENV) $(VENV)-audit dist site demo-library .mypy_cache .ruff_cache .pytest_cache .hypothesis \
	.import_linter_cache .coverage
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
