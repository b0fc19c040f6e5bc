"""Feuilles de route at any stage, made by calling the verbs of the app.

The atelier and its séances, which belong to lower rooms, are laid directly in the wanted state.
"""

from datetime import date, datetime
from itertools import count
from zoneinfo import ZoneInfo

from ateliers.parcours.models import Atelier
from ateliers.seances.models import Seance
from candidatures.appels.models import Appel
from candidatures.dispositifs.models import Dispositif
from candidatures.dossiers.models import Candidature
from restitution.engagement.domaine import actes, signatures
from restitution.feuilles.domaine import actions, ecriture
from restitution.national.domaine import publications, rencontres
from socle.territoires.domaine import creer_perimetre
from socle.territoires.models import Commune

_RANG = count(1)
VISION = "Le bourg se tourne de nouveau vers sa rivière.\nChacun y vient à pied."


def creer_atelier(distribution, *, atelier_tenu=True, restitution_tenue=True, etat="restitution"):
    rang = next(_RANG)
    dispositif = Dispositif.objects.get(code="flash")
    appel = Appel.objects.create(
        dispositif=dispositif,
        titre=f"Appel {rang}",
        slug=f"appel-restitution-{rang}",
        presentation="Au fil de l’eau.",
        ouvre_le=datetime(2026, 1, 1, tzinfo=ZoneInfo("Europe/Paris")),
        etat="publie",
    )
    doullens = Commune.objects.get(code="80253")
    perimetre = creer_perimetre(nom="Doullens", communes=[doullens])
    candidature = Candidature.objects.create(
        reference=f"CAN-R-{rang:04d}",
        appel=appel,
        titre=f"Doullens {rang}",
        perimetre=perimetre,
        service_pilote=distribution.ddt.organisme,
        cree_par=distribution.ddt,
    )
    atelier = Atelier.objects.create(
        reference=f"AT-R-{rang:03d}",
        nom=f"Doullens, rives {rang}",
        slug=f"doullens-rives-{rang}",
        candidature=candidature,
        dispositif=dispositif,
        perimetre=perimetre,
        service_pilote=distribution.ddt.organisme,
        etat=etat,
        ouvert_le=date(2026, 1, 5),
        presentation="Une ville et sa rivière.",
    )
    atelier.porteurs.add(distribution.collectivite.organisme)
    atelier.intervenants.add(distribution.equipe.organisme)
    creer_seance(atelier, "atelier", rang=1, tenue=atelier_tenu, jour=10)
    creer_seance(atelier, "restitution", tenue=restitution_tenue, jour=20)
    return atelier


def creer_seance(atelier, genre, *, tenue, jour, rang=None):
    debut = datetime(2026, 3, jour, 9, tzinfo=ZoneInfo("Europe/Paris"))
    fin = debut.replace(hour=17)
    return Seance.objects.create(
        atelier=atelier,
        genre=genre,
        rang=rang,
        titre=f"Séance {genre}",
        debut_prevu=debut,
        fin_prevu=fin,
        debut_reel=debut if tenue else None,
        fin_reelle=fin if tenue else None,
        etat="tenue" if tenue else "programmee",
        lieu="Salle des fêtes",
    )


def ouvrir(distribution, **options):
    return ecriture.ouvrir_feuille(
        atelier=creer_atelier(distribution, **options), par=distribution.equipe
    )


def ecrire(distribution, feuille, *, nb_actions=2):
    """A vision, one axe, complete actions."""
    feuille = ecriture.enregistrer_vision(
        feuille=feuille, vision=VISION, revision=feuille.revision, par=distribution.equipe
    )
    axe = ecriture.enregistrer_axe(
        feuille=feuille, titre="Rouvrir les rives", texte="Par étapes.", par=distribution.equipe
    )
    for rang in range(1, nb_actions + 1):
        actions.enregistrer_action(
            axe=axe,
            titre=f"Action {rang}",
            description="Un chemin de berge de huit cents mètres.",
            portage_elu="Maire de Doullens",
            portage_etat="DDTM de la Somme",
            echeance_annee=2027 + rang % 3,
            montant=120_000,
            par=distribution.equipe,
        )
    return feuille


def redigee(distribution, *, nb_actions=2, **options):
    return ecrire(distribution, ouvrir(distribution, **options), nb_actions=nb_actions)


def validee(distribution, **options):
    return actes.valider_techniquement(
        feuille=redigee(distribution, **options),
        instance="copil",
        tenue_le=date(2026, 4, 2),
        par=distribution.ddt,
    )


def approuvee(distribution, **options):
    return actes.approuver(
        feuille=validee(distribution, **options),
        numero="2026-041",
        adoptee_le=date(2026, 5, 12),
        par=distribution.collectivite,
    )


def signer(distribution, feuille, *cotes):
    for cote in cotes:
        signatures.recueillir_signature(
            feuille=feuille,
            cote=cote,
            nom=f"Signataire {cote}",
            qualite="Maire" if cote == "elu" else "Préfet",
            organisme="Commune de Doullens" if cote == "elu" else "Préfecture de la Somme",
            engagement="Nous tiendrons les points d’étape.",
            signe_le=date(2026, 6, 3),
            par=distribution.collectivite if cote == "elu" else distribution.ddt,
        )
    return feuille


def officialisee(distribution, **options):
    feuille = signer(distribution, approuvee(distribution, **options), "elu", "etat")
    return actes.officialiser(
        feuille=feuille, officialisee_le=date(2026, 6, 10), par=distribution.ddt
    )


def publiee(distribution, **options):
    return actes.publier(feuille=officialisee(distribution, **options), par=distribution.ddt)


def publication(distribution, *, ateliers=(), publier=False):
    enseignement = rencontres.enregistrer_enseignement(
        titre="Commencer petit", texte="Un premier chantier visible.", par=distribution.dgaln
    )
    objet = publications.enregistrer_publication(
        titre="Territoires et rivières",
        avant_propos="Quatre territoires, une même question.",
        enseignements=[enseignement],
        par=distribution.dgaln,
    )
    for atelier in ateliers:
        publications.ajouter_chapitre(publication=objet, atelier=atelier, par=distribution.dgaln)
    if publier:
        objet = publications.publier_publication(publication=objet, par=distribution.dgaln)
    return objet
