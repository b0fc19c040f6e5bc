"""Freeze a version of the cahier des charges, send it, and tell two versions apart."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from ateliers.cadrage import documents, journal, notifications
from ateliers.cadrage.choix import EtatCahier, EtatVisa, OrigineSection
from ateliers.cadrage.domaine.cahier import retenues, verrouiller_cahier
from ateliers.cadrage.domaine.competences import demandees
from ateliers.cadrage.domaine.composition import par_parties, propositions_note
from ateliers.cadrage.domaine.redaction_docx import ecrire_docx
from ateliers.cadrage.domaine.valeurs import tableau, valeurs
from ateliers.cadrage.droits import versions_visibles
from ateliers.cadrage.models import SectionCahier, VersionCahier
from ateliers.parcours.droits import exiger, peut_piloter
from candidatures.instruction.domaine.differences import diff_mots
from socle.documents.domaine import demander
from socle.erreurs import ElementsManquants, ErreurMetier, Manque, TransitionImpossible
from socle.journal.domaine import inscrire


def origine(section) -> str:
    """« note figée, section Objet » or « clause Paiement, version 2 »."""
    if section.origine == OrigineSection.NOTE:
        return f"note figée, section « {section.titre} »"
    if section.origine == OrigineSection.CLAUSE:
        version = section.clause_version
        return f"clause « {version.titre} », version {version.numero}"
    return "rédigée pour cet atelier"


def contenu(cahier) -> dict:
    """The whole document as plain data, numbered, in a fixed order."""
    atelier = cahier.atelier
    mots = valeurs(atelier)
    sections = SectionCahier.objects.filter(cahier=cahier, ecartee=False)
    lignes = list(sections.select_related("clause_version").order_by("ordre", "pk"))
    note = cahier.version_note
    return {
        "titre": f"Cahier des charges de l’atelier « {atelier.nom} »",
        "atelier": atelier.nom,
        "reference": atelier.reference,
        "dispositif": atelier.dispositif.nom,
        "territoire": mots["territoire"],
        "departement": mots["departement"],
        "service_pilote": atelier.service_pilote.nom,
        "porteurs": mots["porteurs"],
        "note": {"numero": note.numero, "sha256": note.sha256} if note else None,
        "competences": [list(ligne) for ligne in demandees(atelier)],
        "parties": [
            {"titre": titre, "sections": [_section(s, atelier) for s in groupe]}
            for titre, groupe in par_parties(lignes)
        ],
    }


def _section(section, atelier) -> dict:
    return {
        "cle": section.cle,
        "titre": section.titre,
        "texte": section.texte,
        "origine": origine(section),
        "tableau": tableau(section.tableau, atelier),
    }


def empreinte(donnees: dict) -> str:
    canonique = json.dumps(donnees, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(canonique.encode()).hexdigest()


def figer(cahier, *, par, motif: str) -> VersionCahier:
    """Freeze the text now, with its DOCX. Part of submitting."""
    fige = contenu(cahier)
    sha256 = empreinte(fige)
    numero = cahier.versions.count() + 1
    maintenant = timezone.now()
    octets = ecrire_docx(fige, numero=numero, sha256=sha256, le=maintenant)
    return VersionCahier.objects.create(
        cahier=cahier,
        numero=numero,
        contenu=fige,
        sha256=sha256,
        docx=octets,
        docx_sha256=hashlib.sha256(octets).hexdigest(),
        motif=motif,
        figee_le=maintenant,
        figee_par=par,
    )


def demander_pdf(*, version, par):
    """The PDF of a version that this person reads: made once, from the frozen content."""
    lisibles = versions_visibles(par, version.cahier.atelier)
    exiger(lisibles.filter(pk=version.pk).exists(), "Cette version ne vous est pas adressée.")
    return demander(documents.CAHIER, objet=version, par=par)


def courante(cahier) -> VersionCahier | None:
    """The version in force, without its heavy columns; from those that a page brought along."""
    if "versions" in getattr(cahier, "_prefetched_objects_cache", {}):
        return next((v for v in cahier.versions.all() if v.caduque_le is None), None)
    versions = cahier.versions.filter(caduque_le__isnull=True)
    return versions.defer("contenu", "docx").prefetch_related("visas__organisme").first()


@dataclass(frozen=True)
class Ecart:
    """One section that is not the same in two versions."""

    titre: str
    genre: str
    avant: str = ""
    apres: str = ""

    @property
    def morceaux(self) -> list[tuple[str, str]]:
        return diff_mots(self.avant, self.apres)


def _lisible(section) -> str:
    lignes = (section["tableau"] or {}).get("lignes", [])
    return "\n".join([section["texte"], *(" – ".join(ligne) for ligne in lignes)]).strip()


def _par_cle(donnees) -> dict[str, dict]:
    return {s["cle"]: s for partie in donnees["parties"] for s in partie["sections"]}


def ecarts(avant: dict, apres: dict) -> list[Ecart]:
    """What changed from one frozen content to another, in the order of the newest."""
    a, b = _par_cle(avant), _par_cle(apres)
    trouves = []
    for cle, section in b.items():
        texte = _lisible(section)
        if cle not in a:
            trouves.append(Ecart(section["titre"], "ajoutée", "", texte))
        elif _lisible(a[cle]) != texte or a[cle]["titre"] != section["titre"]:
            trouves.append(Ecart(section["titre"], "modifiée", _lisible(a[cle]), texte))
    trouves += [
        Ecart(s["titre"], "retirée", _lisible(s), "") for cle, s in a.items() if cle not in b
    ]
    if not trouves and list(a) != list(b):
        trouves.append(Ecart("Plan du document", "réordonnée"))
    return trouves


def comparer_a_la_note(cahier) -> list[dict]:
    """Taken, changed, dropped: each extract of the note beside what became of it."""
    par_source = {s.source: s for s in cahier.sections.all() if s.source}
    lignes = []
    for extrait in propositions_note(cahier.version_note):
        section = par_source.get(extrait.source)
        texte = section.texte if section else ""
        if section is None or section.ecartee:
            etat, ton = "écartée", "error"
        elif texte == extrait.texte:
            etat, ton = "reprise telle quelle", "success"
        else:
            etat, ton = "modifiée", "warning"
        lignes.append(
            {
                "titre": extrait.titre,
                "section": section,
                "etat": etat,
                "ton": ton,
                "texte": extrait.texte,
                "morceaux": diff_mots(extrait.texte, texte) if etat == "modifiée" else [],
            }
        )
    return lignes


def ajouts(cahier) -> list[SectionCahier]:
    """Sections of the document that the note does not hold."""
    return [s for s in retenues(cahier) if s.origine != OrigineSection.NOTE]


def manques_envoi(version) -> list[Manque]:
    """Each visa that is still missing on this version."""
    return [
        Manque(f"Le visa {visa.qui} manque.")
        for visa in version.visas.all()
        if visa.etat != EtatVisa.DONNE
    ]


@transaction.atomic
def envoyer(*, version, par, destinataires):
    """Send the version in force to the teams, once every visa is given. It never changes again."""
    cahier = verrouiller_cahier(version.cahier.atelier)
    exiger(peut_piloter(par, cahier.atelier))
    version = (
        VersionCahier.objects.select_for_update(of=("self",))
        .defer("docx")
        .prefetch_related("visas__organisme")
        .get(pk=version.pk)
    )
    if version.envoyee_le:
        raise TransitionImpossible("Cette version est déjà envoyée aux équipes.")
    if version.caduque_le:
        raise TransitionImpossible("Cette version est remplacée : seule la dernière s’envoie.")
    if manques := manques_envoi(version):
        raise ElementsManquants(manques)
    if cahier.etat != EtatCahier.VALIDE:
        raise TransitionImpossible("Le cahier des charges n’est pas validé.")
    if not destinataires.strip():
        raise ErreurMetier("Dites à qui la version est envoyée.", champ="destinataires")
    version.envoyee_le, version.envoyee_par = timezone.now(), par
    version.destinataires = destinataires.strip()
    version.save(update_fields=["envoyee_le", "envoyee_par", "destinataires"])
    inscrire(
        journal.ENVOYE,
        objet=cahier.atelier,
        par=par,
        numero=version.numero,
        destinataires=version.destinataires,
    )
    demander(documents.CAHIER, objet=version, par=par)
    notifications.envoi(version, cahier.atelier, par)
    return version
