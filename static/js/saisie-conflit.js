/**
 * Two texts for one field: both side by side, and the choice. Driven by saisie.js through events:
 * « saisie:conflit » on the field's group shows the panel, « saisie:choix » tells what was chosen.
 */

import { communes } from "./saisie-fusion.js";

const mots = (texte) => texte.split(/(\s+)/).filter(Boolean);

/** The two texts as segments [text, differs]: what the other side does not have is marked. */
function segments(autre, mien) {
  const [a, b] = [mots(autre), mots(mien)];
  const paires = communes(a, b);
  const marquer = (liste, rangs) => liste.map((mot, rang) => [mot, !rangs.has(rang) && Boolean(mot.trim())]);
  if (!paires.length) return [[[autre, false]], [[mien, false]]]; // Nothing alike: no mark helps.
  return [marquer(a, new Set(paires.map(([x]) => x))), marquer(b, new Set(paires.map(([, y]) => y)))];
}

function remplir(corps, morceaux) {
  corps.replaceChildren();
  for (const [texte, differe] of morceaux) {
    if (differe) corps.append(Object.assign(document.createElement("mark"), { textContent: texte }));
    else corps.append(texte);
  }
  if (!corps.textContent) corps.textContent = "(vide)";
}

function bloc(titre, morceaux, mien) {
  const boite = document.createElement("div");
  boite.className = `conflit__texte${mien ? " conflit__texte--mien" : ""}`;
  const entete = document.createElement("p");
  entete.className = "fr-text--sm fr-text--bold fr-mb-1w";
  entete.textContent = titre;
  const corps = document.createElement("div");
  corps.className = "conflit__corps";
  remplir(corps, morceaux);
  boite.append(entete, corps);
  return boite;
}

function bouton(libelle, variante, action) {
  const element = document.createElement("button");
  element.type = "button";
  element.className = `fr-btn fr-btn--sm ${variante}`;
  element.textContent = libelle;
  element.addEventListener("click", action);
  return element;
}

document.addEventListener("saisie:conflit", (evenement) => {
  const groupe = evenement.target;
  const { autre, mien, par, le, moi, fusion, cle, titre: phrase } = evenement.detail;
  groupe.querySelector(":scope > [data-saisie-conflit]")?.remove();
  const auteur = moi ? "vous-même, sur une autre page" : par || "un collègue";
  const panneau = document.createElement("section");
  panneau.className = "conflit conflit--champ";
  panneau.dataset.saisieConflit = cle;
  panneau.setAttribute("role", "alert");
  const titre = document.createElement("p");
  titre.className = "fr-text--bold fr-mb-1w";
  titre.textContent = phrase ? `${phrase} Rien n’est perdu, choisissez.` : "Deux textes pour ce champ : rien n’est perdu, choisissez.";
  const [sien, leMien] = segments(autre, mien);
  panneau.dataset.autre = autre;
  const colonnes = document.createElement("div");
  colonnes.className = "conflit__colonnes";
  colonnes.append(
    bloc(`Enregistré par ${auteur}${le ? `, ${le}` : ""}`, sien, false),
    bloc("Le vôtre, pas encore enregistré", leMien, true),
  );
  const boutons = document.createElement("div");
  boutons.className = "conflit__boutons";
  const choisir = (choix) => () => {
    panneau.remove();
    groupe.dispatchEvent(new CustomEvent("saisie:choix", { bubbles: true, detail: { cle, choix } }));
  };
  boutons.append(
    bouton("Garder le mien", "fr-btn--secondary", choisir("mien")), // The form keeps the one primary button.
    bouton(moi || !par ? "Garder l’autre" : `Garder celui de ${par}`, "fr-btn--secondary", choisir("autre")),
  );
  if (fusion) boutons.append(bouton("Reprendre les deux", "fr-btn--tertiary", choisir("deux")));
  panneau.append(titre, colonnes, boutons);
  groupe.append(panneau);
  panneau.scrollIntoView({ block: "nearest" });
});

/** What is typed while the panel is open is what « Le vôtre » says. */
document.addEventListener("saisie:mien", (evenement) => {
  const { cle, mien } = evenement.detail;
  const panneau = document.querySelector(`[data-saisie-conflit="${CSS.escape(cle)}"]`);
  if (!panneau) return;
  const [corps, leMien] = panneau.querySelectorAll(".conflit__corps");
  const morceaux = segments(panneau.dataset.autre, mien);
  remplir(corps, morceaux[0]);
  remplir(leMien, morceaux[1]);
});
