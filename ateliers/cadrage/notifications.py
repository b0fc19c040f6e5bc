"""Which mail at which step of the visas."""

from django.urls import reverse

from ateliers.cadrage.droits import delegations_en_cours, signataires
from socle.comptes.models import Utilisateur
from socle.courriels.domaine import deposer, lien


def _appeles(visa):
    """Those who give the visa today: its holders, and those to whom they delegated it."""
    propres = list(signataires(visa.niveau, visa.organisme_id))
    recues = delegations_en_cours().filter(delegant__in=[p.pk for p in propres])
    delegataires = recues.filter(delegataire__is_active=True).values("delegataire")
    return [*propres, *Utilisateur.objects.filter(pk__in=delegataires)]


def _pilotes(atelier):
    return list(Utilisateur.objects.filter(is_active=True, organisme=atelier.service_pilote_id))


def _deposer(cle, personnes, atelier, version, par, **plus):
    adresse = reverse("ateliers:cahier_version", args=[atelier.slug, version.numero])
    deposer(
        cle,
        a=personnes,
        contexte={"atelier": atelier, "version": version, "lien": lien(adresse), **plus},
        objet=atelier,
        par=par,
    )


def visa_demande(visa, atelier, version, par):
    _deposer("cadrage_visa_demande", _appeles(visa), atelier, version, par, visa=visa)


def visa_relance(visa, atelier, version, jours):
    _deposer("cadrage_visa_relance", _appeles(visa), atelier, version, None, visa=visa, jours=jours)


def visa_refuse(visa, atelier, version, par):
    adresse = lien(reverse("ateliers:cahier", args=[atelier.slug]))
    personnes = _pilotes(atelier)
    _deposer("cadrage_visa_refuse", personnes, atelier, version, par, visa=visa, cahier=adresse)


def vise(atelier, version, par):
    _deposer("cadrage_cahier_vise", _pilotes(atelier), atelier, version, par)


def envoi(version, atelier, par):
    """To the team, where it is known already; a consultation goes through PLACE."""
    equipe = Utilisateur.objects.filter(is_active=True, organisme__in=atelier.intervenants.all())
    _deposer("cadrage_cahier_envoye", list(equipe), atelier, version, par)


def invitation_equipe(invitation, chemin, par):
    deposer(
        "cadrage_equipe_invitation",
        a=[invitation.courriel],
        contexte={
            "invitation": invitation,
            "atelier": invitation.atelier,
            "organisme": invitation.organisme,
            "par": par,
            "lien": lien(chemin),
        },
        objet=invitation.atelier,
        par=par,
    )
