"""Mail about the care of conventions: the partner is asked, who keeps them is told."""

from collections import defaultdict

from base.posta import Esterno, spedisci_dopo
from cura.notifiche import chi_la_tiene, completo
from organizzazioni.selettori import organizzazioni_delle_pagine

from .collegamenti import CONFERMA, indirizzo_di_conferma

MODELLI = "convenzioni/email/"


def da_confermare(a_chi, accordi):
    """Ask a partner, at the address that it gave, about all that is due in one mail, each with its own link."""
    enti = organizzazioni_delle_pagine(accordo.convenzione for accordo in accordi)
    convenzioni = [
        {
            "nome": accordo.convenzione.title,
            "partner": accordo.convenzione.partner,
            "organizzazione": enti.get(accordo.convenzione_id, ""),
            "confermata_il": accordo.confermata_il,
            "conferma": indirizzo_di_conferma(accordo),
        }
        for accordo in accordi
    ]
    quali = convenzioni[0]["nome"] if len(convenzioni) == 1 else f"{len(convenzioni)} convenzioni"
    spedisci_dopo(
        [Esterno(a_chi)],
        f"{MODELLI}da_confermare",
        f"È ancora tutto giusto? {quali}",
        {"convenzioni": convenzioni, "giorni": CONFERMA.giorni},
    )


def non_confermate(accordi):
    """Tell who keeps them, and the managers, each in one mail, which partners do not answer or have no address."""
    per_persona = defaultdict(list)
    for accordo in accordi:
        for persona in chi_la_tiene(accordo.convenzione):
            per_persona[persona].append(
                {
                    "nome": accordo.convenzione.title,
                    "partner": accordo.convenzione.partner,
                    "a_chi": accordo.a_chi_chiedere,
                    "indirizzo": completo("convenzioni:convenzione", accordo.convenzione_id),
                }
            )
    for persona, sue in per_persona.items():
        oggetto = (
            f"Non confermata dal partner: {sue[0]['nome']}"
            if len(sue) == 1
            else f"Non confermate dai partner: {len(sue)} convenzioni"
        )
        spedisci_dopo([persona], f"{MODELLI}non_confermate", oggetto, {"convenzioni": sue})
