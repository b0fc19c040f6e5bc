"""The signed sheet is the proof: joined once begun, read by who keeps the sheet."""

import hashlib
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from ateliers.participants.domaine.feuilles import joindre_feuille
from ateliers.participants.models import FeuilleSignee
from ateliers.seances.models import Seance
from socle.erreurs import ActionInterdite, ErreurMetier, TransitionImpossible
from tests.factories.candidatures import PDF
from tests.factories.participants import faire_invites

pytestmark = pytest.mark.django_db


def test_la_feuille_signee_se_joint_et_se_relit(distribution, connecte):
    seance, _ = faire_invites(distribution)
    hier = timezone.now() - timedelta(days=1)
    Seance.objects.filter(pk=seance.pk).update(debut_prevu=hier, fin_prevu=hier)
    args = [seance.atelier.slug, seance.pk]
    visiteur = connecte("equipe")
    adresse = reverse("ateliers:feuille_joindre", args=args)
    form = visiteur.get(adresse).context["form"]
    fichier = SimpleUploadedFile("emargement.pdf", PDF)
    assert visiteur.post(adresse, {"jeton": form.jeton, "fichier": fichier}).status_code == 302
    feuille = FeuilleSignee.objects.get(seance=seance)
    assert (feuille.sha256, feuille.par) == (hashlib.sha256(PDF).hexdigest(), distribution.equipe)
    lien = reverse("ateliers:feuille_signee", args=[*args, feuille.pk])
    page = visiteur.get(reverse("ateliers:emargement", args=args)).text
    assert (page.count(lien), page.count(adresse)) == (1, 1)
    reponse = visiteur.get(lien)
    assert b"".join(reponse.streaming_content) == PDF
    lecteurs = {}
    for role in ("dreal", "ddt_autre", "collectivite"):
        reponse = connecte(role).get(lien)
        lecteurs[role] = reponse.status_code
        if reponse.streaming:  # read to its end, so that the file is closed
            assert b"".join(reponse.streaming_content) == PDF
    assert lecteurs == {"dreal": 403, "ddt_autre": 404, "collectivite": 200}
    seance.refresh_from_db()
    with pytest.raises(ErreurMetier, match="déjà joint"):
        joindre_feuille(seance=seance, par=distribution.ddt, nom="f.pdf", octets=PDF)


def test_ni_avant_la_seance_ni_par_qui_ne_tient_pas_la_feuille(distribution):
    seance, _ = faire_invites(distribution)
    demain = timezone.now() + timedelta(days=1)
    Seance.objects.filter(pk=seance.pk).update(debut_prevu=demain, fin_prevu=demain)
    seance.refresh_from_db()
    with pytest.raises(TransitionImpossible):
        joindre_feuille(seance=seance, par=distribution.ddt, nom="f.pdf", octets=PDF)
    with pytest.raises(ActionInterdite):
        joindre_feuille(seance=seance, par=distribution.dreal, nom="f.pdf", octets=PDF)
    assert FeuilleSignee.objects.count() == 0
