"""« Commune de Outrebois » is « Commune d’Outrebois »: names made by the platform, those alone."""

import unicodedata

from django.db import migrations

H_MUETS = ("habit", "helen", "henri", "hermine", "herault", "herv", "hippoly", "histoi", "hotel")
H_MUETS += ("horace", "hortense", "honor", "hydro", "hyper")


def de(nom):
    """« d’Outrebois », « de Beauval », « du Havre », as of this migration."""
    for article, contracte in (("Le ", "du "), ("Les ", "des ")):
        if nom.startswith(article):
            return contracte + nom[len(article) :]
    plat = "".join(c for c in unicodedata.normalize("NFKD", nom) if not unicodedata.combining(c))
    plat = plat.lower()
    elide = plat[:1] in tuple("aeiouœ") and plat[:2] != "ou" or plat.startswith(("ouv", *H_MUETS))
    return f"d\N{RIGHT SINGLE QUOTATION MARK}{nom}" if elide else f"de {nom}"


def elider(apps, schema_editor):
    Organisme = apps.get_model("comptes", "Organisme")
    communes = Organisme.objects.filter(nature="commune", commune__isnull=False)
    for organisme in communes.select_related("commune"):
        debut = f"Commune de {organisme.commune.nom}"
        juste = f"Commune {de(organisme.commune.nom)}"
        if not organisme.nom.startswith(debut) or debut == juste:
            continue
        nom = juste + organisme.nom.removeprefix(debut)
        if not Organisme.objects.filter(nom=nom).exists():
            organisme.nom = nom
            organisme.save(update_fields=["nom"])


class Migration(migrations.Migration):
    dependencies = [("comptes", "0002_telephone"), ("territoires", "0001_initial")]
    operations = [migrations.RunPython(elider, migrations.RunPython.noop)]
