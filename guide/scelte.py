"""What the list of the guide offers to choose from, and what it knows for all the site: municipalities, emergencies."""

from django.db.models import CharField, F, TextField, Value
from django.db.models.functions import Cast, Coalesce, Concat

from base.mappa import Etichetta
from cura.filtri import Opzione
from cura.nomi import tabella

from .faccette import VOCI_FISSE
from .models import Bisogno, Comune, FasciaEta, FaseVita, GuidaIndexPage, Lingua, NomeDelBisogno

ALTRO = {
    Bisogno: F("padre__chiave"),
    Comune: Concat(Cast("latitudine", CharField()), Value(" "), Cast("longitudine", CharField())),
    FasciaEta: Concat(Cast("dal_mesi", CharField()), Value(" "), Coalesce(Cast("al_mesi", CharField()), Value(""))),
}
"""What is read of a category beside its name: the need that it belongs to, its point, its first and last month."""
FACCETTE_DI = {FasciaEta: "eta", FaseVita: "fase", Bisogno: "bisogno", Comune: "comune", Lingua: "lingua"}
"""The categories whose values are those of a facet."""
EMERGENZE, ALTROVE = "emergenze", "altrove"


def tabelle():
    """What is read in one query: the categories and, as they are kept, the emergency numbers."""
    guida = GuidaIndexPage.objects.live().annotate(testo=Cast(EMERGENZE, TextField()))
    return [
        *(
            tabella(faccetta, modello.objects.all(), ordine="ordine", altro=ALTRO.get(modello))
            for modello, faccetta in FACCETTE_DI.items()
        ),
        tabella(EMERGENZE, guida, "", "testo"),
        tabella(ALTROVE, NomeDelBisogno.objects.filter(pagina__live=True), "bisogno__chiave", altro=F("anche")),
    ]


def offerte(nomi):
    """The values of every facet, in order."""
    return {
        **{nome: [Opzione(riga.chiave, riga.nome) for riga in nomi.di(nome)] for nome in FACCETTE_DI.values()},
        "bisogno": _in_albero(nomi.di("bisogno")),
        **{nome: [Opzione(*voce) for voce in valori.items()] for nome, valori in VOCI_FISSE.items()},
    }


def note_a_tutti(nomi):
    """What the whole site takes from the guide."""
    comuni, campo = nomi.di("comune"), GuidaIndexPage._meta.get_field(EMERGENZE)
    return {
        "comuni": {riga.chiave: riga.nome for riga in comuni},
        "lingue": {riga.chiave: riga.nome for riga in nomi.di("lingua")},
        "punti": {r.chiave: Etichetta(*map(float, r.altro.split()), r.nome) for r in comuni if r.altro.strip()},
        "bisogni": _in_albero(nomi.di("bisogno")),
        "altrove": [(r.chiave, n) for r in nomi.di(ALTROVE) for n in (r.nome, *r.altro.split(",")) if n.strip()],
        "emergenze": [blocco.value for riga in nomi.di(EMERGENZE) for blocco in campo.to_python(riga.nome)],
    }


def _in_albero(bisogni):
    """The needs of the first level, each followed by its own."""
    in_fila = []
    for primo in (riga for riga in bisogni if not riga.altro):
        suoi = [riga for riga in bisogni if riga.altro == primo.chiave]
        in_fila.append(Opzione(primo.chiave, primo.nome, padre=primo.nome))
        in_fila += [Opzione(r.chiave, r.nome, padre=primo.nome, secondo_livello=True) for r in suoi]
    return in_fila
