# make demo       the product with demonstration data, on http://127.0.0.1:8000 (PORT= changes it)
# make demo-neuve the same, starting afresh
# make captures the screenshots of the guides, on a running demonstration (ADRESSE=)
# make bench      the main pages against a floor, 5,000 then 50,000 candidatures; var/bench.json
# make test       linters, contracts, migrations check, the whole suite (ARGS= for pytest)
# make explorer   the property tests alone, on examples drawn at random (ARGS= for pytest)
PYTHON ?= python3
PORT ?= 8000
ARGS ?=
export PORT
VENV = .venv/bin
ADRESSE ?= http://127.0.0.1:$(PORT)

.PHONY: demo demo-neuve captures bench test explorer lint format requirements
demo:
	@$(PYTHON) outils/amorce.py demo && exec $(VENV)/python outils/demo.py

demo-neuve:
	@$(PYTHON) outils/amorce.py demo && exec $(VENV)/python outils/demo.py --neuve

# Needs Chromium and the packages of the tests.
captures:
	@$(PYTHON) outils/amorce.py essais && exec $(VENV)/python outils/captures.py --adresse $(ADRESSE)

bench:
	@$(PYTHON) outils/amorce.py essais && exec $(VENV)/python outils/banc.py $(ARGS)

test:
	@$(PYTHON) outils/amorce.py essais && exec $(VENV)/python outils/essais.py $(ARGS)

explorer:
	@$(PYTHON) outils/amorce.py essais && HASARD=1 exec $(VENV)/python outils/essais.py -m hypothesis $(ARGS)

lint:
	@$(PYTHON) outils/amorce.py essais && exec $(VENV)/python outils/essais.py --controles

format:
	@$(VENV)/ruff check --fix --quiet . ; $(VENV)/ruff format --quiet .

# Needs uv. Compiles the hashed files from the *.in lists.
UV ?= uv
COMPILER = $(UV) pip compile --quiet --generate-hashes --no-emit-index-url --python-version 3.11 \
	--custom-compile-command "make requirements"
requirements:
	$(COMPILER) requirements.in -o requirements.txt
	$(COMPILER) -c requirements.txt requirements-demo.in -o requirements-demo.txt
	$(COMPILER) -c requirements-demo.txt requirements-dev.in -o requirements-dev.txt
