"""What a family would miss in an entry, said to who writes it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Dotazione:
    """What an entry has. Every field is yes or no, so that the questions below stay in one place."""

    descrizione: bool = False
    per_chi: bool = False
    eta: bool = False
    momenti: bool = False
    bisogni: bool = False
    luogo_o_modo: bool = False
    orari: bool = False
    costo: bool = False
    importi: bool = False
    come_accedere: bool = False
    documenti: bool = False
    contatto: bool = False
    telefono_o_email: bool = False
    lingue: bool = False
    accessibilita: bool = False
    a_pagamento: bool = False
    ha_luoghi: bool = False


@dataclass(frozen=True)
class Domanda:
    """A question that a family asks, whether the entry answers it, and where to write the answer."""

    domanda: str
    risponde: bool
    rimedio: str


def domande(p: Dotazione) -> list[Domanda]:
    """Every question that concerns the entry, in the order in which a family asks them."""
    tutte = [
        Domanda("È quello che cerco?", p.bisogni, "Scegli almeno un bisogno: senza, la scheda si trova solo per nome"),
        Domanda("Che cosa fa, in concreto?", p.descrizione, "Scrivi la descrizione"),
        Domanda("È per noi?", p.per_chi, "Scrivi a chi si rivolge"),
        Domanda(
            "Va bene per l'età di mio figlio, o di mia madre?", p.eta, "Scrivi le età, o «da 0 anni» se è per tutti"
        ),
        Domanda("È per il momento che viviamo?", p.momenti, "Scegli almeno un momento della vita"),
        Domanda("Dove vado?", p.luogo_o_modo, "Aggiungi un luogo, o segna «on line» o «a domicilio»"),
        Domanda(
            "Quando è aperto?",
            p.orari,
            "Aggiungi gli orari, o segna «su appuntamento»",
        ),
        Domanda("Quanto costa?", p.costo, "Di' se è gratuito o a pagamento"),
        Domanda(
            "Come faccio ad averlo?", p.come_accedere, "Scrivi come si accede: iscrizione, telefonata, prescrizione"
        ),
        Domanda("Che cosa devo portare?", p.documenti, "Elenca i documenti, o scrivi «Nessuno»"),
        Domanda(
            "Chi chiamo?", p.contatto and p.telefono_o_email, "Aggiungi un contatto visibile con telefono o e-mail"
        ),
        Domanda("Parlano la mia lingua?", p.lingue, "Scegli le lingue in cui si viene accolti"),
    ]
    if p.a_pagamento:
        tutte.insert(8, Domanda("Quanto, esattamente?", p.importi, "Aggiungi almeno un importo, o spiega nelle note"))
    if p.ha_luoghi:
        tutte.append(
            Domanda(
                "Ci entro con il passeggino o in carrozzina?",
                p.accessibilita,
                "Verifica se la sede è accessibile e segnalo",
            )
        )
    return tutte


def mancanze(p: Dotazione) -> list[Domanda]:
    """What the entry does not answer."""
    return [voce for voce in domande(p) if not voce.risponde]


def percentuale(p: Dotazione) -> int:
    """How many of the questions are answered, from 0 to 100, rounded down."""
    tutte = domande(p)
    return 100 * sum(voce.risponde for voce in tutte) // len(tutte)
