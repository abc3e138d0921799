"""Letters that are ready to be read again and sent: what a body owes, in words. Pure of the database."""

from base.tempo import giorno_in_parole


def sollecito(anno, ente) -> tuple[str, str]:
    """Subject and text of a letter to the people of `ente` on `anno` (`selettori.dovuti.AnnoDaFare`)."""
    numero, scadenza = anno.programma.anno, anno.programma.scadenza
    dovuti = anno.di(ente)
    righe = []
    for dovuto in dovuti:
        righe.append(f"{dovuto.voce.codice} {dovuto.voce.titolo}")
        righe += [f"- {t.che_cosa}, {giorno_in_parole(t.giorno, dopo='entro il')}" for t in dovuto.termini]
        righe += [
            f"- {riga.criterio.codice} {riga.criterio.indicatore}: {riga.punteggio.mancanza_in_breve}"
            for riga in dovuto.righe
            if riga.punteggio.mancanza
        ]
        righe.append("")
    if anno.termine_passato:
        passato = giorno_in_parole(scadenza, dopo="il")
        inizio = f"il termine del programma {numero} è passato {passato}."
        fine = (
            "Se qualcosa è successo entro quel giorno si può ancora inviare, come tardivo, finché l'anno non si chiude."
        )
    else:
        inizio = f"per il programma {numero} si raccontano i fatti {giorno_in_parole(scadenza, dopo='fino al')}."
        fine = "Basta una riga, la data e una prova: una foto, un verbale, un link."
    if dovuti:
        centro = f"{'Mancava ancora' if anno.termine_passato else 'Manca ancora'}:\n\n" + "\n".join(righe)
    elif ente in anno.senza_nulla:
        centro = (
            f"Da {ente} non è ancora arrivato nulla. Anche chi non guida un'azione può raccontare un incontro, "
            "una convenzione, una notizia: il portale propone per che cosa vale.\n"
        )
    else:
        centro = ""
    saluto = f"Grazie per ciò che {ente} fa nel Distretto."
    parti = [f"Buongiorno,\n{inizio}", centro.strip(), fine, saluto]
    return f"Programma {numero}: che cosa manca", "\n\n".join(parte for parte in parti if parte)
