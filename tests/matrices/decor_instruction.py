"""Candidatures at the stage that each address of the instruction needs."""

from candidatures.dispositifs.models import Dispositif
from candidatures.instruction.domaine import decision, invitations
from tests.factories.candidatures import faire_appel, faire_deposee
from tests.factories.instruction import (
    MOTIF,
    dans,
    dater,
    decider,
    demander_un_avis,
    deporter,
    faire_a_completer,
    faire_en_evaluation,
    faire_recevable,
    noter,
    preparer,
)
from tests.matrices.decor import decor


@decor("a_completer")
def a_completer(distribution):
    return {"reference": faire_a_completer(distribution).candidature.reference}


@decor("recevable")
def recevable(distribution):
    return {"reference": faire_recevable(distribution).reference}


@decor("prete_a_evaluer")
def prete_a_evaluer(distribution):
    from candidatures.instruction.domaine import evaluation

    candidature = faire_recevable(distribution)
    evaluation.confier_evaluation(
        candidature=candidature, evaluateur=distribution.evaluateur, par=distribution.dgaln
    )
    return {"reference": candidature.reference}


@decor("evaluation_a_retirer")
def evaluation_a_retirer(distribution):
    arguments = prete_a_evaluer(distribution)
    from candidatures.instruction.models import Evaluation

    confiee = Evaluation.objects.get(candidature__reference=arguments["reference"])
    return arguments | {"pk": confiee.pk}


@decor("en_evaluation")
def en_evaluation(distribution):
    return {"reference": faire_en_evaluation(distribution).reference}


@decor("evaluee")
def evaluee(distribution):
    candidature = faire_en_evaluation(distribution)
    noter(candidature, distribution.evaluateur, (3, 4, 5), deposer=False)
    return {"reference": candidature.reference}


@decor("avis")
def avis(distribution):
    return {"pk": demander_un_avis(distribution, faire_recevable(distribution)).pk}


@decor("decision_preparee")
def decision_preparee(distribution):
    return {"pk": preparer(distribution, faire_en_evaluation(distribution)).pk}


@decor("decidee")
def decidee(distribution):
    candidature = decider(distribution, faire_en_evaluation(distribution))
    return {"reference": candidature.reference}


@decor("evaluation_publiee")
def evaluation_publiee(distribution):
    candidature = faire_en_evaluation(distribution)
    noter(candidature, distribution.evaluateur, (3, 4, 5))
    return {"reference": decider(distribution, candidature).reference}


@decor("reorientee")
def reorientee(distribution):
    candidature = faire_deposee(distribution)
    faire_appel(distribution, "flash")
    decision.reorienter(
        candidature=candidature,
        vers_dispositif=Dispositif.objects.get(pk="flash"),
        motif=MOTIF,
        par=distribution.dgaln,
    )
    return {"reference": candidature.reference}


@decor("page_liste")
def page_liste(distribution):
    return {"page": "candidatures"}


@decor("vue_liste")
def vue_liste(distribution):
    from candidatures.listes.domaine.vues import enregistrer_vue

    vue = enregistrer_vue(
        page="instruction",
        nom="À relire",
        requete="etat=deposee",
        partage="prive",
        par_defaut=False,
        par=distribution.dgaln,
    )
    return {"pk": vue.pk}


@decor("complements_demandes")
def complements_demandes(distribution):
    demande = faire_a_completer(distribution)
    return {"reference": demande.candidature.reference, "pk": demande.pk}


@decor("appel_phases")
def appel_phases(distribution):
    return {"slug": faire_appel(distribution).slug}


@decor("phase_close")
def phase_close(distribution):
    appel = faire_appel(distribution)
    dater(distribution, appel, evaluation=(-20, -10))
    return {"slug": appel.slug, "genre": "evaluation"}


@decor("deport")
def deport(distribution):
    candidature = faire_en_evaluation(distribution)
    return {"reference": candidature.reference, "pk": deporter(distribution, candidature).pk}


@decor("tirage")
def tirage(distribution):
    from candidatures.instruction.domaine.tirage import proposer_tirage

    candidature = faire_recevable(distribution)
    return {
        "pk": proposer_tirage(appel=candidature.appel, n=1, graine=7, par=distribution.dgaln).pk
    }


@decor("tirage_dossier")
def tirage_dossier(distribution):
    arguments = tirage(distribution)
    from candidatures.dossiers.models import Candidature

    return arguments | {"reference": Candidature.objects.get().reference}


@decor("un_evaluateur")
def un_evaluateur(distribution):
    return {"pk": distribution.evaluateur.pk}


@decor("mandat_electif")
def mandat_electif(distribution):
    from candidatures.instruction.domaine.deports import enregistrer_mandat
    from socle.territoires.models import Epci

    return {
        "pk": enregistrer_mandat(
            personne=distribution.evaluateur,
            fonction="Vice-présidente",
            epci=Epci.objects.first(),
            debut=dans(-30),
            par=distribution.evaluateur,
        ).pk
    }


def _inviter_a_evaluer(distribution):
    return invitations.inviter(
        courriel="lou@ecole.example", prenom="Lou", nom="Morel", par=distribution.dgaln
    )


@decor("invitation_evaluateur")
def invitation_evaluateur(distribution):
    return {"pk": _inviter_a_evaluer(distribution).pk}


@decor("lien_evaluateur")
def lien_evaluateur(distribution):
    chemin = invitations.chemin(_inviter_a_evaluer(distribution))
    return {"jeton": chemin.rstrip("/").rpartition("/")[2]}
