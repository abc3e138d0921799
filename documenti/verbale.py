"""The minutes of a meeting as a document: PDF/UA and Word, with the names that who asks for it may read."""

from collections import Counter
from collections.abc import Iterator

from base.tempo import giorno_in_parole
from organizzazioni.models import Distretto
from registri.models import Partecipante, Riunione, Seguito
from registri.permissions import legge_i_nomi
from registri.riunioni.selettori import enti_suoi

from .corpo import Blocco, Capitolo, Corpo, Paragrafo, Prospetto, Punti

NESSUN_VERBALE = "Il verbale non è ancora scritto."


def verbale(riunione: Riunione, utente) -> Corpo:
    """What was said and decided at `riunione` (held), as `utente` may read it: see docs/decisioni/0047.

    Who does not read every name finds those of the people of their own bodies, and how many came from the others.
    """
    suoi = None if legge_i_nomi(utente) else enti_suoi(utente)
    capitoli = (
        Capitolo("Chi c'era", 1, tuple(_persone([uno for uno in riunione.partecipanti.all() if uno.presente], suoi))),
        Capitolo("Chi non c'era", 1, tuple(_persone(_mancati(riunione), suoi))),
        Capitolo("Ordine del giorno", 1, tuple(_brani(riunione.ordine_del_giorno))),
        Capitolo("Verbale", 1, tuple(_brani(riunione.verbale)) or (Paragrafo(NESSUN_VERBALE),)),
        Capitolo("Decisioni", 1, (Punti(tuple(riunione.decisioni)),) if riunione.decisioni else ()),
        Capitolo("Da fare dopo", 1, tuple(_seguiti(list(riunione.seguiti.all()), suoi))),
    )
    distretto = Distretto.objects.first()
    return Corpo(
        f"Verbale: {riunione.titolo}",
        distretto.denominazione if distretto else "",
        tuple(_righe(riunione)),
        tuple(capitolo for capitolo in capitoli if capitolo.blocchi),
    )


def _righe(riunione: Riunione) -> Iterator[str]:
    dalle = f", dalle {riunione.dalle:%H:%M}" if riunione.dalle else ""
    alle = f" alle {riunione.alle:%H:%M}" if riunione.dalle and riunione.alle else ""
    yield f"{riunione.tipo}, {giorno_in_parole(riunione.giorno)}{dalle}{alle}."
    if riunione.dove:
        yield f"Dove: {riunione.dove}."
    if riunione.formale:
        yield f"Riunione formale: {riunione.formale}."


def _mancati(riunione: Riunione) -> list[Partecipante]:
    return [uno for uno in riunione.partecipanti.all() if not uno.presente]


def _persone(partecipanti: list[Partecipante], suoi: set[int] | None) -> Iterator[Blocco]:
    noti = [uno for uno in partecipanti if suoi is None or uno.organizzazione_id in suoi]
    righe = [
        (uno.nome, uno.ente or "–", uno.get_ruolo_display() or "–", uno.get_partecipazione_display() or "–")
        for uno in noti
    ]
    if righe:
        yield Prospetto("", ("Nome", "Ente", "Ruolo", "Presenza"), tuple(righe), True, larghezze=(28, 32, 22, 18))
    altri = Counter(
        uno.ente or "altri" for uno in partecipanti if suoi is not None and uno.organizzazione_id not in suoi
    )
    if altri:
        yield Punti(tuple(f"{ente}: {quanti}" for ente, quanti in sorted(altri.items())))


def _brani(testo: str) -> Iterator[Blocco]:
    for brano in testo.replace("\r\n", "\n").split("\n\n"):
        if brano.strip():
            yield Paragrafo(brano.strip())


def _seguiti(seguiti: list[Seguito], suoi: set[int] | None) -> Iterator[Blocco]:
    righe = tuple(
        (
            uno.che_cosa,
            ", ".join(filter(None, (_responsabile(uno, suoi), str(uno.organizzazione or "")))) or "–",
            f"{uno.entro:%d/%m/%Y}" if uno.entro else "–",
            f"{uno.fatto_il:%d/%m/%Y}" if uno.fatto_il else "–",
        )
        for uno in seguiti
    )
    if righe:
        yield Prospetto("", ("Che cosa", "Chi", "Entro il", "Fatto il"), righe, larghezze=(46, 28, 13, 13))


def _responsabile(seguito: Seguito, suoi: set[int] | None) -> str:
    return seguito.responsabile if suoi is None or seguito.organizzazione_id in suoi else ""
