"""Forms of calls, made by calling the verbs."""

from candidatures.appels.domaine import formulaires
from candidatures.dossiers.domaine.formulaire import publier_revision


def reviser(distribution, appel):
    return formulaires.ouvrir_revision(appel=appel, par=distribution.dgaln)


def poser(distribution, version, libelle, type_="texte", **champs):
    """A question; `si=(question, operateur, valeur)` gives its condition."""
    si = champs.pop("si", None)
    condition = dict(zip(("question", "operateur", "valeur"), si, strict=True)) if si else {}
    return formulaires.ajouter_question(
        version=version,
        par=distribution.dgaln,
        libelle=libelle,
        type=type_,
        condition=condition,
        **champs,
    )


def publier(distribution, version):
    return publier_revision(version=version, par=distribution.dgaln)


def publier_formulaire(distribution, appel, *libelles, **champs):
    """A published form with these questions; returns the version."""
    version = reviser(distribution, appel)
    for libelle in libelles:
        poser(distribution, version, libelle, **champs)
    return publier(distribution, version)
