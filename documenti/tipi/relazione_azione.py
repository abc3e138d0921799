"""The report that a criterion of an action asks for (P1.2, P2.1, P3.2): how it was worked at, and with whom.

Made of the approved evidence of that action, of the meetings that are proof of it, of what the site published of it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q, QuerySet

from base.storia import fine_del_giorno
from base.tempo import giorno_in_parole
from organizzazioni.models import Distretto
from programma.models import AzionePage, Criterio, Evidenza, ProgrammaPage
from programma.selettori.pubblici import contenuti_di
from programma.selettori.punteggio import riconosciuti_al
from registri.models import Riunione
from registri.riunioni.selettori import enti_presenti

from ..corpo import Blocco, Capitolo, Corpo, Paragrafo, Prospetto, Punti

CHIEDE = "relazione"
"""How the indicator of a criterion that asks for one begins."""


@dataclass(frozen=True)
class PassoDellAzione:
    """Something of the action on its day, and who was there: an approved fact, a meeting, a page of the site."""

    data: date
    titolo: str
    organizzazioni: tuple[str, ...] = ()
    dove: str = ""


@dataclass(frozen=True)
class RelazioneAzione:
    """What is known of an action at the end of `al`; `chiesta_da` is the criterion that asks for the report."""

    programma: ProgrammaPage
    al: date
    distretto: str
    chiesta_da: Criterio
    azione: AzionePage
    guidano: tuple[str, ...]
    fatti: tuple[PassoDellAzione, ...]
    riunioni: tuple[PassoDellAzione, ...]
    pubblicati: tuple[PassoDellAzione, ...]

    @property
    def titolo(self) -> str:
        return f"{self.chiesta_da.codice} {self.chiesta_da.indicatore} {self.programma.anno}"

    @property
    def enti(self) -> list[str]:
        """Every body that was there, once, by name."""
        return sorted({ente for passo in (*self.fatti, *self.riunioni) for ente in passo.organizzazioni})


def criteri_con_relazione() -> QuerySet[Criterio]:
    """The criteria of actions that a report realises, of every year."""
    realizzano = Criterio.objects.in_vigore().filter(regola=Criterio.Regola.REALIZZAZIONE, azione__isnull=False)
    return realizzano.filter(indicatore__istartswith=CHIEDE).select_related("azione").in_ordine()


def relazione_azione(criterio: Criterio, programma: ProgrammaPage, al: date) -> RelazioneAzione:
    """The report as of the end of `al`; what it costs does not depend on how much was done."""
    azione = AzionePage.objects.prefetch_related("referenti__organizzazione").get(pk=criterio.azione_id)
    altri = Criterio.objects.del_programma(programma).filter(azione=azione)
    righe = (
        riconosciuti_al(programma, al)
        .filter(criterio__in=altri)
        .exclude(criterio=criterio)  # a report is no proof of what it tells
        .select_related("evidenza__organizzazione")
        .prefetch_related("organizzazioni", "evidenza__organizzazioni")
        .order_by("data", "pk")
    )
    fatti: dict[int, PassoDellAzione] = {}
    for riga in righe:
        evidenza = riga.evidenza
        enti = {*riga.organizzazioni.all(), *evidenza.organizzazioni.all(), evidenza.organizzazione}
        fatti.setdefault(evidenza.pk, PassoDellAzione(riga.data, evidenza.titolo, _nomi(enti)))
    distretto = Distretto.objects.first()
    return RelazioneAzione(
        programma,
        al,
        distretto.denominazione if distretto else "",
        criterio,
        azione,
        tuple(str(uno.organizzazione) for uno in azione.referenti.all()),
        tuple(fatti.values()),
        tuple(_riunioni(fatti, al)),
        tuple(
            PassoDellAzione(pagina.giorno, pagina.title)
            for pagina in contenuti_di(azione, programma)
            .filter(first_published_at__lte=fine_del_giorno(al))
            .order_by("giorno", "pk")
        ),
    )


def _nomi(enti) -> tuple[str, ...]:
    return tuple(sorted({ente.denominazione for ente in enti}))


def _riunioni(fatti: dict[int, PassoDellAzione], al: date) -> Iterator[PassoDellAzione]:
    """The meetings of which these evidences are proof: born from them, or joined to them."""
    tipo = ContentType.objects.get_for_model(Riunione)
    nate = Evidenza.objects.filter(pk__in=fatti, fonte_tipo=tipo).values("fonte_id")
    riunioni = Riunione.objects.filter(Q(pk__in=nate) | Q(gia_date__in=list(fatti)), giorno__lte=al).distinct()
    for riunione in riunioni.svolte().complete().order_by("giorno", "pk"):
        yield PassoDellAzione(riunione.giorno, riunione.titolo, _nomi(enti_presenti(riunione)), riunione.dove)


def in_corpo(relazione: RelazioneAzione) -> Corpo:
    """For people. No person is named."""
    azione = relazione.azione
    capitoli = (
        Capitolo("L'azione", 1, tuple(_azione(relazione))),
        Capitolo("Che cosa è stato fatto", 1, tuple(_passi(relazione.fatti, "Nessuna evidenza approvata."))),
        Capitolo("Incontri", 1, tuple(_incontri(relazione))),
        Capitolo("Che cosa è stato pubblicato", 1, tuple(_pubblicati(relazione))),
    )
    situazione_al = f"Situazione {giorno_in_parole(relazione.al, dopo='al')}. Azione {azione.codice}, {azione.title}."
    return Corpo(relazione.titolo, relazione.distretto, (situazione_al,), capitoli)


def _azione(relazione: RelazioneAzione) -> Iterator[Blocco]:
    azione = relazione.azione
    for nome, testo in (
        ("Obiettivo generale", azione.obiettivo_generale),
        ("Obiettivo specifico", azione.obiettivo_specifico),
        ("Azioni", azione.azioni),
        ("La guidano", ", ".join(relazione.guidano)),
        ("Hanno partecipato", ", ".join(relazione.enti)),
    ):
        if testo:
            yield Paragrafo(nome, forte=True)
            yield Paragrafo(testo)


def _passi(passi: tuple[PassoDellAzione, ...], vuoto: str) -> Iterator[Blocco]:
    righe = tuple((f"{uno.data:%d/%m/%Y}", uno.titolo, ", ".join(uno.organizzazioni)) for uno in passi)
    if righe:
        yield Prospetto("", ("Data", "Che cosa", "Organizzazioni"), righe, larghezze=(13, 52, 35))
    else:
        yield Paragrafo(vuoto)


def _incontri(relazione: RelazioneAzione) -> Iterator[Blocco]:
    colonne = ("Data", "Argomento trattato", "Dove", "Organizzazioni presenti")
    righe = tuple(
        (f"{uno.data:%d/%m/%Y}", uno.titolo, uno.dove, ", ".join(uno.organizzazioni)) for uno in relazione.riunioni
    )
    if righe:
        yield Prospetto("", colonne, righe, larghezze=(13, 37, 20, 30))
    else:
        yield Paragrafo("Nessuna riunione del registro è prova di questa azione.")


def _pubblicati(relazione: RelazioneAzione) -> Iterator[Blocco]:
    if relazione.pubblicati:
        yield Punti(tuple(f"{uno.data:%d/%m/%Y}: {uno.titolo}" for uno in relazione.pubblicati))
    else:
        yield Paragrafo("Nessuna notizia pubblicata nomina questa azione.")


def in_dati(relazione: RelazioneAzione) -> dict[str, Any]:
    """For programs."""
    return {
        "anno": relazione.programma.anno,
        "al": relazione.al,
        "criterio": relazione.chiesta_da.codice,
        "azione": {"codice": relazione.azione.codice, "titolo": relazione.azione.title, "guidano": relazione.guidano},
        "organizzazioni": relazione.enti,
        "fatti": [_passo(uno) for uno in relazione.fatti],
        "riunioni": [{**_passo(uno), "dove": uno.dove} for uno in relazione.riunioni],
        "pubblicati": [{"data": uno.data, "titolo": uno.titolo} for uno in relazione.pubblicati],
    }


def _passo(passo: PassoDellAzione) -> dict[str, Any]:
    return {"data": passo.data, "titolo": passo.titolo, "organizzazioni": passo.organizzazioni}
