/**
 * Shows or hides the questions of a call as one answers. Same rules as the server
 * (candidatures/appels/domaine/conditions.py); without this file every question is shown, with « Si … ».
 */

const vide = (valeur) => valeur == null || (Array.isArray(valeur) ? valeur.length === 0 : String(valeur).trim() === "");

function nombre(valeur) {
  const texte = String(valeur).replace(",", ".").replace(/[\s\u00a0\u202f]/g, "");
  return texte !== "" && Number.isFinite(Number(texte)) ? Number(texte) : null;
}

function comparer(valeur, reference) {
  const [a, b] = [nombre(valeur), nombre(reference)];
  if (a === null || b === null) return String(valeur).trim().toLowerCase().localeCompare(String(reference).trim().toLowerCase());
  return a - b;
}

export function tenue(condition, valeur) {
  if (condition.operateur === "vide") return vide(valeur);
  if (vide(valeur)) return false;
  if (condition.operateur === "rempli") return true;
  if (condition.operateur === "contient") return Array.isArray(valeur) && valeur.includes(condition.valeur);
  const ecart = comparer(valeur, condition.valeur);
  return { egal: ecart === 0, different: ecart !== 0, superieur: ecart >= 0, inferieur: ecart <= 0 }[condition.operateur];
}

export function posees(regles, reponses) {
  const parCle = new Map(regles.map((regle) => [regle.cle, regle]));
  const posee = (cle, chemin) => {
    const regle = parCle.get(cle);
    if (!regle || chemin.includes(cle)) return false;
    const condition = regle.condition;
    if (!condition || !condition.question) return true;
    return posee(condition.question, [...chemin, cle]) && tenue(condition, reponses[condition.question]);
  };
  return new Set(regles.map((regle) => regle.cle).filter((cle) => posee(cle, [])));
}

/** The answer typed in the page, or undefined when the question is on another page. */
function saisie(formulaire, cle) {
  const champs = [...formulaire.querySelectorAll(`[name="q_${cle}"]`)];
  if (champs.length === 0) return undefined;
  if (champs[0].type === "checkbox") return champs.filter((c) => c.checked).map((c) => c.value);
  if (champs[0].type === "radio") return champs.find((c) => c.checked)?.value ?? "";
  if (champs[0].type === "file") return champs[0].files.length ? "fichier" : (champs[0].dataset.jointe ?? "");
  return champs[0].value;
}

function boite(formulaire, cle) {
  const champ = formulaire.querySelector(`[name="q_${cle}"]`);
  return champ?.closest(".fr-fieldset, .fr-input-group, .fr-select-group, .fr-upload-group, fieldset") ?? champ?.parentElement;
}

function suivre(formulaire) {
  const regles = JSON.parse(document.getElementById(formulaire.dataset.conditions).textContent);
  const ailleurs = JSON.parse(document.getElementById(formulaire.dataset.reponses)?.textContent ?? "{}");
  const montrer = () => {
    const reponses = Object.fromEntries(regles.map(({ cle }) => [cle, saisie(formulaire, cle) ?? ailleurs[cle]]));
    const visibles = posees(regles, reponses);
    for (const { cle, condition } of regles) {
      const zone = condition && boite(formulaire, cle);
      if (zone) zone.classList.toggle("champ-cache", !visibles.has(cle));
    }
  };
  formulaire.addEventListener("input", montrer);
  formulaire.addEventListener("change", montrer);
  montrer();
}

document.querySelectorAll("[data-conditions]").forEach(suivre);
