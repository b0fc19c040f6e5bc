"""Each name typed for a mandate or a participant becomes an organisme; the same name is one."""

import re
import unicodedata
from collections import Counter, defaultdict

from django.db import migrations

LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "ß": "ss", "ø": "o", "ł": "l", "đ": "d"})
ABREVIATIONS = {"st": "saint", "ste": "sainte", "sts": "saints", "stes": "saintes"}
NATURES = (
    ("commune", "commune ", "mairie", "ville de "),
    ("epci", "communaute ", "metropole ", "cc ", "ca "),
    ("syndicat", "syndicat "),
    ("petr", "petr ", "pole metropolitain"),
    ("ddt", "ddt", "direction departementale des territoires"),
    ("dreal", "dreal"),
    ("prefecture", "prefecture", "sous prefecture"),
    ("association", "association ", "amis ", "les amis "),
    ("ecole", "universite ", "ecole ", "laboratoire "),
)


CHAMPS = ("nouvel_organisme", "organisme")  # of a mandate, of a participant


def plier(texte):
    for _ in range(2):
        texte = unicodedata.normalize("NFKD", texte.casefold()).translate(LIGATURES)
    texte = "".join(c for c in texte if not unicodedata.combining(c))
    texte = re.sub(r"(^|\s)s/s(?=\s|$)", r"\1sous ", texte)
    texte = re.sub(r"(^|\s)s/", r"\1sur ", texte)
    return re.sub(r"[^a-z0-9]+", " ", texte).strip()


def cle_de(nom):
    """As the search folds: the next typing of this name must find this very key."""
    mots = plier(nom).split()
    return " ".join(ABREVIATIONS.get(mot, mot) for mot in mots) or nom.casefold().strip()


def nature(cle, college):
    for valeur, *debuts in NATURES:
        if f"{cle} ".startswith(tuple(debuts)):
            return valeur
    return {"associations": "association", "equipe": "bureau_etudes"}.get(college, "autre")


def lignes(modele):
    """(row, atelier that keeps it): what an inhabitant names stays where they are."""
    nommes = modele.objects.exclude(organisation="").select_related("personne").order_by("pk")
    for ligne in nommes.iterator(500):
        reserve = ligne.personne.atelier_id
        if reserve is None and ligne.college == "habitants":
            premier = ligne.personne.participations.order_by("pk").first()
            reserve = premier.atelier_id if premier else None
        yield ligne, reserve


def reprendre(apps, schema_editor):
    OrganismeAnnuaire = apps.get_model("ateliers", "OrganismeAnnuaire")
    modeles = [apps.get_model("ateliers", nom) for nom in ("Mandat", "Participant")]
    noms, colleges, comptes = defaultdict(Counter), defaultdict(Counter), {}
    siennes = [[], []]
    for rang, modele in enumerate(modeles):
        for ligne, reserve in lignes(modele):
            nom = " ".join(ligne.organisation.split())
            if not nom:
                continue
            cle = (reserve, cle_de(nom))
            noms[cle][nom] += 1
            colleges[cle][ligne.college] += 1
            if rang == 0 and ligne.organisme_id and reserve is None:
                comptes.setdefault(cle, ligne.organisme_id)
            siennes[rang].append((ligne.pk, cle))
    pris, crees = set(), {}
    for (reserve, cle), ecritures in noms.items():
        compte = comptes.get((reserve, cle))
        compte = None if compte in pris else compte
        pris |= {compte} - {None}
        college = colleges[reserve, cle].most_common(1)[0][0]
        nom = ecritures.most_common(1)[0][0]
        crees[reserve, cle] = OrganismeAnnuaire.objects.create(
            nom=nom,
            cle=cle,
            atelier_id=reserve,
            college=college,
            nature=nature(cle, college),
            compte_id=compte,
            recherche=f"{plier(nom)} {cle}"[:700],
        )
    for rang, (modele, rattachees) in enumerate(zip(modeles, siennes, strict=True)):
        par_organisme = defaultdict(list)
        for pk, cle in rattachees:
            par_organisme[crees[cle].pk].append(pk)
        for organisme, pks in par_organisme.items():
            modele.objects.filter(pk__in=pks).update(**{CHAMPS[rang]: organisme})
    schema_editor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def rendre(apps, schema_editor):
    OrganismeAnnuaire = apps.get_model("ateliers", "OrganismeAnnuaire")
    Mandat = apps.get_model("ateliers", "Mandat")
    Participant = apps.get_model("ateliers", "Participant")
    for organisme in OrganismeAnnuaire.objects.order_by("pk"):
        siens = Mandat.objects.filter(nouvel_organisme=organisme)
        siens.update(
            organisation=organisme.nom, organisme=organisme.compte_id, nouvel_organisme=None
        )
        participants = Participant.objects.filter(organisme=organisme)
        participants.update(organisation=organisme.nom, organisme=None)
    OrganismeAnnuaire.objects.all().delete()
    schema_editor.execute("SET CONSTRAINTS ALL IMMEDIATE")


class Migration(migrations.Migration):
    dependencies = [("ateliers", "0024_organismes_annuaire")]

    operations = [
        migrations.RunPython(reprendre, rendre),
        migrations.RemoveField(model_name="mandat", name="organisme"),
        migrations.RemoveField(model_name="mandat", name="organisation"),
        migrations.RenameField(
            model_name="mandat", old_name="nouvel_organisme", new_name="organisme"
        ),
        migrations.RemoveField(model_name="participant", name="organisation"),
    ]
