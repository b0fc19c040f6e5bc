"""Ateliers at every stage, made by calling the verbs."""

from datetime import date, datetime, timedelta
from decimal import Decimal

from django.utils import timezone

from ateliers.cadrage.domaine import cahier, contrat, equipe, visas
from ateliers.cadrage.models import VisaCahier
from ateliers.livrables.domaine.ouverture import ouvrir_atelier
from ateliers.parcours.models import Atelier
from ateliers.seances.domaine import agenda
from ateliers.seances.models import Seance
from ateliers.sites.domaine.hypotheses import designer_site
from candidatures.dispositifs.choix import GenreSeance
from candidatures.instruction.models import PublicationDecisions
from socle.territoires.models import Commune
from tests.factories.candidatures import faire_appel
from tests.factories.file import sans_worker
from tests.factories.instruction import decider, faire_en_evaluation


@sans_worker()
def faire_retenue(distribution, dispositif="local", *, titre="Revitaliser le bourg"):
    appel = faire_appel(distribution, dispositif, titre=f"Appel pour {titre}")
    candidature = decider(distribution, faire_en_evaluation(distribution, appel=appel, titre=titre))
    # The ateliers of the tests opened long ago: so did the decision.
    PublicationDecisions.objects.filter(decisions__candidature=candidature).update(
        publiee_le=timezone.now() - timedelta(days=410)
    )
    return candidature


def il_y_a(jours: int) -> date:
    return timezone.localdate() - timedelta(days=jours)


def frais(atelier) -> Atelier:
    return Atelier.objects.select_related("dispositif", "perimetre", "service_pilote").get(
        pk=atelier.pk
    )


def faire_atelier(distribution, dispositif="local", *, titre="Revitaliser le bourg"):
    """Just opened by its pilot, 400 days ago."""
    candidature = faire_retenue(distribution, dispositif, titre=titre)
    return ouvrir_atelier(candidature=candidature, par=distribution.ddt, ouvert_le=il_y_a(400))


def soumettre_cahier(distribution, atelier):
    """Everything written, frozen: the first visa is asked for."""
    for section in cahier.verrouiller_cahier(atelier).sections.filter(texte="", ecartee=False):
        cahier.ecrire_section(
            section=section, par=distribution.ddt, texte="Écrit.", revision=section.revision
        )
    return visas.soumettre(atelier=atelier, par=distribution.ddt)


def viser_cahier(distribution, atelier, numero):
    """Each visa of the circuit, by whom it is asked of."""
    attendus = VisaCahier.objects.filter(
        version__cahier__atelier=atelier, version__numero=numero, etat="attendu"
    )
    roles = {"pilote": "ddt", "dreal": "dreal", "dgaln": "dgaln"}
    for niveau in list(attendus.order_by("ordre").values_list("niveau", flat=True)):
        par = getattr(distribution, roles[niveau])
        valide = visas.viser(atelier=atelier, par=par, version=numero)
    return valide


@sans_worker()
def valider_cahier(distribution, atelier):
    version = soumettre_cahier(distribution, atelier)
    return viser_cahier(distribution, atelier, version.numero)


def designer_equipe(distribution, atelier):
    if atelier.dispositif.avec_appel_equipes:
        equipe.consigner_appel(
            atelier=atelier,
            par=distribution.ddt,
            reference_place="2026-AT-17",
            publie_le=il_y_a(395),
            offres_recues=4,
            confirmes={equipe.AVANT_LE_CAHIER},
        )
    return equipe.composer_equipe(
        atelier=atelier,
        par=distribution.ddt,
        mandataire=distribution.equipe.organisme,
        discipline="urbanisme",
        membres=[{"nom": "Jeanne Leroy", "discipline": "paysage"}],
        motif="Première au classement" if atelier.dispositif.avec_appel_equipes else "",
    )


def preparer_contrat(distribution, atelier, **plus):
    flash = atelier.dispositif.code == "flash"
    valeurs = {
        "nature": "bon_de_commande" if flash else "marche_subsequent",
        "numero": "2026-17",
        "montant_ht": Decimal("98000"),
    }
    return contrat.preparer_contrat(atelier=atelier, par=distribution.ddt, **valeurs | plus)


def faire_en_cours(distribution, dispositif="local", **options) -> Atelier:
    atelier = faire_atelier(distribution, dispositif, **options)
    valider_cahier(distribution, atelier)
    designer_equipe(distribution, atelier)
    contrat.notifier_contrat(
        contrat=preparer_contrat(distribution, atelier),
        par=distribution.ddt,
        notifie_le=il_y_a(380),
        confirmes={"notification_acte"},
    )
    return frais(atelier)


def seance_de(atelier, genre=GenreSeance.ATELIER, rang=None) -> Seance:
    seances = Seance.objects.filter(atelier=atelier, genre=genre).select_related("atelier")
    return seances.filter(rang=rang).get() if rang else seances.first()


def moments(jours: int) -> dict:
    """From 9 h 30 to 17 h, so many days ago, on the site's clock."""
    jour = datetime.combine(il_y_a(jours), datetime.min.time())
    return {"debut": jour.replace(hour=9, minute=30), "fin": jour.replace(hour=17)}


def programmer(distribution, seance, jours: int):
    return agenda.programmer(
        seance=seance,
        par=distribution.ddt,
        lieu="Salle des fêtes",
        confirmes={"date_passee", "ordre", "duree"},
        **moments(jours),
    )


def tenir(distribution, seance, jours: int):
    programmer(distribution, seance, jours)
    return agenda.tenir(seance=seance, par=distribution.ddt)


def designer(distribution, atelier, nom="Ancienne filature"):
    commune = Commune.objects.filter(departement_id="80").order_by("code").first()
    return designer_site(
        atelier=atelier, par=distribution.equipe, nom=nom, commune=commune, genre="friche"
    )


def faire_en_restitution(distribution, dispositif="flash", **options) -> Atelier:
    atelier = faire_en_cours(distribution, dispositif, **options)
    if atelier.dispositif.site_demonstrateur_requis:
        designer(distribution, atelier)
    seances = Seance.objects.filter(atelier=atelier, genre=GenreSeance.ATELIER).order_by("rang")
    for rang, seance in enumerate(seances):
        tenir(distribution, seance, 300 - 40 * rang)
    return frais(atelier)
