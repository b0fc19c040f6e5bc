from django.db import models
from django.db.models import Q

from candidatures.dispositifs.choix import College
from socle.comptes.choix import NatureOrganisme
from socle.territoires.texte import developper, plier


def cle_de(nom: str) -> str:
    """What two writings of one name have in common."""
    return developper(nom) or nom.casefold().strip()


def _unique(*champs, si, nom, dit):
    return models.UniqueConstraint(
        fields=champs, condition=si, name=nom, violation_error_message=dit
    )


class OrganismeAnnuaire(models.Model):
    """An organisation for which people of the directory speak, stored once.

    `compte`, `commune` or `epci`: what it is for the rest of the product. One that inhabitants
    alone name belongs to their `atelier`, as they do.
    """

    nom = models.CharField("nom", max_length=160)
    sigle = models.CharField("sigle", max_length=40, blank=True)
    cle = models.CharField(max_length=500, editable=False)
    college = models.CharField("collège", max_length=30, choices=College)
    nature = models.CharField(
        "nature", max_length=30, choices=NatureOrganisme, default=NatureOrganisme.AUTRE
    )
    siret = models.CharField("SIRET ou SIREN", max_length=14, blank=True)
    compte = models.ForeignKey(
        "comptes.Organisme", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    commune = models.ForeignKey(
        "territoires.Commune", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    epci = models.ForeignKey(
        "territoires.Epci", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    atelier = models.ForeignKey(
        "ateliers.Atelier", null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    # Who entered it: they see it before anybody speaks for it.
    service = models.ForeignKey(
        "comptes.Organisme", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    recherche = models.CharField(max_length=700, blank=True, editable=False)
    cree_le = models.DateTimeField("connu depuis", auto_now_add=True)
    revision = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["nom", "pk"]
        verbose_name = "organisme de l’annuaire"
        verbose_name_plural = "organismes de l’annuaire"
        constraints = [
            _unique(
                "cle",
                si=Q(atelier__isnull=True),
                nom="organisme_annuaire_nom_unique",
                dit="Un organisme de l’annuaire porte déjà ce nom.",
            ),
            _unique(
                "atelier",
                "cle",
                si=Q(atelier__isnull=False),
                nom="organisme_reserve_nom_unique",
                dit="Un organisme de cet atelier porte déjà ce nom.",
            ),
            _unique(
                "siret",
                si=~Q(siret="") & Q(atelier__isnull=True),
                nom="organisme_annuaire_siret_unique",
                dit="Un organisme de l’annuaire a déjà ce numéro.",
            ),
            _unique(
                "compte",
                si=Q(compte__isnull=False, atelier__isnull=True),
                nom="organisme_annuaire_compte_unique",
                dit="Un organisme de l’annuaire est déjà ce service.",
            ),
            _unique(
                "commune",
                si=Q(commune__isnull=False, atelier__isnull=True),
                nom="organisme_annuaire_commune_unique",
                dit="Un organisme de l’annuaire est déjà cette commune.",
            ),
            _unique(
                "epci",
                si=Q(epci__isnull=False, atelier__isnull=True),
                nom="organisme_annuaire_epci_unique",
                dit="Un organisme de l’annuaire est déjà cet EPCI.",
            ),
            models.CheckConstraint(
                name="organisme_annuaire_une_identite",
                condition=Q(compte__isnull=True, commune__isnull=True)
                | Q(compte__isnull=True, epci__isnull=True)
                | Q(commune__isnull=True, epci__isnull=True),
                violation_error_message="Un organisme n’est qu’une chose : un compte, une commune "
                "ou un EPCI.",
            ),
        ]

    def __str__(self):
        return self.nom

    @property
    def identite(self):
        """What it is elsewhere in the product, if anything."""
        return self.compte or self.commune or self.epci

    def situer(self) -> None:
        """Its key and what the search reads, before it is saved."""
        self.cle = cle_de(self.nom)
        self.recherche = plier(f"{self.nom} {self.sigle} {self.siret} {self.cle}")[:700]
