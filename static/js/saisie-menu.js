/** The ticks of the steps, after a save that filled or emptied a field: read again from this page. */

const DELAI = 400;
let minuteur = 0;

async function relire() {
  const menu = document.getElementById("etapes");
  const reponse = await fetch(location.href, { credentials: "same-origin" }).catch(() => null);
  if (!reponse?.ok || reponse.redirected) return;
  const lu = new DOMParser().parseFromString(await reponse.text(), "text/html").getElementById("etapes");
  // Only what says « done » changes: a link that has the focus stays in place.
  const lignes = menu.querySelectorAll("li");
  const lues = lu?.querySelectorAll("li") ?? [];
  if (lues.length !== lignes.length) return;
  lignes.forEach((ligne, rang) => {
    if (ligne.className === lues[rang].className) return;
    ligne.className = lues[rang].className;
    ligne.querySelector("a").replaceChildren(...lues[rang].querySelector("a").childNodes);
  });
}

export function suivreMenu() {
  if (!document.getElementById("etapes")) return;
  clearTimeout(minuteur);
  minuteur = setTimeout(relire, DELAI);
}
