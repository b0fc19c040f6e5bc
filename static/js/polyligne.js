/** Reads the outlines that socle/territoires/polyligne.py writes: polygons of rings of [longitude, latitude]. */

function anneau(texte, pas) {
  const points = [];
  const ecarts = [0, 0];
  let [x, y, axe, decalage] = [0, 0, 0, 0];
  for (let i = 0; i < texte.length; i += 1) {
    const bits = texte.charCodeAt(i) - 63;
    ecarts[axe] |= (bits & 0x1f) << decalage;
    decalage += 5;
    if (bits >= 0x20) continue;
    ecarts[axe] = ecarts[axe] & 1 ? ~(ecarts[axe] >>> 1) : ecarts[axe] >>> 1;
    decalage = 0;
    if (axe) {
      x += ecarts[0];
      y += ecarts[1];
      points.push([x * pas, y * pas]);
      ecarts.fill(0);
    }
    axe = 1 - axe;
  }
  return points;
}

export const decoder = (texte, pas) => texte.split(";").map((p) => p.split(",").map((a) => anneau(a, pas)));
