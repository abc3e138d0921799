"""`EMAIL_BACKEND`: whatever sends a mail, Wagtail and Django included, only writes it in the outbox."""

from django.core.mail.backends.base import BaseEmailBackend

from .operazioni import accoda


class PostaInUscita(BaseEmailBackend):
    """Keeps messages for the worker, which hands them to `POSTA_BACKEND`."""

    def send_messages(self, email_messages):
        for messaggio in email_messages:
            accoda(messaggio, ", ".join(messaggio.to))
        return len(email_messages)
