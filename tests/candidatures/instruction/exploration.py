"""What one person can read about a dossier: pages by links, every address, mails, documents."""

import io
import itertools
import re
import zipfile
from contextlib import suppress
from dataclasses import replace
from functools import lru_cache
from html import unescape
from urllib.parse import unquote

from django.urls import NoReverseMatch, get_resolver, reverse
from pypdf import PdfReader

from candidatures.comite.models import Comite, MembreComite, Scenario
from candidatures.dossiers.models import ImportCandidatures, Portage
from candidatures.echanges.models import PieceMessage
from candidatures.instruction.models import (
    Etiquette,
    Lot,
    MandatElectif,
    ProfilEvaluateur,
    Tirage,
)
from socle.comptes.models import Organisme
from socle.courriels.droits import visibles_par as courriels_visibles
from socle.courriels.models import Courriel, LotCourriels, PieceJointe
from socle.documents.domaine import visible_par
from socle.documents.models import Document
from socle.exports.declaration import Demande, declarations
from socle.exports.domaine import demander
from socle.exports.models import Export

LIEN = re.compile(r'(?:href|hx-get|src)="(/[^"#]*)')
FICHIERS = ("/static/", "/kits/", "/pieces/", "/fichier/", "/deconnexion")
TITRE = re.compile(r"<title>(.*?)</title>", re.S)
LIMITE = 150
AILLEURS = ("ateliers:", "restitution:")  # their slug is an atelier’s, and none is open here
SORTIES = ("account_logout", "account_reset_password_from_key")  # out, or not a dossier


def parcourir(visiteur, departs):
    """Every page reachable by links from these, as {address: text}."""
    a_voir, pages = list(departs), {}
    while a_voir and len(pages) < LIMITE:
        adresse = unescape(a_voir.pop(0))
        if adresse in pages or any(mot in adresse for mot in FICHIERS):
            continue
        reponse = visiteur.get(adresse)
        if "html" not in reponse.get("Content-Type", ""):
            continue
        pages[adresse] = reponse.content.decode()
        a_voir += LIEN.findall(pages[adresse])
    return pages


def motifs(resolveur=None, espace="", porteurs=frozenset()):
    """(name, names of its arguments) of every address of the site, Django’s admin apart."""
    for motif in (resolveur or get_resolver()).url_patterns:
        arguments = porteurs | set(motif.pattern.converters)
        if not hasattr(motif, "url_patterns"):
            yield f"{espace}{motif.name}", arguments
        elif motif.namespace != "admin":
            suite = f"{espace}{motif.namespace}:" if motif.namespace else espace
            yield from motifs(motif, suite, arguments)


def _cles(candidature):
    """(start of an address’s name, what its key may be when it speaks of this dossier)."""
    comites = Comite.objects.filter(appel=candidature.appel)
    return (
        ("candidatures:comite", comites),
        ("candidatures:tirage", Tirage.objects.filter(appel=candidature.appel)),
        ("candidatures:deport_", candidature.deports.all()),
        ("candidatures:decision_", candidature.decisions.all()),
        ("candidatures:evaluation_", candidature.evaluations.all()),
        ("candidatures:evaluateur", ProfilEvaluateur.objects.all()),
        ("candidatures:avis_", candidature.avis.all()),
        ("candidatures:complements_", candidature.demandes_complement.all()),
        ("candidatures:echanges_", PieceMessage.objects.filter(message__candidature=candidature)),
        ("candidatures:restaurer", candidature.revisions.all()[:1]),
        ("candidatures:mandat_clore", MandatElectif.objects.all()),
        ("candidatures:mandat", candidature.mandats.all()),
        ("candidatures:import_", ImportCandidatures.objects.filter(appel=candidature.appel)),
        ("candidatures:etiquette_", Etiquette.objects.all()),
        ("candidatures:lot_", Lot.objects.all()),
        ("candidatures:coauteur_", candidature.coauteurs.all()),
        ("courriels:lot", LotCourriels.objects.all()),
        ("courriels:", Courriel.objects.filter(destinataire__startswith="evaluateur@")),
        ("exports:", Export.objects.all()),
    )


def _valeurs(candidature):
    """What may fill an address, so that it speaks of this dossier."""
    comites = Comite.objects.filter(appel=candidature.appel)
    return {
        "reference": [candidature.reference],
        "slug": [candidature.appel.slug],
        "membre": MembreComite.objects.filter(comite__in=comites).values_list("pk", flat=True)[:1],
        "scenario": Scenario.objects.filter(comite__in=comites).values_list("pk", flat=True),
        "uuid": list(Document.objects.values_list("uuid", flat=True)),
        "piece_pk": PieceJointe.objects.values_list("pk", flat=True),
        "numero": [1],
        "etape": ["identite", "objet"],
        "rubrique": ["identite"],
        "genre": ["evaluation"],
        "code": ["80"],
        "fil": ["porteurs", "interne"],
        "cle": list(declarations()),
        "fichier": list(candidature.pieces.values_list("uuid", flat=True)),
        "page": ["candidatures", "instruction"],
        "organisme": [candidature.service_pilote_id],
        "region": candidature.perimetre.departements.values_list("region_id", flat=True)[:1],
        "format_fichier": ["csv"],
    }


def adresses(candidature):
    """(name, address) of every address of the site that this dossier can fill."""
    valeurs, par_nom = _valeurs(candidature), _cles(candidature)
    for nom, arguments in sorted(motifs(), key=lambda ligne: ligne[0]):
        cles = next((lignes for debut, lignes in par_nom if nom.startswith(debut)), ())
        siennes = valeurs | {"pk": [objet.pk for objet in cles]}
        autre_slug = nom.startswith(AILLEURS) and "slug" in arguments
        if nom in SORTIES or autre_slug or not arguments <= siennes.keys():
            continue
        for choix in itertools.product(*(siennes[nom_] for nom_ in sorted(arguments))):
            with suppress(NoReverseMatch):  # an identifier of another kind
                yield nom, reverse(nom, kwargs=dict(zip(sorted(arguments), choix, strict=True)))


REQUETES = {
    "candidatures:lot_essai": ("genre=evaluation", "genre=recevable"),
    "candidatures:demander_avis_en_lot": ("",),
    "candidatures:etiqueter_plusieurs": ("",),
    "candidatures:comparer": ("c={reference}",),
    "candidatures:decisions": ("appel={appel}",),
    "candidatures:decisions_confirmer": ("appel={appel}",),
    "candidatures:instruction": ("appel={appel}&tri=-notes", "cocher=toutes&portee=tout"),
    "candidatures:liste": ("appel={appel}&colonnes=titre,territoire,porteurs",),
}


def avec_requete(nom, adresse, candidature):
    """The address, and its variants that name the dossier in their query string."""
    yield adresse
    for suite in REQUETES.get(nom, ()):
        lieu = suite.format(reference=candidature.reference, appel=candidature.appel.slug)
        yield f"{adresse}?ref={candidature.reference}&{lieu}"


def laissees(candidature):
    """Names of addresses that `adresses` fills for nobody, the ateliers’ apart."""
    lues = {nom for nom, _ in adresses(candidature)}
    return {nom for nom, _ in motifs() if nom not in lues and not nom.startswith(AILLEURS)}


@lru_cache(maxsize=200)
def en_texte(octets):
    """Text of a page, of a PDF, of all that an archive or a spreadsheet holds."""
    if octets.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(octets)) as archive:
            return " ".join(f"{nom} {en_texte(archive.read(nom))}" for nom in archive.namelist())
    texte = octets.decode(errors="replace")
    if octets.startswith(b"%PDF") and len(octets) > PDF_FACTICE:
        pages = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(octets)).pages)
        return f"{texte} {' '.join(pages.split())}"
    return texte


PDF_FACTICE = 1000  # under this size, the attachments of the tests, which have no page


def _lue(reponse):
    """Body and what the headers say: the name of a file, where a redirection leads."""
    corps = b"".join(reponse.streaming_content) if reponse.streaming else reponse.content
    entetes = " ".join(unquote(reponse.get(e, "")) for e in ("Content-Disposition", "Location"))
    return f"{en_texte(corps)} {entetes}"


def tout_lire(visiteur, candidature, codes=None):
    """{address: text} of every answer, refusals included, whatever the links say.

    `codes`, when given, receives what each name of address answered.
    """
    pages = {}
    toutes = (
        (nom, variante)
        for nom, adresse in adresses(candidature)
        for variante in avec_requete(nom, adresse, candidature)
    )
    for nom, adresse in toutes:
        reponse = visiteur.get(adresse)
        if codes is not None:
            codes.setdefault(nom, set()).add(reponse.status_code)
        if reponse.status_code == 200:
            pages[adresse] = _lue(reponse)
        elif candidature.reference not in adresse:
            pages[f"refus {adresse}"] = _lue(reponse)
    return pages


def courriels_lus(personne):
    """Mails addressed to the person that left or may still leave, and their view of the outbox."""
    attendus = Courriel.objects.filter(destinataire=personne.email, etat__in=A_LIRE)
    lus = {f"à partir : {c.pk}": f"{c.sujet} {c.corps}" for c in attendus}
    boite = courriels_visibles(personne)
    return lus | {f"boîte d’envoi : {c.pk}": f"{c.sujet} {c.corps}" for c in boite}


A_LIRE = ("retenu", "en_attente", "a_grouper", "echec", "envoye")


def documents_lus(personne):
    """Frozen contexts of the documents that the person may open."""
    documents = Document.objects.all()
    return {f"document {d.cle}": str(d.contexte) for d in documents if visible_par(personne, d)}


def exports_lus(personne):
    """Every sheet that the person may ask for, with all its columns and options."""
    lus = {}
    for cle, declaration in declarations().items():
        if not declaration.visible(personne):
            continue
        colonnes = tuple(c.cle for c in declaration.colonnes(personne))
        options = tuple(cle for cle, _ in declaration.options(personne))
        demande = Demande(personne, "", colonnes, options)
        demande = replace(demande, objets=tuple(declaration.objets(demande)))
        for feuille in declaration.feuilles(demande):
            lus[f"export {cle}"] = " ".join(str(ligne) for ligne in feuille.lignes)
    return lus


def export_fait(personne, visiteur, format_="csv"):
    """The file itself, made by the worker and downloaded, with all its columns and options."""
    lus = {}
    for cle, declaree in declarations().items():
        if not declaree.visible(personne):
            continue
        export = demander(
            cle=cle,
            parametres="",
            colonnes=[c.cle for c in declaree.colonnes(personne)],
            format=format_,
            options=[option for option, _ in declaree.options(personne)],
            par=personne,
        )
        fichier = visiteur.get(reverse("exports:telecharger", args=[export.pk]))
        assert fichier.status_code == 200
        lus[f"fichier {cle}.{format_}"] = _lue(fichier)
    return lus


def jetons(candidature):
    """What identifies the dossier: its title, territory, carriers and the names of its files."""
    perimetre = candidature.perimetre
    noms = [candidature.titre, candidature.service_pilote.nom]
    noms += [p.organisme.nom for p in candidature.portages.all()]
    noms += [AILLEURS_NU for nom in noms if nom.endswith(AILLEURS_NU)][:1]
    noms += [c.nom for c in perimetre.communes.all()]
    noms += [d.nom for d in perimetre.departements.all()]
    noms += list(candidature.pieces.values_list("nom", flat=True))
    return [nom for nom in noms if len(nom) > 3]


def fuites(pages, noms):
    """Known names found in the body of a page (the menu and the footer are the same for all)."""
    trouvees = []
    for adresse, texte in pages.items():
        titre = TITRE.search(texte)
        corps = texte.split("<main", 1)[-1].split("</main>", 1)[0]
        corps = unescape(f"{titre[1] if titre else ''} {corps}")
        trouvees += [(adresse, nom) for nom in noms if nom in corps]
    return trouvees


# A carrier whose commune is out of the perimeter: only its name tells where it is.
AILLEURS_NU = "Hautvillers-Ouville"


def ecrire_les_noms(candidature):
    """The names of the place inside the prose, accents and capitals changed."""
    from candidatures.dossiers.domaine.versions import figer

    voisine = Organisme.objects.create(nom=f"Commune d’{AILLEURS_NU}", nature="commune")
    Portage.objects.create(
        candidature=candidature, organisme=voisine, ajoute_par=candidature.cree_par
    )
    communes = " et ".join(c.nom.upper() for c in candidature.perimetre.communes.all())
    for section in candidature.sections.all():
        section.texte = f"À {communes}, avec {candidature.service_pilote.nom}. "
        section.texte += f"Le bourg de {AILLEURS_NU} n’est pas loin."
        section.save()
    figer(candidature=candidature, motif="Essai")
