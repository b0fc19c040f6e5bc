"""What one person can read about a dossier: pages by links, every address, mails, documents."""

import itertools
import re
from contextlib import suppress
from dataclasses import replace
from html import unescape

from django.urls import NoReverseMatch, get_resolver, reverse

from candidatures.instruction.models import Deport, Tirage
from socle.courriels.droits import visibles_par as courriels_visibles
from socle.courriels.models import Courriel
from socle.documents.domaine import visible_par
from socle.documents.models import Document
from socle.exports.declaration import Demande, declarations

LIEN = re.compile(r'(?:href|hx-get|src)="(/[^"#]*)')
FICHIERS = ("/static/", "/kits/", "/pieces/", "/fichier/", "/deconnexion")
LIMITE = 150
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


def _valeurs(candidature):
    """What may fill an address, so that it speaks of this dossier."""
    lies = [candidature, candidature.appel]
    for relation in ("evaluations", "avis", "decisions", "pieces", "demandes_complement"):
        lies += getattr(candidature, relation).all()
    lies += Deport.objects.filter(candidature=candidature)
    lies += Tirage.objects.filter(appel=candidature.appel)
    lies += Courriel.objects.filter(destinataire__startswith="evaluateur@")
    return {
        "reference": [candidature.reference],
        "slug": [candidature.appel.slug],
        "pk": sorted({objet.pk for objet in lies if isinstance(objet.pk, int)}),
        "uuid": list(Document.objects.values_list("uuid", flat=True)),
        "numero": [1],
        "etape": ["identite", "objet"],
        "rubrique": ["identite"],
        "genre": ["evaluation"],
        "code": ["80"],
        "fil": ["porteurs", "interne"],
        "cle": list(declarations()),
        "page": ["candidatures", "instruction"],
    }


def adresses(candidature):
    """Every address of the site that this dossier can fill."""
    valeurs = _valeurs(candidature)
    for nom, arguments in sorted(motifs(), key=lambda ligne: ligne[0]):
        if nom in SORTIES or not arguments <= valeurs.keys():
            continue
        cles = sorted(arguments)
        for choix in itertools.product(*(valeurs[cle] for cle in cles)):
            with suppress(NoReverseMatch):  # an identifier of another kind
                yield reverse(nom, kwargs=dict(zip(cles, choix, strict=True)))


def tout_lire(visiteur, candidature):
    """{address: text} of all that answers 200, files included, whatever the links say."""
    pages = {}
    for adresse in adresses(candidature):
        reponse = visiteur.get(adresse)
        corps = b"".join(reponse.streaming_content) if reponse.streaming else reponse.content
        if reponse.status_code == 200:
            pages[adresse] = corps.decode(errors="replace")
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


def jetons(candidature):
    """What identifies the dossier: its title, territory, carriers and the names of its files."""
    perimetre = candidature.perimetre
    noms = [candidature.titre, candidature.service_pilote.nom]
    noms += [p.organisme.nom for p in candidature.portages.all()]
    noms += [c.nom for c in perimetre.communes.all()]
    noms += [d.nom for d in perimetre.departements.all()]
    noms += list(candidature.pieces.values_list("nom", flat=True))
    return [nom for nom in noms if len(nom) > 3]


def fuites(pages, noms):
    """Known names found in the body of a page (the menu and the footer are the same for all)."""
    trouvees = []
    for adresse, texte in pages.items():
        corps = unescape(texte.split("<main", 1)[-1].split("</main>", 1)[0])
        trouvees += [(adresse, nom) for nom in noms if nom in corps]
    return trouvees


def ecrire_les_noms(candidature):
    """The names of the place inside the prose, accents and capitals changed."""
    from candidatures.dossiers.domaine.versions import figer

    communes = " et ".join(c.nom.upper() for c in candidature.perimetre.communes.all())
    for section in candidature.sections.all():
        section.texte = f"À {communes}, avec {candidature.service_pilote.nom}."
        section.save()
    figer(candidature=candidature, motif="Essai")
