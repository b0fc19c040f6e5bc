"""Forms of a committee: the sitting, its members, a deliberation."""

from django import forms
from django.utils import timezone

from candidatures.comite.choix import Proposition, SensVote
from candidatures.comite.domaine.deliberations import Voix
from candidatures.dispositifs.models import Dispositif
from candidatures.dossiers.models import Candidature
from socle.comptes.choix import Role
from socle.comptes.models import Utilisateur
from socle.interface.formulaires import FormulaireDsfr, FormulaireRevise
from socle.interface.francais import de
from socle.interface.templatetags.interface import date_longue
from socle.territoires.texte import plier

TROUVES = 12


def _entier(libelle, aide="", *, requis=True, mini=0):
    return forms.IntegerField(label=libelle, help_text=aide, required=requis, min_value=mini)


class FormulaireComite(FormulaireDsfr):
    """One ceiling at least: neither is optional by itself."""

    l_un_ou_l_autre = ("plafond_places", "plafond_budget")
    libelle_envoi = "Enregistrer le comité"
    tenu_le = forms.DateTimeField(
        label="Date et heure",
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )
    lieu = forms.CharField(label="Lieu", max_length=200)
    presidence = forms.CharField(label="Présidence", max_length=160)
    quorum = _entier("Quorum", "Nombre de votants présents, dossier par dossier.", mini=1)
    plafond_places = _entier(
        "Plafond en nombre de places",
        "Donnez un plafond au moins, en places ou en budget. Avec les deux, le plus strict "
        "s’applique.",
        requis=False,
        mini=1,
    )
    plafond_budget = _entier("Plafond en budget (€ HT)", requis=False)
    cout_dossier = _entier(
        "Coût par dossier (€ HT)", "Repris du dispositif ; sert au plafond en budget."
    )
    reserve = _entier("Taille de la liste de réserve", "0 : pas de liste de réserve.")

    def clean(self):
        lus = super().clean()
        places, budget = (lus.get(nom) for nom in self.l_un_ou_l_autre)
        if places is None and budget is None and not self.errors.keys() & set(self.l_un_ou_l_autre):
            self.add_error("plafond_places", "Donnez un plafond, ici ou en budget.")
        if budget is not None and lus.get("cout_dossier") == 0:
            self.add_error("cout_dossier", "Un plafond en budget demande le coût d’un dossier.")
        return lus


class FormulaireNouveauComite(FormulaireComite):
    """`deliberes`: the closed words on this appel; left out unless ticked."""

    reprises = forms.ModelMultipleChoiceField(
        label="Dossiers à reprendre",
        help_text="Une séance close les a délibérés : ils attendent leur décision et restent hors "
        "de ce comité, à moins d’être cochés ici.",
        queryset=Candidature.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    motif_reprise = forms.CharField(
        label="Motif de la reprise",
        help_text="Nécessaire si vous reprenez un dossier. Il sera inscrit dans l’historique.",
        widget=forms.Textarea(attrs={"rows": 2}),
        required=False,
    )

    def __init__(self, *args, deliberes, **kwargs):
        super().__init__(*args, **kwargs)
        if not deliberes:
            del self.fields["reprises"], self.fields["motif_reprise"]
            return
        champ = self.fields["reprises"]
        champ.queryset = Candidature.objects.filter(pk__in=[a.candidature_id for a in deliberes])
        champ.widget.choices = [(a.candidature_id, _dit(a)) for a in deliberes]

    def clean(self):
        lus = super().clean()
        if lus.get("reprises") and not lus.get("motif_reprise", "").strip():
            self.add_error("motif_reprise", "Dites pourquoi ces dossiers sont repris.")
        return lus


def _dit(acte) -> str:
    """« CAN-2026-0004, Un littoral, délibéré le 12 mars 2026 : retenir »."""
    lue = acte.candidature
    clos = date_longue(timezone.localtime(acte.comite.clos_le))
    return f"{lue.reference}, {lue.titre}, délibéré le {clos}\u00a0: " + (
        acte.get_proposition_display().lower()
    )


def comptes_proposables(comite):
    """The accounts of those who may sit and do not yet."""
    deja = comite.membres.exclude(utilisateur=None).values("utilisateur_id")
    permis = Utilisateur.objects.filter(
        is_active=True, role__in=(Role.EVALUATEUR, Role.DGALN, Role.SERVICE_ETAT)
    )
    return permis.exclude(pk__in=deja).select_related("organisme").order_by("nom", "prenom", "pk")


def chercher_comptes(permis, q: str, coches: set[str]) -> list[Utilisateur]:
    """Every word of `q` in the name or the organisation; what was ticked stays listed."""
    mots = plier(q).split()
    trouves = []
    for personne in permis if mots or coches else ():
        dite = plier(f"{personne.nom_complet} {personne.organisme or ''}")
        trouve = bool(mots) and all(mot in dite for mot in mots)
        if str(personne.pk) in coches or (trouve and len(trouves) < TROUVES):
            trouves.append(personne)
    return trouves


class FormulaireMembre(FormulaireDsfr):
    """Accounts found by their name, as many as are ticked, and one person without an account."""

    libelle_envoi = "Ajouter au comité"
    comptes = forms.ModelMultipleChoiceField(
        label="Comptes trouvés",
        queryset=Utilisateur.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    nom = forms.CharField(label="Nom d’une personne sans compte", max_length=160, required=False)
    qualite = forms.CharField(
        label="Qualité",
        help_text="À défaut, la fonction du compte.",
        max_length=160,
        required=False,
    )
    votant = forms.BooleanField(label="Voix délibérative", required=False, initial=True)

    def __init__(self, *args, comite, q="", **kwargs):
        super().__init__(*args, **kwargs)
        permis = comptes_proposables(comite)
        coches = set(self.data.getlist("comptes")) if self.is_bound else set()
        trouves = chercher_comptes(permis, q, coches)
        self.fields["comptes"].queryset = permis
        self.fields["comptes"].widget.choices = [
            (p.pk, f"{p.nom_complet}, {p.organisme}" if p.organisme else p.nom_complet)
            for p in trouves
        ]
        self.trouves = bool(trouves)

    def clean(self):
        lus = super().clean()
        seules = "noter" in self.data  # the presences alone
        if not seules and not lus.get("comptes") and not (lus.get("nom") or "").strip():
            self.add_error(
                "nom", "Cochez un compte trouvé, ou écrivez le nom d’une personne sans compte."
            )
        return lus


class FormulaireDeliberation(FormulaireRevise):
    hors_comparaison = ("revision",)
    libelle_envoi = "Inscrire la délibération"
    proposition = forms.ChoiceField(
        label="Proposition mise aux voix", choices=Proposition, widget=forms.RadioSelect
    )
    rang_reserve = _entier(
        "Rang sur la liste de réserve",
        "Pour une mise en réserve seulement. Sans rang, le prochain qui est libre.",
        requis=False,
        mini=1,
    )
    vers_dispositif = forms.ModelChoiceField(
        label="Vers le dispositif",
        help_text="Pour une réorientation seulement.",
        queryset=Dispositif.objects.none(),
        required=False,
    )
    pour = _entier("Voix pour", requis=False)
    contre = _entier("Voix contre", requis=False)
    abstention = _entier("Abstentions", requis=False)
    preponderante = forms.BooleanField(
        label="La présidence a voté pour, les voix étant partagées", required=False
    )
    presidence_contre = forms.BooleanField(
        label="La présidence a voté contre, les voix étant partagées",
        help_text="La proposition est alors rejetée.",
        required=False,
    )
    motif = forms.CharField(
        label="Motif",
        help_text="Il figure au procès-verbal, puis dans la lettre. Sans motif ici, la décision "
        "demandera d’en écrire un, ou de choisir un motif type.",
        widget=forms.Textarea(attrs={"rows": 4}),
        required=False,
    )
    dissidence = forms.CharField(
        label="Opinion dissidente",
        help_text="Telle qu’elle doit figurer au procès-verbal.",
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
    )

    def __init__(self, *args, comite, votants, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["vers_dispositif"].queryset = Dispositif.objects.exclude(
            pk=comite.appel.dispositif_id
        )
        self.votants = votants
        choix = [("", "Ne se prononce pas"), *SensVote.choices]
        for membre in votants:
            self.fields[f"vote_{membre.pk}"] = forms.ChoiceField(
                label=f"Vote {de(membre.nom)}", choices=choix, required=False
            )
        # One way or the other: nothing here is « facultatif ».
        for nom in (*(f"vote_{m.pk}" for m in votants), "pour", "contre", "abstention"):
            self.fields[nom].exige = True
        self.order_fields(
            [
                "proposition",
                "rang_reserve",
                "vers_dispositif",
                *[f"vote_{m.pk}" for m in votants],
                "pour",
                "contre",
                "abstention",
                "preponderante",
                "presidence_contre",
            ]
        )

    def voix(self) -> Voix:
        """The nominative votes when there are some, otherwise the totals."""
        lus = self.cleaned_data
        nominatifs = {m.pk: lus[f"vote_{m.pk}"] for m in self.votants if lus.get(f"vote_{m.pk}")}
        if nominatifs:
            return Voix(par_membre=nominatifs)
        return Voix(*(lus.get(nom) or 0 for nom in ("pour", "contre", "abstention")))


class FormulaireRetraitRejet(FormulaireDsfr):
    libelle_envoi = "Retirer du procès-verbal"
    motif = forms.CharField(
        label="Motif du retrait",
        help_text="Il reste dans l’historique du comité.",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
