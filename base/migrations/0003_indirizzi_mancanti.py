"""Pages whose title has no letters were saved without an address, and their section could not be opened any more."""

from django.db import migrations


def da_un_indirizzo(apps, schema_editor):
    Page, Revision = apps.get_model("wagtailcore", "Page"), apps.get_model("wagtailcore", "Revision")
    for pagina in Page.objects.filter(slug="", depth__gt=1).order_by("path"):
        prima, madre = pagina.url_path, Page.objects.get(path=pagina.path[:-4])
        pagina.slug = f"pagina-{pagina.translation_key.hex[:12]}"
        pagina.url_path = f"{madre.url_path}{pagina.slug}/"
        Page.objects.filter(pk=pagina.pk).update(slug=pagina.slug, url_path=pagina.url_path)
        for versione in Revision.objects.filter(
            base_content_type__app_label="wagtailcore",
            base_content_type__model="page",
            object_id=str(pagina.pk),
            content__slug="",
        ):
            versione.content |= {"slug": pagina.slug, "url_path": pagina.url_path}
            versione.save(update_fields=["content"])
        for figlia in Page.objects.filter(path__startswith=pagina.path, depth__gt=pagina.depth):
            Page.objects.filter(pk=figlia.pk).update(url_path=pagina.url_path + figlia.url_path[len(prima) :])


class Migration(migrations.Migration):
    dependencies = [
        ("base", "0002_esecuzioni_periodiche"),
        ("wagtailcore", "0098_apitoken"),
    ]

    operations = [migrations.RunPython(da_un_indirizzo, migrations.RunPython.noop)]
