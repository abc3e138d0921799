"""What every operation begins with."""

from django.core.exceptions import PermissionDenied


def esigi(permesso: bool, messaggio: str = "Non puoi fare questa operazione") -> None:
    """Stop with `messaggio`, as `PermissionDenied`, who has no permission."""
    if not permesso:
        raise PermissionDenied(messaggio)
