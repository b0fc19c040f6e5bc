"""What the page shows is unbreakable; what it sends back is what was stored."""

import pytest

from socle.interface.typographie import insecables_html


@pytest.mark.parametrize(
    ("html", "attendu"),
    [
        ("<p>Lieu : « Beauval » !</p>", "<p>Lieu\xa0: «\xa0Beauval\xa0»\xa0!</p>"),
        ("<b>Lieu</b> : ici ; là", "<b>Lieu</b>\xa0: ici\xa0; là"),
        ('<input value="Zone : Vallée"><p>9 h : accueil</p>', None),
        ("<textarea>Zone : Vallée ?</textarea>", "<textarea>Zone : Vallée ?</textarea>"),
        ("<script>a ? b : c</script><p>rien</p>", "<script>a ? b : c</script><p>rien</p>"),
        ("<p>une page sans faute</p>", "<p>une page sans faute</p>"),
    ],
)
def test_seul_le_texte_de_la_page_change(html, attendu):
    if attendu is None:
        attendu = '<input value="Zone : Vallée"><p>9 h\xa0: accueil</p>'
    assert insecables_html(html) == attendu
