"""Take the screenshots of docs/guides on a running demonstration.

python outils/captures.py --adresse http://127.0.0.1:8000 [nom …]

Needs a Chromium (Playwright’s own, or the one of the machine); without a name, all are taken.
"""

import argparse
import io
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

IMAGES = Path(__file__).resolve().parent.parent / "docs" / "guides" / "images"
MOT_DE_PASSE = "demo-atelier"
LARGEUR = 1200
LIMITE = 120_000
AUTHIE = "/ateliers/vallee-de-lauthie-leau-en-partage/espace/"
BEAUVAL = "/candidatures/CAN-2026-0033/"
DOULLENS = "/ateliers/doullens-le-site-sueur/espace/"


@dataclass(frozen=True)
class Capture:
    """An image of a guide: who looks, from which page, following which links, how far down."""

    nom: str
    role: str
    chemin: str
    hauteur: int = 900
    liens: tuple[str, ...] = ()
    depuis: str = "main"


CAPTURES = [
    Capture("dgaln-tableau-de-bord", "dgaln", "/tableau-de-bord/"),
    Capture("dgaln-instruction", "dgaln", "/instruction/"),
    Capture("dgaln-dossier", "dgaln", "/instruction/", liens=("Ria d’Étel",)),
    Capture("dgaln-decisions", "dgaln", "/instruction/decisions/"),
    Capture("dgaln-comite", "dgaln", "/instruction/comites/", liens=("habiter avec l’eau",)),
    Capture("evaluateur-lecture", "evaluateur", "/evaluations/", liens=("Côte d’Opale",)),
    Capture("dgaln-national", "dgaln", "/national/"),
    Capture("ddt-tableau-de-bord", "ddt", "/tableau-de-bord/"),
    Capture("ddt-depot", "ddt", f"{BEAUVAL}rediger/depot/"),
    Capture("ddt-auteurs", "ddt", f"{BEAUVAL}auteurs/"),
    Capture("ddt-atelier", "ddt", AUTHIE),
    Capture("ddt-cadrage", "ddt", f"{AUTHIE}cadrage/"),
    Capture("ddt-seance", "ddt", AUTHIE, liens=("Atelier 2",)),
    Capture("ddt-feuille-de-route", "ddt", f"{DOULLENS}feuille-de-route/lecture/"),
    Capture("ddt-suivi", "ddt", f"{DOULLENS}feuille-de-route/suivi/"),
    Capture("collectivite-tableau-de-bord", "collectivite", "/tableau-de-bord/"),
    Capture("collectivite-dossier", "collectivite", BEAUVAL),
    Capture(
        "collectivite-messages",
        "collectivite",
        "/candidatures/",
        liens=("Nord Picardie", "Échanges"),
    ),
    Capture("collectivite-engagement", "collectivite", f"{DOULLENS}feuille-de-route/engagement/"),
    Capture("collectivite-feuille-publique", "", "/feuilles-de-route/doullens-le-site-sueur/"),
]


def enregistrer(nom, png):
    """Fewer colours, then a smaller picture, until it is under the limit; return its weight."""
    image = Image.open(io.BytesIO(png)).convert("RGB")
    for largeur, couleurs in ((1200, 128), (1200, 64), (1200, 32), (1000, 32), (900, 16)):
        taille = (largeur, round(image.height * largeur / image.width))
        reduite = image if largeur == image.width else image.resize(taille)
        tampon = io.BytesIO()
        reduite.quantize(couleurs, dither=Image.Dither.NONE).save(tampon, "PNG", optimize=True)
        if tampon.tell() <= LIMITE:
            break
    (IMAGES / f"{nom}.png").write_bytes(tampon.getvalue())
    return tampon.tell()


def connecter(page, adresse, role):
    """Sign in as one of the demonstration’s cast."""
    page.goto(f"{adresse}/connexion/")
    page.fill("[name=login]", f"{role}@demo.example")
    page.fill("[name=password]", MOT_DE_PASSE)
    page.press("[name=password]", "Enter")
    page.wait_for_url(lambda url: "/connexion/" not in url)


def prendre(page, adresse, capture):
    """Shoot the page’s content, without what surrounds it; return its weight, 0 when it fails."""
    reponse = page.goto(f"{adresse}{capture.chemin}")
    for lien in capture.liens:
        with page.expect_navigation() as navigation:
            page.locator("main").get_by_role("link", name=lien).first.click()
        reponse = navigation.value
    if reponse is None or not reponse.ok:
        print(f"✗ {capture.nom} : {capture.chemin} ne répond pas comme attendu.")
        return 0
    page.wait_for_load_state("networkidle")
    page.evaluate("document.activeElement && document.activeElement.blur()")
    cadre = page.locator(capture.depuis).first.bounding_box()
    zone = {"x": 0, "y": cadre["y"], "width": LARGEUR}
    zone["height"] = min(capture.hauteur, cadre["height"])
    poids = enregistrer(capture.nom, page.screenshot(full_page=True, clip=zone))
    print(f"✓ {capture.nom} : {poids // 1000} ko")
    return poids


def principal():
    lecteur = argparse.ArgumentParser(description="Prend les captures d’écran des guides.")
    lecteur.add_argument("--adresse", default="http://127.0.0.1:8000")
    lecteur.add_argument("noms", nargs="*", help="les captures à reprendre ; toutes par défaut")
    options = lecteur.parse_args()
    choisies = [c for c in CAPTURES if not options.noms or c.nom in options.noms]
    IMAGES.mkdir(parents=True, exist_ok=True)
    poids = []
    with sync_playwright() as outil:
        navigateur = outil.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox"]
        )
        for role in dict.fromkeys(c.role for c in choisies):
            contexte = navigateur.new_context(
                viewport={"width": LARGEUR, "height": 900}, locale="fr-FR"
            )
            page = contexte.new_page()
            if role:
                connecter(page, options.adresse, role)
            poids += [prendre(page, options.adresse, c) for c in choisies if c.role == role]
            contexte.close()
        navigateur.close()
    print(f"{len(poids)} captures, {sum(poids) // 1000} ko.")
    return 0 if all(poids) else 1


if __name__ == "__main__":
    sys.exit(principal())
