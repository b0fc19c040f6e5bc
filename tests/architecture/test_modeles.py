"""Foreign keys point downward: a string foreign key passes the import linter, not this."""

from django.apps import apps
from django.db.models import UniqueConstraint

NIVEAUX = [
    "socle.interface",
    "socle.territoires",
    "socle.comptes",
    "socle.journal",
    "socle.courriels",
    "socle.documents",
    "socle.exports",
    "candidatures.dispositifs",
    "candidatures.appels",
    "candidatures.dossiers",
    "candidatures.echanges",
    "candidatures.instruction",
    "candidatures.listes",
    "candidatures.comite",
    "ateliers.parcours",
    "ateliers.annuaire",
    "ateliers.cadrage",
    "ateliers.marche",
    "ateliers.sites",
    "ateliers.lieux",
    "ateliers.seances",
    "ateliers.agendas",
    "ateliers.programme",
    "ateliers.participants",
    "ateliers.sondages",
    "ateliers.inscriptions",
    "ateliers.calendrier",
    "ateliers.synchro",
    "ateliers.contributions",
    "ateliers.livrables",
    "ateliers.budget",
    "ateliers.carnet",
    "restitution.feuilles",
    "restitution.engagement",
    "restitution.suivi",
    "restitution.national",
]


def salle(modele):
    return ".".join(modele.__module__.split(".")[:2])


def modeles():
    racines = {nom.split(".")[0] for nom in NIVEAUX}
    return [
        modele
        for modele in apps.get_models(include_auto_created=False)
        if modele.__module__.split(".")[0] in racines
    ]


def relations_entre_salles():
    for modele in modeles():
        for champ in [*modele._meta.local_fields, *modele._meta.local_many_to_many]:
            if not champ.is_relation or champ.related_model is None:
                continue
            if salle(champ.related_model) in NIVEAUX and salle(champ.related_model) != salle(
                modele
            ):
                yield modele, champ


def test_chaque_modele_habite_une_salle_connue():
    assert [m.__name__ for m in modeles() if salle(m) not in NIVEAUX] == []


def test_les_cles_etrangeres_descendent():
    montantes = [
        f"{modele.__name__}.{champ.name} → {champ.related_model.__name__}"
        for modele, champ in relations_entre_salles()
        if NIVEAUX.index(salle(champ.related_model)) > NIVEAUX.index(salle(modele))
    ]
    assert montantes == []


def test_pas_d_accesseur_inverse_entre_applications():
    """An upper app is read through its own queries, not through a lower app's attributes."""
    visibles = [
        f"{modele.__name__}.{champ.name}"
        for modele, champ in relations_entre_salles()
        if not champ.remote_field.hidden
        and champ.related_model._meta.app_label != modele._meta.app_label
    ]
    assert visibles == []


def est_dite_par_django(contrainte):
    """A plain uniqueness is told by Django itself, in French, with the fields' names."""
    simple = isinstance(contrainte, UniqueConstraint) and contrainte.fields
    return simple and not contrainte.condition and not contrainte.expressions


def test_chaque_contrainte_a_un_message_en_francais():
    muettes = [
        f"{modele.__name__}.{contrainte.name}"
        for modele in modeles()
        for contrainte in modele._meta.constraints
        if not est_dite_par_django(contrainte)
        and contrainte.violation_error_message == contrainte.default_violation_error_message
    ]
    assert muettes == []
