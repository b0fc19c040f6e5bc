"""The pages of the ateliers that are measured."""

from __future__ import annotations

from django.urls import reverse

from ateliers.calendrier.domaine.abonnements import abonne, etiquette, seances_de
from ateliers.marche.models import Consultation
from ateliers.parcours.choix import EtatAtelier
from ateliers.parcours.models import Atelier
from ateliers.sondages.lien import chemin
from ateliers.sondages.models import Sondage, Sonde
from config.banc.ateliers import JETON, premier_mois
from socle.comptes.models import Utilisateur


def _consultation() -> Consultation:
    return Consultation.objects.select_related("atelier").order_by("pk").first()


def pilote() -> Utilisateur:
    """Whose service leads ten of them."""
    service = _consultation().atelier.service_pilote_id
    return Utilisateur.objects.filter(organisme=service).order_by("pk").first()


def pages() -> list[tuple]:
    """(page, who, kind, address, what is said beside it)."""
    consulte, sondage = _consultation().atelier, Sondage.objects.select_related("seance").get()
    sondee = Atelier.objects.get(pk=sondage.seance.atelier_id)
    mene = Atelier.objects.filter(
        service_pilote=consulte.service_pilote_id, etat=EtatAtelier.EN_COURS
    ).first()
    sonde = Sonde.objects.filter(sondage=sondage).order_by("pk").first()
    calendrier, flux = reverse("ateliers:calendrier"), f"{JETON}.ics"
    copie = {
        "entetes": {"If-None-Match": etiquette(seances_de(abonne(JETON)))},
        "statut": 304,
    }

    def de(nom, atelier, **plus):
        return reverse(f"ateliers:{nom}", kwargs={"slug": atelier.slug, **plus})

    mois = f"{premier_mois():%Y-%m}"
    lues = [
        ("Tableau de bord, dix ateliers", "pilote", reverse("tableau_de_bord")),
        ("Séances, un mois de 60", "dgaln", f"{calendrier}?vue=mois&mois={mois}"),
        ("Séances, la liste de 300", "dgaln", f"{calendrier}?vue=liste"),
        ("Frise de 60 ateliers", "dgaln", f"{calendrier}?vue=frise"),
        ("Agenda de 300 séances, écrit", "", f"/banc/agenda/{flux}"),
        ("Agenda de 300 séances, gardé", "", reverse("ateliers:agenda_flux", args=[JETON])),
        ("Agenda de 300 séances, inchangé", "", reverse("ateliers:agenda_flux", args=[JETON])),
        ("Sondage, répondre à 20 créneaux", "", chemin(sonde)),
        ("Sondage, 20 créneaux × 60", "dgaln", de("sondage", sondee, sondage_id=sondage.pk)),
        ("Atelier, son espace", "pilote", de("espace", mene)),
        ("Budget du programme", "dgaln", reverse("ateliers:budget_programme")),
        ("Annuaire de 2 000 personnes", "dgaln", reverse("ateliers:annuaire")),
        ("Annuaire, un nom", "dgaln", reverse("ateliers:annuaire") + "?q=besson"),
        ("Annuaire, 90 organismes", "dgaln", reverse("ateliers:annuaire_organismes")),
        ("Choix de l’équipe, 5 offres", "pilote", de("marche", consulte)),
        ("Cahier des charges, l’écrire", "pilote", de("cahier", consulte)),
    ]
    return [
        (page, qui, "liste", adresse, copie if page.endswith("inchangé") else {})
        for page, qui, adresse in lues
    ]
