/**
 * What is typed in a form marked data-brouillon stays in this browser, per person and per address,
 * until the server says that it is saved. Nothing is sent anywhere.
 */

const PREFIXE = "brouillon";
const ENVOI = "brouillon-envoi";
const GARDE_JOURS = 14;
const utilisateur = document.body.dataset.utilisateur || "anonyme";
const IGNORES = new Set(["csrfmiddlewaretoken", "jeton", "revision", "envoyer"]);

const cleDe = (formulaire) =>
  [PREFIXE, utilisateur, formulaire.dataset.brouillon || "", location.pathname].join("|");

/** Storage may be full or forbidden: the form then works as without drafts. */
function essayer(action) {
  try {
    return action();
  } catch {
    return null;
  }
}

function champs(formulaire) {
  return [...formulaire.elements].filter(
    (champ) =>
      champ.name && !IGNORES.has(champ.name) && !["password", "file", "hidden", "submit", "button"].includes(champ.type),
  );
}

const coche = (champ) => champ.type === "checkbox" || champ.type === "radio";

function lire(formulaire) {
  const valeurs = {};
  for (const champ of champs(formulaire)) {
    valeurs[champ.name] ??= [];
    if (coche(champ)) {
      if (champ.checked) valeurs[champ.name].push(champ.value);
    } else if (champ.multiple) {
      valeurs[champ.name].push(...[...champ.selectedOptions].map((option) => option.value));
    } else {
      valeurs[champ.name].push(champ.value);
    }
  }
  return valeurs;
}

function ecrire(formulaire, valeurs) {
  const rang = {};
  for (const champ of champs(formulaire)) {
    const gardees = valeurs[champ.name];
    if (!gardees) continue;
    if (coche(champ)) champ.checked = gardees.includes(champ.value);
    else if (champ.multiple) for (const option of champ.options) option.selected = gardees.includes(option.value);
    else {
      rang[champ.name] ??= 0;
      champ.value = gardees[rang[champ.name]++] ?? champ.value;
    }
    champ.dispatchEvent(new Event("change", { bubbles: true }));
  }
}

function avis(formulaire, gardee, origine, cle, lueIci) {
  const boite = document.createElement("div");
  boite.className = "brouillon fr-alert fr-alert--info fr-alert--sm fr-mb-3w";
  boite.setAttribute("role", "status");
  const le = new Date(gardee.quand);
  const paris = { timeZone: "Europe/Paris" }; // as everywhere on the site, whatever the clock of this computer
  const heure = le.toLocaleTimeString("fr-FR", { ...paris, hour: "numeric", minute: "2-digit" }).replace(":", "\u00a0h\u00a0");
  const quand = `${le.toLocaleDateString("fr-FR", { ...paris, dateStyle: "long" })} à ${heure}`;
  const texte = document.createElement("p");
  texte.textContent = `Votre saisie du ${quand}, non enregistrée, a été rétablie.`;
  const bouton = document.createElement("button");
  bouton.type = "button";
  bouton.className = "fr-btn fr-btn--tertiary fr-btn--sm";
  bouton.textContent = "Revenir à la version enregistrée";
  bouton.addEventListener("click", () => {
    ecrire(formulaire, origine);
    rendreLues(formulaire, lueIci);
    essayer(() => localStorage.removeItem(cle));
    boite.remove();
  });
  boite.append(texte, bouton);
  formulaire.prepend(boite);
}

/** The page after a sending: saved (a success message) → forget the text; anything else → keep it. */
function oublierEnvoi() {
  const cles = essayer(() => JSON.parse(sessionStorage.getItem(ENVOI))) || [];
  essayer(() => sessionStorage.removeItem(ENVOI));
  if (!document.querySelector("#messages .fr-alert--success, [data-enregistre]")) return;
  cles.forEach((cle) => essayer(() => localStorage.removeItem(cle)));
}

const noterEnvoi = (cles) => essayer(() => sessionStorage.setItem(ENVOI, JSON.stringify(cles)));

/** « Reprendre votre saisie » sends a form of another page: its drafts end with that address. */
function suivreReprise(formulaire) {
  formulaire.addEventListener("submit", () => {
    const fin = `|${formulaire.dataset.brouillonChemin}`;
    const debut = `${PREFIXE}|${utilisateur}|`;
    noterEnvoi(Object.keys(localStorage).filter((cle) => cle.startsWith(debut) && cle.endsWith(fin)));
  });
}

function purger() {
  const limite = Date.now() - GARDE_JOURS * 86_400_000;
  for (const cle of Object.keys(localStorage)) {
    if (!cle.startsWith(`${PREFIXE}|`)) continue;
    const gardee = essayer(() => JSON.parse(localStorage.getItem(cle)));
    if (!gardee || gardee.quand < limite) localStorage.removeItem(cle);
  }
}

/** What the text was written from: it goes back to the server with it, whatever was stored since. */
const LUES = ["revision", "base"];
const lues = (formulaire) => Object.fromEntries(LUES.map((nom) => [nom, formulaire.elements.namedItem(nom)?.value]));

function rendreLues(formulaire, valeurs = {}) {
  for (const nom of LUES) {
    const champ = formulaire.elements.namedItem(nom);
    if (champ && valeurs[nom]) champ.value = valeurs[nom];
  }
}

/** Only what was typed: the rest of the form is what the server holds now, perhaps a colleague’s. */
const ecarts = (valeurs, origine) =>
  Object.fromEntries(Object.entries(valeurs).filter(([nom, v]) => JSON.stringify(v) !== JSON.stringify(origine[nom])));

function suivre(formulaire) {
  const cle = cleDe(formulaire);
  const origine = lire(formulaire);
  const lueIci = lues(formulaire);
  const gardee = essayer(() => JSON.parse(localStorage.getItem(cle)));
  // The answer to a sending shows what was sent already, and on a conflict what was merged into it.
  const renvoyee = formulaire.querySelector("[data-resume-erreurs]") ?? document.querySelector("[data-deux-versions]");
  if (gardee && !renvoyee && Object.keys(ecarts(gardee.valeurs, origine)).length) {
    ecrire(formulaire, gardee.valeurs);
    rendreLues(formulaire, gardee.lues);
    const volet = formulaire.closest("details.action-post");
    if (volet) volet.open = true; // A reason that was being written: not put back where nobody sees it.
    avis(formulaire, gardee, origine, cle, lueIci);
  }
  let attente;
  const garder = () => {
    const valeurs = { ...(renvoyee && gardee?.valeurs), ...ecarts(lire(formulaire), origine) };
    essayer(() =>
      Object.keys(valeurs).length
        ? localStorage.setItem(cle, JSON.stringify({ quand: Date.now(), valeurs, lues: lues(formulaire) }))
        : localStorage.removeItem(cle),
    );
  };
  formulaire.addEventListener("input", () => {
    clearTimeout(attente);
    attente = setTimeout(garder, 400);
  });
  formulaire.addEventListener("submit", () => {
    clearTimeout(attente);
    garder();
    noterEnvoi([cle]);
  });
  formulaire.addEventListener("htmx:afterRequest", (evenement) => {
    if (!evenement.detail.successful) return;
    clearTimeout(attente);
    essayer(() => localStorage.removeItem(cle));
    essayer(() => sessionStorage.removeItem(ENVOI));
  });
}

essayer(purger);
oublierEnvoi();
document.querySelectorAll("form[data-brouillon]").forEach(suivre);
document.querySelectorAll("form[data-brouillon-chemin]").forEach(suivreReprise);

/** « Garder la version de votre collègue »: the drafts of this page go. */
document.querySelector("[data-oublier-brouillon]")?.addEventListener("click", () => {
  const debut = `${PREFIXE}|${utilisateur}|`;
  Object.keys(localStorage)
    .filter((cle) => cle.startsWith(debut) && cle.endsWith(`|${location.pathname}`))
    .forEach((cle) => essayer(() => localStorage.removeItem(cle)));
});
