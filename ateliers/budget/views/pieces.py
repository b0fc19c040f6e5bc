"""The signed documents of a contract."""

from django.http import FileResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.functional import cached_property
from django.views.decorators.http import require_GET

from ateliers.budget.choix import GenrePiece
from ateliers.budget.domaine import pieces as verbes
from ateliers.budget.droits import peut_voir_budget
from ateliers.budget.forms.pieces import FormulairePieceNotifiee, FormulairePieceSignee
from ateliers.budget.models import PieceContrat
from ateliers.cadrage.models import Contrat
from ateliers.parcours.droits import exiger
from ateliers.parcours.views.commun import FormulaireAtelier, VerbeAtelier, trouver

RETOUR = "ateliers:budget"


class _SurPiece:
    retour, ancre = RETOUR, "#contrats"

    @cached_property
    def cle(self) -> dict:
        contrats = Contrat.objects.select_related("atelier")
        contrat = get_object_or_404(contrats, atelier=self.atelier, pk=self.kwargs["pk"])
        return {
            "contrat": contrat,
            "genre": self.kwargs["genre"],
            "rang": self.kwargs["rang"],
        }

    @property
    def libelle(self) -> str:
        genre = self.kwargs["genre"]
        nom = GenrePiece(genre).label if genre in GenrePiece.values else "Pièce"
        return f"{nom} n° {self.kwargs['rang']}" if self.kwargs["rang"] else nom


class Joindre(_SurPiece, FormulaireAtelier):
    form_class = FormulairePieceSignee
    message = "La pièce signée est jointe."

    @property
    def titre(self):
        return f"Joindre la pièce signée : {self.libelle}"

    def executer(self, form):
        fichier = form.cleaned_data["fichier"]
        return verbes.joindre_signee(
            **self.cle,
            par=self.request.user,
            nom=fichier.name,
            octets=fichier.read(),
            signee_le=form.cleaned_data["signee_le"],
        )


class PreparerProjet(_SurPiece, VerbeAtelier):
    message = "Le projet se fabrique."

    def executer(self, objet):
        return verbes.preparer_projet(**self.cle, par=self.request.user)

    def url_retour(self, objet=None):
        resultat = getattr(self, "resultat", None)
        return resultat.get_absolute_url() if resultat else super().url_retour(objet)


class Notifier(FormulaireAtelier):
    form_class = FormulairePieceNotifiee
    retour, ancre = RETOUR, "#contrats"
    aide = "La pièce est ensuite scellée : elle ne se remplace plus."
    message = "La notification est notée ; la pièce est scellée."

    @cached_property
    def piece(self):
        pieces = PieceContrat.objects.select_related("contrat__atelier")
        return get_object_or_404(pieces, contrat__atelier=self.atelier, pk=self.kwargs["pk"])

    @property
    def titre(self):
        return f"Notification : {self.piece}"

    def get_initial(self):
        return {"notifiee_le": timezone.localdate()}

    def executer(self, form):
        return verbes.notifier(piece=self.piece, par=self.request.user, **form.cleaned_data)


@require_GET
def telecharger(request, slug, pk):
    atelier = trouver(request, slug)
    exiger(
        peut_voir_budget(request.user, atelier), "Les montants restent entre services de l’État."
    )
    pieces = PieceContrat.objects.exclude(sha256="")
    piece = get_object_or_404(pieces, contrat__atelier=atelier, pk=pk)
    return FileResponse(
        piece.fichier.open("rb"), as_attachment=True, filename=piece.nom, content_type=piece.mime
    )
