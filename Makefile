# Short names for the scripts that do the work; each of them says what it does and why.
# Caches lie outside the checkout: VISAVIS_CACHE, default ~/.cache/visavis.

VISAVIS_HOME_CACHE := $(if $(XDG_CACHE_HOME),$(XDG_CACHE_HOME),$(HOME)/.cache)/visavis
CACHE := $(if $(VISAVIS_CACHE),$(VISAVIS_CACHE),$(VISAVIS_HOME_CACHE))
export CARGO_TARGET_DIR ?= $(CACHE)/target
SHELL := bash
.DEFAULT_GOAL := help
.PHONY: help run web release test test-all bench bench-call fuzz screenshots clean-cache

help: ## list what can be made
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-12s %s\n", $$1, $$2 }' Makefile

run: ## set up what is missing, build, and start Visavis (ARGS="--listen 0.0.0.0:8080 …")
	@exec scripts/run.sh $(ARGS)

web: ## build the browser half alone (ARGS=--dev: fast, not optimised)
	@scripts/web.sh $(ARGS)

release: ## build the one file that is shipped
	@scripts/web.sh
	@cargo build --release --package visavis-app
	@echo "$(CARGO_TARGET_DIR)/release/visavis"

test: ## everything that must hold before a change is taken (fails when over 75 minutes)
	@scripts/test.sh

test-all: ## the same, then the release build and the slow parts
	@VISAVIS_TEST_MINUTES=180 scripts/test.sh all

bench: ## measure: start-up, memory, join, requests
	@if [ -x benches/run ]; then exec benches/run; else echo "no benchmarks yet: benches/run does not exist"; fi

bench-call: ## measure the call: 16 people for ten minutes, and presses on a slow processor (benches/call/run)
	@exec benches/call/run

fuzz: ## requests made up from openapi.json, against a running server (MINUTES=30)
	@cargo build --package visavis-app
	@VISAVIS_BIN="$(CARGO_TARGET_DIR)/debug/visavis" scripts/fuzz.sh $$(( $${MINUTES:-30} * 60 ))

screenshots: ## draw every page and state in Chromium, into docs/screenshots
	@if [ -x end2end/screenshots.sh ]; then exec end2end/screenshots.sh; else echo "no screenshots yet: end2end/screenshots.sh does not exist"; fi

clean-cache: ## remove everything that was built or fetched ($VISAVIS_CACHE)
	rm -rf -- "$(CACHE)"
