"""The picker: a combobox with JavaScript, a box to fill in without it. Same names, same values."""

from __future__ import annotations

from django import forms

from socle.territoires.domaine.recherche import resultat_commune, resultat_epci
from socle.territoires.domaine.saisie import lire_codes
from socle.territoires.models import Departement


class SelecteurPerimetre(forms.Widget):
    template_name = "territoires/selecteur_perimetre.html"
    zones = True  # False where only a commune or an EPCI can act
    departement = ""  # code of the département whose names come first

    def value_from_datadict(self, data, files, name):
        """(codes, typed lines); a plain dict may hold a single code."""
        lire = getattr(data, "getlist", None)
        codes = lire(name) if lire else data.get(name, [])
        codes = [codes] if isinstance(codes, str) else list(codes)
        return [c for c in codes if c], data.get(f"{name}_saisie", "") or ""

    def value_omitted_from_data(self, data, files, name):
        return name not in data and f"{name}_saisie" not in data

    def id_for_label(self, id_, index="0"):
        return id_

    def get_context(self, name, value, attrs):
        contexte = super().get_context(name, None, attrs)
        codes, lignes = value if isinstance(value, tuple) else (value or [], "")
        contexte["widget"]["attrs"].setdefault("id", f"id_{name}")
        contexte["widget"] |= {
            "decrit_par": contexte["widget"]["attrs"].get("aria-describedby", ""),
            "inactif": contexte["widget"]["attrs"].get("disabled", False),
            "lignes": lignes,
            "departement": self.departement,
            "zones": self.zones,
            "choisis": list(self._choisis(codes)),
            "departements": list(Departement.objects.all()),
        }
        return contexte

    def _choisis(self, codes):
        lecture = lire_codes(codes)
        for epci in lecture.epcis:
            yield resultat_epci(epci)
        for commune in lecture.communes:
            yield resultat_commune(commune)
        for nom, dept in lecture.zones:
            yield {"code": f"Z{dept.code}:{nom}", "nom": nom, "precision": f"zone, {dept}"}
