"""A team chosen through its consultation, another one whose offers are still sealed, a budget."""

from __future__ import annotations

from decimal import Decimal

from ateliers.budget.domaine import execution
from ateliers.budget.models import Jalon
from ateliers.cadrage.choix import Discipline
from ateliers.cadrage.domaine import equipe
from ateliers.cadrage.models import Contrat, LigneBudget
from ateliers.livrables.choix import EtatLivrable
from ateliers.livrables.models import Livrable
from ateliers.marche.domaine import analyse, choix_equipe, offres, reglement
from ateliers.marche.models import Offre
from config.demo import dossiers, horloge
from config.demo.lettres import lettre_pdf

CRITERES = (
    ("Compréhension du territoire", 30, "Lecture du site, des acteurs et de la commande."),
    ("Méthode d’animation", 30, "Formats des séances, place des habitants, écoute."),
    ("Équipe et disponibilité", 20, "Disciplines réunies, jours, références proches."),
)
REMARQUES = (
    "Le mémoire part du terrain et nomme les acteurs.",
    "Les formats proposés conviennent, le public du marché est visé.",
    "Les disciplines demandées sont réunies, les références sont proches.",
)
RIVALES = (("Agence Contrepoint", (3, 4, 3), "91200"), ("Studio des Franges", (4, 2, 3), "84750"))


def _regler(atelier, par, *, publie, limite) -> None:
    equipe.consigner_appel(
        atelier=atelier,
        par=par,
        reference_place=f"PLACE-{atelier.reference}",
        publie_le=horloge.jour(publie),
        cloture_le=horloge.jour(limite),
    )
    reglement.regler(
        atelier=atelier,
        par=par,
        criteres=[{"libelle": n, "poids": p, "aide": a} for n, p, a in CRITERES],
        poids_prix=20,
        formule="proportionnelle",
        departage="technique",
        ouverture_le=horloge.instant(horloge.jour(limite), "12:00"),
    )
    reglement.fixer(atelier=atelier, par=par)


def _recevoir(atelier, par, nom, disciplines, prix, jour) -> Offre:
    membres = [
        {
            "nom": f"Cabinet {dossiers.nom_de_famille(60 + 3 * atelier.pk + i)}",
            "discipline": metier,
            "role": "cotraitant",
            "jours": Decimal(14),
        }
        for i, metier in enumerate(disciplines[1:])
    ]
    return offres.enregistrer(
        atelier=atelier,
        par=par,
        recue_le=horloge.instant(horloge.jour(jour), "09:10"),
        mandataire=nom,
        discipline=disciplines[0],
        jours=Decimal(32),
        prix_ht=Decimal(prix),
        membres=membres,
        fichiers=[("memoire.pdf", lettre_pdf("Mémoire technique", atelier.nom, nom))],
    )


def choisir(atelier, acteurs, donnees, debut) -> None:
    """From the règlement to the retained team, each act on its day."""
    par, metiers = acteurs.pilote, donnees["disciplines"]
    with horloge.le(horloge.jour(debut + 2)):
        _regler(atelier, par, publie=debut + 2, limite=debut + 11)
        reglement.designer_analystes(atelier=atelier, par=par, personnes=[par, acteurs.dgaln])
    with horloge.le(horloge.jour(debut + 10)):
        _recevoir(atelier, par, acteurs.mandataire.nom, metiers, donnees["montant_ht"], debut + 9)
        for nom, _, prix in RIVALES:
            _recevoir(atelier, par, nom, list(Discipline.values[:3]), prix, debut + 10)
    with horloge.le(horloge.jour(debut + 12)):
        consultation = offres.ouvrir(atelier=atelier, par=par, avec="Luc Ternois, DREAL")
        notes = {acteurs.mandataire.nom: (5, 4, 5)} | {nom: n for nom, n, _ in RIVALES}
        for offre in Offre.objects.filter(consultation=consultation).select_related("consultation"):
            _noter(offre, (par, acteurs.dgaln), notes[offre.mandataire])
    with horloge.le(horloge.jour(debut + 14)):
        choix_equipe.retenir(
            offre=Offre.objects.get(consultation=consultation, numero=1),
            par=par,
            motif="L’offre est classée première et connaît la vallée ; les disciplines qui lui "
            "manquent seront appelées en renfort, par ordre de service.",
            confirmes=frozenset({choix_equipe.COMPETENCES}),
        )


def _noter(offre, analystes, valeurs) -> None:
    criteres = list(offre.consultation.criteres.all())
    notes = {
        c.pk: (note, remarque)
        for c, note, remarque in zip(criteres, valeurs, REMARQUES, strict=True)
    }
    for personne in analystes:
        analyse.noter(offre=offre, par=personne, notes=notes, rendre=True)
    analyse.arreter_consensus(offre=offre, par=analystes[0], notes=notes)


def sceller(atelier, acteurs) -> None:
    """Two offers that nobody reads before next week."""
    par = acteurs.pilote
    with horloge.le(horloge.jour(-9)):
        _regler(atelier, par, publie=-9, limite=6)
    with horloge.le(horloge.jour(-1)):
        for nom, _, prix in RIVALES:
            _recevoir(atelier, par, nom, list(Discipline.values[:3]), prix, -2)


def payer(atelier, par, debut) -> None:
    """An échéancier on the livrables, the services faits of those accepted, an expense."""
    contrat = Contrat.objects.select_related("atelier").get(atelier=atelier)
    attendus = list(Livrable.objects.filter(atelier=atelier).order_by("attendu_le", "pk"))[:4]
    part = (contrat.montant_ht / (len(attendus) + 1)).quantize(Decimal("0.01"))
    with horloge.le(horloge.jour(debut + 27)):
        execution.emettre_ordre(
            contrat=contrat,
            par=par,
            objet="Démarrage de la mission",
            effet_le=horloge.jour(debut + 28),
        )
        execution.ecrire_echeancier(
            contrat=contrat,
            par=par,
            jalons=[
                {
                    "libelle": f"Remise : {livrable.titre}",
                    "montant_ht": part,
                    "livrable": livrable,
                    "prevu_le": livrable.attendu_le,
                }
                for livrable in attendus
            ],
        )
        ligne = LigneBudget.objects.select_related("atelier").get(
            atelier=atelier, nature="logistique"
        )
        execution.engager(
            ligne=ligne, par=par, objet="Salle et repas, atelier 1", montant_ht=Decimal("1180")
        )
    for jalon in Jalon.objects.filter(
        contrat=contrat, livrable__etat=EtatLivrable.ACCEPTE
    ).select_related("contrat__atelier", "livrable"):
        execution.constater_service_fait(
            jalon=jalon, par=par, reference_chorus=f"EJ-{atelier.reference}-{jalon.ordre}"
        )
