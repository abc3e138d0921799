"""What every operation begins with."""

from django.core.exceptions import PermissionDenied, ValidationError


def esigi(permesso: bool, messaggio: str = "Non puoi fare questa operazione") -> None:
    """Stop with `messaggio`, as `PermissionDenied`, who has no permission."""
    if not permesso:
        raise PermissionDenied(messaggio)


def motivo_di(errore: Exception) -> str:
    """The sentence to show for a refusal."""
    if isinstance(errore, ValidationError):
        return " · ".join(errore.messages)
    return str(errore) or "Operazione non ammessa"
