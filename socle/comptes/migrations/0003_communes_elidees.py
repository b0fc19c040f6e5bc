"""« Commune de Outrebois » is « Commune d’Outrebois »: names made by the platform, those alone."""

from django.db import migrations

from socle.interface.francais import de


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
