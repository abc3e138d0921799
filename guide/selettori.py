"""The read side of the guide."""

from dataclasses import dataclass, replace
from datetime import date

from django.core.paginator import Paginator
from django.db.models import CharField, F, IntegerField, Max, Q, Sum, Value
from django.db.models.functions import Cast, Coalesce
from django.utils import timezone

from base.parole import radice
from organizzazioni.models import Organizzazione
from organizzazioni.riquadri import Riquadro

from . import filtri
from .completezza import Presenze
from .esportazioni import calendario, dati_strutturati
from .indicizzazione import crea_scheda
from .mappa import mappa_di
from .models import (
    Bisogno,
    Comune,
    EstatePage,
    FasciaEta,
    FaseVita,
    GuidaIndexPage,
    InsiemeFaccetta,
    Lingua,
    RicercaVana,
    ServizioPage,
    SezioneGuidaPage,
    Sinonimo,
    Termine,
    VoceGuida,
)
from .ricerca import cerca

FACCETTE_DI = {FasciaEta: "eta", FaseVita: "fase", Bisogno: "bisogno", Comune: "comune", Lingua: "lingua"}
"""The categories whose values are those of a facet."""
PER_PAGINA = 20
VICINI = 6
VANE_MASSIMO = 100
LISTA, LISTA_MASSIMO = "la-mia-lista", 60
"""The address of the personal list below the guide, and how many entries it shows."""
IN_VISTA = ("eta", "bisogno", "comune")
"""The facets that are shown at once; the others open on request."""


@dataclass(frozen=True)
class Opzione:
    """A value of a facet as it is offered. `padre` is the name of the need that it belongs to."""

    valore: str
    nome: str
    quanti: int = 0
    scelta: bool = False
    padre: str = ""
    secondo_livello: bool = False


@dataclass(frozen=True)
class Faccetta:
    nome: str
    etichetta: str
    opzioni: list[Opzione]
    scartata: bool = False

    @property
    def scelta(self):
        return next((opzione for opzione in self.opzioni if opzione.scelta), None)


@dataclass(frozen=True)
class Categorie:
    """Names of every facet's values, in order, and the synonyms: one query for them all."""

    voci: dict[str, list[Opzione]]
    sinonimi: dict[str, str]

    @classmethod
    def leggi(cls):
        tabelle = {faccetta: modello for modello, faccetta in FACCETTE_DI.items()}
        righe = [_righe(tipo, modello) for tipo, modello in tabelle.items()]
        righe.append(_righe("sinonimo", Sinonimo, chiave="radice", nome="cerca_anche", ordine=None))
        voci: dict[str, list] = {nome: [] for nome in tabelle}
        sinonimi: dict[str, str] = {}
        for tipo, chiave, nome, _, padre in sorted(righe[0].union(*righe[1:], all=True), key=lambda r: (r[3], r[2])):
            if tipo == "sinonimo":
                sinonimi[chiave] = f"{sinonimi[chiave]}, {nome}" if chiave in sinonimi else nome
            else:
                voci[tipo].append((chiave, nome, padre))
        return cls(
            {
                **{nome: [Opzione(chiave, etichetta) for chiave, etichetta, _ in voci[nome]] for nome in voci},
                "bisogno": _in_albero(voci["bisogno"]),
                **{nome: [Opzione(*voce) for voce in valori.items()] for nome, valori in filtri.VOCI_FISSE.items()},
            },
            sinonimi,
        )

    def ammessi(self):
        return {nome: {opzione.valore for opzione in opzioni} for nome, opzioni in self.voci.items()}


def _righe(tipo, modello, chiave="chiave", nome="nome", ordine="ordine"):
    padre = F("padre__chiave") if tipo == "bisogno" else Value("")
    return (
        modello.objects.order_by()
        .annotate(
            r_tipo=Value(tipo, CharField()),
            r_chiave=Cast(chiave, CharField()),
            r_nome=Cast(nome, CharField()),
            r_ordine=F(ordine) if ordine else Value(0, IntegerField()),
            r_padre=Coalesce(padre, Value(""), output_field=CharField()),
        )
        .values_list("r_tipo", "r_chiave", "r_nome", "r_ordine", "r_padre")
    )


def _in_albero(bisogni):
    """The needs of the first level, each followed by its own."""
    return [
        opzione
        for chiave, nome, padre in bisogni
        if not padre
        for opzione in (
            Opzione(chiave, nome, padre=nome),
            *(Opzione(c, n, padre=nome, secondo_livello=True) for c, n, p in bisogni if p == chiave),
        )
    ]


def leggi_indice():
    """The sets of the published entries, in one query."""
    righe = InsiemeFaccetta.objects.values_list("faccetta", "valore", "posizioni")
    byte = {(faccetta, valore): posizioni for faccetta, valore, posizioni in righe}
    per_nome = filtri.da_fila(byte.pop(InsiemeFaccetta.ORDINE, b""))
    insiemi = {voce: filtri.da_byte(posizioni) for voce, posizioni in byte.items()}
    return filtri.Indice(insiemi, insiemi.pop(InsiemeFaccetta.TUTTI, 0), per_nome)


def contesto_guida(pagina, dati):
    """The entries below `pagina` (the guide or one organisation's section) that the GET parameters `dati` ask for."""
    categorie, indice = Categorie.leggi(), leggi_indice()
    ricerca = filtri.leggi(dati, categorie.ammessi())
    sezione = isinstance(pagina, SezioneGuidaPage)
    base = indice.tra(filtri.SEZIONE, pagina.organizzazione.chiave) if sezione else indice.tutti
    trovate = cerca(ricerca.testo, categorie.sinonimi) if ricerca.testo else None
    con_parole = base & trovate.tutte if trovate else base
    trovati = indice.trovati(ricerca.scelte, con_parole)
    vicini = [] if trovati else _vicini(indice, trovate, base)
    per_nome = indice.per_nome
    posizioni = trovate.in_ordine(trovati, per_nome) if trovate else filtri.filtra(per_nome, trovati)
    faccette = _faccette(categorie, indice.conteggi(ricerca.scelte, con_parole), ricerca)
    pagine = Paginator(posizioni, PER_PAGINA).get_page(dati.get("pagina"))
    pagine.object_list = _righe_di(pagine.object_list or vicini)
    return {
        "mappa": mappa_di(posizioni, ricerca, pagina) if ricerca.mappa and posizioni else None,
        "ricerca": ricerca,
        "voci": pagine,
        "vicini": pagine.object_list if vicini else [],
        "vana": trovate is not None and (not trovate.tutte or bool(trovate.corrette)),
        "corrette": trovate.corrette if trovate else {},
        "in_vista": [f for f in faccette if f.nome in IN_VISTA],
        "altre_faccette": [f for f in faccette if f.nome not in IN_VISTA and f.opzioni],
        "altre_aperte": any(f.scelta for f in faccette if f.nome not in IN_VISTA),
        "tolte": _tolte(faccette, ricerca),
        "bisogni": [] if ricerca or sezione else _primi(faccette),
        "totale": base.bit_count(),
        "emergenze": [] if sezione else [blocco.value for blocco in pagina.emergenze],
        "confronto": "" if sezione or ricerca else indirizzo_del_confronto(),
        "sezione": sezione,
        "adesso": timezone.localtime(),
        "lista_url": indirizzo_lista(pagina.get_parent() if sezione else pagina),
    }


def _vicini(indice, trovate, base):
    """Positions to offer when nothing is found: without the facets, or with some of the words only."""
    if trovate is None:
        return []
    return trovate.in_ordine((trovate.tutte or trovate.alcune) & base & indice.tutti, indice.per_nome)[:VICINI]


def _righe_di(posizioni):
    """The entries in these positions, in this order, each with its page."""
    voci = VoceGuida.objects.defer("parole").select_related("servizio")
    per_posizione = voci.in_bulk(list(posizioni)) if posizioni else {}
    return _lette(per_posizione[posizione] for posizione in posizioni if posizione in per_posizione)


def _lette(voci):
    """The page and the sheet of each entry, as of today: a closure that is over is not said, nor a doubt to come."""
    oggi = timezone.localdate()
    coppie = [(voce.servizio, voce.scheda) for voce in voci]
    return [
        (
            servizio,
            replace(
                scheda,
                sospeso=scheda.orario.sospeso_il(oggi),
                da_verificare_dal=scheda.da_verificare_dal if scheda.da_verificare(oggi) else None,
            ),
        )
        for servizio, scheda in coppie
    ]


def _faccette(categorie, conteggi, ricerca):
    """Each facet with the values that would find something, and the chosen one even if it would not."""
    faccette = []
    for nome in filtri.FACCETTE:
        scelta = ricerca.scelte.get(nome)
        opzioni = [
            Opzione(o.valore, o.nome, quanti, o.valore == scelta, o.padre, o.secondo_livello)
            for o in categorie.voci[nome]
            if (quanti := conteggi.get((nome, o.valore), 0)) or o.valore == scelta
        ]
        faccette.append(Faccetta(nome, filtri.ETICHETTE[nome], opzioni, nome in ricerca.scartate))
    return faccette


def _tolte(faccette, ricerca):
    """The chips: what is being looked for, and the address without it."""
    chip = [("Parole", f"«{ricerca.testo}»", ricerca.senza("q").query())] if ricerca.testo else []
    return chip + [
        (f.etichetta, f.scelta.nome, ricerca.senza(f.nome).query()) for f in faccette if f.scelta is not None
    ]


def _primi(faccette):
    """The needs of the first level, to begin from."""
    bisogni = next(f for f in faccette if f.nome == "bisogno")
    return [opzione for opzione in bisogni.opzioni if not opzione.secondo_livello]


def contesto_servizio(servizio, url, anteprima=False):
    """The public sheet of `servizio`; a preview shows the draft, by the same rules."""
    voce = None if anteprima else getattr(servizio, "voce", None)
    scheda = voce.scheda if voce is not None else crea_scheda(servizio)
    adesso = timezone.localtime()
    guida = GuidaIndexPage.objects.only("emergenze", "page_ptr").first()
    return {
        "scheda": scheda,
        "stato": scheda.stato(adesso),
        "sospeso": scheda.orario.sospeso_il(adesso.date()),
        "da_verificare": scheda.da_verificare(adesso.date()),
        "tariffe": scheda.tariffe_valide(adesso.date()),
        "scadenze": [s for s in scheda.scadenze if s.data >= adesso.date()],
        "emergenze": [blocco.value for blocco in guida.emergenze] if guida else [],
        "lista_url": indirizzo_lista(guida) if guida else "",
        "estati": [(anno, scheda.estate.dell_anno(anno)) for anno in scheda.estate.anni],
        "confronto": indirizzo_del_confronto() if scheda.estate.settimane else "",
        "dati_strutturati": dati_strutturati(scheda, url),
    }


def indirizzo_lista(guida):
    """Where the personal list of who visits `guida` is."""
    return f"{guida.get_url()}{LISTA}/"


def contesto_lista(pagina, chieste):
    """The entries whose keys are in the text `chieste` ("12,15"), in that order. Total: anything else is left out.

    `perdute`: the keys of what is no more in the guide.
    """
    lette = dict.fromkeys(pezzo for pezzo in chieste.split(",") if pezzo.isascii() and pezzo.isdigit())
    chiavi = [int(pezzo) for pezzo in lette if len(pezzo) <= 9][:LISTA_MASSIMO]
    voci = VoceGuida.objects.filter(servizio__in=chiavi).select_related("servizio") if chiavi else []
    trovate = {servizio.pk: (servizio, scheda) for servizio, scheda in _lette(voci)}
    return {
        "voci": [trovate[chiave] for chiave in chiavi if chiave in trovate],
        "perdute": [chiave for chiave in chiavi if chiave not in trovate],
        "valori": ",".join(str(chiave) for chiave in chiavi if chiave in trovate),
        "chieste": bool(chieste),
        "lista_url": indirizzo_lista(pagina),
        "emergenze": [blocco.value for blocco in pagina.emergenze],
        "adesso": timezone.localtime(),
    }


@dataclass(frozen=True)
class RigaVana:
    """A search that found nothing. `ignote`: its words that neither the entries nor the synonyms know."""

    parole: str
    volte: int
    ultima: date
    ignote: list[str]


def ricerche_vane(oggi):
    """What was looked for in vain in the last twelve months, the most frequent first."""
    dal = oggi.replace(year=oggi.year - 1, day=1)
    righe = list(
        RicercaVana.objects.filter(mese__gte=dal)
        .values("parole")
        .annotate(quante=Sum("volte"), recente=Max("ultima"))
        .order_by("-quante", "-recente", "parole")[:VANE_MASSIMO]
    )
    radici = {parola: radice(parola) for riga in righe for parola in riga["parole"].split()}
    note = set(Termine.objects.filter(radice__in=radici.values()).values_list("radice", flat=True))
    note |= set(Sinonimo.objects.filter(radice__in=radici.values()).values_list("radice", flat=True))
    return [
        RigaVana(r["parole"], r["quante"], r["recente"], [p for p in r["parole"].split() if radici[p] not in note])
        for r in righe
    ]


def servizi_che_dicono(oggetto):
    """The entries whose sheet, or whose place in the search, comes from this category or organisation."""
    return ServizioPage.objects.filter(
        {
            Bisogno: Q(bisogni=oggetto.pk) | Q(bisogni__padre=oggetto.pk),
            FaseVita: Q(fasi=oggetto.pk),
            Lingua: Q(lingue=oggetto.pk),
            Comune: Q(luoghi__comune=oggetto.pk) | Q(tutto_il_territorio=True),
            FasciaEta: ~Q(eta_minima=None) | ~Q(eta_massima=None),
            Organizzazione: Q(erogatore=oggetto.pk),
        }[type(oggetto)]
    )


def servizi_sotto(categoria):
    """The entries that somebody filed under `categoria`, in order of name: as they are, or in a draft that waits."""
    campo = {Bisogno: "bisogni", FaseVita: "fasi", Lingua: "lingue", Comune: "luoghi"}.get(type(categoria))
    if campo is None:
        return []
    filtro = {"luoghi__comune" if campo == "luoghi" else campo: categoria}
    bozze = ServizioPage.objects.filter(has_unpublished_changes=True).select_related("latest_revision")
    nelle_bozze = [bozza.pk for bozza in bozze if categoria.pk in _chiavi_nella_bozza(bozza, campo)]
    trovati = ServizioPage.objects.filter(Q(**filtro) | Q(pk__in=nelle_bozze))
    return list(trovati.order_by("title").distinct())


def _chiavi_nella_bozza(servizio, campo):
    """The primary keys that the latest draft holds: a draft knows nothing of what is deleted under it."""
    valori = servizio.latest_revision.content[campo] if servizio.latest_revision else []
    return [luogo["comune"] for luogo in valori] if campo == "luoghi" else valori


def calendario_di(servizio, url):
    """The deadlines of a published entry, as an ICS file; None without any."""
    voce = getattr(servizio, "voce", None)
    if voce is None:
        return None
    return calendario(voce.scheda, url, servizio.translation_key, servizio.last_published_at, timezone.localdate())


def indirizzo_del_confronto():
    """Where the public compares the summer services, or nothing while the page is not there."""
    pagina = EstatePage.objects.live().first()
    return pagina.url if pagina else ""


def ultimi_servizi(quanti):
    """The `quanti` entries that came last, each with its page."""
    voci = VoceGuida.objects.defer("parole").select_related("servizio")
    return _lette(voci.order_by("-servizio__first_published_at", "-servizio_id")[:quanti])


def riquadro_servizi(organizzazione):
    """The services that an organisation provides."""
    voci = VoceGuida.objects.filter(servizio__erogatore=organizzazione).select_related("servizio").order_by("ordine")
    return Riquadro("Nella Family Guide", "guide/includes/voci.html", _lette(voci))


def presenze(servizio):
    """What the entry, as it is written, has: the answers to `completezza`."""
    contatti = [c for c in servizio.contatti.all() if not c.nascosto]
    luoghi = list(servizio.luoghi.all())
    settimane = list(servizio.settimane_estive.all())
    visibili = [luogo for luogo in luoghi if not luogo.protetto]
    return Presenze(
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
