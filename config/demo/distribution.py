"""The cast: eight people and their organismes, the same in the demonstration and in the tests."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from django.conf import settings
from django.db import transaction

from ateliers.cadrage.domaine.accords import inscrire_accord
from ateliers.cadrage.models import AccordCadre
from socle.comptes.choix import NatureOrganisme as N
from socle.comptes.choix import Role
from socle.comptes.models import Organisme, Utilisateur
from socle.territoires.domaine import importer
from socle.territoires.models import Commune
from socle.territoires.texte import plier

MOT_DE_PASSE = "demo-atelier"
DEPARTEMENTS = ("80", "35")
DOULLENS = "80253"


@dataclass(frozen=True)
class FicheOrganisme:
    nom: str
    nature: N
    sigle: str = ""
    departements: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    epci: str = ""
    commune: str = ""
    courriel: str = ""
    adresse: str = ""
    telephone: str = ""  # of the numbers kept for fiction


@dataclass(frozen=True)
class FichePersonne:
    email: str
    prenom: str
    nom: str
    fonction: str
    role: Role
    organisme: FicheOrganisme = field(repr=False)


DGALN = FicheOrganisme(
    "Direction générale de l’aménagement, du logement et de la nature",
    N.ADMINISTRATION_CENTRALE,
    sigle="DGALN",
    adresse="Tour Séquoia\n1 place Carpeaux\n92055 Paris – La Défense Cedex",
    telephone="+33199000020",
)
DDT_SOMME = FicheOrganisme(
    "Direction départementale des territoires et de la mer de la Somme",
    N.DDT,
    sigle="DDTM 80",
    departements=("80",),
    adresse="35 rue de la Vallée\n80000 Amiens",
    telephone="+33353010080",
)
DREAL_HDF = FicheOrganisme(
    "Direction régionale de l’environnement, de l’aménagement et du logement Hauts-de-France",
    N.DREAL,
    sigle="DREAL Hauts-de-France",
    regions=("32",),
)
PREFECTURE_SOMME = FicheOrganisme(
    "Préfecture de la Somme", N.PREFECTURE, sigle="Préfecture 80", departements=("80",)
)
NORD_PICARDIE = FicheOrganisme(
    "Communauté de communes du Territoire Nord Picardie",
    N.EPCI,
    sigle="CCTNP",
    epci="200070951",
    adresse="2 rue des Sœurs Grises\n80600 Doullens",
)
COMMUNE_DOULLENS = FicheOrganisme("Commune de Doullens", N.COMMUNE, commune=DOULLENS)
ATELIER_RIVAGES = FicheOrganisme("Atelier Rivages", N.BUREAU_ETUDES, sigle="Rivages")
ECOLE = FicheOrganisme("École d’urbanisme et de paysage des Trois-Vallées", N.ECOLE)
DDT_ILLE_ET_VILAINE = FicheOrganisme(
    "Direction départementale des territoires et de la mer d’Ille-et-Vilaine",
    N.DDT,
    sigle="DDTM 35",
    departements=("35",),
)
FOUGERES = FicheOrganisme(
    "Fougères Agglomération", N.EPCI, sigle="Fougères Agglo", epci="200072452"
)

ORGANISMES = (
    DGALN,
    DDT_SOMME,
    DREAL_HDF,
    PREFECTURE_SOMME,
    NORD_PICARDIE,
    COMMUNE_DOULLENS,
    ATELIER_RIVAGES,
    ECOLE,
    DDT_ILLE_ET_VILAINE,
    FOUGERES,
)

PERSONNES = (
    FichePersonne(
        "dgaln@demo.example",
        "Hélène",
        "Aubrac",
        "Cheffe de projet Atelier des territoires",
        Role.DGALN,
        DGALN,
    ),
    FichePersonne(
        "ddt@demo.example",
        "Mathieu",
        "Delattre",
        "Chargé de mission aménagement",
        Role.SERVICE_ETAT,
        DDT_SOMME,
    ),
    FichePersonne(
        "dreal@demo.example",
        "Sophie",
        "Vasseur",
        "Chargée de mission planification",
        Role.SERVICE_ETAT,
        DREAL_HDF,
    ),
    FichePersonne(
        "collectivite@demo.example",
        "Nadia",
        "Lefebvre",
        "Directrice de l’aménagement",
        Role.COLLECTIVITE,
        NORD_PICARDIE,
    ),
    FichePersonne(
        "equipe@demo.example",
        "Julien",
        "Marchetti",
        "Paysagiste, mandataire de l’équipe",
        Role.EQUIPE,
        ATELIER_RIVAGES,
    ),
    FichePersonne(
        "evaluateur@demo.example",
        "Claire",
        "Rousseau",
        "Professeure d’urbanisme",
        Role.EVALUATEUR,
        ECOLE,
    ),
    FichePersonne(
        "ddt-autre@demo.example",
        "Gwenaël",
        "Le Bihan",
        "Chargé de mission territoires",
        Role.SERVICE_ETAT,
        DDT_ILLE_ET_VILAINE,
    ),
    FichePersonne(
        "collectivite-autre@demo.example",
        "Anne",
        "Guérin",
        "Responsable de l’urbanisme",
        Role.COLLECTIVITE,
        FOUGERES,
    ),
)


def installer_organisme(fiche: FicheOrganisme) -> Organisme:
    organisme, _ = Organisme.objects.update_or_create(
        nom=fiche.nom,
        defaults={
            "nature": fiche.nature,
            "sigle": fiche.sigle,
            "courriel": fiche.courriel,
            "adresse": fiche.adresse,
            "telephone": fiche.telephone,
            "epci_id": fiche.epci or None,
            "commune_id": fiche.commune or None,
        },
    )
    organisme.departements.set(fiche.departements)
    organisme.regions.set(fiche.regions)
    return organisme


def installer_personne(fiche: FichePersonne) -> Utilisateur:
    champs = {
        "prenom": fiche.prenom,
        "nom": fiche.nom,
        "fonction": fiche.fonction,
        "role": fiche.role,
        "organisme": Organisme.objects.get(nom=fiche.organisme.nom),
    }
    utilisateur = Utilisateur.objects.filter(email=fiche.email).first()
    if utilisateur is None:
        return Utilisateur.objects.create_user(fiche.email, MOT_DE_PASSE, **champs)
    Utilisateur.objects.filter(pk=utilisateur.pk).update(**champs, is_active=True)
    utilisateur.refresh_from_db()
    return utilisateur


@transaction.atomic
def installer_distribution() -> dict[str, Utilisateur]:
    """Create or mend the cast; return the users by address. Only where DEMO is set."""
    if not settings.DEMO:
        raise RuntimeError("la distribution n'existe que dans la démonstration (DEMO=1)")
    if not Commune.objects.filter(pk=DOULLENS).exists():
        importer(DEPARTEMENTS)
    for organisme in ORGANISMES:
        installer_organisme(organisme)
    cast = {fiche.email: installer_personne(fiche) for fiche in PERSONNES}
    installer_accords(cast["dgaln@demo.example"], [cast["equipe@demo.example"].organisme])
    return cast


def installer_accords(dgaln: Utilisateur, titulaires: list[Organisme]) -> None:
    """One accord-cadre for each holder: a flash orders from it, without a call."""
    for titulaire in titulaires:
        if not AccordCadre.objects.filter(titulaire=titulaire).exists():
            inscrire_accord(
                par=dgaln,
                numero=f"DGALN-2018-AT-{titulaire.pk}",
                objet="Assistance aux ateliers flash",
                titulaire=titulaire,
                du=date(2018, 1, 1),
                au=date(2035, 12, 31),
            )


def adresse_de(prenom: str, nom: str, college: str, **_) -> str:
    """One invented person, one address, whatever the ateliers where they are invited."""
    qui = plier(f"{prenom} {nom}").replace(" ", ".")
    return f"{qui}@{'habitants' if college == 'habitants' else 'territoires'}.example"
