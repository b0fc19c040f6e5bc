/**
 * The vote: « Tous pour » in one click beside the votes, and only the fields that the proposal and the
 * voices call for. Without this module all the fields are shown, each saying when it serves.
 */

const formulaire = document.querySelector("form:has([name=proposition])");
const bouton = document.querySelector("[data-tous-pour]");
const votes = [...document.querySelectorAll("select[name^=vote_]")];

const nommes = () => votes.map((vote) => vote.value).filter(Boolean);

/** The same count as the server: by name when one voted by name, otherwise the totals. */
function partagees() {
  const lus = nommes();
  const total = (sens) =>
    lus.length ? lus.filter((vote) => vote === sens).length : Number(formulaire.elements[sens].value || 0);
  const [pour, contre, abstention] = ["pour", "contre", "abstention"].map(total);
  return pour === contre && pour + contre + abstention > 0;
}

function montrer() {
  const proposition = formulaire.elements.proposition.value;
  const egalite = partagees();
  const totaux = nommes().length === 0; // by name, they are counted
  const utiles = {
    pour: totaux,
    contre: totaux,
    abstention: totaux,
    rang_reserve: proposition === "reserve",
    vers_dispositif: proposition === "reorienter",
    preponderante: egalite,
    presidence_contre: egalite,
  };
  for (const [nom, utile] of Object.entries(utiles)) {
    const zone = document.getElementById(`div_id_${nom}`);
    // What was refused stays in sight, whatever was chosen since.
    zone?.classList.toggle("fr-hidden", !utile && !zone.querySelector("[aria-invalid=true]"));
  }
}

if (bouton) {
  document.getElementById(`div_id_${votes[0].name}`).before(bouton);
  bouton.hidden = false;
  bouton.querySelector("button").addEventListener("click", () => {
    for (const vote of votes) {
      vote.value = "pour";
      vote.dispatchEvent(new Event("change", { bubbles: true }));
    }
  });
}

if (formulaire) {
  formulaire.addEventListener("input", montrer);
  formulaire.addEventListener("change", montrer);
  montrer();
}
