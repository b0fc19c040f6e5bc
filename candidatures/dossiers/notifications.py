"""Which mail at which event of a candidature."""

from django.urls import reverse

from candidatures.dossiers.droits import agents_dgaln, membres, visibles_par
from socle.comptes.models import Utilisateur
from socle.courriels.domaine import deposer, lien, retirer_de_la_boite
from socle.courriels.models import Courriel
from socle.courriels.resume import retirer_des_resumes


def _contexte(candidature, **plus) -> dict:
    return {
        "candidature": candidature,
        "dispositif": candidature.appel.dispositif,
        "lien": lien(candidature.get_absolute_url()),
        **plus,
    }


def invitation(candidature, organisme, par):
    deposer(
        "candidature_invitation",
        a=list(Utilisateur.objects.filter(is_active=True, organisme=organisme)),
        contexte=_contexte(candidature, organisme=organisme, par=par),
        objet=candidature,
        par=par,
    )


def visa_demande(candidature, organisme, par):
    """To the agents of one commune or EPCI that carries the dossier."""
    deposer(
        "candidature_visa_demande",
        a=list(Utilisateur.objects.filter(is_active=True, organisme=organisme)),
        contexte=_contexte(
            candidature,
            organisme=organisme,
            par=par,
            appel=candidature.appel,
            lien_visa=lien(reverse("candidatures:viser", args=[candidature.reference])),
        ),
        objet=candidature,
        par=par,
    )


def depot(candidature, version, par):
    contexte = _contexte(candidature, version=version, par=par)
    deposer(
        "candidature_accuse", a=membres(candidature), contexte=contexte, objet=candidature, par=par
    )
    deposer(
        "candidature_recue",
        a=agents_dgaln(candidature),
        contexte=contexte,
        objet=candidature,
        par=par,
    )


def formulaire_revise(candidature, version, par):
    """To those who write a draft: what the call asks has changed, their answers are kept."""
    deposer(
        "candidature_formulaire_revise",
        a=membres(candidature),
        contexte=_contexte(candidature, version=version, appel=candidature.appel),
        objet=candidature,
        par=par,
    )


def appel_prolonge(candidature, motif, ferme, par):
    deposer(
        "appel_prolonge",
        a=membres(candidature),
        contexte=_contexte(candidature, appel=candidature.appel, motif=motif, ferme=ferme),
        objet=candidature,
        par=par,
    )


def appel_modifie(candidature, motif, changements, par):
    deposer(
        "appel_modifie",
        a=membres(candidature),
        contexte=_contexte(
            candidature, appel=candidature.appel, motif=motif, changements=changements, par=par
        ),
        objet=candidature,
        par=par,
    )


def complements(candidature, version, par):
    deposer(
        "candidature_completee",
        a=agents_dgaln(candidature),
        contexte=_contexte(candidature, version=version, par=par),
        objet=candidature,
        par=par,
    )


def retrait(candidature, motif, par):
    """To the other carriers, and to DGALN if it had received it."""
    destinataires = [m for m in membres(candidature) if m.pk != par.pk]
    if candidature.deposee_le:
        destinataires += agents_dgaln(candidature)
    deposer(
        "candidature_retiree",
        a=destinataires,
        contexte=_contexte(candidature, motif=motif, par=par),
        objet=candidature,
        par=par,
    )


def coauteur(candidature, invitation, chemin, par):
    deposer(
        "candidature_coauteur",
        a=[invitation.courriel],
        contexte=_contexte(
            candidature, par=par, invitation=invitation, lien_invitation=lien(chemin)
        ),
        objet=candidature,
        par=par,
    )


def transfert(candidature, de, vers, motif, par):
    """To the organisation that takes over, and to those who carry on."""
    destinataires = [m for m in membres(candidature) if m.pk != par.pk]
    destinataires += list(Utilisateur.objects.filter(is_active=True, organisme=de))
    deposer(
        "candidature_transferee",
        a=destinataires,
        contexte=_contexte(candidature, de=de, vers=vers, motif=motif, par=par),
        objet=candidature,
        par=par,
    )


def main_passee(candidature, de, vers, motif, par):
    """To both people, and to those who write with them."""
    destinataires = [m for m in membres(candidature) if m.pk != par.pk]
    destinataires += [p for p in (de, vers) if p.is_active and p.pk != par.pk]
    deposer(
        "candidature_main_passee",
        a=list(dict.fromkeys(destinataires)),
        contexte=_contexte(candidature, de=de, vers=vers, motif=motif, par=par),
        objet=candidature,
        par=par,
    )


def dreal_changee(candidature, region, ancien, nouveau, motif, par):
    """To both services, each told whether it still reads. What waits to leave for those who no
    longer read is given up."""
    agents = Utilisateur.objects.filter(is_active=True).select_related("organisme")
    for organisme in filter(None, (ancien, nouveau)):
        for agent in agents.filter(organisme=organisme):
            lit = visibles_par(agent).filter(pk=candidature.pk).exists()
            if not lit:
                _retirer_ce_qui_attend(candidature, agent, par)
            deposer(
                "candidature_dreal_changee",
                a=[agent],
                contexte=_contexte(
                    candidature,
                    region=region,
                    ancien=ancien,
                    nouveau=nouveau,
                    designe=organisme == nouveau,
                    lit=lit,
                    motif=motif,
                    par=par,
                ),
                objet=candidature,
                par=par,
            )


def _retirer_ce_qui_attend(candidature, agent, par):
    attendus = Courriel.objects.filter(
        objet_type=candidature._meta.label_lower,
        objet_id=str(candidature.pk),
        destinataire=agent.email,
    )
    motif = "Une autre DREAL est désignée."
    retirer_des_resumes(attendus, motif=motif, par=par)
    retirer_de_la_boite(attendus, motif=motif, par=par)
