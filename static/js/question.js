/** A question of a call: only the fields of the type chosen. Without this module all are shown. */

const POUR = {
  options: ["choix", "choix_multiples"],
  natures: ["fichier"],
  sous_questions: ["bloc"],
  minimum: ["nombre", "bloc"],
  maximum: ["nombre", "bloc"],
};
const type = document.querySelector("main [name='type']");

function montrer() {
  for (const [nom, types] of Object.entries(POUR)) {
    const champ = document.getElementById(`div_id_${nom}`) ?? document.getElementById(`id_${nom}_groupe`);
    if (champ) champ.classList.toggle("fr-hidden", !types.includes(type.value));
  }
  const place = document.querySelector("main [name='place']");
  const rubrique = document.getElementById("div_id_rubrique");
  if (place && rubrique) rubrique.classList.toggle("fr-hidden", place.value !== "propre");
  const condition = document.querySelector("main [name='condition_question']");
  for (const nom of ["operateur", "valeur"]) {
    const champ = document.getElementById(`div_id_condition_${nom}`);
    if (champ && condition) champ.classList.toggle("fr-hidden", !condition.value);
  }
}

if (type) {
  montrer();
  document.querySelector("main form").addEventListener("change", montrer);
}
