"""The acts that engage: technical validation, political approval, officialisation, publication."""

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from restitution.engagement import journal, notifications
from restitution.engagement.domaine.conditions import (
    manques_pour_officialiser,
    manques_pour_publier,
    manques_pour_valider,
)
from restitution.engagement.models import ApprobationPolitique, ValidationTechnique
from restitution.feuilles import droits
from restitution.feuilles.cycle_de_vie import CYCLE
from restitution.feuilles.domaine.verrou import verrouiller
from restitution.feuilles.mise_en_forme import en_date
from socle.comptes.choix import Role
from socle.documents.domaine import demander
from socle.erreurs import ActionInterdite, ElementsManquants, TransitionImpossible
from socle.journal.domaine import inscrire

CLE_PDF = "feuille_de_route"


def _exiger(condition: bool, message: str) -> None:
    if not condition:
        raise ActionInterdite(message)


def _pas_dans_le_futur(date, quoi: str, champ: str = "") -> None:
    if date > timezone.localdate():
        raise TransitionImpossible(f"{quoi} ne peut pas être datée dans le futur.", champ=champ)


def _pas_avant(date, borne, phrase: str, champ: str = "") -> None:
    """Refuse an act dated before the one it follows."""
    if borne is not None and date < borne:
        raise TransitionImpossible(phrase.format(borne=en_date(borne)), champ=champ)


@transaction.atomic
def valider_techniquement(*, feuille, instance: str, tenue_le, observations: str = "", par):
    """The COTECH or COPIL finds the text ready; the pilot records it."""
    feuille = verrouiller(feuille.pk)
    _exiger(
        droits.peut_piloter(par, feuille),
        "La validation technique est enregistrée par le service pilote, après le comité.",
    )
    CYCLE.verifier(feuille, "valider_techniquement")
    _pas_dans_le_futur(tenue_le, "La réunion du comité", "tenue_le")
    _pas_avant(
        tenue_le,
        feuille.atelier.ouvert_le,
        "L’atelier a ouvert le {borne} : le comité ne s’est pas réuni avant.",
        "tenue_le",
    )
    if manques := manques_pour_valider(feuille):
        raise ElementsManquants(manques)
    validation = ValidationTechnique.objects.create(
        feuille=feuille, instance=instance, tenue_le=tenue_le, observations=observations, par=par
    )
    CYCLE.appliquer(feuille, "valider_techniquement")
    feuille.validee_le = tenue_le
    feuille.save(update_fields=["etat", "validee_le"])
    inscrire(journal.VALIDEE, objet=feuille, par=par, instance=validation.get_instance_display())
    notifications.validee(feuille, par=par)
    return feuille


@transaction.atomic
def rouvrir(*, feuille, motif: str, par):
    """Back to the draft, as long as no collectivité has approved the text."""
    feuille = verrouiller(feuille.pk)
    _exiger(
        droits.peut_piloter(par, feuille) or droits.est_collectivite(par, feuille),
        "L’écriture est rouverte par le service pilote ou par la collectivité.",
    )
    CYCLE.appliquer(feuille, "rouvrir", motif=motif)
    feuille.validee_le = None
    feuille.save(update_fields=["etat", "validee_le"])
    inscrire(journal.ROUVERTE, objet=feuille, par=par, motif=motif)
    return feuille


@transaction.atomic
def approuver(*, feuille, numero: str, adoptee_le, scan=None, par):
    """A collectivité records its own délibération. The State cannot do it in its place."""
    feuille = verrouiller(feuille.pk)
    _exiger(
        par.a_le_role(Role.COLLECTIVITE) and droits.est_collectivite(par, feuille),
        "Seule la collectivité enregistre sa délibération : l’État ne valide pas à sa place.",
    )
    CYCLE.verifier(feuille, "approuver")
    _pas_dans_le_futur(adoptee_le, "La délibération", "adoptee_le")
    _pas_avant(
        adoptee_le,
        feuille.validee_le,
        "La validation technique date du {borne} : la délibération la suit.",
        "adoptee_le",
    )
    if feuille.approbations.filter(organisme_id=par.organisme_id).exists():
        raise TransitionImpossible("Votre collectivité a déjà enregistré sa délibération.")
    ApprobationPolitique.objects.create(
        feuille=feuille,
        organisme=par.organisme,
        numero=numero.strip(),
        adoptee_le=adoptee_le,
        scan=scan or "",
        par=par,
    )
    CYCLE.appliquer(feuille, "approuver")
    feuille.approuvee_le = feuille.approuvee_le or adoptee_le
    feuille.save(update_fields=["etat", "approuvee_le"])
    inscrire(
        journal.APPROUVEE,
        objet=feuille,
        par=par,
        numero=numero.strip(),
        organisme=par.organisme.nom,
    )
    notifications.approuvee(feuille, par=par)
    return feuille


@transaction.atomic
def officialiser(*, feuille, officialisee_le=None, par):
    """Both sides have signed and the territory has heard it: the feuille becomes official."""
    feuille = verrouiller(feuille.pk)
    _exiger(
        droits.peut_piloter(par, feuille) or droits.est_collectivite(par, feuille),
        "La feuille de route est officialisée par le service pilote ou par la collectivité.",
    )
    CYCLE.verifier(feuille, "officialiser")
    if manques := manques_pour_officialiser(feuille):
        raise ElementsManquants(manques)
    officialisee_le = officialisee_le or timezone.localdate()
    _pas_dans_le_futur(officialisee_le, "L’officialisation")
    derniere = feuille.signatures.aggregate(le=Max("signe_le"))["le"]
    _pas_avant(
        officialisee_le,
        derniere,
        "La dernière signature est du {borne} : l’officialisation la suit.",
    )
    CYCLE.appliquer(feuille, "officialiser")
    feuille.officialisee_le = officialisee_le
    feuille.save(update_fields=["etat", "officialisee_le"])
    inscrire(journal.OFFICIALISEE, objet=feuille, par=par)
    notifications.officialisee(feuille, par=par)
    demander(CLE_PDF, objet=feuille, par=par)
    return feuille


@transaction.atomic
def publier(*, feuille, par):
    """Put the official feuille on the public site, with its PDF."""
    feuille = verrouiller(feuille.pk)
    _exiger(
        droits.peut_piloter(par, feuille),
        "La publication est décidée par le service pilote ou par la DGALN.",
    )
    CYCLE.verifier(feuille, "publier")
    if manques := manques_pour_publier(feuille):
        raise ElementsManquants(manques)
    CYCLE.appliquer(feuille, "publier")
    feuille.publiee_le = timezone.now()
    feuille.save(update_fields=["etat", "publiee_le"])
    inscrire(journal.PUBLIEE, objet=feuille, par=par)
    notifications.publiee(feuille, par=par)
    demander(CLE_PDF, objet=feuille, par=par)
    return feuille
