# `make` alone lists what there is. ARGS passes on: make run ARGS="--port 9000", make test ARGS="--filter AuthTests".

SWIFT_FILES := Sources Tests Package.swift

# Homebrew keeps these formulas out of pkg-config's way.
ifeq ($(shell uname -s),Darwin)
BREW := $(or $(wildcard /opt/homebrew),/usr/local)
export PKG_CONFIG_PATH := $(BREW)/opt/libpq/lib/pkgconfig:$(BREW)/opt/openssl/lib/pkgconfig:$(BREW)/opt/argon2/lib/pkgconfig:$(BREW)/opt/curl/lib/pkgconfig:$(BREW)/opt/qrencode/lib/pkgconfig:$(PKG_CONFIG_PATH)
endif

# A package of its own: it builds Plinth's libraries again, out of the sources that are already here.
EMBEDDING := --package-path Tests/Embedding --scratch-path .build-embedding

.DEFAULT_GOAL := help
.PHONY: help run build test test-modules embedding bench soak assets format format-check style lint clean

help: ## List these targets
	@echo "Targets (ARGS=\"…\" passes on to the program):"
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-14s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: ## Build and start the server, with a PostgreSQL of its own, on this machine
	@scripts/install-dependencies.sh
	@echo "Building the server. The first build takes some minutes, later ones seconds."
	@swift build --product Server
	@exec .build/debug/Server serve $(ARGS)

build: ## Build everything, tests included (one debug build serves run and test)
	@scripts/install-dependencies.sh --tests
	@echo "Building everything, tests included. The first build takes some minutes, later ones seconds."
	@swift build --build-tests

# How many tests of a module run at once: the clusters, servers and connections of hundreds would time each other out.
WIDTH_OPTION := --experimental-maximum-parallelization-width
WIDTH = $(shell swift test --help-hidden 2>/dev/null | grep -q -e $(WIDTH_OPTION) && echo $(WIDTH_OPTION) 8)

test: build ## Build and run all tests (they bring their own PostgreSQL) and, without ARGS, the embedding example
	@$(if $(ARGS),swift test --skip-build --disable-xctest $(WIDTH) $(ARGS),$(MAKE) --no-print-directory test-modules embedding)

test-modules:
	@scripts/test-modules.sh $(WIDTH)

embedding: ## Build and run Tests/Embedding, a service that embeds some of the libraries
	@scripts/install-dependencies.sh
	@echo "Building the embedding example. The first build takes about a minute, later ones seconds."
	@[ -f Package.resolved ] && [ -d .build/checkouts ] || swift package resolve
	@[ -d .build-embedding ] || { mkdir .build-embedding && \
		cp -R .build/checkouts .build/repositories .build/workspace-state.json .build-embedding; }
	@cp Package.resolved Tests/Embedding
	@swift build $(EMBEDDING) --force-resolved-versions --quiet --disable-index-store -debug-info-format none
	@.build-embedding/debug/Example

bench: ## Measure on this machine: the PostgreSQL client beside pgbench, a request beside a bare one, jobs, logins
	@scripts/install-dependencies.sh --bench
	@scripts/bench.sh $(ARGS)

soak: ## Kill workers in the middle of 20,000 jobs, 100 times, and count what became of the jobs (about two minutes)
	@scripts/install-dependencies.sh
	@swift build -c release --product Benchmarks
	@.build/release/Benchmarks soak $(ARGS)

assets: ## Write the templates of mails into the Swift file that carries them
	@scripts/make-assets.py

format: ## Format all Swift files in place
	@swift format --in-place --parallel --recursive $(SWIFT_FILES)

format-check: ## Check that all Swift files are formatted (strict)
	@swift format lint --strict --parallel --recursive $(SWIFT_FILES)

style: build ## Check imports, banned calls and the other rules of Tests/WorkspaceTests
	@swift test --skip-build --disable-xctest --filter WorkspaceTests

lint: format-check style ## All checks of form: format-check and style

clean: ## Remove what was built (the data in .plinth stays)
	@rm -rf .build .build-embedding
