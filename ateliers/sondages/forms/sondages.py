"""What a poll is asked with, and answered with."""

from collections import Counter
from datetime import date, datetime, timedelta

from django import forms
from django.utils import timezone

from ateliers.parcours.forms.champs import ChampHeure, ChampJour
from ateliers.seances.forms.seances import ChampsLieu
from ateliers.sondages.choix import Choix
from ateliers.sondages.domaine.creneaux import croiser, semaines
from ateliers.sondages.domaine.minimums import membres, minimum_dit
from candidatures.dispositifs.choix import College
from socle.interface.formulaires import FormulaireDsfr

PLAGES = 3
HEURES_PAR_DEFAUT = ("09:30", "17:00")
DELAI = 10
MAX_JOURS = 5


def _jour(texte: str):
    try:
        return date.fromisoformat(texte)
    except ValueError:
        return None


def _moment(texte: str):
    """« 2027-03-03T09:30/2027-03-03T17:00 » → wall-clock (début, fin), or None."""
    debut, _, fin = texte.partition("/")
    try:
        moments = datetime.fromisoformat(debut), datetime.fromisoformat(fin)
    except ValueError:
        return None
    return moments if all(timezone.is_naive(m) for m in moments) else None


class ChampJours(forms.MultipleChoiceField):
    """Any day, shown among the weeks or not: what was ticked elsewhere is kept."""

    def valid_value(self, value):
        return _jour(value) is not None


class FormulaireSondage(FormulaireDsfr):
    """Days × hours, people, quorums, a last day.

    `premier`: first week shown; `proposes`: texts of exact créneaux, ready ticked;
    `participants`: those who can be asked; `pressentis`: keys ready ticked;
    `attendus`: accounts of the team and of the services, with their role;
    `marques`: weeks → words by day; `duree`: days that this kind of séance lasts;
    `heures`: those of the séance that has some already.
    """

    libelle_envoi = "Envoyer le sondage"
    libelle_confirmation = "Je propose ces jours quand même"
    brouillon = False
    nombre_jours = forms.IntegerField(
        label="Durée (en jours)", min_value=1, max_value=MAX_JOURS, initial=1, required=False
    )
    clot_le = ChampJour(label="Dernier jour pour répondre")
    message = forms.CharField(
        label="Message",
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Il ouvre le courriel et la page de réponse.",
    )

    def __init__(
        self,
        *args,
        premier,
        participants,
        attendus=(),
        proposes=(),
        pressentis=(),
        indispensables=(),
        minimums=None,
        marques=None,
        duree=1,
        heures=HEURES_PAR_DEFAUT,
        **options,
    ):
        super().__init__(*args, **options)
        self.participants = list(participants)
        self.lignes_semaines = semaines(premier, timezone.localdate())
        self.proposes = [p for p in proposes if _moment(p)]
        montres = [j for _, ligne in self.lignes_semaines for j in ligne]
        self.marques = marques(montres) if marques else {}
        self.montres = {j.isoformat() for j in montres}
        self.fields["jours"] = ChampJours(required=False, initial=[])
        self.fields["nombre_jours"].initial = duree
        cles = [str(p.pk) for p in self.participants]
        self._choix("exacts", self.proposes, self.proposes)
        self._choix("sondes", cles, [str(pk) for pk in pressentis])
        self._choix("obligatoires", cles, [str(pk) for pk in indispensables])
        self._attendre(attendus)
        self.fields["clot_le"].initial = timezone.localdate() + timedelta(days=DELAI)
        self._horaires_et_quorums(heures, minimums or {})

    def _attendre(self, attendus) -> None:
        """An expected account that is a participant too is asked once, as a participant."""
        adresses = {p.courriel.lower(): str(p.pk) for p in self.participants if p.courriel}
        lies = {p.personne.utilisateur_id: str(p.pk) for p in self.participants}
        connus = {a: lies.get(a.compte.pk, adresses.get(a.compte.email.lower())) for a in attendus}
        self.attendus = [a for a in attendus if connus[a] is None]
        doubles = [connus[a] for a in attendus if a.propose and connus[a] is not None]
        for nom in ("sondes", "obligatoires"):
            self.fields[nom].initial += [pk for pk in doubles if pk not in self.fields[nom].initial]
        cles = [str(a.compte.pk) for a in self.attendus]
        proposes = [str(a.compte.pk) for a in self.attendus if a.propose]
        self._choix("comptes", cles, proposes)
        self._choix("comptes_obligatoires", cles, proposes)

    def _horaires_et_quorums(self, heures, minimums) -> None:
        for rang in range(PLAGES):
            initiales = heures if rang == 0 else (None, None)
            for nom, valeur in zip(("debut", "fin"), initiales, strict=True):
                self.fields[f"{nom}{rang}"] = ChampHeure(
                    label="De" if nom == "debut" else "à", required=False, initial=valeur
                )
        coches = {*self.fields["sondes"].initial, *self.fields["obligatoires"].initial}
        presents = Counter(p.college for p in self.participants if str(p.pk) in coches)
        self.minimum_dit = minimum_dit(minimums, presents)
        for college in sorted({p.college for p in self.participants}):
            self.fields[f"quorum_{college}"] = forms.IntegerField(
                label=College(college).label,
                min_value=0,
                max_value=99,
                required=False,
                initial=min(minimums.get(college, 0), presents[college]) or None,
            )

    def _choix(self, nom, valeurs, coches) -> None:
        self.fields[nom] = forms.MultipleChoiceField(
            choices=[(v, v) for v in valeurs], required=False, initial=list(coches)
        )

    def _coches(self, nom) -> set[str]:
        return {str(v) for v in self[nom].value() or ()}

    @property
    def semaines(self):
        coches = self._coches("jours")
        return [
            (
                lundi,
                [
                    (jour, jour.isoformat(), jour.isoformat() in coches, self.marques.get(jour, ""))
                    for jour in jours
                ],
            )
            for lundi, jours in self.lignes_semaines
        ]

    @property
    def jours_ailleurs(self):
        """Days ticked in weeks that are not shown."""
        autres = sorted(v for v in self._coches("jours") - self.montres if _jour(v))
        return [(date.fromisoformat(valeur), valeur) for valeur in autres]

    @property
    def horaires(self):
        return [(self[f"debut{rang}"], self[f"fin{rang}"]) for rang in range(PLAGES)]

    @property
    def quorums(self):
        return [self[nom] for nom in self.fields if nom.startswith("quorum_")]

    @property
    def personnes(self):
        sondes, indispensables = self._coches("sondes"), self._coches("obligatoires")
        return [
            (p, str(p.pk) in sondes, str(p.pk) in indispensables)
            for p in sorted(self.participants, key=lambda p: (p.college, p.nom, p.prenom))
        ]

    @property
    def equipe_et_services(self):
        """[(expected account, asked, mandatory)]"""
        sondes, indispensables = self._coches("comptes"), self._coches("comptes_obligatoires")
        cles = [(a, str(a.compte.pk)) for a in self.attendus]
        return [(a, cle in sondes, cle in indispensables) for a, cle in cles]

    @property
    def plages_proposees(self):
        coches = self._coches("exacts")
        return [(p, *_moment(p), p in coches) for p in self.proposes]

    def clean(self):
        donnees = super().clean()
        horaires = self._horaires(donnees)
        jours = [datetime.fromisoformat(j).date() for j in donnees.get("jours", [])]
        if jours and not horaires:
            self.add_error(None, "Indiquez au moins un horaire, début et fin.")
        donnees["creneaux"] = [_moment(p) for p in donnees.get("exacts", [])] + croiser(
            jours, horaires, donnees.get("nombre_jours") or 1
        )
        if not donnees["creneaux"] and not self.errors:
            self.add_error(None, "Cochez au moins deux dates.")
        donnees |= self._gens(donnees)
        self._verifier_quorums(donnees)
        donnees["quorums"] = {
            nom.removeprefix("quorum_"): donnees[nom]
            for nom in self.fields
            if nom.startswith("quorum_") and donnees.get(nom)
        }
        return donnees

    def _gens(self, donnees) -> dict:
        """Whom to ask, and without whom no date is kept: a mandatory person is asked."""
        voulus = {*donnees.get("sondes", []), *donnees.get("obligatoires", [])}
        comptes = {*donnees.get("comptes", []), *donnees.get("comptes_obligatoires", [])}
        if not voulus and not comptes:
            self.add_error(None, "Choisissez au moins une personne à sonder.")
        return {
            "personnes": [p for p in self.participants if str(p.pk) in voulus],
            "indispensables": {int(pk) for pk in donnees.get("obligatoires", [])},
            "comptes": [a.compte for a in self.attendus if str(a.compte.pk) in comptes],
            "comptes_indispensables": {int(pk) for pk in donnees.get("comptes_obligatoires", [])},
        }

    def _verifier_quorums(self, donnees) -> None:
        """More people than are asked would leave every date short."""
        sondes = Counter(p.college for p in donnees["personnes"])
        for nom in [nom for nom in self.fields if nom.startswith("quorum_")]:
            college = nom.removeprefix("quorum_")
            if (donnees.get(nom) or 0) > sondes[college]:
                dits = membres(college, sondes[college])
                phrase = f"Vous sondez {dits}\u00a0: abaissez ce nombre, ou sondez-en d’autres."
                self.add_error(nom, phrase.replace("sondez aucun", "ne sondez aucun"))

    def _horaires(self, donnees):
        """The filled pairs of hours."""
        resultat = []
        for rang in range(PLAGES):
            debut, fin = donnees.get(f"debut{rang}"), donnees.get(f"fin{rang}")
            if bool(debut) != bool(fin):
                self.add_error(None, f"Horaire {rang + 1} : il manque le début ou la fin.")
            elif debut:
                resultat.append((debut, fin))
        return resultat


class FormulaireReponse(FormulaireDsfr):
    """One choice per créneau."""

    libelle_envoi = ""
    brouillon = False
    message = forms.CharField(label="Un mot pour l’organisateur", max_length=400, required=False)

    def __init__(self, *args, plages, **options):
        super().__init__(*args, **options)
        self.plages = plages
        for plage in plages:
            self.fields[f"c{plage.cle}"] = forms.ChoiceField(
                label=plage.entier, choices=Choix, required=False
            )

    @property
    def jours(self):
        """[(day, [(plage, [(id, value, label, ticked)])])], for big targets."""
        groupes = {}
        for plage in self.plages:
            valeur = self[f"c{plage.cle}"].value() or ""
            cases = [
                (f"c{plage.cle}-{cle}", f"c{plage.cle}", cle, libelle, cle == valeur)
                for cle, libelle in Choix.choices
            ]
            groupes.setdefault(plage.jour, []).append((plage, cases))
        return list(groupes.items())

    def remplir(self) -> int:
        """« Oui » on the dates left empty, for the person to read again; how many."""
        self.data = self.data.copy()
        vides = [f"c{p.cle}" for p in self.plages if not self.data.get(f"c{p.cle}")]
        for nom in vides:
            self.data[nom] = Choix.OUI
        return len(vides)

    def clean(self):
        donnees = super().clean()
        choix = {p.cle: donnees.get(f"c{p.cle}") for p in self.plages}
        donnees["choix"] = {cle: valeur for cle, valeur in choix.items() if valeur}
        if not donnees["choix"] and not self.errors:
            self.add_error(None, "Répondez pour une date au moins\u00a0: oui, si besoin ou non.")
        return donnees


class FormulaireSaisie(FormulaireReponse):
    libelle_envoi = "Noter ces réponses"


class FormulaireRetenir(ChampsLieu, FormulaireDsfr):
    libelle_envoi = "Retenir cette date et convoquer"
    SANS_LIEU = "Indiquez le lieu : la convocation le dit."
    salle = ChampsLieu.champ()
    lieu = forms.CharField(label="Lieu", max_length=160, required=False)
    adresse = forms.CharField(label="Adresse", max_length=250, required=False)

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        if "salle" in self.fields:
            self.marquer_facultatifs = False  # one of the two is asked for
            self.fields["lieu"].help_text = "À écrire si aucun lieu connu n’est choisi."
        else:
            self.fields["lieu"].required = True
            self.fields["lieu"].error_messages["required"] = self.SANS_LIEU

    def clean(self):
        donnees = super().clean()
        if "salle" in self.fields and not donnees.get("lieu") and not donnees.get("salle"):
            self.add_error("lieu", self.SANS_LIEU)
        return donnees


class FormulaireLimite(FormulaireDsfr):
    libelle_envoi = "Enregistrer la date limite"
    clot_le = ChampJour(label="Dernier jour pour répondre")
