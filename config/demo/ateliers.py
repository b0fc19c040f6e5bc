"""The ateliers, each played by the verbs up to its stage."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import time, timedelta
from decimal import Decimal
from pathlib import Path
from zoneinfo import ZoneInfo

from ateliers.cadrage.domaine import contrat, equipe
from ateliers.contributions.domaine.contributions import enregistrer_contribution
from ateliers.livrables.domaine import comptes_rendus, livrables
from ateliers.livrables.domaine.ouverture import ouvrir_atelier
from ateliers.livrables.models import Livrable
from ateliers.parcours.domaine.cycle import presenter
from ateliers.parcours.models import Atelier
from ateliers.participants.domaine import invitations, participants, presences
from ateliers.participants.models import Invitation
from ateliers.programme.domaine import versions
from ateliers.seances.domaine import agenda, preparation
from ateliers.seances.models import Occupation, Seance
from ateliers.sites.domaine import hypotheses
from candidatures.appels.models import Appel
from config.demo import cahiers, distribution, dossiers, horloge, marche
from config.demo.lettres import lettre_pdf
from socle.comptes.choix import NatureOrganisme, Role
from socle.comptes.models import Organisme, Utilisateur
from socle.territoires.models import Commune

CONSULTEE, SCELLEE = "authie", "gorges"
DONNEES = Path(__file__).parent / "donnees"
PARIS = ZoneInfo("Europe/Paris")
PRESENCES = ("present", "present", "present", "excuse", "present", "present", "absent", "present")
DEROULE = (
    (1, time(9, 30), 30, "Accueil et tour de table", "pleniere", "invites"),
    (1, time(10, 0), 150, "Visite du site et des alentours", "visite", "invites"),
    (1, time(14, 0), 120, "Travail en trois tables autour des cartes", "table", "invites"),
    (1, time(18, 30), 90, "Panel citoyen en soirée", "panel", "ouvert"),
)


@dataclass
class Distribution:
    """Who plays one atelier."""

    dgaln: Utilisateur
    evaluateur: Utilisateur
    pilote: Utilisateur
    elu: Utilisateur
    mandataire: Organisme | None
    auteur: Utilisateur | None


def lire(nom: str) -> dict:
    return json.loads((DONNEES / nom).read_text(encoding="utf-8"))


def _acteur(cle: str, role: str) -> Utilisateur:
    """A constant of the cast, or « nom|code » for an organisme of elsewhere."""
    if cle.isupper():
        organisme = Organisme.objects.get(nom=getattr(distribution, cle).nom)
        return Utilisateur.objects.filter(organisme=organisme, role=role).order_by("pk").get()
    nom, code = cle.split("|")
    if role == Role.SERVICE_ETAT:
        organisme = dossiers.service(nom, code)
    else:
        organisme = dossiers.collectivite(nom, commune=code)
    return dossiers.agent(organisme, role)


def _equipe(cle: str) -> tuple[Organisme | None, Utilisateur | None]:
    if not cle:
        return None, None
    nom = getattr(distribution, cle).nom if cle.isupper() else cle
    organisme, _ = Organisme.objects.get_or_create(
        nom=nom, defaults={"nature": NatureOrganisme.BUREAU_ETUDES}
    )
    if cle.isupper():
        return organisme, Utilisateur.objects.get(organisme=organisme, role=Role.EQUIPE)
    return organisme, dossiers.agent(organisme, Role.EQUIPE)


def jouer(appels: dict[str, Appel], comites: dict | None = None) -> dict[str, Atelier]:
    """Play the ateliers; `appels` by key (config.demo.appels). Returns them by key.

    `comites`: by atelier, what its committee does once the candidature is evaluated.
    """
    cast = distribution.installer_distribution()
    matiere = lire("ateliers.json")
    ateliers = {}
    for rang, donnees in enumerate(matiere["ateliers"]):
        mandataire, auteur = _equipe(donnees["equipe"])
        acteurs = Distribution(
            dgaln=cast["dgaln@demo.example"],
            evaluateur=cast["evaluateur@demo.example"],
            pilote=_acteur(donnees["pilote"], Role.SERVICE_ETAT),
            elu=_acteur(donnees["collectivite"], Role.COLLECTIVITE),
            mandataire=mandataire,
            auteur=auteur,
        )
        ateliers[donnees["cle"]] = _jouer_un(donnees, acteurs, appels, rang, comites or {})
    return ateliers


def _jouer_un(donnees, acteurs: Distribution, appels, rang: int, comites) -> Atelier:
    fiche = dossiers.Fiche(
        titre=donnees["nom"],
        presentation=donnees["presentation"],
        communes=donnees["communes"],
        epcis=donnees["epcis"],
        **dossiers.textes("ateliers", donnees["cle"]),
    )
    debut = donnees["debut"]
    candidature = dossiers.retenir(
        fiche,
        appel=appels[donnees.get("appel", donnees["dispositif"])],
        pilote=acteurs.pilote,
        elu=acteurs.elu,
        dgaln=acteurs.dgaln,
        evaluateur=acteurs.evaluateur,
        debut=debut,
        decider=comites.get(donnees["cle"]),
    )
    with horloge.le(horloge.jour(debut)):
        atelier = ouvrir_atelier(candidature=candidature, par=acteurs.pilote)
        presenter(
            atelier=atelier,
            par=acteurs.pilote,
            nom=atelier.nom,
            presentation=donnees["presentation"],
            public=True,
            revision=atelier.revision,
        )
    cahiers.installer_dreal(atelier)
    if donnees["etape"] == "cadrage":
        cahiers.cadrer(atelier, acteurs, debut)
    else:
        _cadrer(atelier, donnees, acteurs, debut)
        _tenir_les_seances(atelier, donnees, acteurs, debut)
    if donnees["cle"] == CONSULTEE:
        marche.payer(atelier, acteurs.pilote, debut)
    if donnees["cle"] == SCELLEE:
        marche.sceller(atelier, acteurs)
    return Atelier.objects.get(pk=atelier.pk)


def _cadrer(atelier, donnees, acteurs, debut) -> None:
    par = acteurs.pilote
    cahiers.soumettre_et_viser(atelier, acteurs, debut + 1)
    with horloge.le(horloge.jour(debut + 15)):
        consultee = donnees["cle"] == CONSULTEE
        if consultee:
            marche.choisir(atelier, acteurs, donnees, debut)
        elif atelier.dispositif.avec_appel_equipes:
            equipe.consigner_appel(
                atelier=atelier,
                par=par,
                reference_place=f"PLACE-{atelier.reference}",
                publie_le=horloge.jour(debut + 2),
                cloture_le=horloge.jour(debut + 12),
                offres_recues=4,
            )
        if not consultee:
            _composer(atelier, donnees, acteurs)
        if not atelier.dispositif.avec_appel_equipes:
            distribution.installer_accords(acteurs.dgaln, [acteurs.mandataire])
        montant = Decimal(donnees["montant_ht"])
        prepare = contrat.preparer_contrat(
            atelier=atelier,
            par=par,
            nature=contrat.natures_permises(atelier.dispositif)[0],
            numero=f"{atelier.reference}-01",
            montant_ht=montant,
        )
        contrat.inscrire_au_budget(
            atelier=atelier,
            par=par,
            libelle="Salles et restauration",
            nature="logistique",
            payeur=acteurs.elu.organisme,
            montant_ht=Decimal("3200"),
        )
    with horloge.le(horloge.jour(debut + 25)):
        contrat.notifier_contrat(
            contrat=prepare,
            par=par,
            notifie_le=horloge.jour(debut + 25),
            confirmes=frozenset({"notification_delai", "notification_acte"}),
        )


def _composer(atelier, donnees, acteurs) -> None:
    metiers = donnees["disciplines"]
    equipe.composer_equipe(
        atelier=atelier,
        par=acteurs.pilote,
        mandataire=acteurs.mandataire,
        discipline=metiers[0],
        membres=[
            {
                "nom": f"Cabinet {dossiers.nom_de_famille(60 + 3 * atelier.pk + i)}",
                "discipline": metier,
            }
            for i, metier in enumerate(metiers[1:])
        ],
        motif="Première du classement arrêté sur PLACE.",
    )


def _plan(atelier, donnees, debut) -> list[tuple[Seance, int]]:
    """Each séance to hold with its day; the last ones may lie ahead of today."""
    pas = 50 if atelier.dispositif.avec_inter_ateliers else 30
    seances = Seance.objects.filter(atelier=atelier).order_by("ordre", "pk")
    return [(seance, debut + 45 + pas * rang) for rang, seance in enumerate(seances)]


def _cle(seance) -> str:
    return f"atelier-{seance.rang}" if seance.genre == "atelier" and seance.rang else seance.genre


def _tenir_les_seances(atelier, donnees, acteurs, debut) -> None:
    gens = _conviees(atelier, donnees["personnes"], acteurs, debut)
    for seance, jour in _plan(atelier, donnees, debut):
        if jour >= -3:
            if jour <= 45:
                _programmer(seance, acteurs, jour, gens, donnees["lieu"])
            continue
        _programmer(seance, acteurs, jour, gens, donnees["lieu"])
        _tenir(seance, donnees, acteurs)


def _conviees(atelier, personnes, acteurs, debut):
    """Invented people; the same names at each run, an address of the demonstration."""
    with horloge.le(horloge.jour(debut + 30)):
        return [
            participants.ajouter_participant(
                atelier=atelier,
                par=acteurs.pilote,
                courriel=distribution.adresse_de(**personne),
                **personne,
            )
            for personne in personnes
        ]


def _moments_libres(seance, jour):
    """The first working day on which the team is nowhere else: it works on several ateliers."""
    jours = 2 if seance.genre == "atelier" else 1
    prises = Occupation.objects.filter(organisme__in=seance.atelier.intervenants.all())
    while True:
        date = horloge.ouvrable(jour)
        moments = (
            horloge.instant(date, "09:30", seance.zone),
            horloge.instant(date + timedelta(days=jours - 1), "17:30", seance.zone),
        )
        if not prises.filter(periode__overlap=moments).exists():
            return moments
        jour += 1


def _programmer(seance, acteurs, jour, gens, lieu) -> None:
    debut, fin = _moments_libres(seance, jour)
    with horloge.le(horloge.jour(min(jour - 35, -2))):
        agenda.programmer(
            seance=seance,
            par=acteurs.pilote,
            debut=debut,
            fin=fin,
            lieu=lieu[0],
            adresse=lieu[1],
            confirmes={"duree"},
        )
        seance.refresh_from_db()
        preparation.ecrire_deroule(
            seance=seance,
            par=acteurs.pilote,
            revision=seance.revision,
            sequences=[
                dict(
                    zip(("jour", "debut", "duree_min", "titre", "format", "public"), s, strict=True)
                )
                for s in DEROULE[: 4 if seance.genre == "atelier" else 3]  # one day, no evening
            ],
        )
        seance.refresh_from_db()
        versions.publier(seance=seance, par=acteurs.pilote)
        invitations.inviter(seance=seance, participants=gens, par=acteurs.pilote)
        invitations.convoquer(seance=seance, par=acteurs.pilote)


def _tenir(seance, donnees, acteurs) -> None:
    seance.refresh_from_db()
    date = seance.fin.date()
    with horloge.le(date + timedelta(days=1)):
        agenda.tenir(seance=seance, par=acteurs.pilote)
        seance.refresh_from_db()
        venues = Invitation.objects.filter(seance=seance).order_by("pk")
        presences.noter_presences(
            seance=seance,
            par=acteurs.pilote,
            presences={i.pk: (PRESENCES[r % len(PRESENCES)], "") for r, i in enumerate(venues)},
        )
        _recueillir(seance, donnees, acteurs)
        _rendre_compte(seance, donnees, acteurs)
    with horloge.le(date + timedelta(days=9)):
        _deposer_les_livrables(seance, acteurs)


def _recueillir(seance, donnees, acteurs) -> None:
    if seance.genre != "atelier":
        return
    dernier = Seance.objects.filter(atelier=seance.atelier, genre="atelier").order_by("rang").last()
    if seance.rang == 1:
        for nature, college, table, ressource, texte in donnees["contributions"]:
            enregistrer_contribution(
                seance=seance,
                par=acteurs.auteur,
                texte=texte,
                nature=nature,
                college=college,
                table=table,
                ressource=ressource,
            )
        for titre, texte in donnees["hypotheses"]:
            hypotheses.emettre_hypothese(
                atelier=seance.atelier, par=acteurs.auteur, titre=titre, texte=texte
            )
    if seance.rang == min(2, dernier.rang):
        _designer_les_sites(seance.atelier, donnees, acteurs)


def _designer_les_sites(atelier, donnees, acteurs) -> None:
    for site in donnees["sites"]:
        hypotheses.designer_site(
            atelier=atelier,
            par=acteurs.pilote,
            nom=site["nom"],
            commune=Commune.objects.get(pk=site["commune"]),
            genre=site["genre"],
            surface_m2=site["surface"],
            activite_anterieure=site["activite"],
            desserte=site["desserte"],
            reseaux=site["reseaux"],
            proprietaire=site["proprietaire"],
            pollution=site["pollution"],
            enjeux=site["enjeux"],
        )


COMPTES_RENDUS = {
    "sensibilisation": (
        "La démarche a été présentée aux élus et aux techniciens, avec deux exemples d’ateliers "
        "menés ailleurs. Les questions ont porté sur le temps à y consacrer.",
        "Désigner un élu et un agent référents.",
    ),
    "lancement": (
        "Le séminaire a réuni les porteurs, les partenaires et l’équipe autour du calendrier.",
        "Dresser la liste des personnes à rencontrer avant l’atelier 1.",
    ),
    "inter_atelier": (
        "Des entretiens et une lecture des documents d’urbanisme ont vérifié ce qui s’était dit en "
        "atelier. Deux hypothèses tiennent, une troisième est abandonnée.",
        "Préparer les tables du prochain atelier à partir des hypothèses retenues.",
    ),
    "copil": (
        "Le comité de pilotage a fait le point sur l’avancement et sur les livrables remis.",
        "Valider l’ordre du jour de la prochaine séance.",
    ),
    "atelier": (
        "La visite a ouvert l’atelier ; le travail en tables a suivi, puis une synthèse à chaud.",
        "Reprendre les dessins au propre.",
    ),
    "restitution": (
        "La stratégie et la feuille de route ont été présentées en public, puis débattues.",
        "Mettre la feuille de route à la disposition des habitants.",
    ),
}


def _rendre_compte(seance, donnees, acteurs) -> None:
    textes = donnees["comptes_rendus"]
    texte = textes.get(_cle(seance)) or textes.get(seance.genre) or COMPTES_RENDUS[seance.genre]
    comptes_rendus.enregistrer(
        seance=seance, texte=texte[0], decisions=texte[1], revision=0, par=acteurs.auteur
    )
    comptes_rendus.publier(seance=seance, par=acteurs.pilote)


def _deposer_les_livrables(seance, acteurs) -> None:
    for livrable in Livrable.objects.filter(seance=seance).order_by("pk"):
        livrables.deposer(
            livrable=livrable,
            nom=f"{livrable.titre}.pdf",
            octets=lettre_pdf(livrable.titre, seance.atelier.nom, acteurs.mandataire.nom),
            par=acteurs.auteur,
            remarque="Première version, remise après la séance.",
        )
        livrables.accepter(livrable=livrable, par=acteurs.pilote)
