"""The letter of a published decision, on State letterhead."""

from candidatures.instruction.choix import SensDecision as S
from candidatures.instruction.droits import decisions_visibles_par
from candidatures.instruction.models import Decision
from socle.comptes.domaine.telephone import telephone_lisible
from socle.documents.declaration import ContexteFige, DeclarationDocument, declarer
from socle.interface.templatetags.interface import date_courte

LETTRE = "lettre_decision"

OBJETS = {
    S.PRESELECTIONNEE: "présélection de votre candidature",
    S.RETENUE: "votre candidature est retenue",
    S.RESERVE: "votre candidature est inscrite en réserve",
    S.NON_RETENUE: "suite donnée à votre candidature",
    S.REORIENTEE: "réorientation de votre candidature",
}
OUVERTURES = {
    S.PRESELECTIONNEE: (
        "J’ai le plaisir de vous informer que votre candidature est présélectionnée. Elle sera "
        "examinée une seconde fois avant la décision définitive."
    ),
    S.RETENUE: (
        "J’ai le plaisir de vous informer que votre candidature est retenue. Un atelier va "
        "s’ouvrir sur votre territoire."
    ),
    S.RESERVE: (
        "Votre candidature a été examinée avec attention. Elle est inscrite sur la liste de "
        "réserve : elle pourra être retenue si une candidature retenue se désiste."
    ),
    S.NON_RETENUE: (
        "Votre candidature a été examinée avec attention. J’ai le regret de vous informer "
        "qu’elle n’est pas retenue."
    ),
    S.REORIENTEE: (
        "Votre candidature a été examinée avec attention. Le besoin qu’elle exprime relève d’un "
        "autre format d’atelier, vers lequel je vous propose de la réorienter."
    ),
}
SUITES = {
    S.PRESELECTIONNEE: (
        "Vous n’avez aucune démarche à accomplir. La DGALN se rapprochera de vous si des "
        "précisions sont utiles à la seconde lecture."
    ),
    S.RETENUE: (
        "La version de la note d’opportunité qui a été retenue servira de base au cahier des "
        "charges. Le service de l’État pilote prendra contact avec vous pour engager le cadrage."
    ),
    S.RESERVE: (
        "Vous n’avez aucune démarche à accomplir. Une lettre vous informera de toute suite donnée "
        "à votre candidature."
    ),
    S.NON_RETENUE: (
        "Le service de l’État de votre département reste à votre disposition pour examiner avec "
        "vous les autres accompagnements possibles."
    ),
    S.REORIENTEE: (
        "Votre dossier n’est pas à refaire : vous pouvez le reprendre en ligne dans l’appel du "
        "dispositif proposé, le compléter, puis le déposer."
    ),
}


class ContexteLettre(ContexteFige):
    reference: str
    titre: str
    dispositif: str
    appel: str
    perimetre: str
    destinataires: list[str]
    copie: str
    objet: str
    ouverture: str
    motif: list[str]
    dispositif_propose: str
    suite: str
    date: str
    signataire: str
    fonction: str
    service: str
    bureau: str = ""
    adresse: list[str] = []
    delegation: str = ""
    telephone: str = ""
    rang_reserve: int | None = None


def _entete(service: str, organisme) -> tuple[str, str]:
    """The direction in full, whatever its signataires were filed under, then the part that signs:
    « DGALN, bureau des territoires » is « Direction générale… », « Bureau des territoires »."""
    if organisme is None:
        return service, ""
    part = service.strip()
    for nom in filter(None, (organisme.nom, organisme.sigle)):
        apres = part[len(nom) :]
        if part.casefold().startswith(nom.casefold()) and not apres[:1].isalnum():
            part = apres.strip(" ,:–-")
            break
    return organisme.nom, part[:1].upper() + part[1:]


def contexte_lettre(decision: Decision) -> ContexteLettre:
    """From the decision alone: what was previewed is, byte for byte, what is sent."""
    candidature, signataire = decision.candidature, decision.signataire
    sens = S(decision.sens)
    if signataire is not None:
        nom, fonction, service = signataire.nom, signataire.qualite, signataire.service
        delegation = signataire.delegation
    else:
        auteur = decision.preparee_par
        nom, fonction = auteur.nom_complet, auteur.fonction
        service, delegation = str(auteur.organisme or ""), ""
    expediteur = decision.preparee_par.organisme  # whose head, address and telephone it bears
    direction, bureau = _entete(service, expediteur)
    adresse = expediteur.adresse.splitlines() if expediteur else ()
    return ContexteLettre(
        reference=candidature.reference,
        titre=candidature.titre,
        dispositif=candidature.appel.dispositif.nom,
        appel=candidature.appel.titre,
        perimetre=candidature.perimetre.nom,
        destinataires=[str(p.organisme) for p in candidature.portages.select_related("organisme")],
        copie=str(candidature.service_pilote or ""),
        objet=OBJETS[sens],
        ouverture=OUVERTURES[sens],
        motif=[p.strip() for p in decision.motif.splitlines() if p.strip()],
        dispositif_propose=str(decision.vers_dispositif or ""),
        rang_reserve=decision.rang_reserve,
        suite=SUITES[sens],
        date=date_courte(decision.datee_du),
        signataire=nom,
        fonction=fonction,
        service=direction,
        bureau=bureau,
        adresse=[ligne.strip() for ligne in adresse if ligne.strip()],
        delegation=delegation,
        telephone=telephone_lisible(expediteur.telephone) if expediteur else "",
    )


def _visible(utilisateur, decision: Decision) -> bool:
    return (
        utilisateur.is_authenticated
        and decisions_visibles_par(utilisateur).filter(pk=decision.pk).exists()
    )


declarer(
    DeclarationDocument(
        cle=LETTRE,
        titre="Lettre de décision",
        gabarit="documents/lettre_decision.html",
        modele=ContexteLettre,
        contexte=contexte_lettre,
        visible=_visible,
        charger=lambda identifiant: Decision.objects.select_related(
            "candidature__appel__dispositif",
            "candidature__perimetre",
            "candidature__service_pilote",
            "preparee_par__organisme",
            "signataire",
            "vers_dispositif",
        ).get(pk=identifiant),
        nom_fichier=lambda decision: f"lettre-{decision.candidature.reference}.pdf",
    )
)
