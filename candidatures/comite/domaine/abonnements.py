"""What the committee tells the rooms below."""

from candidatures.comite.calcul.ecarts import ecarts_du_comite, rang_delibere
from candidatures.instruction.gardes import declarer_garde, declarer_rang

declarer_garde(ecarts_du_comite)
declarer_rang(rang_delibere)
