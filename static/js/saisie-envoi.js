/** What the autosave says to the server, and what is kept in this browser when it does not hear. */

export const utilisateur = document.body.dataset.utilisateur || "";
const jetonCsrf = () => document.cookie.match(/(?:^|; )csrftoken=([^;]+)/)?.[1] ?? "";

/** Storage may be full or forbidden: the form then saves as it types, without a copy here. */
export function essayer(action) {
  try {
    return action();
  } catch {
    return null;
  }
}

export const prefixe = (url) => `saisie|${utilisateur}|${url}|`;

/** Every text of one dossier that was typed here and never acknowledged: [key, field, what is kept]. */
export function gardees(url) {
  const debut = prefixe(url);
  return Object.keys(essayer(() => localStorage) ?? {})
    .filter((cle) => cle.startsWith(debut))
    .map((cle) => [cle, cle.slice(debut.length), essayer(() => JSON.parse(localStorage.getItem(cle)))])
    .filter(([, , gardee]) => gardee);
}

/** Answer of the server: {statut, donnees}; statut 0 when it could not be reached. */
export async function poster(url, champ, valeur, revision) {
  const body = new URLSearchParams({ champ, valeur, revision, utilisateur });
  try {
    const reponse = await fetch(url, {
      method: "POST",
      body,
      keepalive: body.toString().length < 60_000,
      headers: { "X-CSRFToken": jetonCsrf(), Accept: "application/json" },
    });
    const json = reponse.headers.get("Content-Type")?.startsWith("application/json");
    if (!json && reponse.ok) return { statut: 403, donnees: null }; // Some other page: the sign-in.
    return { statut: reponse.status, donnees: json ? await reponse.json() : null };
  } catch {
    return { statut: 0, donnees: null };
  }
}

/** Why a text was not taken, in a sentence. */
function raison({ statut, donnees }) {
  if (statut === 409) return "Un autre texte est enregistré pour ce champ : ouvrez son étape pour choisir.";
  if (statut === 404) return "Ce dossier n’est plus accessible.";
  if (donnees?.message) return donnees.message;
  if (statut === 401 || statut === 403) return "Votre session a expiré.";
  return "Le serveur ne répond pas pour l’instant.";
}

function bouton(libelle, action) {
  const element = document.createElement("button");
  element.type = "button";
  element.className = "fr-btn fr-btn--secondary fr-btn--sm";
  element.textContent = libelle;
  element.addEventListener("click", () => action(element));
  return element;
}

async function copier(texte, element) {
  try {
    await navigator.clipboard.writeText(texte);
    element.textContent = "Copié";
  } catch {
    const plage = document.createRange(); // Clipboard refused: the text is selected, ready to copy.
    plage.selectNodeContents(element.closest("[data-saisie-gardee]").querySelector(".conflit__corps"));
    getSelection().removeAllRanges();
    getSelection().addRange(plage);
    element.textContent = "Texte sélectionné";
  }
}

/** The server knows the person and refuses this field: its step would refuse them too. */
const etapeFermee = ({ statut, donnees }) => statut === 404 || (statut === 403 && Boolean(donnees?.message));

/** One kept text, why it is not saved, and what to do with it. `fini` is called once dismissed. */
export function blocGardee(cle, nom, gardee, reponse, fini = () => {}) {
  const boite = document.createElement("section");
  boite.className = "conflit conflit--champ";
  boite.dataset.saisieGardee = nom;
  const titre = Object.assign(document.createElement("p"), {
    className: "fr-text--bold fr-mb-1w",
    textContent: `${gardee.libelle || "Un champ de ce dossier"} : ce texte n’est pas enregistré. ${raison(reponse)}`,
  });
  const corps = Object.assign(document.createElement("div"), {
    className: "conflit__corps conflit__texte",
    textContent: (gardee.lisible ?? gardee.valeur) || "(vide)",
  });
  const boutons = Object.assign(document.createElement("div"), { className: "conflit__boutons" });
  boutons.append(bouton("Copier", (element) => copier(gardee.lisible ?? gardee.valeur, element)));
  if (gardee.page && gardee.page !== location.pathname && !etapeFermee(reponse)) {
    boutons.append(Object.assign(document.createElement("a"), {
      className: "fr-btn fr-btn--secondary fr-btn--sm", href: gardee.page, textContent: "Ouvrir son étape",
    }));
  }
  boutons.append(bouton("Ne plus garder ce texte", () => {
    essayer(() => localStorage.removeItem(cle));
    boite.remove();
    fini();
  }));
  boite.append(titre, corps, boutons);
  return boite;
}
