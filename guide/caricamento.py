"""Starting the categories from `guide/dati/` and from the District's own municipalities: a kind that has none yet is
filled, any other is left alone.

What the manager changed, added or deleted is never written over.
"""

from dataclasses import asdict
from pathlib import Path

from django.db import transaction

from base.blocks import flusso
from base.formati.lettura_yaml import leggi_yaml
from cura.models import Sinonimo
from organizzazioni.operazioni import pubblica_nuova

from .eta import MASSIMO_MESI
from .impianto import leggi_comuni
from .models import (
    Bisogno,
    Comune,
    EssenzialePage,
    EstatePage,
    FasciaEta,
    FaseVita,
    GuidaIndexPage,
    Lingua,
    NomeDelBisogno,
)

CATEGORIE = Path(__file__).parent / "dati" / "categorie.yaml"
ESSENZIALE = Path(__file__).parent / "dati" / "essenziale"
CONFRONTO = "I centri estivi del territorio a confronto: età, settimane, orari, prezzi e posti liberi."
ELENCHI = {"momenti": FaseVita, "lingue": Lingua}


@transaction.atomic
def carica_categorie(comuni: Path | None = None) -> dict[str, int]:
    """How many categories of each kind were made; nothing for the kinds that have some.

    `comuni` is the file with the municipalities of the District; without it, or where it is not there, none is made.
    Raises `FileNonValido` when it is not right.
    """
    dati = leggi_yaml(CATEGORIE.read_bytes())
    fatte = {nome: _elenco(modello, dati.get(nome, {})) for nome, modello in ELENCHI.items()}
    fatte["comuni"] = _comuni(comuni) if comuni is not None and comuni.exists() else 0
    fatte["fasce"] = _fasce(dati.get("fasce", {}))
    fatte["bisogni"] = _bisogni(dati.get("bisogni", {}))
    fatte["sinonimi"] = _sinonimi(dati.get("sinonimi", {}))
    return fatte


def crea_confronto_estivo() -> None:
    """Make the page that compares the summers, under the guide, if there is none."""
    guida = GuidaIndexPage.objects.first()
    if guida is not None and EstatePage.can_create_at(guida):
        pubblica_nuova(guida, EstatePage(title="Centri estivi", slug="estate", sommario=CONFRONTO, show_in_menus=True))


def crea_essenziali() -> None:
    """Make under the guide the pages in other languages that `guide/dati/essenziale/` writes, once all together."""
    guida = GuidaIndexPage.objects.first()
    if guida is None or EssenzialePage.objects.exists():
        return
    lingue, bisogni = ({una.chiave: una for una in modello.objects.all()} for modello in (Lingua, Bisogno))
    for file in sorted(ESSENZIALE.glob("*.yaml")):
        dati = leggi_yaml(file.read_bytes())
        if dati["lingua"] in lingue:
            pubblica_nuova(guida, _essenziale(dati, lingue, bisogni))


def _essenziale(dati, lingue, bisogni):
    pagina = EssenzialePage(
        title=dati["titolo"],
        slug=dati["codice"],
        sommario=dati["sommario"],
        attesa=dati["attesa"],
        lingua=lingue[dati["lingua"]],
        show_in_menus=True,
        corpo=flusso(blocco for voce in dati["corpo"] for blocco in voce.items()),
    )
    nomi = ((bisogni.get(chiave), detto) for chiave, detto in dati["bisogni"].items())
    pagina.nomi = [
        NomeDelBisogno(bisogno=bisogno, nome=nome, anche=", ".join(anche), sort_order=posto)
        for posto, (bisogno, (nome, *anche)) in enumerate(nomi)
        if bisogno is not None
    ]
    return pagina


def _elenco(modello, voci):
    if modello.objects.exists():
        return 0
    modello.objects.bulk_create(
        modello(chiave=chiave, nome=nome, ordine=posto) for posto, (chiave, nome) in enumerate(voci.items())
    )
    return len(voci)


def _comuni(file):
    comuni = leggi_comuni(leggi_yaml(file.read_bytes()))
    if Comune.objects.exists():
        return 0
    nuovi = Comune.objects.bulk_create(Comune(ordine=posto, **asdict(uno)) for posto, uno in enumerate(comuni))
    return len(nuovi)


def _fasce(voci):
    if FasciaEta.objects.exists():
        return 0
    for posto, (chiave, voce) in enumerate(voci.items()):
        al = voce.get("al_anni")
        FasciaEta.objects.create(
            chiave=chiave,
            nome=voce["nome"],
            ordine=posto,
            dal_mesi=12 * voce["dal_anni"],
            al_mesi=None if al is None else min(12 * al, MASSIMO_MESI),
        )
    return len(voci)


def _bisogni(voci):
    if Bisogno.objects.exists():
        return 0
    for posto, (chiave, voce) in enumerate(voci.items()):
        padre = Bisogno.objects.create(chiave=chiave, nome=voce["nome"], ordine=posto)
        Bisogno.objects.bulk_create(
            Bisogno(chiave=figlio, nome=nome, ordine=n, padre=padre)
            for n, (figlio, nome) in enumerate(voce["sotto"].items())
        )
    return Bisogno.objects.count()


def _sinonimi(voci):
    if Sinonimo.objects.exists():
        return 0
    for parola, anche in voci.items():
        Sinonimo.objects.create(parola=parola, cerca_anche=anche)
    return len(voci)
