/** Says who bears the SIRET that is being typed. It never blocks the typing nor the form. */

for (const champ of document.querySelectorAll("[data-siret]")) {
  const ligne = document.createElement("p");
  ligne.className = "fr-hint-text fr-mt-1w";
  ligne.setAttribute("role", "status");
  champ.after(ligne);
  let minuteur = 0;
  let demande = 0;
  champ.addEventListener("input", () => {
    clearTimeout(minuteur);
    const rang = ++demande;
    ligne.textContent = "";
    const chiffres = champ.value.replace(/\D/g, "");
    if (chiffres.length !== 9 && chiffres.length !== 14) return;
    minuteur = setTimeout(async () => {
      try {
        const reponse = await fetch(`${champ.dataset.siret}?siret=${chiffres}`);
        const { phrase } = await reponse.json();
        if (rang === demande) ligne.textContent = phrase;
      } catch {
        ligne.textContent = "";
      }
    }, 400);
  });
}
