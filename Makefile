# Everything is in tasks.py, which also runs where there is no make: python3 tasks.py run
# Arguments are passed on: make run ARGS="--port 7870"
PYTHON ?= python3

.PHONY: help run test check bench
help:
	@$(PYTHON) tasks.py --help
run test check bench:
	@$(PYTHON) tasks.py $@ $(ARGS)
