# make run and make test are all a new machine needs; the rest is for those who work on the code.
# Everything that is missing is installed by tools/setup.

export OTOKUI_TEST_SCALE ?= 0.01
FUZZ_SECONDS ?= 300

.PHONY: run test soak build bench lint fuzz clean

run: build
	@tools/run

build:
	@tools/setup build
	cmake --preset release >/dev/null
	cmake --build --preset release --target otokui

test:
	@tools/setup test
	cmake --preset dev >/dev/null
	cmake --build --preset dev
	ctest --preset dev

# Every test at the sizes the product promises: hours, not minutes.
soak: export OTOKUI_TEST_SCALE = 1
soak:
	@tools/setup test
	cmake --preset soak >/dev/null
	cmake --build --preset soak
	ctest --preset soak

bench:
	@tools/setup bench
	cmake --preset bench >/dev/null
	cmake --build --preset bench
	.tools/node/bin/node bench/run.mjs build/bench/otokui

lint:
	@tools/setup lint
	@tools/lint

fuzz:
	@tools/setup test
	cmake --preset fuzz -DOTOKUI_FUZZ_SECONDS=$(FUZZ_SECONDS) >/dev/null
	cmake --build --preset fuzz --target otokui_fuzzers
	ctest --preset fuzz

clean:
	rm -rf build web/dist
