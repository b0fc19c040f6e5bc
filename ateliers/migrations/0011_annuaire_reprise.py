"""One person per address (an inhabitant: in their atelier), else per name and organisation."""

import re
import unicodedata

import django.db.models.deletion
from django.db import migrations, models


def plier(texte):
    """As the search folds, near enough: the verbs write it again at the next change."""
    texte = unicodedata.normalize("NFKD", texte.casefold()).replace("œ", "oe")
    texte = "".join(c for c in texte if not unicodedata.combining(c))
    return re.sub(r"[^a-z0-9]+", " ", texte).strip()


def cle(participant):
    reserve = participant.atelier_id if participant.college == "habitants" else None
    if participant.courriel:
        return (reserve, participant.courriel.lower())
    nom = plier(f"{participant.prenom} {participant.nom}")
    return (participant.atelier_id, nom, plier(participant.organisation), reserve)


def reprendre(apps, schema_editor):
    Personne = apps.get_model("ateliers", "Personne")
    Mandat = apps.get_model("ateliers", "Mandat")
    Participant = apps.get_model("ateliers", "Participant")
    connues, prises, mandats = {}, set(), set()
    for participant in Participant.objects.order_by("pk").iterator(500):
        personne = connues.get(cle(participant))
        # Two lines of one atelier stay two: merging them is somebody's decision.
        if personne is None or (participant.atelier_id, personne.pk) in prises:
            reserve = participant.college == "habitants"
            personne = Personne.objects.create(
                prenom=participant.prenom,
                nom=participant.nom,
                courriel=participant.courriel,
                atelier_id=participant.atelier_id if reserve else None,
            )
            connues.setdefault(cle(participant), personne)
        prises.add((participant.atelier_id, personne.pk))
        participant.personne_id = personne.pk
        participant.prenom, participant.nom = personne.prenom, personne.nom
        participant.save(update_fields=["personne", "prenom", "nom"])
        qualite = (participant.college, participant.organisation, participant.fonction)
        if (personne.pk, *qualite) not in mandats:
            mandats.add((personne.pk, *qualite))
            Mandat.objects.create(
                personne=personne,
                college=participant.college,
                organisation=participant.organisation,
                fonction=participant.fonction,
            )
        mots = [personne.recherche or f"{personne.prenom} {personne.nom} {personne.courriel}"]
        personne.recherche = plier(" ".join([*mots, qualite[1], qualite[2]]))[:1000]
        personne.save(update_fields=["recherche"])
    schema_editor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def oublier(apps, schema_editor):
    apps.get_model("ateliers", "Participant").objects.update(personne=None)
    apps.get_model("ateliers", "Personne").objects.all().delete()
    schema_editor.execute("SET CONSTRAINTS ALL IMMEDIATE")


class Migration(migrations.Migration):
    dependencies = [("ateliers", "0010_annuaire")]

    operations = [
        migrations.RunPython(reprendre, oublier),
        migrations.AlterField(
            model_name="participant",
            name="personne",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="participations",
                to="ateliers.personne",
            ),
        ),
    ]
