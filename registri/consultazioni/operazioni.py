"""The only functions that change consultations. What one proves goes through `programma.alimentazione`."""

from collections.abc import Iterable

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from wagtail.log_actions import log

from organizzazioni.models import Utente
from organizzazioni.selettori import organizzazione_del_distretto
from programma import alimentazione
from programma.alimentazione import Provenienza

from ..blocco import esigi_la_versione
from ..models import BisognoRaccolto, Consultazione, EnteConsultato, Riunione, StesuraDelModello
from ..permissions import puo_scrivere_consultazione
from ..riunioni.selettori import SENZA_DISTRETTO
from . import notifiche, selettori

PROPOSTA, PUBBLICATA, RESTITUITA, RITIRATA, ELIMINATA = (
    f"registri.consultazione_{gesto}" for gesto in ("proponi", "pubblica", "restituisci", "ritira", "elimina")
)
Stato = Consultazione.Stato
SENZA_CRITERI = "Il criterio non è dell'azione, non raccoglie valori, o il suo anno è chiuso"
TOLTO = "Un'altra persona ha tolto questo bisogno mentre scrivevi: se serve, scrivine uno nuovo"
CAMBIATA = (
    "Da quando è stata proposta sono cambiate le presenze di una seduta: restituiscila, così si legge di nuovo che "
    "cosa si pubblica"
)


def _esigi_che_scriva(utente: Utente, azione) -> None:
    if not puo_scrivere_consultazione(utente, azione):
        raise PermissionDenied("La consultazione la scrivono il manager e chi guida l'azione")


def _bloccata(
    consultazione: Consultazione, utente: Utente, versione: int | None = None, stato: str = Stato.IN_CORSO
) -> Consultazione:
    """The consultation as it is now, locked, for who writes it and only in `stato`."""
    attuale = Consultazione.objects.select_for_update(of=("self",)).get(pk=consultazione.pk)
    _esigi_che_scriva(utente, attuale.azione)
    if attuale.stato != stato:
        raise ValidationError(f"La consultazione è «{attuale.get_stato_display().lower()}»: qui non si può")
    esigi_la_versione(attuale, versione, "questa consultazione")
    return attuale


def _scritta(consultazione: Consultazione, utente: Utente) -> None:
    consultazione.versione += 1
    consultazione.save()
    consultazione.autori.add(utente)


@transaction.atomic
def salva_consultazione(consultazione: Consultazione, utente: Utente, versione: int | None = None) -> Consultazione:
    """Begin one, or write again its title, why, and the kinds of need. A kind that some need has stays."""
    if consultazione.pk is None:
        _esigi_che_scriva(utente, consultazione.azione)
        try:
            with transaction.atomic():
                consultazione.save()
        except IntegrityError as errore:  # somebody began one while this was typed
            raise ValidationError("Di questa azione c'è già una consultazione") from errore
        consultazione.autori.add(utente)
        return consultazione
    attuale = _bloccata(consultazione, utente, versione)
    usati = set(attuale.bisogni.values_list("genere", flat=True))
    if restano := sorted(usati - set(consultazione.generi)):
        raise ValidationError({"generi": f"Ci sono bisogni di questo genere, che resta: {', '.join(restano)}"})
    for nome in ("titolo", "perche", "generi"):
        setattr(attuale, nome, getattr(consultazione, nome))
    _scritta(attuale, utente)
    return attuale


@transaction.atomic
def scegli_sedute(
    consultazione: Consultazione, utente: Utente, sedute: Iterable[Riunione], versione: int | None = None
) -> Consultazione:
    """Say which meetings, among those that `utente` opens, are its sessions; the others stay as they are.

    `ValidationError` when a need was gathered in one that is left out.
    """
    attuale = _bloccata(consultazione, utente, versione)
    offerte = {una.pk for una in selettori.sedute_da_scegliere(utente)}
    scelte = {una.pk for una in sedute} & offerte
    togliere = set(attuale.sedute.values_list("pk", flat=True)) & offerte - scelte
    con_bisogni = Riunione.objects.filter(pk__in=attuale.bisogni.filter(seduta__in=togliere).values("seduta"))
    if restano := ", ".join(map(str, con_bisogni)):
        raise ValidationError(f"In questa seduta sono stati raccolti dei bisogni, e resta: {restano}")
    attuale.sedute.remove(*togliere)
    attuale.sedute.add(*scelte)
    _scritta(attuale, utente)
    return attuale


@transaction.atomic
def salva_enti(
    consultazione: Consultazione,
    utente: Utente,
    enti: Iterable[EnteConsultato],
    tolti: Iterable[int] = (),
    versione: int | None = None,
) -> Consultazione:
    """Write the bodies that were heard apart from the sessions: `enti` are rows, `tolti` keys of rows that go."""
    attuale = _bloccata(consultazione, utente, versione)
    attuale.enti.filter(pk__in=list(tolti)).delete()
    for uno in enti:
        uno.consultazione = attuale
        uno.save()
    _scritta(attuale, utente)
    return attuale


@transaction.atomic
def salva_bisogno(bisogno: BisognoRaccolto, utente: Utente, versione: int | None = None) -> BisognoRaccolto:
    """Keep a need. Of other words, or of another body, what was decided on them is decided again."""
    attuale = _bloccata(bisogno.consultazione, utente)
    prima = BisognoRaccolto.objects.filter(pk=bisogno.pk).first() if bisogno.pk else None
    if prima is None and bisogno.pk:
        raise ValidationError(TOLTO)
    if prima is not None:
        esigi_la_versione(prima, versione, "questo bisogno")
        bisogno.versione = prima.versione + 1
    if bisogno.genere not in attuale.generi:
        raise ValidationError({"genere": "Scegli un genere della consultazione"})
    if bisogno.seduta_id and not attuale.sedute.filter(pk=bisogno.seduta_id).svolte().exists():
        raise ValidationError({"seduta": "Scegli una seduta di questa consultazione, che si è tenuta"})
    if not bisogno.ente.strip() and not bisogno.seduta_id:
        raise ValidationError({"organizzazione": "Di' quale ente, o in quale seduta"})
    if prima is None or (prima.parole, prima.ente) != (bisogno.parole, bisogno.ente):
        bisogno.stato, bisogno.pubblico = BisognoRaccolto.Parole.DA_RIVEDERE, ""
    bisogno.consultazione = attuale
    bisogno.save()
    _scritta(attuale, utente)
    return bisogno


@transaction.atomic
def togli_bisogno(bisogno: BisognoRaccolto, utente: Utente) -> None:
    attuale = _bloccata(bisogno.consultazione, utente)
    bisogno.delete()
    _scritta(attuale, utente)


@transaction.atomic
def rivedi_parole(
    bisogno: BisognoRaccolto, utente: Utente, stato: str, pubblico: str = "", versione: int | None = None
) -> BisognoRaccolto:
    """Let the public read the words of a need, as `pubblico` says them, or not at all. Said again, nothing changes."""
    attuale = _bloccata(bisogno.consultazione, utente)
    trovato = BisognoRaccolto.objects.filter(pk=bisogno.pk).first()
    if trovato is None:
        raise ValidationError(TOLTO)
    bisogno = trovato
    if stato not in (BisognoRaccolto.Parole.APPROVATE, BisognoRaccolto.Parole.TOLTE):
        raise ValidationError("Scegli se si pubblicano")
    approvate = stato == BisognoRaccolto.Parole.APPROVATE
    if approvate and not pubblico.strip():
        raise ValidationError("Scrivi come si pubblicano, o scegli che non si pubblicano")
    deciso = (stato, pubblico.strip() if approvate else "")
    if deciso == (bisogno.stato, bisogno.pubblico):
        return bisogno
    esigi_la_versione(bisogno, versione, "questo bisogno")
    bisogno.stato, bisogno.pubblico = deciso
    bisogno.versione += 1
    bisogno.save()
    _scritta(attuale, utente)
    return bisogno


@transaction.atomic
def scrivi_stesura(
    consultazione: Consultazione, utente: Utente, testo: str, che_cosa_cambia: str = "", versione: int | None = None
) -> StesuraDelModello:
    """Write the model again: what was written before stays, with its number. The same words make no new one."""
    attuale = _bloccata(consultazione, utente, versione)
    ultima = selettori.ultima_stesura(attuale)
    if not testo.strip():
        raise ValidationError({"testo": "Scrivi il modello"})
    if ultima is not None and ultima.testo == testo:
        return ultima
    nuova = attuale.stesure.create(
        numero=ultima.numero + 1 if ultima else 1, testo=testo, che_cosa_cambia=che_cosa_cambia, scritta_da=utente
    )
    _scritta(attuale, utente)
    return nuova


@transaction.atomic
def proponi_consultazione(
    consultazione: Consultazione,
    utente: Utente,
    sintesi: str,
    criterio_enti: int | None = None,
    criterio_presenze: int | None = None,
    perche_insieme: str = "",
    versione: int | None = None,
) -> Consultazione:
    """Ask to approve the outcome, which is counted now: page and evidence are those that who approves reads.

    The criteria are keys. `ValidationError` says all that is still missing.
    """
    _bloccata(consultazione, utente, versione)
    attuale = selettori.completa(consultazione)
    suoi = {criterio.pk: criterio for criterio in selettori.criteri_di(attuale)}
    if {criterio_enti, criterio_presenze} - {None, *suoi}:
        raise ValidationError(SENZA_CRITERI)
    attuale.criterio_enti = suoi.get(criterio_enti or 0)
    attuale.criterio_presenze = suoi.get(criterio_presenze or 0)
    attuale.sintesi, attuale.perche_insieme = sintesi.strip(), perche_insieme.strip()
    attuale.esito, attuale.motivo = selettori.esito_di(attuale), ""
    if mancano := [*_che_cosa_manca(attuale), *_perche_non_prova(attuale)]:
        raise ValidationError(mancano)
    attuale.stato = Stato.PROPOSTA
    _scritta(attuale, utente)
    log(instance=attuale, action=PROPOSTA, user=utente)
    notifiche.da_approvare(attuale)
    return attuale


def _che_cosa_manca(consultazione: Consultazione) -> list[str]:
    mancano = []
    if not consultazione.esito["sedute"]:
        mancano.append("Collega almeno una seduta che si è tenuta")
    if not consultazione.esito["enti"]:
        mancano.append("Nessun ente è stato ancora consultato: chi consulta non conta")
    if not consultazione.esito["modello"]:
        mancano.append("Scrivi il modello")
    if restano := selettori.da_rivedere(consultazione):
        mancano.append(f"Prima rivedi le parole: ne restano {restano}")
    return mancano


def _perche_non_prova(consultazione: Consultazione) -> list[str]:
    """Why what it would prove is no proof of the criteria that were chosen; empty when it is, or none was."""
    fatti = selettori.fatti_di(consultazione)
    if not fatti:
        return []
    distretto = organizzazione_del_distretto()
    if distretto is None:
        return [SENZA_DISTRETTO]
    insieme = alimentazione.dello_stesso_livello(fatto.criterio for fatto in fatti)
    if insieme and not consultazione.perche_insieme:
        return [f"Scrivi perché la stessa consultazione vale per {' e '.join(insieme)}"]
    no: list[str] = []
    for fatto in fatti:
        if perche := fatto.criterio.programma.perche_non_comprende(fatto.data):
            no.append(f"{fatto.criterio.codice}: l'ultima seduta non conta, perché {perche}")
            continue
        if perche := alimentazione.perche_senza_criteri(fatto.data):
            no.append(f"{fatto.criterio.codice}: {perche}")
            continue
        detti = (consultazione.titolo, selettori.racconto_di(consultazione), ())
        mancano = alimentazione.ostacoli(
            fatto.criterio, fatto.data, *detti, fatto.organizzazioni or (distretto,), fatto.quantita
        )
        no += [f"{fatto.criterio.codice}: {frase}" for frasi in mancano.values() for frase in frasi]
    return no


def _in_attesa(consultazione: Consultazione, utente: Utente) -> Consultazione:
    """The one that waits, locked, for who decides on it. `PermissionDenied`, also to who wrote any of it."""
    Consultazione.objects.select_for_update(of=("self",)).get(pk=consultazione.pk)
    attuale = selettori.completa(consultazione)
    if attuale.stato != Stato.PROPOSTA:
        raise ValidationError("Nessuno chiede di approvare questa consultazione")
    if not selettori.puo_approvare(utente, attuale):
        raise PermissionDenied("La approva chi non ne ha scritto nulla, neppure le presenze di una seduta")
    return attuale


@transaction.atomic
def pubblica_consultazione(consultazione: Consultazione, utente: Utente, versione: int | None = None) -> Consultazione:
    """Approve it, once for all that it is: the page that everybody reads, and the evidence of its criteria.

    `ValidationError` when it was given back and proposed again since `versione`, which is what was read.
    """
    attuale = _in_attesa(consultazione, utente)
    if versione is not None and versione != attuale.versione:
        raise ValidationError("È stata riproposta da quando l'hai letta: rileggila, poi decidi")
    if selettori.esito_di(attuale) != attuale.esito:
        raise ValidationError(CAMBIATA)
    if no := _perche_non_prova(attuale):
        raise ValidationError(no)
    adesso = timezone.now()
    attuale.stato, attuale.pubblicata_il, attuale.pubblicata_da = Stato.PUBBLICATA, adesso, utente
    attuale.save()
    log(instance=attuale, action=PUBBLICATA, user=utente)
    distretto, fatti = organizzazione_del_distretto(), selettori.fatti_di(attuale)
    if distretto is not None and fatti:
        provenienza = Provenienza(
            distretto,
            attuale.titolo,
            selettori.racconto_di(attuale),
            frozenset(selettori.autori_di(attuale)),
            attuale.autori.first(),
            utente,
            adesso,
        )
        alimentazione.allinea(attuale, fatti, provenienza, pubblicata=True, chi=utente)
    return attuale


@transaction.atomic
def restituisci_consultazione(consultazione: Consultazione, utente: Utente, motivo: str) -> Consultazione:
    """Not like this: give it back to who writes it, with the reason."""
    attuale = _in_attesa(consultazione, utente)
    return _torna_in_corso(attuale, utente, motivo, RESTITUITA)


@transaction.atomic
def ritira_consultazione(consultazione: Consultazione, utente: Utente, motivo: str) -> Consultazione:
    """Take the outcome off the site, and with it the evidence that it gave; then it may be written again."""
    attuale = _bloccata(consultazione, utente, stato=Stato.PUBBLICATA)
    attuale.pubblicata_il = attuale.pubblicata_da = None
    ritirata = _torna_in_corso(attuale, utente, motivo, RITIRATA)
    alimentazione.allinea(ritirata, [], chi=utente)
    return ritirata


def _torna_in_corso(attuale: Consultazione, utente: Utente, motivo: str, azione: str) -> Consultazione:
    if not motivo.strip():
        raise ValidationError("Scrivi il motivo")
    attuale.stato, attuale.motivo = Stato.IN_CORSO, motivo.strip()
    attuale.versione += 1
    attuale.save()
    log(instance=attuale, action=azione, user=utente, data={"motivo": attuale.motivo})
    notifiche.tornata(attuale, utente)
    return attuale


@transaction.atomic
def elimina_consultazione(consultazione: Consultazione, utente: Utente) -> None:
    """Throw away one in which nothing was gathered yet."""
    attuale = _bloccata(consultazione, utente)
    raccolto = attuale.stesure.exists() or attuale.bisogni.exists() or attuale.enti.exists()
    if raccolto or alimentazione.ha_dato_evidenze(attuale):
        raise ValidationError("C'è già qualcosa di raccolto: resta nel registro")
    log(instance=attuale, action=ELIMINATA, user=utente, deleted=True)
    attuale.delete()
