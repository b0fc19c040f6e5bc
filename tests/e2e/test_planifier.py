"""Three journeys of a pilot: a first atelier convoked, a slip that reaches everyone, a flash."""

import pytest
from icalendar import Calendar

from ateliers.calendrier.domaine.abonnements import creer_abonnement
from ateliers.participants.documents import LETTRES_PAPIER, lettres_papier
from ateliers.participants.lien import chemin as chemin_invitation
from ateliers.participants.models import Invitation, Participant
from ateliers.programme.domaine.kits import installer as installer_kits
from ateliers.programme.models import VersionProgramme
from ateliers.seances.domaine.agenda import annuler
from ateliers.seances.models import Seance
from ateliers.sondages.domaine import reponses, sondages
from ateliers.sondages.lien import chemin
from ateliers.sondages.models import Sondage
from socle.courriels.models import PieceJointe
from socle.documents.models import Document
from socle.interface.templatetags.interface import date_longue
from tests.e2e.parcours import Acteur, Parcours
from tests.factories.ateliers import faire_retenue
from tests.factories.participants import faire_participants, faire_seance
from tests.factories.sondages import cles, en_serie, faire_sondage, sondes

pytestmark = pytest.mark.django_db(transaction=True)
LISTE = "\n".join(
    [
        "Jeanne;Martin;jeanne.martin@exemple.fr;élus;Commune de Doullens;Maire",
        "Karim;Benali;karim.benali@exemple.fr;associations;Les Amis de l’Authie;",
        "Nadia;Roux;nadia.roux@exemple.fr;habitants;;",
    ]
)


class Pilote(Parcours):
    """The journey from a candidature that was retained: its forms are counted."""

    def __init__(self, visiteur, distribution, dispositif):
        self.distribution = distribution
        self.candidature = faire_retenue(distribution, dispositif)
        self.envois = 0
        for nom in ("ddt", "dreal", "dgaln"):
            setattr(self, nom, self._compte(Acteur(visiteur, getattr(distribution, nom).email)))

    def _compte(self, acteur):
        envoyer = acteur.envoyer

        def compter(bouton):
            self.envois += 1
            envoyer(bouton)

        acteur.envoyer = compter
        return acteur

    def commencer_par_l_atelier_1(self):
        """What comes before it happened otherwise: given up, so that it can be dated first."""
        seance = self.seance("atelier", 1)
        for avant in Seance.objects.filter(atelier=self.atelier, ordre__lt=seance.ordre):
            annuler(seance=avant, par=self.distribution.ddt, motif="Tenu avant la démarche.")
        return seance

    def reunir(self, liste):
        """The list, pasted in one go."""
        self.ddt.saisir(
            "ateliers:participants_importer",
            self.slug,
            texte=liste,
            bouton="Importer les participants",
        )
        assert Participant.objects.filter(atelier=self.atelier).count() == 3


def _au_telephone(visiteur, adresse):
    telephone = visiteur()
    telephone.page.set_viewport_size({"width": 360, "height": 740})
    page = telephone.aller(adresse)
    assert telephone.violations() == []
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    return telephone, page


def test_de_la_candidature_retenue_a_l_atelier_1_convoque(visiteur, distribution):
    p = Pilote(visiteur, distribution, "local")
    p.ouvrir_l_atelier()
    p.cadrer(nature="marche_subsequent")
    seance = p.commencer_par_l_atelier_1()
    p.reunir(LISTE)
    page = p.ddt.ouvrir("ateliers:sonder", p.slug, seance.pk)
    page.fill("[name=nombre_jours]", "1")
    for rang in range(3):
        page.locator(".jour:not(.jour--marque) [name=jours]").nth(rang).check(force=True)
    with page.expect_navigation():
        page.get_by_role("button", name="Semaines suivantes").click()
    assert p.ddt.visiteur.violations() == []
    assert page.locator(".sonder-ailleurs [name=jours]:checked").count() == 3
    p.ddt.envoyer("Envoyer le sondage")
    sondage = Sondage.objects.get(seance=seance)
    dates = cles(sondage)
    for sonde in sondes(sondage):
        _, page = _au_telephone(visiteur, chemin(sonde))
        premier = page.locator(f"#c{dates[0]}-oui").bounding_box()
        envoi = page.get_by_role("button", name="Envoyer mes réponses").bounding_box()
        assert premier["y"] + premier["height"] < 740
        assert envoi["y"] + envoi["height"] <= 740
        page.locator(f"#c{dates[1]}-oui").check(force=True)
        page.get_by_role("button", name="Envoyer mes réponses").click()
        page.wait_for_url("**/merci/")
    p.ddt.saisir(
        "ateliers:sondage_retenir",
        p.slug,
        sondage.pk,
        dates[1],
        lieu="Salle des fêtes",
        bouton="Retenir cette date et convoquer",
    )
    seance.refresh_from_db()
    assert (seance.etat, seance.debut_prevu) == (
        "convoquee",
        sondage.creneaux.get(pk=dates[1]).debut,
    )
    lignes = Invitation.objects.filter(seance=seance, convoque_le__isnull=False)
    assert list(lignes.values_list("reponse", flat=True)) == ["accepte"] * 3
    p.ddt.ouvrir("ateliers:invitations", p.slug, seance.pk)


def _evenements(depuis):
    """What each mail brought: address → (number, start)."""
    lus = {}
    for piece in PieceJointe.objects.filter(pk__gt=depuis, mime__startswith="text/calendar"):
        (ligne,) = Calendar.from_ical(bytes(piece.contenu)).walk("VEVENT")
        lus[piece.courriel.destinataire] = (int(ligne["sequence"]), ligne["dtstart"].dt)
    return lus


def test_le_report_de_l_atelier_2_atteint_tous_les_agendas(visiteur, distribution):
    seance = faire_seance(distribution, etat="a_programmer", rang=2, titre="Atelier 2")
    faire_participants(distribution, seance.atelier, 2)
    sondage = faire_sondage(distribution, seance=seance)
    for sonde in sondes(sondage):
        reponses.repondre(sonde, choix={cle: "oui" for cle in cles(sondage)})
    sondages.cloturer(creneau=sondage.creneaux.first(), par=distribution.ddt, lieu="Mairie")
    _, jeton = creer_abonnement(par=distribution.equipe, nom="Téléphone")
    derniere = PieceJointe.objects.order_by("pk").last().pk
    jour = en_serie(30)[-1][0].date()
    ddt = Acteur(visiteur, "ddt@demo.example")
    slug = seance.atelier.slug
    ddt.ouvrir("ateliers:seance", slug, seance.pk)
    ddt.saisir(
        "ateliers:seance_reporter",
        slug,
        seance.pk,
        jour_debut=jour.isoformat(),
        jour_fin=jour.isoformat(),
        heure_debut="14:00",
        heure_fin="17:00",
        motif="Crue de la rivière",
        bouton="Reporter la séance",
    )
    seance.refresh_from_db()
    assert (seance.etat, seance.debut.date()) == ("convoquee", jour)
    gens = ["jeanne.martin@exemple.fr", "karim.benali@exemple.fr", "equipe@demo.example"]
    attendu = (seance.sequence_contenu, seance.debut)
    assert _evenements(derniere) == dict.fromkeys(gens, attendu)
    flux = ddt.page.context.request.get(f"{ddt.visiteur.racine}/agenda/{jeton}.ics")
    (ligne,) = Calendar.from_ical(flux.body()).walk("VEVENT")
    assert (int(ligne["sequence"]), ligne["dtstart"].dt) == attendu
    dit = date_longue(jour)
    invitation = Invitation.objects.filter(seance=seance).first()
    for adresse in (chemin(sondes(sondage)[0]), chemin_invitation(invitation)):
        _, page = _au_telephone(visiteur, adresse)
        assert dit in page.locator("main").inner_text()
    page = ddt.ouvrir("ateliers:sondage", slug, sondage.pk)
    assert f"La date a changé\u00a0: {dit}" in page.locator("main").inner_text()


def test_un_flash_se_prepare_d_une_traite(visiteur, distribution):
    installer_kits()
    p = Pilote(visiteur, distribution, "flash")
    p.ouvrir_l_atelier()
    p.cadrer(nature="bon_de_commande")
    seance = p.commencer_par_l_atelier_1()
    slug, pk, ddt = p.slug, seance.pk, p.ddt
    jour = en_serie(30)[-1][0].date().isoformat()
    ddt.saisir(
        "ateliers:seance_programmer",
        slug,
        pk,
        jour_debut=jour,
        jour_fin=jour,
        heure_debut="09:00",
        heure_fin="18:00",
        lieu="Salle des fêtes",
        bouton="Programmer la séance",
    )
    ddt.saisir(
        "ateliers:programme_kit",
        slug,
        pk,
        cocher=["main [name=kit]"],
        bouton="Reprendre ce kit",
    )
    ddt.agir("ateliers:programme", slug, pk, bouton="Publier le déroulé")
    p.reunir(LISTE.replace("nadia.roux@exemple.fr", ""))
    ddt.saisir(
        "ateliers:inviter",
        slug,
        pk,
        cocher=[f"main [name=colleges][value={c}]" for c in ("elus", "associations", "habitants")],
        bouton="Ajouter à la liste des invités",
    )
    ddt.agir("ateliers:invitations", slug, pk, bouton="Envoyer les convocations")
    ddt.saisir(
        "ateliers:lettres",
        slug,
        pk,
        signataire="Anne Roy",
        qualite="La directrice départementale",
        bouton="Enregistrer les textes",
    )
    ddt.agir("ateliers:lettres", slug, pk, bouton="Fabriquer le PDF à imprimer")
    seance.refresh_from_db()
    assert seance.etat == "convoquee"
    assert VersionProgramme.objects.filter(seance=seance).count() == 1
    assert Document.objects.filter(cle=LETTRES_PAPIER).count() == 1
    (lettre,) = lettres_papier(seance).lettres
    assert lettre.destinataire[0].endswith("Nadia Roux")
    assert len(lettres_papier(seance).deroule) == 7
    assert p.envois <= 25
