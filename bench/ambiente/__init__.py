"""What every bench stands on: a throw-away database with the real programme, evidences by the thousand, a stopwatch.

The database is a file of SQLite, or a test database on the PostgreSQL of `DATABASE_URL`: never the one that it names.

Figures are ratios against something run side by side; nothing here is a timed test.
"""

import atexit
import os
import sys
import tempfile
from datetime import date, timedelta
from io import StringIO
from pathlib import Path
from time import perf_counter

CARTELLA = tempfile.TemporaryDirectory(prefix="bench-")
os.environ.setdefault("DATABASE_URL", f"sqlite:///{CARTELLA.name}/prova.sqlite3")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings.test")
RADICE = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(RADICE))

import django  # noqa: E402

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection, transaction  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402
from django.utils import timezone  # noqa: E402

from organizzazioni.models import Organizzazione, Utente  # noqa: E402
from programma import flusso  # noqa: E402
from programma.models import Criterio, Evidenza, Passaggio, ProgrammaPage, Riconoscimento  # noqa: E402

if connection.vendor == "postgresql":
    vero = connection.settings_dict["NAME"]
    connection.creation.create_test_db(verbosity=0, autoclobber=True)
    atexit.register(connection.creation.destroy_test_db, vero, verbosity=0)

PROVE = 15
IN_ATTESA = 5
"""One evidence in this many waits; the others are approved."""


@transaction.atomic
def aggiungi(quante):
    """Write that many evidences, spread over criteria and organisations, most of them approved."""
    programma = ProgrammaPage.objects.get()
    criteri, enti = list(Criterio.objects.del_programma(programma)), list(Organizzazione.objects.all())
    un_mese_fa = timezone.now() - timedelta(days=30)
    nuove = Evidenza.objects.bulk_create(
        Evidenza(
            programma=programma,
            organizzazione=enti[n % len(enti)],
            titolo=f"Evidenza {n}",
            data=date(2025, 1, 1) + timedelta(days=n % 365),
            stato=flusso.APPROVATA if n % IN_ATTESA else flusso.INVIATA,
        )
        for n in range(quante)
    )
    Evidenza.criteri.through.objects.bulk_create(
        Evidenza.criteri.through(evidenza=e, criterio=criteri[n % len(criteri)]) for n, e in enumerate(nuove)
    )
    Passaggio.objects.bulk_create(Passaggio(evidenza=e, a=flusso.INVIATA, quando=un_mese_fa) for e in nuove)
    righe = Riconoscimento.objects.bulk_create(
        Riconoscimento(
            evidenza=e,
            criterio=criteri[n % len(criteri)],
            data=e.data,
            quantita_dichiarata=1,
            quantita_riconosciuta=1,
            deciso_il=un_mese_fa,
        )
        for n, e in enumerate(nuove)
        if n % IN_ATTESA
    )
    Riconoscimento.organizzazioni.through.objects.bulk_create(
        Riconoscimento.organizzazioni.through(riconoscimento=r, organizzazione=enti[n % len(enti)])
        for n, r in enumerate(righe)
    )


def misura(cliente, indirizzo, prove=PROVE):
    """Best time of the view, in milliseconds."""
    tempi = []
    for _ in range(prove):
        inizio = perf_counter()
        assert cliente.get(indirizzo).status_code == 200
        tempi.append((perf_counter() - inizio) * 1000)
    return min(tempi)


def query_di(azione):
    """How many queries `azione` costs."""
    with CaptureQueriesContext(connection) as query:
        azione()
    return len(query)


def superutente():
    """A client that may see everything, on a database with the 2025 programme and no evidence."""
    call_command("migrate", verbosity=0)
    call_command("carica_programma", RADICE / "home/dati/programma-2025.yaml", stdout=StringIO())
    cliente = Client()
    cliente.force_login(Utente.objects.create_superuser("bench", "bench@example.org", "bench"))
    return cliente
