"""What the portal says of itself to machines: lines of the log as JSON, and errors without anybody's data."""

import json
import logging
from datetime import UTC, datetime


class RigaJSON(logging.Formatter):
    """One JSON object a line: `quando` (UTC), `livello`, `da`, `testo`, and `errore` where there is a traceback."""

    def format(self, record):
        riga = {
            "quando": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "livello": record.levelname,
            "da": record.name,
            "testo": record.getMessage(),
        }
        if record.exc_info:
            riga["errore"] = self.formatException(record.exc_info)
        return json.dumps(riga, ensure_ascii=False)


def senza_persone(evento, suggerimento=None):
    """What Sentry gets of an error: where in the code and which kind, never what was being handled nor for whom.

    Addresses hold keys of invitations and cards, messages of the database hold values, logs hold what was asked.
    """
    for nome in ("request", "user", "breadcrumbs", "extra", "server_name", "logentry", "message", "_meta"):
        evento.pop(nome, None)
    for errore in evento.get("exception", {}).get("values", []):
        errore["value"] = ""
        for passo in errore.get("stacktrace", {}).get("frames", []):
            passo.pop("vars", None)
    return evento


def collega_sentry(dsn):
    """Send errors to `dsn`. The library is loaded only where somebody asked for it."""
    import sentry_sdk

    sentry_sdk.init(
        dsn,
        before_send=senza_persone,
        send_default_pii=False,
        include_local_variables=False,
        include_source_context=True,
        max_request_body_size="never",
        max_breadcrumbs=0,
        traces_sample_rate=0,
        auto_session_tracking=False,
    )
