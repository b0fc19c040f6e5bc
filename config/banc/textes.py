"""French prose by the kilogram: the length of real notes, the same at every run."""

from random import Random

SUJETS = (
    "La commune centre",
    "L’intercommunalité",
    "Le bourg ancien",
    "La vallée",
    "Le plateau agricole",
    "Le quartier de la gare",
    "L’ancienne papeterie",
    "Le littoral",
    "La friche ferroviaire",
    "Le conseil communautaire",
    "Le service instructeur",
    "La population active",
    "L’aménagement des berges",
    "Le commerce de proximité",
    "Le parc de logements",
)
VERBES = (
    "perd des habitants depuis quinze ans",
    "cherche une vocation nouvelle",
    "concentre les équipements du bassin de vie",
    "souffre d’une vacance élevée",
    "accueille des ménages venus de la métropole",
    "dispose de terrains publics maîtrisés",
    "reste exposé au ruissellement et aux coulées de boue",
    "attend une décision de l’État",
    "a fait l’objet de plusieurs études sans suite",
    "s’appuie sur une filière bois structurée",
    "offre des paysages reconnus mais peu protégés",
    "manque d’une vision partagée",
)
COMPLEMENTS = (
    "malgré les opérations programmées d’amélioration de l’habitat",
    "alors que le schéma de cohérence territoriale entre en révision",
    "dans un contexte de sobriété foncière et de zéro artificialisation nette",
    "ce qui appelle un travail commun avec les habitants et les agriculteurs",
    "sans que les outils réglementaires suffisent à y répondre",
    "au moment où la ressource en eau devient un facteur limitant",
    "et les élus souhaitent en débattre avant la fin du mandat",
    "tandis que l’offre de mobilité ne couvre plus les hameaux",
)
OBJETS = (
    "Revitaliser",
    "Aménager autrement",
    "Relier",
    "Renaturer",
    "Habiter",
    "Réparer",
    "Accueillir dans",
    "Préparer l’avenir de",
    "Recomposer",
)
PRENOMS = (
    "Anne",
    "Bruno",
    "Camille",
    "Denis",
    "Élise",
    "Farid",
    "Gaëlle",
    "Hugo",
    "Inès",
    "Jeanne",
    "Karim",
    "Louise",
)
NOMS = (
    "Arnaud",
    "Besson",
    "Caron",
    "Dupré",
    "Évrard",
    "Fontaine",
    "Garnier",
    "Hamel",
    "Jacquot",
    "Lemoine",
    "Marchal",
    "Noël",
    "Perrin",
    "Renaud",
    "Tessier",
)
FICHIERS = (
    "Délibération du conseil communautaire",
    "Plan de situation",
    "Lettre d’intention du maire",
    "Étude de programmation",
    "Photographies des sites",
    "Bilan de la concertation",
    "Diagnostic foncier",
    "Convention cadre",
)


def phrase(hasard: Random) -> str:
    return f"{hasard.choice(SUJETS)} {hasard.choice(VERBES)}, {hasard.choice(COMPLEMENTS)}."


def note(hasard: Random, phrases: int) -> str:
    """Paragraphs of four sentences."""
    suite = [phrase(hasard) for _ in range(phrases)]
    return "\n\n".join(" ".join(suite[i : i + 4]) for i in range(0, phrases, 4))


# What only some dossiers speak about: one word for one dossier in twenty.
PARTICULIERS = (
    "ardoisière",
    "aérodrome",
    "bocage",
    "brasserie",
    "canal",
    "caserne",
    "cimenterie",
    "estuaire",
    "filature",
    "glacier",
    "hippodrome",
    "lavoir",
    "marais",
    "observatoire",
    "phare",
    "sanatorium",
    "sucrerie",
    "tannerie",
    "thermes",
    "verrerie",
)
