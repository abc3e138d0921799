"""The guide with 2,000 entries on SQLite, or 10,000 on the PostgreSQL of DATABASE_URL: list, facets and words, cold.

Fails when a list costs more than 3 times the sheet of one entry on the same site, or more queries than with 50 entries.
"""

import sys
from pathlib import Path
from time import perf_counter

from ambiente import PROVE, query_di, superutente
from django.core.cache import cache
from django.db import connection, transaction
from django.test import Client
from wagtail.models import Page

from cura.operazioni import reindicizza
from cura.registro import cura_di
from guide.caricamento import carica_categorie
from guide.models import Bisogno, Comune, FasciaEta, FasciaOraria, FaseVita, Luogo, ServizioPage, SezioneGuidaPage

POCHE, MOLTE = 50, {"sqlite": 2_000, "postgresql": 10_000}
MASSIMO = 3
ARGOMENTI = ("nido", "doposcuola", "consultorio", "biblioteca", "trasporto", "palestra", "ludoteca", "sportello")
INDIRIZZI = {
    "elenco": "/family-guide/",
    "elenco, pagina 2": "/family-guide/?pagina=2",
    "tre faccette": "/family-guide/?eta={fascia}&bisogno={bisogno}&comune={comune}",
    "una parola di tutte": "/family-guide/?q=famiglie",
    "parola e faccette": "/family-guide/?q=famiglie&bisogno={bisogno}&comune={comune}",
    "parola sbagliata": "/family-guide/?q=famiglje",
}


@transaction.atomic
def aggiungi(quante):
    """Publish that many entries in the first section, each with a word that all have, a place, hours, a need."""
    sezione = SezioneGuidaPage.objects.order_by("path").first()
    bisogni, comuni = list(Bisogno.objects.di_secondo_livello()), list(Comune.objects.all())
    fasi, gia = list(FaseVita.objects.all()), sezione.numchild
    servizi = []
    for n in range(gia, gia + quante):
        argomento = ARGOMENTI[n % len(ARGOMENTI)]
        titolo = f"{argomento.title()} numero {n % 500}"
        servizio = ServizioPage(
            title=titolo,
            draft_title=titolo,
            slug=f"voce-{n}",
            path=ServizioPage._get_path(sezione.path, sezione.depth + 1, n + 1),
            depth=sezione.depth + 1,
            live=True,
            url_path=f"{sezione.url_path}voce-{n}/",
            locale_id=sezione.locale_id,
            sommario=f"Un posto per le famiglie: {argomento} in compagnia",
            natura=ServizioPage.Natura.PUBBLICO,
            erogatore_id=sezione.organizzazione_id,
            eta_minima=n % 12 * 12,
            eta_massima=n % 12 * 12 + 60,
            costo=ServizioPage.Costo.GRATUITO if n % 3 else ServizioPage.Costo.PAGAMENTO,
            testo=f"<p>Qui le persone trovano {argomento}, ascolto e qualcuno che le accompagna.</p>",
        )
        servizio.content_type = servizio.cached_content_type
        servizi.append(servizio)
    basi = Page.objects.bulk_create(
        Page(**{campo.attname: getattr(servizio, campo.attname) for campo in Page._meta.concrete_fields})
        for servizio in servizi
    )
    for servizio, base in zip(servizi, basi, strict=True):
        servizio.pk = servizio.id = servizio.page_ptr_id = base.pk
        servizio.save_base(raw=True)  # the page itself was written above
    Page.objects.filter(pk=sezione.pk).update(numchild=gia + quante)
    Luogo.objects.bulk_create(
        Luogo(servizio=s, comune=comuni[n % len(comuni)], indirizzo=f"Via di prova {n}") for n, s in enumerate(servizi)
    )
    FasciaOraria.objects.bulk_create(
        FasciaOraria(servizio=s, giorno=n % 5, dalle="08:00", alle="12:00") for n, s in enumerate(servizi)
    )
    for campo, valori, passo in (("bisogni", bisogni, 1), ("fasi", fasi, 1), ("bisogni", bisogni, 7)):
        tramite = ServizioPage._meta.get_field(campo).remote_field.through
        colonna = valori[0]._meta.model_name
        tramite.objects.bulk_create(
            (
                tramite(**{"serviziopage_id": s.pk, f"{colonna}_id": valori[n * passo % len(valori)].pk})
                for n, s in enumerate(servizi)
            ),
            ignore_conflicts=True,
        )


def a_freddo(cliente, indirizzo):
    """Best time of the page, in milliseconds, with nothing in the cache."""
    tempi = []
    for _ in range(PROVE):
        cache.clear()
        inizio = perf_counter()
        assert cliente.get(indirizzo).status_code == 200
        tempi.append((perf_counter() - inizio) * 1000)
    return min(tempi)


def query(cliente, indirizzo):
    cache.clear()
    return query_di(lambda: cliente.get(indirizzo))


def main():
    superutente()
    carica_categorie(Path("home/dati/comuni.yaml"))
    molte = MOLTE[connection.vendor]
    aggiungi(POCHE)
    reindicizza(cura_di(ServizioPage))
    bisogno = Bisogno.objects.di_secondo_livello().first()
    valori = {
        "fascia": FasciaEta.objects.first().chiave,
        "bisogno": bisogno.padre.chiave,
        "comune": Comune.objects.first().chiave,
    }
    indirizzi = {nome: indirizzo.format(**valori) for nome, indirizzo in INDIRIZZI.items()}
    visitatore = Client()
    prima = {nome: query(visitatore, indirizzo) for nome, indirizzo in indirizzi.items()}
    aggiungi(molte - POCHE)
    inizio = perf_counter()
    quante = reindicizza(cura_di(ServizioPage))
    print(f"{connection.vendor}, {quante} voci indicizzate in {perf_counter() - inizio:.0f} s")
    riferimento = a_freddo(visitatore, ServizioPage.objects.order_by("path").first().url)
    dentro = True
    for nome, indirizzo in indirizzi.items():
        quante, volte = query(visitatore, indirizzo), a_freddo(visitatore, indirizzo) / riferimento
        dentro = dentro and quante <= prima[nome] and volte <= MASSIMO
        print(f"{nome:<20} {quante:>3} query ({prima[nome]} con {POCHE} voci), scheda × {volte:.1f}  {indirizzo}")
    return dentro


if __name__ == "__main__":
    sys.exit(0 if main() else "Oltre i limiti")
