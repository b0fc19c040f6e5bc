"""Write the eligibility rules: a version is never changed, the next one replaces it."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Q

from candidatures.appels import journal
from candidatures.appels.droits import peut_gerer
from candidatures.appels.models import Appel, RegleEligibilite
from candidatures.dispositifs.models import Dispositif
from socle.erreurs import ActionInterdite, ErreurMetier
from socle.interface.adresses import en_adresse
from socle.journal.domaine import inscrire


def regles_de(appel: Appel) -> list[RegleEligibilite]:
    """In force for this call: its own, then those of its dispositif that it does not replace."""
    trouvees = RegleEligibilite.objects.filter(
        Q(appel=appel.pk) | Q(dispositif=appel.dispositif_id), active=True
    )
    retenues: dict[str, RegleEligibilite] = {}
    for regle in sorted(trouvees, key=lambda r: (r.appel_id is not None, r.pk)):
        retenues[regle.cle] = regle
    return sorted(retenues.values(), key=lambda r: (not r.bloquante, r.cle))


def _verifier(par) -> None:
    if not peut_gerer(par):
        raise ActionInterdite("Les règles d’éligibilité sont écrites par la DGALN.")


@transaction.atomic
def creer_regle(
    *, dispositif: Dispositif | None = None, appel: Appel | None = None, libelle: str, par, **champs
) -> RegleEligibilite:
    """A new rule of a dispositif or of one call; its key is made from its name."""
    _verifier(par)
    cle = champs.pop("cle", "") or en_adresse(libelle)[:40]
    if RegleEligibilite.objects.filter(dispositif=dispositif, appel=appel, cle=cle).exists():
        raise ErreurMetier("Une règle porte déjà ce nom : modifiez-la plutôt.")
    regle = RegleEligibilite.objects.create(
        dispositif=dispositif, appel=appel, cle=cle, libelle=libelle.strip(), **champs
    )
    inscrire(journal.REGLE_CREEE, objet=regle, par=par, libelle=regle.libelle)
    return regle


@transaction.atomic
def reviser_regle(*, regle: RegleEligibilite, par, **champs) -> RegleEligibilite:
    """Write the next version. Dossiers already deposited keep the version they were read with."""
    _verifier(par)
    freres = RegleEligibilite.objects.select_for_update().filter(
        dispositif=regle.dispositif_id, appel=regle.appel_id, cle=regle.cle
    )
    actuelle = freres.filter(active=True).first()
    if actuelle is not None and actuelle.pk != regle.pk:
        raise ErreurMetier("Une version plus récente de cette règle est en vigueur.")
    lus = ("libelle", "expression", "bloquante", "explication", "que_faire")
    anciens = {nom: getattr(regle, nom) for nom in lus}
    voulus = anciens | champs
    if actuelle is not None and voulus == anciens:
        return regle
    numero = list(freres.values_list("version", flat=True))
    freres.update(active=False)
    nouvelle = RegleEligibilite.objects.create(
        dispositif=regle.dispositif,
        appel=regle.appel,
        cle=regle.cle,
        version=max(numero) + 1,
        **voulus,
    )
    inscrire(
        journal.REGLE_REVISEE,
        objet=nouvelle,
        par=par,
        libelle=nouvelle.libelle,
        version=nouvelle.version,
    )
    return nouvelle


@transaction.atomic
def retirer_regle(*, regle: RegleEligibilite, par) -> RegleEligibilite:
    """The rule no longer holds for what is deposited from now on."""
    _verifier(par)
    regle = RegleEligibilite.objects.select_for_update().get(pk=regle.pk)
    if not regle.active:
        raise ErreurMetier("Cette règle n’est plus en vigueur.")
    regle.active = False
    regle.save(update_fields=["active"])
    inscrire(journal.REGLE_RETIREE, objet=regle, par=par, libelle=regle.libelle)
    return regle


def pour_liste():
    """Rules in force, with what the page shows of each."""
    return (
        RegleEligibilite.objects.filter(active=True)
        .select_related("dispositif", "appel__dispositif")
        .order_by("dispositif__ordre", "appel__titre", "-bloquante", "cle")
    )


@transaction.atomic
def installer_regles(par_dispositif: dict[str, list[dict]]) -> None:
    """Idempotent: a key that exists, in whatever version, is left as DGALN made it."""
    for dispositif in Dispositif.objects.all():
        for valeurs in [*par_dispositif["commun"], *par_dispositif.get(dispositif.pk, [])]:
            if not RegleEligibilite.objects.filter(
                dispositif=dispositif, cle=valeurs["cle"]
            ).exists():
                RegleEligibilite.objects.create(dispositif=dispositif, **valeurs)


def remplacees():
    """Versions no longer in force, latest first: the dossiers deposited under them keep them."""
    anciennes = RegleEligibilite.objects.filter(active=False).select_related("dispositif", "appel")
    return list(anciennes.order_by("cle", "-version"))
