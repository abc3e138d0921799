"""Small faults put in on purpose, one at a time, to see whether a test notices: `make mutanti`.

1. The tests are collected once, with Django and the migrated database warm; a child of that process runs them without a
   fault, under coverage, which says which test runs which line (`mappa.py`).
2. The faults are those of `a_mano.yaml`, and `CAMPIONE` of all those that cosmic-ray knows, drawn by `SEME`
   (`difetti.py`); the equivalent ones (`equivalenti.yaml`) are passed over.
3. For each a child is forked, the fault is put in the code in memory (`innesto.py`), and the tests that run its line
   are run until one fails, the quickest first. What runs at import, as a decorator, is tried in a new process.
4. A test counts only if, alone and without the fault, it passes.

What no test noticed is in `var/mutanti/sopravvissuti.txt`; more than 5% is a failure. Why it is so, and how the figure
is read: `docs/decisioni/0025`.
"""
