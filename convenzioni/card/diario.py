"""Serials and codes never end in a log: not even in the line that says that a page was not found."""

import logging
import re

_NEGLI_INDIRIZZI = re.compile(r"(?<!/admin)/card/(?!sw\.js|condizioni/)(verifica/)?[^/\s\"'?]+")
_CODICI = re.compile(r"(?<!/admin)/sondaggi/([^/\s\"'?]+)/c/[^/\s\"'?]+")


class SenzaSeriali(logging.Filter):
    """Masks what follows /card/, and the code of who answers a survey, in the message of a record, whoever wrote it."""

    def filter(self, record):
        testo = record.getMessage()
        if "/card/" in testo:
            record.msg, record.args = _NEGLI_INDIRIZZI.sub(r"/card/\1…", testo), ()
        if "/sondaggi/" in testo:
            record.msg, record.args = _CODICI.sub(r"/sondaggi/\1/c/…", record.getMessage()), ()
        return True
