"""Calls and candidatures, made by calling the verbs."""

from contextlib import nullcontext
from datetime import timedelta

from django.utils import timezone

from candidatures.appels.domaine import appels
from candidatures.appels.models import Appel, Grille
from candidatures.dispositifs.models import Dispositif, Theme
from candidatures.dossiers.choix import CleRubrique, CleSection, StadeProjet
from candidatures.dossiers.domaine import creation, depot, pieces, redaction
from candidatures.dossiers.models import Candidature
from socle.territoires.models import Commune
from tests.factories.file import sans_worker

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


def faire_appel(distribution, dispositif="local", *, publie=True, ferme_dans=None, titre=""):
    """A published call, open since yesterday."""
    maintenant = timezone.now()
    type_ = Dispositif.objects.get(code=dispositif)
    session = None
    if type_.avec_session:
        session = appels.creer_session(
            nom=f"Session {titre or 'montagne'} {Appel.objects.count()}",
            thematique="Montagne",
            annee_debut=2026,
            par=distribution.dgaln,
        )
        ferme_dans = ferme_dans or 60
    appel = appels.creer(
        dispositif=type_,
        titre=titre or f"Ateliers {type_.nom.lower()}",
        presentation="Un appel ouvert aux territoires volontaires.",
        ouvre_le=maintenant - timedelta(days=1),
        ferme_le=maintenant + timedelta(days=ferme_dans) if ferme_dans else None,
        session=session,
        grille=Grille.objects.first(),
        par=distribution.dgaln,
    )
    return appels.publier(appel=appel, par=distribution.dgaln) if publie else appel


def faire_brouillon(distribution, *, appel=None, titre="Revitaliser le bourg", par=None):
    """Opened by the DDT, which invited the collectivité."""
    par = par or distribution.ddt
    appel = appel or faire_appel(distribution)
    candidature = creation.creer(appel=appel, titre=titre, par=par)
    return creation.inviter(
        candidature=candidature, organisme=distribution.collectivite.organisme, par=par
    )


def remplir(candidature, par, *, departement="80", sauf=()):
    """Fill in all that the deposit asks for, except the parts named in `sauf`."""
    if CleRubrique.IDENTITE not in sauf:
        communes = Commune.objects.filter(departement_id=departement).order_by("code")[:2]
        redaction.enregistrer_identite(
            titre=candidature.titre,
            perimetre={"communes": communes},
            **communs(candidature, par, CleRubrique.IDENTITE),
        )
    for cle in CleSection:
        if cle not in sauf:
            redaction.enregistrer_section(
                candidature=candidature,
                cle=cle,
                texte=f"Texte de la section {cle.label}.",
                par=par,
                revision=candidature.sections.get(cle=cle).revision,
            )
    if "ressources-propres" not in sauf:
        redaction.enregistrer_ressources(
            textes={"naturelles": "Une vallée et ses marais."},
            **communs(candidature, par, CleRubrique.RESSOURCES),
        )
    if CleRubrique.THEMES not in sauf:
        redaction.enregistrer_themes(
            themes=Theme.objects.all()[:2],
            stade=StadeProjet.REFLEXION,
            **communs(candidature, par, CleRubrique.THEMES),
        )
    if CleRubrique.ACTEURS not in sauf:
        redaction.enregistrer_acteurs(
            lignes=[{"college": "elus", "nom": "Conseil municipal", "attente": ""}],
            **communs(candidature, par, CleRubrique.ACTEURS),
        )
    if "pieces" not in sauf:
        joindre_pieces(candidature, par)
    return Candidature.objects.get(pk=candidature.pk)


def communs(candidature, par, cle) -> dict:
    return {
        "candidature": candidature,
        "par": par,
        "revision": candidature.rubriques.get(cle=cle).revision,
    }


def joindre_pieces(candidature, par):
    for requise in candidature.appel.dispositif.pieces.filter(obligatoire=True):
        pieces.joindre(
            candidature=candidature,
            nom=f"{requise.cle}.pdf",
            octets=PDF,
            piece_requise=requise,
            par=par,
        )


def faire_deposee(
    distribution, *, appel=None, titre="Revitaliser le bourg", par=None, accuse=False
):
    """Complete and deposited; `Candidature.objects.get` gives the stored one.

    `accuse`: the PDF of its receipt is made too, else it waits for a worker.
    """
    par = par or distribution.ddt
    candidature = faire_brouillon(distribution, appel=appel, titre=titre, par=par)
    remplir(candidature, par)
    with nullcontext() if accuse else sans_worker():
        return depot.deposer(candidature=candidature, par=par)
