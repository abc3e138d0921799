"""A programme beside that of 2025: the next year, with as many criteria as a test wants."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import count

import pytest
from django.utils import timezone

from programma.models import Criterio, ProgrammaPage, ProgrammiIndexPage


@pytest.fixture
def nuovo_anno(programma):
    """Make the programme of a year, in a state, with a copy of the criteria of 2025 that have these codes."""

    def nuovo(anno=2026, stato="approvato", codici=("M1", "M6")):
        pagina = ProgrammaPage(
            title=f"Programma di lavoro {anno}",
            slug=str(anno),
            anno=anno,
            dal=date(anno, 1, 1),
            scadenza=date(anno, 12, 31),
            live=stato != "bozza",
        )
        ProgrammiIndexPage.objects.get().add_child(instance=pagina)
        pagina.save_revision()
        ProgrammaPage.objects.filter(pk=pagina.pk).update(stato=stato)
        pagina.refresh_from_db()
        for criterio in Criterio.objects.del_programma(programma).filter(codice__in=codici):
            criterio.pk, criterio._state.adding = None, True
            criterio.programma, criterio.azione = pagina, None
            criterio.save()
        return pagina

    return nuovo


@pytest.fixture
def nel(monkeypatch):
    """Make it a little before noon of a day, and later at each look at the clock: what follows comes after."""

    def giorno(quale):
        inizio, passi = datetime.combine(quale, time(11), UTC), count()
        monkeypatch.setattr(timezone, "now", lambda: inizio + timedelta(milliseconds=next(passi)))

    return giorno
