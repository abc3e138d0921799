"""A real mail server for the tests: a few verbs of SMTP on a free port of the loopback."""

import email
import email.policy
import re
import socketserver
import threading
from contextlib import contextmanager


class _Colloquio(socketserver.StreamRequestHandler):
    def handle(self):
        server = self.server
        server.connessioni += 1
        self._di("220 prova")
        a_chi, ricevuti = "", 0
        while riga := self.rfile.readline().decode().rstrip("\r\n"):
            verbo = riga.split(" ")[0].upper()
            if verbo == "RCPT":
                a_chi = re.search(r"<(.*?)>", riga)[1]
                self._di(server.risposte.get(a_chi, "250 va bene"))
            elif verbo == "MAIL":
                server.mittenti.add(re.search(r"<(.*?)>", riga)[1])
                self._di("250 va bene")
            elif verbo == "DATA":
                self._di("354 scrivi")
                testo = b"".join(iter(self.rfile.readline, b".\r\n"))
                server.ricevuti.append((a_chi, email.message_from_bytes(testo, policy=email.policy.default)))
                ricevuti += 1
                if a_chi in server.appende:  # it has the message, and hangs up without saying so
                    return
                self._di("250 preso")
                if ricevuti == server.per_connessione:
                    return
            else:
                self._di("221 ciao" if verbo == "QUIT" else "250 prova")
                if verbo == "QUIT":
                    return

    def _di(self, riga):
        self.wfile.write(f"{riga}\r\n".encode())


class ServerDiPosta(socketserver.ThreadingTCPServer):
    """`risposte` are those to RCPT by address; `appende` hangs up on these; `per_connessione` is how many it takes."""

    allow_reuse_address = daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), _Colloquio)
        self.risposte, self.appende, self.ricevuti, self.mittenti = {}, set(), [], set()
        self.connessioni, self.per_connessione = 0, 0

    def indirizzi(self):
        return [a_chi for a_chi, _ in self.ricevuti]


def rapporto(messaggio, stato="5.1.1", esito="failed", solo_testate=False):
    """What a mail server sends back hours later about `messaggio`, as bytes (RFC 3464)."""
    detto = (
        f"Reporting-MTA: dns; mx.example.org\n\nFinal-Recipient: rfc822; {messaggio['To']}\nAction: {esito}\n"
        f"Status: {stato}\nDiagnostic-Code: smtp; 550 5.1.1 <{messaggio['To']}> unknown\n"
    )
    tornato = "".join(f"{nome}: {valore}\n" for nome, valore in messaggio.items()) + "\nCiao\n"
    tipo = "text/rfc822-headers" if solo_testate else "message/rfc822"
    parti = [("text/plain", "Non consegnato.\n"), ("message/delivery-status", detto), (tipo, tornato)]
    corpo = "".join(f"--x\nContent-Type: {tipo}\n\n{testo}\n" for tipo, testo in parti)
    return (
        "From: MAILER-DAEMON@mx.example.org\nTo: rimbalzi@example.org\nMIME-Version: 1.0\nContent-Type: "
        f'multipart/report; report-type=delivery-status; boundary="x"\n\n{corpo}--x--\n'
    ).encode()


@contextmanager
def server_di_posta():
    with ServerDiPosta() as server:
        filo = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        filo.start()
        try:
            yield server
        finally:
            server.shutdown()
            filo.join()
