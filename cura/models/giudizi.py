"""Whether an entry was useful to who read it: yes or no, and why. Nothing of who says it, nor of when but the day."""

from django.db import models


class Giudizio(models.Model):
    """One answer to «È stata utile?», about an entry of any kind."""

    pagina = models.ForeignKey(
        "wagtailcore.Page", verbose_name="pagina", on_delete=models.CASCADE, related_name="giudizi"
    )
    utile = models.BooleanField("è stata utile")
    perche = models.CharField("perché", max_length=500, blank=True)
    giorno = models.DateField("giorno", db_index=True)

    class Meta:
        verbose_name = "giudizio su una pagina"
        verbose_name_plural = "giudizi sulle pagine"

    def __str__(self):
        return f"{'Utile' if self.utile else 'Non utile'}, {self.giorno}"
