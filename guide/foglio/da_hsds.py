"""From a saved file of HSDS 3.0 to what it would do in the guide: the rows of a sheet, read as a sheet is.

A service keeps its identifier here: what comes in again is the same entry. Of an entry that the guide publishes only
what the file says otherwise than the guide's own export does changes.
"""

from pathlib import Path
from uuid import NAMESPACE_URL, UUID, uuid5

from wagtail.models import Site

from base.formati.caratteri import uguagliabile
from base.formati.lettura_csv import RigaDelFile
from base.formati.schema import Problema
from organizzazioni.models import Distretto, Organizzazione

from ..dati_aperti import hsds
from ..dati_aperti.identita import id_ente
from ..dati_aperti.lettura_hsds import leggi_servizi
from ..dati_aperti.letture import Letture
from ..models import Bisogno, Comune, FaseVita, Lingua, ServizioPage, Tariffa
from ..models.servizi import codice_di
from .colonne import CODICE, COLONNE, ORGANIZZAZIONE
from .in_celle import Parole, ServizioNonLeggibile, celle_di, fuori_dal_territorio
from .lettura import Lettore, Piano

FINITI = ("inactive", "defunct")
CHI = ("offerto_da", "ente_esterno")
SENZA_CHI = (
    "chi lo offre non è della rete, e il Distretto non ha ancora un'organizzazione che tenga le schede degli altri: "
    "si sceglie in Impostazioni → Distretto"
)


def leggi_hsds(percorso: Path, utente=None) -> Piano:
    """What the file would do, in the hands of `utente` (None: of who keeps the site). Services that ended, or are
    elsewhere, are left out and told. Raises `FileNonValido`."""
    return _Traduttore(utente).piano(leggi_servizi(percorso))


def identificativo(testo: str) -> UUID:
    """The identifier of a service; of one that is no UUID, always the same in its place."""
    try:
        return UUID(testo)
    except ValueError:
        return uuid5(NAMESPACE_URL, f"hsds:{testo}")


class _Traduttore:
    def __init__(self, utente):
        self.lettore = Lettore(utente, incompleti=True)
        sito = Site.objects.filter(is_default_site=True).select_related("root_page").first()
        self.letture = Letture(sito)
        self.parole = _parole(sito.root_url)
        enti = Organizzazione.objects.all()
        id_guida = self.letture.guida.id_guida
        self.enti = {str(id_ente(id_guida, ente.chiave, "")): ente.chiave for ente in enti}
        self.nature = {ente.chiave: ente.natura for ente in enti}
        for ente in enti:
            self.enti |= {uguagliabile(nome): ente.chiave for nome in (ente.denominazione, ente.nome_breve) if nome}
        distretto = Distretto.for_site(sito)
        self.di_tutti = distretto.organizzazione.chiave if distretto.organizzazione else ""
        servizi = [servizio for _, servizio in self.lettore.servizi.values()]
        self.codici = {servizio.translation_key: servizio.codice for servizio in servizi}
        self.pubblicate = {voce.id: voce for voce in self.letture.lette(self.letture.cura.voci.all())}

    def piano(self, servizi) -> Piano:
        piano = Piano()
        finiti = altrove = 0
        for numero, servizio in enumerate(servizi, start=1):
            if servizio.get("status") in FINITI:
                finiti += 1
            elif fuori_dal_territorio(servizio, self.parole):
                altrove += 1
            else:
                self._leggi(numero, servizio, piano)
        if finiti:
            piano.avvisi.append(f"Non più attivi, lasciati fuori: {finiti}")
        if altrove:
            piano.avvisi.append(f"Fuori dal territorio, lasciati fuori: {altrove}")
        return piano

    def _leggi(self, numero, servizio, piano):
        chiave = identificativo(str(servizio.get("id", "")))
        try:
            celle = celle_di(servizio, self.parole)
            if chiave in self.pubblicate:
                nostre = celle_di(hsds.servizio(self.pubblicate[chiave], self.letture.guida), self.parole)
                celle = {nome: testo for nome, testo in celle.items() if testo != nostre[nome]}
            codice = self.codici.get(chiave) or codice_di(chiave)
            chi = {} if codice in self.lettore.servizi else self._chi(servizio)
        except ServizioNonLeggibile as errore:
            piano.problemi.append(Problema(f"servizio {numero}", str(errore)))
            return
        if codice in self.lettore.servizi:
            sezione, gia = self.lettore.servizi[codice]
            celle = {"nome": gia.get_latest_revision_as_object().title} | celle
            celle[ORGANIZZAZIONE] = sezione.organizzazione.chiave
            if not celle.get("tipo_di_ente"):  # a file that does not say it does not take it away
                celle.pop("tipo_di_ente", None)
        else:
            celle |= chi
            celle["tipo_di_ente"] = celle["tipo_di_ente"] or self._natura(celle[CHI[0]])
        celle[CODICE] = codice
        riga = RigaDelFile(numero, dict.fromkeys(COLONNE, "") | celle, tuple(celle))
        letta, problemi = self.lettore.leggi(riga, chiave)
        piano.problemi += [Problema(p.percorso.replace("riga", "servizio", 1), p.motivo) for p in problemi]
        piano.righe += [] if problemi else [letta]

    def _chi(self, servizio):
        """Who writes the entry and who offers the service: a body of the network, or another, written by the
        District. Raises `ServizioNonLeggibile` where nobody may write it."""
        ente = servizio.get("organization")
        ente = ente if isinstance(ente, dict) else {}
        nome = str(ente.get("name") or "")
        suo = self.enti.get(str(servizio.get("organization_id") or ente.get("id") or ""))
        suo = suo or self.enti.get(uguagliabile(nome), "")
        scrive = suo if suo in self.lettore.sezioni else self.di_tutti
        if not scrive:
            raise ServizioNonLeggibile(SENZA_CHI)
        return {ORGANIZZAZIONE: scrive} | dict(zip(CHI, (suo, "" if suo else nome), strict=True))

    def _natura(self, chiave):
        """The kind of a public body of the network; one that is private may be of the third sector, and is asked."""
        pubblico = self.nature.get(chiave) == Organizzazione.Natura.PUBBLICA
        return ServizioPage.Natura.PUBBLICO.value if pubblico else ""


def _parole(nostro):
    def per_nome(modello):
        oggetti = list(modello.objects.all())
        return {uguagliabile(o.nome): o.chiave for o in oggetti} | {o.chiave: o.chiave for o in oggetti}

    bisogni = per_nome(Bisogno)
    primi = set(Bisogno.objects.filter(padre=None).values_list("chiave", flat=True))
    return Parole(
        comuni=per_nome(Comune),
        lingue=per_nome(Lingua),
        bisogni={nome: chiave for nome, chiave in bisogni.items() if chiave not in primi},
        momenti=per_nome(FaseVita),
        nature={uguagliabile(etichetta): valore for valore, etichetta in ServizioPage.Natura.choices},
        unita={uguagliabile(etichetta): valore for valore, etichetta in Tariffa.Unita.choices},
        nostro=nostro,
    )
