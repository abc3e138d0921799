"""The read side of the guide."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any

from django.db.models import Case, Count, Q, QuerySet, When
from django.utils import timezone
from wagtail.models import Page

from base.durata import vale_fino, vale_un_minuto
from base.elenchi import senza_riservate
from base.percorsi import madre, sotto
from cura.filtri import Faccetta
from cura.models import InsiemeFaccetta
from cura.registro import cura_di
from cura.scheda import subito
from cura.selettori import righe
from organizzazioni.models import Organizzazione
from organizzazioni.riquadri import Riquadro

from .completezza import Dotazione
from .esportazioni import calendario, dati_strutturati
from .indicizzazione import crea_scheda
from .models import (
    Bisogno,
    Comune,
    EssenzialePage,
    EstatePage,
    FaseVita,
    GuidaIndexPage,
    Lingua,
    Scadenza,
    ServizioPage,
)
from .orari import Apertura, festivo
from .scheda import Scheda

COLLEGATI = 3
"""How many other services a sheet leads to."""
PRESTO = timedelta(days=60)
"""How far a deadline is that is told as near."""
LISTA, LISTA_MASSIMO = "la-mia-lista", 60
"""The address of the personal list below the guide, and how many entries it shows."""


def contesto_guida(pagina: Page, contesto: dict[str, Any]) -> dict:
    """What the list of the guide says beside the entries of `contesto`: emergency numbers, where to begin from."""
    sezione, ricerca = contesto["sezione"], contesto["ricerca"]
    return {
        "momenti": [] if ricerca or sezione else _opzioni(contesto["faccette"], "fase"),
        "bisogni": [] if ricerca or sezione else _opzioni(contesto["faccette"], "bisogno"),
        "emergenze": [] if sezione else [blocco.value for blocco in pagina.emergenze],
        "confronto": "" if sezione or ricerca else indirizzo_del_confronto(),
        "lista_url": indirizzo_lista(pagina.get_parent() if sezione else pagina),
    }


def _opzioni(faccette: Iterable[Faccetta], nome: str) -> list:
    """The values of the facet `nome`, those of the first level, to begin from."""
    faccetta = next(f for f in faccette if f.nome == nome)
    return [opzione for opzione in faccetta.opzioni if not opzione.secondo_livello]


def contesto_servizio(servizio: ServizioPage, url: str, anteprima: bool = False) -> dict:
    """The public sheet of `servizio`; a preview shows the draft, by the same rules."""
    voce = None if anteprima else getattr(servizio, "voce", None)
    scheda = voce.scheda if voce is not None else crea_scheda(servizio)
    adesso = timezone.localtime()
    stato = scheda.stato(adesso)
    _vale(scheda, stato, adesso.date())
    guida = GuidaIndexPage.objects.only("emergenze", "page_ptr").first()
    return {
        "scheda": scheda,
        "stato": stato,
        "sospeso": scheda.orario.sospeso_il(adesso.date()),
        "da_verificare": scheda.da_verificare(adesso.date()),
        "subito": subito((c.telefono for c in scheda.contatti), (c.email for c in scheda.contatti), scheda.luoghi),
        "collegati": collegati(servizio) if voce is not None else [],
        "scadenze": [s for s in scheda.scadenze if s.data >= adesso.date()],
        "emergenze": [blocco.value for blocco in guida.emergenze] if guida else [],
        "lista_url": indirizzo_lista(guida) if guida else "",
        "estati": [(anno, scheda.estate.dell_anno(anno)) for anno in scheda.estate.anni],
        "confronto": indirizzo_del_confronto() if scheda.estate.settimane else "",
        "dati_strutturati": dati_strutturati(scheda, url),
    }


def _vale(scheda: Scheda, stato: Apertura, oggi: date) -> None:
    """Until when the page may say `stato`: on holidays and the day after nobody reckons it."""
    if scheda.fasce and (stato.fino_a is None or festivo(oggi) or festivo(oggi - timedelta(days=1))):
        vale_un_minuto()
    vale_fino(stato.fino_a)


def contesto_essenziale(pagina: EssenzialePage) -> dict:
    """What the page in another language shows of the guide: its numbers and needs, with the names that it gives them.

    A number that the page does not name is shown as the guide calls it (`tradotto` is false).
    """
    guida = GuidaIndexPage.objects.live().only("emergenze", "page_ptr").first()
    numeri = [blocco.value for blocco in guida.emergenze] if guida else []
    parti = [blocco.value["numeri"] for blocco in pagina.corpo if blocco.block_type == "numeri"]
    detti = {_cifre(uno["numero"]): uno for parte in parti for uno in parte}
    bisogni, nomi = Bisogno.objects.in_bulk(), list(pagina.nomi.all())
    for nome in nomi:
        nome.bisogno = bisogni[nome.bisogno_id]
    return {
        "numeri_tradotti": [_tradotto(numero, detti) for numero in numeri],
        "bisogni_tradotti": nomi,
        "guida": guida.get_url() if guida else "",
        "guida_intera": guida.full_url if guida else "",
    }


def _cifre(numero: str) -> str:
    return "".join(filter(str.isdigit, numero))


def _tradotto(numero: Mapping[str, Any], detti: Mapping[str, Any]) -> dict:
    """As it is dialled from the guide, in the words of `detti` where they have it."""
    detto = detti.get(_cifre(numero["numero"]))
    return {**(detto or numero), "numero": numero["numero"], "tradotto": detto is not None}


def collegati(servizio: ServizioPage) -> list[ServizioPage]:
    """Other services that answer the same needs: first those that share more, then those of the same body."""
    stessi = Q(bisogni__in=servizio.bisogni.through.objects.filter(serviziopage=servizio.pk).values("bisogno"))
    altri = senza_riservate(ServizioPage.objects.live().filter(stessi, alias_of=None).exclude(pk=servizio.pk))
    vicini = Case(When(sotto([madre(servizio.path)]), then=1), default=0)
    return list(altri.annotate(comuni=Count("pk"), vicino=vicini).order_by("-comuni", "-vicino", "title")[:COLLEGATI])


def indirizzo_lista(guida: GuidaIndexPage) -> str:
    """Where the personal list of who visits `guida` is."""
    return f"{guida.get_url()}{LISTA}/"


def contesto_lista(pagina: Page, chieste: str) -> dict:
    """The entries whose keys are in the text `chieste` ("12,15"), in that order. Total: anything else is left out.

    `perdute`: the keys of what is no more in the guide.
    """
    lette = dict.fromkeys(pezzo for pezzo in chieste.split(",") if pezzo.isascii() and pezzo.isdigit())
    chiavi = [int(pezzo) for pezzo in lette if len(pezzo) <= 9][:LISTA_MASSIMO]
    voci = cura_di(ServizioPage).voci.filter(pagina__in=chiavi)
    trovate = {servizio.pk: (servizio, scheda) for servizio, scheda in _lette(voci)}
    return {
        "voci": [trovate[chiave] for chiave in chiavi if chiave in trovate],
        "perdute": [chiave for chiave in chiavi if chiave not in trovate],
        "valori": ",".join(str(chiave) for chiave in chiavi if chiave in trovate),
        "chieste": bool(chieste),
        "lista_url": indirizzo_lista(pagina),
        "emergenze": [blocco.value for blocco in pagina.emergenze],
    }


def servizi_sotto(categoria: Any) -> list:
    """The entries that somebody filed under `categoria`, in order of name: as they are, or in a draft that waits."""
    campo = {Bisogno: "bisogni", FaseVita: "fasi", Lingua: "lingue", Comune: "luoghi"}.get(type(categoria))
    if campo is None:
        return []
    filtro = {"luoghi__comune" if campo == "luoghi" else campo: categoria}
    bozze = ServizioPage.objects.filter(has_unpublished_changes=True).select_related("latest_revision")
    nelle_bozze = [bozza.pk for bozza in bozze if categoria.pk in _chiavi_nella_bozza(bozza, campo)]
    trovati = ServizioPage.objects.filter(Q(**filtro) | Q(pk__in=nelle_bozze))
    return list(trovati.order_by("title").distinct())


def _chiavi_nella_bozza(servizio: ServizioPage, campo: str) -> list:
    """The primary keys that the latest draft holds: a draft knows nothing of what is deleted under it."""
    valori = servizio.latest_revision.content[campo] if servizio.latest_revision else []
    return [luogo["comune"] for luogo in valori] if campo == "luoghi" else valori


def calendario_di(servizio: ServizioPage, url: str) -> bytes | None:
    """The deadlines of a published entry, as an ICS file; None without any."""
    voce = getattr(servizio, "voce", None)
    if voce is None:
        return None
    return calendario(voce.scheda, url, servizio.translation_key, servizio.last_published_at, timezone.localdate())


def indirizzo_del_confronto() -> str:
    """Where the public compares the summer services, or nothing while the page is not there."""
    pagina = EstatePage.objects.live().first()
    return pagina.url if pagina else ""


def momenti() -> list[FaseVita]:
    """The moments of life under which some entry is found, in the manager's order."""
    con_voci = InsiemeFaccetta.objects.filter(ambito=cura_di(ServizioPage).ambito, faccetta="fase").exclude(
        posizioni=b""
    )
    return list(FaseVita.objects.filter(chiave__in=con_voci.values("valore")))


def prossime_scadenze(quante: int, oggi: date) -> list[Scadenza]:
    """The first `quante` deadlines of the `PRESTO` days from `oggi`, at most one for each entry, with the entry."""
    pubblici = senza_riservate(ServizioPage.objects.live().filter(alias_of=None))
    trovate = Scadenza.objects.filter(data__range=(oggi, oggi + PRESTO), servizio__in=pubblici)
    per_servizio: dict[int, Scadenza] = {}
    for scadenza in trovate.select_related("servizio").order_by("data", "pk")[: quante * 4]:
        per_servizio.setdefault(scadenza.servizio_id, scadenza)
    return list(per_servizio.values())[:quante]


def ultimi_servizi(quanti: int) -> list:
    """The `quanti` entries that came last, each with its page."""
    return _lette(cura_di(ServizioPage).voci.order_by("-pagina__first_published_at", "-pagina_id")[:quanti])


def riquadro_servizi(organizzazione: Organizzazione) -> Riquadro | None:
    """The services that an organisation provides."""
    voci = cura_di(ServizioPage).voci.filter(pagina__serviziopage__erogatore=organizzazione).order_by("ordine")
    return Riquadro("Nella Family Guide", "guide/includes/voci.html", _lette(voci))


def _lette(voci: QuerySet) -> list:
    """The page and the sheet of each entry, as of today."""
    cura = cura_di(ServizioPage)
    return righe(cura, cura.con_contenuto(voci).defer("parole"), timezone.localdate())


def dotazione(servizio: ServizioPage) -> Dotazione:
    """What the entry, as it is written, has: the answers to `completezza`."""
    contatti = [c for c in servizio.contatti.all() if not c.nascosto]
    luoghi = list(servizio.luoghi.all())
    settimane = list(servizio.settimane_estive.all())
    visibili = [luogo for luogo in luoghi if not luogo.protetto]
    return Dotazione(
        descrizione=bool(servizio.testo),
        per_chi=bool(servizio.per_chi),
        eta=servizio.eta_minima is not None or servizio.eta_massima is not None,
        momenti=bool(servizio.fasi.all()),
        bisogni=bool(servizio.bisogni.all()),
        luogo_o_modo=bool(luoghi) or servizio.on_line or servizio.a_domicilio,
        orari=bool(servizio.orari.all()) or servizio.su_appuntamento or any(s.dalle for s in settimane),
        costo=bool(servizio.costo),
        importi=bool(servizio.tariffe.all() or servizio.note_costo) or any(s.prezzo is not None for s in settimane),
        come_accedere=bool(servizio.come_accedere),
        documenti=bool(servizio.documenti),
        contatto=bool(contatti) or bool(servizio.sito),
        telefono_o_email=any(c.telefono or c.email for c in contatti) or bool(servizio.sito),
        lingue=bool(servizio.lingue.all()),
        accessibilita=all(luogo.accessibilita != luogo.Accessibilita.DA_VERIFICARE for luogo in visibili),
        a_pagamento=servizio.costo == servizio.Costo.PAGAMENTO,
        ha_luoghi=bool(visibili),
    )
