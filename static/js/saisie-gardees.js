/**
 * On the pages of a dossier that have no form: what was typed in this browser and never saved is sent;
 * what the server refuses is shown with its reason. The deposit waits until each is sent or dismissed.
 */

import { blocGardee, essayer, gardees, poster, utilisateur } from "./saisie-envoi.js";

async function reprendre(zone) {
  const url = zone.dataset.saisieGardees;
  let envoyees = 0;
  for (const [cle, nom, gardee] of gardees(url)) {
    const reponse = await poster(url, nom, gardee.valeur, gardee.revision);
    if (reponse.statut === 200) {
      essayer(() => localStorage.removeItem(cle));
      envoyees += 1;
      continue;
    }
    zone.append(blocGardee(cle, nom, gardee, reponse, () => dire(zone)));
  }
  if (envoyees) location.reload(); // What is missing, and the text shown, have just changed.
  else dire(zone);
}

const attente = (zone) => zone.querySelectorAll("[data-saisie-gardee]").length;

function dire(zone) {
  zone.hidden = attente(zone) === 0;
  const phrase = zone.querySelector("[data-saisie-phrase]");
  phrase.textContent = attente(zone) > 1
    ? "Des textes tapés sur ce poste n’ont pas été enregistrés."
    : "Un texte tapé sur ce poste n’a pas été enregistré.";
}

function deposer(formulaire, zone, bouton) {
  formulaire.dataset.saisiePret = "oui";
  if (!attente(zone)) {
    formulaire.requestSubmit(bouton);
    return;
  }
  zone.scrollIntoView({ block: "center" });
  zone.querySelector("button")?.focus();
}

if (utilisateur) {
  for (const zone of document.querySelectorAll("[data-saisie-gardees]")) {
    const pret = reprendre(zone);
    for (const formulaire of document.querySelectorAll("[data-saisie-attend]")) {
      formulaire.addEventListener("submit", (evenement) => {
        if (formulaire.dataset.saisiePret && !attente(zone)) return;
        evenement.preventDefault();
        evenement.stopPropagation(); // Not sent yet: interface.js must not lock it.
        const bouton = evenement.submitter ?? undefined;
        // A form may not be sent again from within its own submit event: a turn later it may.
        pret.then(() => setTimeout(() => deposer(formulaire, zone, bouton), 0));
      });
    }
  }
}
