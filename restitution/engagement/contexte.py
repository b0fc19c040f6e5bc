"""Gathers the frozen reading of a feuille de route from the database."""

from django.db.models import prefetch_related_objects

from ateliers.cadrage.models import Equipe
from ateliers.seances.models import Seance
from ateliers.sites.models import Hypothese, SiteDemonstrateur
from restitution.engagement import lecture
from restitution.engagement.choix import Cote
from restitution.engagement.dessin import courbes, frise
from restitution.feuilles.domaine.requetes import axes_et_actions
from restitution.feuilles.mise_en_forme import en_date, en_euros, en_mois, en_nombre, paragraphes


def lire_feuille(feuille) -> lecture.FeuilleLue:
    """About fifteen queries whatever the number of actions."""
    axes = axes_et_actions(feuille, provenance=True)
    axes_lus = tuple(_axe(axe, rang) for rang, axe in enumerate(axes, start=1))
    actions = [action for axe in axes for action in axe.actions.all()]
    montants = [a.montant for a in actions if a.montant is not None]
    signatures = [_signature(s) for s in feuille.signatures.order_by("signe_le", "pk")]
    cote = Cote(Cote.ELU).label
    return lecture.FeuilleLue(
        titre=f"Feuille de route — {feuille.atelier.nom}",
        territoire=lire_territoire(feuille.atelier),
        officielle=feuille.suivie,
        # The publication changes nothing to what was signed: the same PDF is kept.
        etat="Officialisée" if feuille.suivie else feuille.get_etat_display(),
        date_couverture=en_mois(feuille.officialisee_le)
        if feuille.suivie
        else "Document de travail",
        validation=_validation(feuille),
        vision=paragraphes(feuille.vision),
        axes=axes_lus,
        approbations=tuple(
            lecture.ApprobationLue(
                organisme=a.organisme.nom, numero=a.numero, date=en_date(a.adoptee_le)
            )
            for a in feuille.approbations.select_related("organisme")
        ),
        signataires_elus=tuple(s for s in signatures if s.cote == cote),
        signataires_etat=tuple(s for s in signatures if s.cote != cote),
        frise=_frise(axes_lus),
        courbes=courbes(feuille.atelier.slug),
        nb_actions=len(actions),
        nb_chiffrees=len(montants),
        total=en_euros(sum(montants)) if montants else "",
    )


def _validation(feuille) -> str:
    if feuille.validee_le is None:
        return ""
    derniere = feuille.validations.first()
    return f"{derniere.get_instance_display()} du {en_date(derniere.tenue_le)}" if derniere else ""


def _signature(signature) -> lecture.SignatureLue:
    return lecture.SignatureLue(
        cote=signature.get_cote_display(),
        nom=signature.nom,
        qualite=signature.qualite,
        organisme=signature.organisme,
        engagement=signature.engagement,
        date=en_date(signature.signe_le),
    )


def lire_territoire(atelier) -> lecture.TerritoireLu:
    perimetre = atelier.perimetre
    prefetch_related_objects([perimetre], "epcis", "communes", "departements")
    equipe = Equipe.objects.filter(atelier=atelier).select_related("mandataire").first()
    sites = SiteDemonstrateur.objects.filter(atelier=atelier).select_related("commune")
    seances = Seance.objects.filter(atelier=atelier, etat="tenue").order_by("debut_reel", "pk")
    return lecture.TerritoireLu(
        nom=atelier.nom,
        lieu=perimetre.lieu,
        composition=_composition(perimetre),
        departements=", ".join(
            str(d) for d in sorted(perimetre.departements.all(), key=lambda d: d.code)
        ),
        population=en_nombre(perimetre.population) if perimetre.population else "",
        millesime=perimetre.millesime,
        dispositif=atelier.dispositif.nom,
        service_pilote=atelier.service_pilote.nom,
        collectivites=", ".join(atelier.porteurs.order_by("nom").values_list("nom", flat=True)),
        equipe=equipe.mandataire.nom if equipe else "",
        presentation=paragraphes(atelier.presentation),
        seances=tuple(
            lecture.SeanceLue(titre=s.titre, quand=en_date(s.debut), lieu=s.lieu) for s in seances
        ),
        sites=tuple(
            lecture.SiteLu(
                nom=s.nom, commune=s.commune.nom, genre=s.get_genre_display(), enjeux=s.enjeux
            )
            for s in sites
        ),
        hypotheses=tuple(Hypothese.objects.filter(atelier=atelier).values_list("titre", flat=True)),
    )


def _composition(perimetre) -> str:
    noms = sorted(epci.nom for epci in perimetre.epcis.all())
    communes = sorted(commune.nom for commune in perimetre.communes.all())
    noms += communes[:12]
    if len(communes) > 12:
        noms.append(f"et {len(communes) - 12} autres communes")
    noms += [zone.nom for zone in perimetre.zones.order_by("nom")]
    return ", ".join(noms)


def _axe(axe, rang: int) -> lecture.AxeLu:
    numeros, actions = {}, []
    principal = 0
    for action in _dans_l_ordre(list(axe.actions.all())):
        if action.parent_id is None:
            principal, sous = principal + 1, 0
            numeros[action.pk] = f"{rang}.{principal}"
        else:
            sous += 1
            numeros[action.pk] = f"{rang}.{principal}.{sous}"
        actions.append(_action(action, numeros[action.pk]))
    return lecture.AxeLu(
        id=axe.pk,
        numero=rang,
        titre=axe.titre,
        texte=paragraphes(axe.texte),
        actions=tuple(actions),
    )


def _dans_l_ordre(actions) -> list:
    """Main actions, each followed by its sous-actions."""
    suite = []
    for action in actions:
        if action.parent_id is None:
            suite.append(action)
            suite += [sous for sous in actions if sous.parent_id == action.pk]
    return suite


def _porteur(texte: str, organisme) -> str:
    if organisme and organisme.nom not in texte:
        return f"{texte} — {organisme.nom}" if texte else organisme.nom
    return texte


def _action(action, numero: str) -> lecture.ActionLue:
    annee = action.echeance_date.year if action.echeance_date else action.echeance_annee
    return lecture.ActionLue(
        id=action.pk,
        numero=numero,
        titre=action.titre,
        description=paragraphes(action.description),
        sous_action=action.parent_id is not None,
        theme=action.theme.libelle if action.theme else "",
        priorite=action.get_priorite_display(),
        horizon=action.get_horizon_display(),
        echeance=en_date(action.echeance_date) or (str(annee) if annee else ""),
        annee=annee,
        portage_elu=_porteur(action.portage_elu, action.portage_elu_organisme),
        portage_etat=_porteur(action.portage_etat, action.portage_etat_organisme),
        pilote=action.pilote,
        partenaires=action.partenaires,
        outils=action.outils,
        montant=en_euros(action.montant),
        financement=action.financement,
        indicateur=action.indicateur,
        deja_engagee=action.deja_engagee,
        origines=_origines(action),
    )


def _origines(action) -> tuple[lecture.OrigineLue, ...]:
    origines = [
        lecture.OrigineLue(nature="Hypothèse", texte=h.titre) for h in action.hypotheses.all()
    ]
    origines += [
        lecture.OrigineLue(nature="Site démonstrateur", texte=s.nom, source=s.commune.nom)
        for s in action.sites.all()
    ]
    for contribution in action.contributions.all():
        seance = contribution.seance
        source = seance.titre
        if seance.debut:
            source += f", {en_date(seance.debut)}"
        origines.append(
            lecture.OrigineLue(nature="Contribution", texte=contribution.texte, source=source)
        )
    return tuple(origines)


def _frise(axes) -> lecture.FriseLue:
    datees = [
        (a.numero, a.annee) for axe in axes for a in axe.actions if a.annee and not a.sous_action
    ]
    graduations, points = frise(datees)
    par_annee: dict[int, list[str]] = {}
    for numero, annee in datees:
        par_annee.setdefault(annee, []).append(numero)
    phrases = [f"{annee} : {', '.join(par_annee[annee])}" for annee in sorted(par_annee)]
    return lecture.FriseLue(
        graduations=tuple(graduations),
        points=tuple(points),
        hauteur=max((y for _x, y, _n in points), default=0) + 24,
        description="Actions par année d’échéance. " + " ; ".join(phrases) + "." if phrases else "",
    )
