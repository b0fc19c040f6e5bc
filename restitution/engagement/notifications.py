"""Who is written to when a feuille de route moves: those who carry it and those who act next."""

from django.urls import reverse

from restitution.engagement.choix import Cote
from socle.comptes.choix import Role
from socle.comptes.models import Utilisateur
from socle.courriels.domaine import deposer, lien


def destinataires(feuille, *, par, equipe: bool = False) -> list[Utilisateur]:
    """People of the carriers and of the pilot service (and of the team), but who just acted."""
    atelier = feuille.atelier
    organismes = {atelier.service_pilote_id, *atelier.porteurs.values_list("pk", flat=True)}
    if equipe:
        organismes |= set(atelier.intervenants.values_list("pk", flat=True))
    return list(
        Utilisateur.objects.filter(
            is_active=True,
            organisme__in=organismes,
            role__in=(Role.SERVICE_ETAT, Role.COLLECTIVITE, Role.EQUIPE),
        )
        .exclude(pk=par.pk)
        .order_by("pk")
    )


def _ecrire(feuille, par, fait: str, suite: str, *, page="engagement", equipe=False):
    return deposer(
        "feuille_avancee",
        a=destinataires(feuille, par=par, equipe=equipe),
        contexte={
            "atelier": feuille.atelier,
            "fait": fait,
            "suite": suite,
            "lien": lien(reverse(f"restitution:{page}", args=[feuille.atelier.slug])),
        },
        objet=feuille,
        par=par,
    )


def validee(feuille, *, par):
    return _ecrire(
        feuille,
        par,
        "est validée techniquement",
        "La collectivité peut maintenant délibérer et enregistrer sa délibération.",
    )


def approuvee(feuille, *, par):
    return _ecrire(
        feuille,
        par,
        "est approuvée par délibération",
        "Chaque côté recueille à présent ses signatures : la collectivité celles des élus, "
        "le service pilote celles de l’État.",
    )


def signee(feuille, signature, *, par):
    cotes = set(feuille.signatures.values_list("cote", flat=True))
    if {Cote.ELU.value, Cote.ETAT.value} <= cotes:
        suite = "Les deux côtés ont signé : elle peut être officialisée après la restitution."
    elif signature.cote == Cote.ELU:
        suite = "Il manque encore la signature de l’État."
    else:
        suite = "Il manque encore la signature d’un élu."
    return _ecrire(feuille, par, f"est signée par {signature.nom}, {signature.qualite}", suite)


def officialisee(feuille, *, par):
    return _ecrire(
        feuille,
        par,
        "est officialisée",
        "Le service pilote peut la publier ; le suivi des actions commence.",
        equipe=True,
    )


def publiee(feuille, *, par):
    return _ecrire(
        feuille,
        par,
        "est publiée",
        "Chacun peut la lire et la télécharger. Le premier point d’étape a lieu dans six mois.",
        page="feuille_publique",
        equipe=True,
    )
