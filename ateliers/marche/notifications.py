"""The mail that carries the letter of one candidate."""

from socle.courriels.domaine import deposer


def lettre(offre, *, par, lot):
    """Held in the outbox; the letter is joined when the lot leaves."""
    consultation = offre.consultation
    return deposer(
        "marche_lettre",
        a=[offre.courriel],
        contexte={
            "offre": offre,
            "atelier": consultation.atelier,
            "service": consultation.atelier.service_pilote,
            "signataire": consultation.signataire,
        },
        objet=offre,
        par=par,
        lot=lot,
        exclusif=f"lettre-offre-{offre.pk}",
    )
