"""Which mail at which event of the instruction."""

from django.db.models import CharField, Q
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils import timezone

from candidatures.dossiers.droits import a_l_aveugle, agents_dgaln, deports_actifs, membres
from candidatures.dossiers.models import Candidature
from candidatures.instruction.documents import OUVERTURES
from candidatures.instruction.droits import repondants
from candidatures.instruction.models import Avis, Decision, Evaluation, Reorientation
from socle.comptes.choix import Role
from socle.comptes.models import Utilisateur
from socle.courriels import droits as droits_courriels
from socle.courriels.domaine import deposer, lien, retirer_de_la_boite
from socle.courriels.models import Courriel
from socle.courriels.resume import retirer_des_resumes

LIES = (Evaluation, Avis, Decision, Reorientation)


A_EVALUER, A_EVALUER_AVEUGLE = CONFIES = (
    "instruction_a_evaluer",
    "instruction_a_evaluer_aveugle",
)


def _en_texte(lignes):
    return lignes.order_by().annotate(cle=Cast("pk", CharField())).values("cle")


def courriels_sur(candidatures) -> Q:
    """Mails about these dossiers (a queryset) and what hangs on them."""
    cache = Q(objet_type="candidatures.candidature", objet_id__in=_en_texte(candidatures))
    for modele in LIES:
        lies = modele.objects.filter(candidature__in=candidatures.order_by().values("pk"))
        cache |= Q(objet_type=modele._meta.label_lower, objet_id__in=_en_texte(lies))
    return cache


def avec_les_resumes(cache: Q) -> Q:
    """These mails, and the digests that hold one of them."""
    portes = Courriel.objects.filter(cache, resume__isnull=False).order_by()
    return cache | Q(pk__in=portes.values("resume_id"))


def courriels_recuses(utilisateur) -> Q:
    """Mails about the dossiers from which this person is recused."""
    recuse = deports_actifs(utilisateur).values("candidature_id")
    return avec_les_resumes(courriels_sur(Candidature.objects.filter(pk__in=recuse)))


def courriels_nommes(utilisateur) -> Q:
    """For an evaluator: mails that name a dossier whose evaluation is now a blind reading."""
    if utilisateur.role != Role.EVALUATEUR:
        return Q(pk__in=[])
    aveugles = a_l_aveugle(Candidature.objects.all())
    return avec_les_resumes(courriels_sur(aveugles) & ~Q(cle=A_EVALUER_AVEUGLE))


droits_courriels.CACHES += [courriels_recuses, courriels_nommes]


def retirer(candidatures, personnes, motif, par=None) -> list[Courriel]:
    """Mails to these persons about these dossiers (a queryset) that have not left: cancelled."""
    attendus = Courriel.objects.filter(
        courriels_sur(candidatures), destinataire__in=[p.email for p in personnes]
    )
    retirer_des_resumes(attendus, motif=motif, par=par)
    return retirer_de_la_boite(attendus, motif=motif, par=par)


def _contexte(candidature, **plus) -> dict:
    return {
        "candidature": candidature,
        "lien": lien(candidature.get_absolute_url()),
        **plus,
    }


def _aux_porteurs(cle, candidature, par, *, exclusif="", **plus):
    deposer(
        cle,
        a=membres(candidature),
        contexte=_contexte(candidature, **plus),
        objet=candidature,
        par=par,
        exclusif=exclusif,
    )


def recevable(candidature, par):
    _aux_porteurs("instruction_recevable", candidature, par)


def irrecevable(candidature, motif, par):
    _aux_porteurs("instruction_irrecevable", candidature, par, motif=motif)


def complements_demandes(demande, par):
    elements = list(demande.elements.select_related("piece_requise"))
    _aux_porteurs(
        "instruction_complements", demande.candidature, par, demande=demande, elements=elements
    )


def complements_prolonges(demande, par):
    _aux_porteurs("instruction_complements_prolonges", demande.candidature, par, demande=demande)


def complements_retires(demande, par):
    _aux_porteurs("instruction_complements_retires", demande.candidature, par, demande=demande)


def rappel_complements(demande, rappel):
    elements = list(demande.elements.select_related("piece_requise"))
    _aux_porteurs(
        "instruction_rappel_complements",
        demande.candidature,
        None,
        demande=demande,
        elements=elements,
        rappel=rappel,
    )


def reorientee(reorientation, par):
    _aux_porteurs(
        "instruction_reorientee", reorientation.candidature, par, reorientation=reorientation
    )


def decision_publiee(decision, par):
    _aux_porteurs(
        "instruction_decision",
        decision.candidature,
        par,
        exclusif=f"decision:{decision.candidature.reference}",
        decision=decision,
        ouverture=OUVERTURES[decision.sens],
        lien_lettre=lien(
            reverse("candidatures:decision_publiee", args=[decision.candidature.reference])
        ),
    )


def a_evaluer(evaluations, par, noms=None):
    """`noms`: what a blind reader reads instead of a title, by candidature."""
    noms = noms or {}
    for evaluation in evaluations:
        deposer(
            A_EVALUER_AVEUGLE if evaluation.pk in noms else A_EVALUER,
            a=[evaluation.evaluateur],
            contexte={
                "titre": noms.get(evaluation.pk, evaluation.candidature.titre),
                "reference": evaluation.candidature.reference,
                "evaluation": evaluation,
                "lien": lien(reverse("candidatures:lire", args=[evaluation.candidature.reference])),
            },
            objet=evaluation,
            par=par,
        )


def evaluation_deposee(evaluation, par):
    """To DGALN, without the notes: a mailbox is not the place for them."""
    candidature = evaluation.candidature
    deposer(
        "instruction_evaluation_deposee",
        a=agents_dgaln(candidature),
        contexte={
            "candidature": candidature,
            "evaluation": evaluation,
            "lien": lien(reverse("candidatures:instruire", args=[candidature.reference])),
        },
        objet=evaluation,
        par=par,
    )


def _consultes(avis) -> list:
    """Who may answer; for an organisation without any account, its own address."""
    if personnes := repondants(avis):
        return personnes
    comptes = Utilisateur.objects.filter(is_active=True, organisme=avis.organisme)
    return [] if comptes.exists() else [avis.organisme.courriel]


def _aux_consultes(cle, avis, par, lot, **plus):
    deposer(
        cle,
        a=_consultes(avis),
        contexte={
            "candidature": avis.candidature,
            "avis": avis,
            "lien": lien(reverse("candidatures:avis_rendre", args=[avis.pk])),
            **plus,
        },
        objet=avis,
        par=par,
        lot=lot,
    )


def avis_demande(avis, par, lot=None):
    _aux_consultes("instruction_avis_demande", avis, par, lot)


def avis_relance(avis, par, lot=None):
    en_retard = avis.echeance < timezone.localdate()
    _aux_consultes("instruction_avis_relance", avis, par, lot, en_retard=en_retard)


def avis_rendu(avis, par):
    deposer(
        "instruction_avis_rendu",
        a=agents_dgaln(avis.candidature),
        contexte={
            "candidature": avis.candidature,
            "avis": avis,
            "lien": lien(reverse("candidatures:instruire", args=[avis.candidature.reference])),
        },
        objet=avis,
        par=par,
    )


def invitation_evaluateur(invitation, chemin, par):
    deposer(
        "instruction_invitation_evaluateur",
        a=[invitation.courriel],
        contexte={"invitation": invitation, "par": par, "lien": lien(chemin)},
        objet=invitation,
        par=par,
    )
