"""The links of mails by which Coordinamento decides without signing in; evidence's is in `programma`."""

from datetime import timedelta

from django.conf import settings
from django.urls import reverse

from base.collegamenti import TipoDiCollegamento

DURATA = timedelta(days=7)
"""How long a link that decides is good, if nothing changes meanwhile."""
DECISIONE_DI_PAGINA = TipoDiCollegamento("organizzazioni.decisione_di_pagina", DURATA)
"""About one state of approval and one person: good for the very words that were sent, until they are decided."""


def letta(stato) -> str:
    """What tells the waiting words of `stato`, a task state, from others: its author writes over a revision."""
    return f"{stato.revision_id}-{stato.revision.created_at.timestamp()}"


def stato_della_pagina(stato, persona) -> tuple:
    """What must stay as it was for the link to be good."""
    return stato.status, letta(stato), persona.password


def indirizzo_di_decisione(nome: str, gettone: str) -> str:
    """The full address of the decision called `nome` in the URLs."""
    return settings.WAGTAILADMIN_BASE_URL.rstrip("/") + reverse(nome, args=[gettone])


def indirizzo_della_pagina(stato, persona) -> str:
    """The full address at which `persona` reads and decides what `stato` has waiting."""
    gettone = DECISIONE_DI_PAGINA.gettone(stato.pk, persona.pk, stato=stato_della_pagina(stato, persona))
    return indirizzo_di_decisione("decisione_di_pagina", gettone)
