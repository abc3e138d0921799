"""Small faults put in on purpose, one at a time, to see whether a test notices: `make mutanti`.

cosmic-ray makes the faults. mutmut, the other kept tool, leaves functions with a decorator alone, and here every
function that changes a state is `@transaction.atomic`.

1. The suite, or the files in `PROVE`, is run once under coverage, which writes which test runs which line (kept in
   `var/mutanti/mappa.json`: delete it to make it again).
2. cosmic-ray lists every fault that it knows of the modules of `MODULI`; a sample of them is drawn, the same for the
   same `SEME`.
3. Two workers, each in a clone of its own, apply a fault and run the tests that pass by its line (`prova.py`).
4. The faults that no test noticed are written to `var/mutanti/sopravvissuti.txt`, and counted.

Not in CI: it takes hours. `CAMPIONE=50 make mutanti` for a quick look; `MODULI='programma/flusso.py'` for one room;
`PROVE='tests/test_programma_fasi.py …'` for a map from these test files only
(quicker, and the figure is of them);
`DATABASE_URL=postgres://…` for the locks.
"""
