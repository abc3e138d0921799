"""What a refusal means (RFC 5321, RFC 3463): its code, and the words beside it where the code says nothing. Pure.

Of an answer only its code is kept, since its words may hold the address: so what the words say is put into the code.
"""

import re

ESTESO = re.compile(r"\b[245]\.\d{1,3}\.\d{1,3}\b")

VAGO = re.compile(r"\.(?:[0-5]\.0|4\.1)$")
"""An extended code that leaves the reason to the words; a large provider says 5.4.1 of an unknown user too."""

_INDIRIZZI = re.compile(r"<[^<>\s]*@[^<>\s]*>|[^\s<>]+@[^\s<>]+")
"""They are not words: an address may be `spf@…`."""


def _parole(testo: str) -> re.Pattern:
    return re.compile(testo, re.IGNORECASE | re.VERBOSE)


REPUTAZIONE = _parole(
    r"\b5\.7\.\d | \b(?:spf|dkim|dmarc|dns[bw]l|rbl|ptr)\b | (?:block|black|deny)[ -]?list"
    r" | spamhaus | spamcop | sorbs | barracuda | reputation | reputazione | \bspam\b | unsolicited"
    r" | sperrliste | blockliste | schwarze\ liste | liste\ noire | too\ quickly | at\ a\ rate\ that"
)
"""Of our server, name and habits, whatever the code says."""

PIENA = _parole(
    r"quota | mailbox\W+(?:is\W+)?full | full\W+mailbox | casella\W+(?:è\W+)?piena | inbox\W+is\W+full | storage"
    r" | postfach\b[^.;]{0,40}\bvoll | speicherplatz | bo[iî]te\b[^.;]{0,40}\bpleine | buz[oó]n\W+lleno"
)
GRANDE = _parole(
    r"(?:message|messaggio)[^.;]{0,40}(?:size|too\W+(?:big|large|long)|troppo\W+grande|larger|exceed)"
    r" | exceed[^.;]{0,40}\b(?:size|length) | size[^.;]{0,20}exceed | too\W+(?:big|large)\b"
    r" | zu\ gro(?:ß|ss) | trop\ (?:gros|grand|volumineux)"
)
CONTENUTO = _parole(
    r"\bconten[tu] | virus | malware | attachment | allegat[oi] | end\ of\ (?:\.|data)"
    r" | \binhalt | \banhang | pièce\ jointe"
)
MITTENTE = _parole(
    r"\bsender | mittente | mail\ from | return[- ]path | envelope[- ]from | from\ address | absender | expéditeur"
)
ANELLO = _parole(r"hop\ count | too\ many\ hops | \bloop(?:s|ing)?\b")
POLITICA = _parole(
    r"\bpolic(?:y|ies) | politica | block(?:ed|ing) | banned | bloccat[oi] | listed\b | authenticat | relay"
    r" | not\ (?:authori[sz]ed|permitted|allowed) | reverse\ dns | \b(?:helo|ehlo)\b"
    r" | (?:your|client)\ (?:ip|host|server|domain|network) | too\ many | rate\ limit | richtlinie"
)
DISATTIVATA = _parole(
    r"disabled | inactive | deactivated | suspended | disattivat | sospes[oa] | discontinued | no\ longer"
    r" | deaktiviert | gesperrt | désactivé"
)
DOMINIO = _parole(
    r"domain(?:\ name)?\ not\ found | (?:unknown|no\ such)\ (?:domain|host) | host\ (?:unknown|not\ found)"
    r" | dominio\ (?:inesistente|sconosciuto)"
)
SCONOSCIUTO = _parole(
    r"(?:unknown|no\ such|invalid|bad|non-?existent|not\ a\ valid)\W+(?:\w+\W+)?"
    r"(?:user|recipient|mailbox|account|address|person)"
    r" | (?:user|recipient|mailbox|account|address|utente|casella|indirizzo|destinatario)\b[^.;]{0,40}"
    r"(?:unknown|rejected|not\ (?:found|known|exist|valid)|n['o]t\ exist|does\W+not\W+exist|unavailable|invalid"
    r"|sconosciut|inesistente|non\ (?:esiste|trovat|valid))"
    r" | no\ (?:mailbox|user)\b | (?:unknown|sconosciuto)$ | recipnotfound | nosuchuser"
    r" | unbekannt | inconnu | desconocid"
    r" | existiert\ nicht | nicht\ (?:gefunden|vorhanden) | n['’]existe\ pas | introuvable | no\ existe"
)

SPIEGANO = (
    (REPUTAZIONE, "7.1"),
    (PIENA, "2.2"),
    (GRANDE, "2.3"),
    (CONTENUTO, "6.0"),
    (MITTENTE, "1.8"),
    (ANELLO, "4.6"),
    (POLITICA, "7.1"),
    (DISATTIVATA, "2.1"),
    (DOMINIO, "1.2"),
    (SCONOSCIUTO, "1.1"),
)
"""Words, and what they say in an extended code; in doubt it is our fault, which costs no more than another message."""

PERCHE = (
    (r"1\.[789]", "il suo server non accetta il nostro indirizzo di mittente"),
    (r"1\.2", "il dominio dell'indirizzo non esiste"),
    (r"1\.3", "l'indirizzo è scritto male"),
    (r"1\.6", "la casella ha cambiato indirizzo"),
    (r"1\.[1-9]\d*", "l'indirizzo non esiste"),
    (r"2\.1", "la casella è disattivata"),
    (r"2\.2", "la casella è piena"),
    (r"2\.3", "il messaggio è troppo grande"),
    (r"2\.[1-9]\d*", "la casella non riceve"),
    (r"3\.4", "il messaggio è troppo grande"),
    (r"3\.[1-9]\d*", "il suo server ha un guasto"),
    (r"4\.5", "il nostro server ha spedito troppo in poco tempo"),
    (r"4\.(?:6|14)", "il messaggio gira tra i server senza arrivare"),
    (r"4\.[1-9]\d*", "il suo server di posta non si raggiunge"),
    (r"5\.[1-9]\d*", "il suo server e il nostro non si sono capiti"),
    (r"6\.\d+", "il suo server non accetta il contenuto del messaggio"),
    (r"7\.\d+", "il suo server non accetta la nostra posta"),
)
"""What the manager reads of an extended code, by its class and detail."""

_NOSTRI = re.compile(r"\b5\.(?:1\.[789]|2\.3|4\.(?:5|6|14)|[3567]\.\d+)$")


def capisci(codice: str, detto: str = "") -> str:
    """`codice` ("550", "550 5.1.0", "5.0.0") with the reason that `detto` gives, where it gives none itself.

    What is said of our reputation counts beside any code, unless the mailbox is named too.
    """
    detto = _INDIRIZZI.sub(" ", detto)
    esteso = ESTESO.search(codice)
    if esteso is None or VAGO.search(esteso[0]):
        dettaglio = next((dettaglio for parole, dettaglio in SPIEGANO if parole.search(detto)), "")
    else:
        casella = SCONOSCIUTO.search(detto) or DISATTIVATA.search(detto) or PIENA.search(detto)
        dettaglio = "7.1" if REPUTAZIONE.search(detto) and not casella and della_casella(codice) else ""
    if not dettaglio:
        return codice
    capito = f"{(esteso[0] if esteso else codice)[0]}.{dettaglio}"
    return codice.replace(esteso[0], capito) if esteso else f"{codice} {capito}"


def rinunciato(codice: str) -> str:
    """What a temporary refusal has become when who tried gave up: a mailbox full for so long has refused for good."""
    return "5.2.2" if codice.endswith("4.2.2") else codice


def della_casella(codice: str) -> bool:
    """Whether a refusal for good, as "550 5.1.1" or "550", is about the mailbox: not our server, our name, the text."""
    return codice.startswith("5") and not _NOSTRI.search(codice)


def nostro(codice: str) -> bool:
    """Whether a refusal for good is for a reason that the next mailbox may have too."""
    return codice.startswith("5") and not della_casella(codice)


def perche(codice: str) -> str:
    """A refusal in words, for the manager."""
    esteso = ESTESO.search(codice)
    dettaglio = esteso[0][2:] if esteso else ""
    return next((parole for modello, parole in PERCHE if re.fullmatch(modello, dettaglio)), "senza dire perché")
