"""What moves the days of instruction of a dossier, and these days told in Python."""

from datetime import timedelta

from django.utils import timezone

from candidatures.instruction.choix import SensDecision
from candidatures.instruction.models import Decision, DemandeComplement, PublicationDecisions

MAINTENANT = timezone.now()
# Closed on a day that nothing published tells.
CLOSES = ("irrecevable", "reorientee", "retiree")


def il_y_a(jours):
    return MAINTENANT - timedelta(days=jours)


def complements(m, c, n):
    """Asked, then answered; whatever the order of the days."""
    ouverte = DemandeComplement.objects.filter(candidature=c, repondue_le=None)
    if not ouverte.update(repondue_le=il_y_a(n % 30)):
        DemandeComplement.objects.create(
            candidature=c,
            motif="M",
            echeance=MAINTENANT,
            demandee_le=il_y_a(n % 50),
            demandee_par=m.par,
        )


def decision(m, c, n):
    publication = PublicationDecisions.objects.create(publiee_le=il_y_a(n % 45), par=m.par)
    Decision.objects.create(
        candidature=c,
        sens=SensDecision.NON_RETENUE,
        motif="M",
        preparee_par=m.par,
        preparee_le=MAINTENANT,
        publication=publication,
    )


def publication_redatee(m, c, n):
    PublicationDecisions.objects.update(publiee_le=il_y_a(n % 45))


def jours(c) -> int | None:
    if c.deposee_le is None or (c.etat in CLOSES and not c.decisions.exists()):
        return None
    fins = [_jour(d.publication.publiee_le) for d in c.decisions.select_related("publication")]
    attentes = [(_jour(d.demandee_le), _jour(d.repondue_le)) for d in c.demandes_complement.all()]
    return _jour_par_jour(_jour(c.deposee_le), max(fins, default=timezone.localdate()), attentes)


def _jour_par_jour(depot, fin, attentes) -> int:
    """The day of the request still counts, the day of the answer does not."""
    comptes, jour = 0, depot
    while jour < fin:
        jour += timedelta(days=1)
        comptes += not any(a < jour <= (b or fin) for a, b in attentes)
    return comptes


def _jour(moment):
    return moment and timezone.localtime(moment).date()
