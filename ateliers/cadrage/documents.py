"""The PDF of a frozen version of the cahier des charges: made from its content alone."""

import re

from ateliers.cadrage.droits import versions_visibles
from ateliers.cadrage.models import VersionCahier
from ateliers.parcours.droits import visibles_par
from socle.documents.declaration import ContexteFige, DeclarationDocument, declarer
from socle.interface.templatetags.interface import date_courte

CAHIER = "cahier_des_charges"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


class Bloc(ContexteFige):
    """A paragraph (one line) or a list (several)."""

    liste: bool
    lignes: list[str]


class Tableau(ContexteFige):
    titre: str
    entetes: list[str]
    lignes: list[list[str]]


class Section(ContexteFige):
    numero: str
    ancre: str
    titre: str
    origine: str
    blocs: list[Bloc]
    tableau: Tableau | None


class Partie(ContexteFige):
    numero: str
    ancre: str
    titre: str
    sections: list[Section]


class ContexteCahier(ContexteFige):
    atelier: str
    reference: str
    dispositif: str
    territoire: str
    departement: str
    service_pilote: str
    porteurs: str
    version: int
    figee_le: str
    note: str
    empreinte_texte: str
    parties: list[Partie]


def sans_departement(lieu: str) -> str:
    """« Beauval et Bernaville (Somme) » → « Beauval et Bernaville »: it is said beside."""
    return re.sub(r" \([^()]*\)$", "", lieu)


def blocs(texte: str) -> list[Bloc]:
    """Blank lines part the paragraphs; lines that begin with « - » make a list."""
    trouves = []
    for paragraphe in re.split(r"\n\s*\n", texte.strip()):
        for ligne in paragraphe.splitlines():
            puce = ligne.lstrip().startswith("- ")
            contenu = ligne.strip().removeprefix("- ").strip()
            if not contenu:
                continue
            if puce and trouves and trouves[-1][0]:
                trouves[-1][1].append(contenu)
            else:
                trouves.append((puce, [contenu]))
    return [Bloc(liste=liste, lignes=lignes) for liste, lignes in trouves]


def parties(contenu: dict) -> list[Partie]:
    """The frozen parts, with their numbers: « 2 », « 2.1 »."""
    return [
        Partie(
            numero=str(rang),
            ancre=f"partie-{rang}",
            titre=partie["titre"],
            sections=[
                Section(
                    numero=f"{rang}.{sous_rang}",
                    ancre=f"section-{rang}-{sous_rang}",
                    titre=section["titre"],
                    origine=section["origine"],
                    blocs=blocs(section["texte"]),
                    tableau=section["tableau"] and Tableau(**section["tableau"]),
                )
                for sous_rang, section in enumerate(partie["sections"], start=1)
            ],
        )
        for rang, partie in enumerate(contenu["parties"], start=1)
    ]


def contexte(version: VersionCahier) -> ContexteCahier:
    contenu = version.contenu
    note = contenu["note"]
    return ContexteCahier(
        **{
            cle: contenu[cle]
            for cle in (
                "atelier",
                "reference",
                "dispositif",
                "departement",
                "service_pilote",
                "porteurs",
            )
        },
        territoire=sans_departement(contenu["territoire"]),
        version=version.numero,
        figee_le=date_courte(version.figee_le),
        note=f"version {note['numero']} de la note d’opportunité" if note else "",
        empreinte_texte=version.sha256,
        parties=parties(contenu),
    )


def visible(utilisateur, version: VersionCahier) -> bool:
    if not utilisateur.is_authenticated:
        return False
    atelier = visibles_par(utilisateur).filter(pk=version.cahier.atelier_id).first()
    return (
        atelier is not None
        and versions_visibles(utilisateur, atelier).filter(pk=version.pk).exists()
    )


def nom_fichier(version: VersionCahier, suffixe: str = "pdf") -> str:
    reference = version.cahier.atelier.reference.lower()
    return f"cahier-des-charges-{reference}-v{version.numero}.{suffixe}"


declarer(
    DeclarationDocument(
        cle=CAHIER,
        titre="Cahier des charges",
        gabarit="documents/cahier_des_charges.html",
        modele=ContexteCahier,
        contexte=contexte,
        visible=visible,
        charger=lambda pk: (
            VersionCahier.objects.select_related("cahier__atelier").defer("docx").get(pk=pk)
        ),
        nom_fichier=nom_fichier,
        feuilles_style=("documents/cahier.css",),
    )
)
