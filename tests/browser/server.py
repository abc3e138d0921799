"""A real server on a throw-away database with the demonstration data."""

import json
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.demo_pronta import copia_demo, manage
from tests.deposito import RADICE

PERCORSI_SENZA_PAGINA = [
    "/cerca/",
    "/cerca/?q=famiglia",
    "/cerca/?q=doposcuola+gratis+bimbo+di+9+levico+sabato+mattina+in+arabo",
    "/cerca/?q=zufolo",
    "/cerca/?q=mio+marito+mi+picchia",
    "/non-esiste/",
    "/convenzioni/?q=dentista",
    "/convenzioni/?vista=mappa",
    "/family-guide/?q=zufolo",
    "/family-guide/?vista=mappa",
    "/family-guide/?q=bambini&eta=prima-infanzia&comune=non-esiste",
    "/family-guide/la-mia-lista/",
    "/notizie/?tipo=evento",
    "/notizie/?dal=ieri",
    "/notizie/calendario/",
    "/notizie/calendario/2025-10/",
    "/notizie/comune-pergine/mettersi-in-proprio-da-dove-si-comincia/",
    "/card/",
    "/documenti-pubblicati/1/",
    "/card/DEM0001100000011/",
    "/card/verifica/DEM0001100000011/",
    "/card/verifica/niente/",
    "/card/verifica/DEM000110000004B/",
    "/card/verifica/DEM000100000001C/",
    "/convenzioni/?categoria=sport&per=dipendenti",
    "/convenzioni/cs4/palestra-e-corsi/",
    "/convenzioni/comunita-alta-valsugana/bici-a-noleggio/",
    "/convenzione/proponi/",
    "/convenzione/grazie/",
    "/convenzione/confermata/",
    "/convenzione/da-correggere/",
    "/convenzione/conferma/sbagliato/",
    "/family-guide/estate/2026/?eta=primaria&settimana=2026-07-06",
    "/family-guide/asif-chimelli/estate-ragazzi-in-citta/",
    "/family-guide/ar/",
    "/dati-aperti/",
    "/newsletter/",
    "/newsletter/1/",
    "/newsletter/iscriviti/",
    "/newsletter/iscriviti/controlla-la-posta/",
    "/newsletter/confermata/",
    "/newsletter/cancellata/",
    "/newsletter/conferma/sbagliato/",
    "/prenotazioni/disdetta/",
    "/prenotazioni/conferma/sbagliato/",
    "/guida/proponi-un-servizio/",
    "/guida/grazie/",
    "/guida/conferma/sbagliato/",
]

# The live pages of each type, and who can sign in as what: asked of the database, never guessed.
_INVENTARIO = """
import json
from django.contrib.auth import get_user_model
from wagtail.models import Page, Site
radice = Site.objects.get(is_default_site=True).root_page
pagine = {}
for pagina in Page.objects.live().public().descendant_of(radice, inclusive=True).specific().order_by("path"):
    pagine.setdefault(pagina._meta.label, []).append(pagina.relative_url(Site.objects.get(is_default_site=True)))
persone = {}
for utente in get_user_model().objects.filter(is_active=True).order_by("pk"):
    for gruppo in utente.groups.all():
        ruolo = "Referente" if gruppo.name.startswith("Referenti") else gruppo.name
        persone.setdefault(ruolo, utente.username)
from home.demo import PASSWORD
from notizie.models import SezioneNotiziePage
from programma.models import Evidenza
evidenze = {stato: Evidenza.objects.filter(stato=stato, origine="modulo").values_list("pk", flat=True).first()
            for stato in ("bozza", "da_integrare", "inviata", "approvata")}
di_chi = {}
for stato, pk in evidenze.items():
    persona = Evidenza.objects.get(pk=pk).organizzazione.persone.first()
    di_chi[stato] = persona.username if persona else None
from programma.models import ProgrammaPage
evidenze["programma"] = ProgrammaPage.objects.latest("anno").pk
from registri.models import MisureDellEnte
chieste = MisureDellEnte.objects.visibili_a(get_user_model().objects.get(username=persone["Referente"]))
evidenze["misure"] = chieste.filter(rilevazione__chiusa_il=None).first().get_absolute_url()
from guide.estate.selettori import centri_estivi
centro = centri_estivi(get_user_model().objects.get(username=persone["Referente"]))[0].servizio.pk
from convenzioni.selettori import convenzioni_di
convenzione = convenzioni_di(get_user_model().objects.get(username=persone["Referente"])).first().pk
from convenzioni.card.selettori import lotti_di
lotto = lotti_di(get_user_model().objects.get(username=persone["Referente"]))[0].pk
from notizie.models import PezzoProgrammato
del_referente = PezzoProgrammato.objects.visibili_a(get_user_model().objects.get(username=persone["Referente"]))
pezzo = del_referente.filter(canale="facebook", inviato_il=None).first().pk
from urllib.parse import urlsplit
from guide.models import RichiestaDiRitiro, Verifica
from cura.registro import cura_di
from guide.models import ServizioPage
organizzazione_di = cura_di(ServizioPage).organizzazione_di
from guide.cura.collegamenti import indirizzo_di_conferma
verifiche = [(v, persona) for v in Verifica.objects.pubblicate().order_by("pk")
             if (persona := organizzazione_di(v.servizio).persone.first())]
estiva = next(coppia for coppia in verifiche if coppia[0].servizio.settimane_estive.exists())
conferme = [urlsplit(indirizzo_di_conferma(*coppia)).path for coppia in (estiva, verifiche[0])]
servizi = [v.servizio_id for v, _ in verifiche[:3]]
guida = [conferme[0], f"/guida/confermata/{servizi[0]}/", f"/guida/segnala-un-errore/{servizi[0]}/",
         f"/family-guide/la-mia-lista/?v={servizi[0]},{servizi[1]},999999",
         RichiestaDiRitiro.objects.archivio().first().servizio.relative_url(Site.objects.get(is_default_site=True))]
from notizie.models import Prenotazione
from notizie.prenotazioni.collegamenti import indirizzo_proprio
prenotata = Prenotazione.objects.filter(stato="in_attesa").select_related("posti").first()
prenotazioni = [f"/prenotazioni/{prenotata.posti.evento_id}/", urlsplit(indirizzo_proprio(prenotata)).path]
from ascolto.sondaggi.selettori import pubblicati
from registri.consultazioni.selettori import pubblicate
ascolto = [una.url for una in (*pubblicati()[:1], *pubblicate()[:1])]
from convenzioni.cura.collegamenti import CONFERMA
from convenzioni.models import Accordo, Card, ConvenzionePage, Segnalazione
def risposta(slug):
    accordo = Accordo.objects.select_related("convenzione").get(convenzione__slug=slug)
    return f"/convenzione/conferma/{CONFERMA.gettone(accordo.convenzione_id, stato=accordo.stato_del_collegamento)}/"
palestra = ConvenzionePage.objects.get(slug="palestra-e-corsi")
convenzioni = {
    "da_leggere": risposta("libri-di-scuola"), "da_usare": risposta("palestra-e-corsi"), "pagina": palestra.url,
    "rifiuto": f"/convenzione/sconto-rifiutato/{palestra.pk}/", "card": Card.objects.filter(lotto=lotto).last().pk,
    "segnalazione": Segnalazione.objects.get(tipo="proposta").pk,
    "riservate": f"/card/condizioni/{ConvenzionePage.objects.get(slug='libri-di-scuola').pk}/",
}
distretto = SezioneNotiziePage.objects.get(organizzazione__distretto__isnull=False)
print(json.dumps({"pagine": pagine, "persone": persone, "password": PASSWORD, "evidenze": evidenze, "di_chi": di_chi,
                  "home": radice.pk, "sezione_del_distretto": distretto.pk, "centro": centro,
                  "convenzione": convenzione, "lotto": lotto, "pezzo": pezzo, "guida": guida + prenotazioni + ascolto,
                  "da_confermare": conferme[1], "convenzioni": convenzioni}))
"""


@dataclass(frozen=True)
class Portale:
    """Where the server answers, its live pages by type, a username for each role, an evidence for each state.

    `archivio` is the URL of its database; `di_chi` is the username of one who submits for the organisation of that
    evidence; `centro` a summer service that the first referent writes, `lotto` a batch of cards of theirs, `pezzo` a
    post that they have to do. `guida` are addresses that are no live page, of the guide, of an event, of surveys;
    `da_confermare` is a link, good once, to confirm an entry. `convenzioni` has addresses of conventions with keys and
    signatures.
    """

    base: str
    archivio: str
    pagine: dict
    persone: dict
    password: str
    evidenze: dict
    di_chi: dict
    centro: int
    convenzione: int
    lotto: int
    pezzo: int
    convenzioni: dict
    home: int
    sezione_del_distretto: int
    guida: list
    da_confermare: str

    @property
    def senza_pagina(self):
        """The addresses that are no live page."""
        di_convenzioni = [self.convenzioni[nome] for nome in ("da_leggere", "rifiuto", "riservate")]
        return PERCORSI_SENZA_PAGINA + self.guida + di_convenzioni

    def url(self, percorso):
        return f"{self.base}{percorso}"

    def leggi(self, percorso):
        """The body of a page, whatever its status."""
        try:
            with urllib.request.urlopen(self.url(percorso), timeout=30) as risposta:
                return risposta.read().decode()
        except urllib.error.HTTPError as errore:
            return errore.read().decode()


def _porta_libera():
    with socket.socket() as presa:
        presa.bind(("127.0.0.1", 0))
        return presa.getsockname()[1]


def _attendi(porta, processo, diario, secondi=60):
    """Wait until the port accepts connections."""
    scadenza = time.monotonic() + secondi
    while time.monotonic() < scadenza and processo.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", porta), timeout=5).close()
            return
        except OSError:
            time.sleep(0.2)
    raise RuntimeError(f"The server did not start:\n{diario.read_text()[-3000:]}")


@contextmanager
def gunicorn(ambiente, cartella):
    """Address of a server that runs while the block does, on a free port of the loopback; stopped by its own id."""
    porta = _porta_libera()
    diario = Path(cartella) / "server.log"
    with diario.open("w") as uscita:
        processo = subprocess.Popen(
            [
                sys.executable,
                "-m",
                "gunicorn",
                "cms.wsgi",
                "--bind",
                f"127.0.0.1:{porta}",
                "--workers",
                "1",
                "--threads",
                "4",
                "--no-control-socket",
            ],
            cwd=RADICE,
            env={**os.environ, **ambiente},
            stdout=uscita,
            stderr=subprocess.STDOUT,
        )
        try:
            _attendi(porta, processo, diario)
            yield f"http://127.0.0.1:{porta}"
        finally:
            processo.terminate()
            processo.wait(timeout=60)  # gunicorn gives answers under way half a minute


@contextmanager
def portale_dimostrativo(cartella):
    """The portal with its demonstration data, in `cartella`."""
    ambiente = copia_demo(cartella)
    inventario = json.loads(manage(ambiente, "shell", "--no-imports", "-c", _INVENTARIO))
    with gunicorn(ambiente, cartella) as base:
        yield Portale(base=base, archivio=ambiente["DATABASE_URL"], **inventario)
