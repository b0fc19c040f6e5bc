"""A person of the directory who has an account is linked to it, once.

The address decides, in both directions and whoever writes: two triggers, which wait for each other
on this address so that two transactions at once still find one another.
"""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import Q

LIER = """
CREATE FUNCTION ateliers_personne_a_son_compte() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    compte bigint;
BEGIN
    IF NEW.atelier_id IS NOT NULL THEN
        NEW.utilisateur_id := NULL;
        RETURN NEW;
    END IF;
    IF NEW.courriel = '' THEN
        RETURN NEW;
    END IF;
    IF TG_OP = 'UPDATE' THEN
        IF OLD.atelier_id IS NULL AND lower(NEW.courriel) = lower(OLD.courriel) THEN
            RETURN NEW;
        END IF;
    END IF;
    PERFORM pg_advisory_xact_lock(hashtext('compte ' || lower(NEW.courriel)));
    SELECT id INTO compte FROM comptes_utilisateur WHERE lower(email) = lower(NEW.courriel);
    IF FOUND THEN
        NEW.utilisateur_id := compte;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER ateliers_personne_a_son_compte
BEFORE INSERT OR UPDATE OF courriel, atelier_id, utilisateur_id
ON ateliers_personne FOR EACH ROW EXECUTE FUNCTION ateliers_personne_a_son_compte();

CREATE FUNCTION ateliers_compte_a_sa_personne() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('compte ' || lower(NEW.email)));
    UPDATE ateliers_personne SET utilisateur_id = NEW.id
    WHERE atelier_id IS NULL AND courriel <> '' AND lower(courriel) = lower(NEW.email)
        AND utilisateur_id IS DISTINCT FROM NEW.id
        AND NOT EXISTS (SELECT 1 FROM ateliers_personne WHERE utilisateur_id = NEW.id);
    RETURN NULL;
END $$;
CREATE TRIGGER ateliers_compte_a_sa_personne AFTER INSERT OR UPDATE OF email
ON comptes_utilisateur FOR EACH ROW EXECUTE FUNCTION ateliers_compte_a_sa_personne();
"""
DELIER = """
DROP TRIGGER ateliers_compte_a_sa_personne ON comptes_utilisateur;
DROP FUNCTION ateliers_compte_a_sa_personne();
DROP TRIGGER ateliers_personne_a_son_compte ON ateliers_personne;
DROP FUNCTION ateliers_personne_a_son_compte();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("ateliers", "0029_convocation_en_main_propre"),
        ("comptes", "0004_email_sans_casse"),
    ]

    operations = [
        migrations.AddField(
            model_name="personne",
            name="utilisateur",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="compte",
            ),
        ),
        migrations.AddConstraint(
            model_name="personne",
            constraint=models.UniqueConstraint(
                fields=["utilisateur"],
                name="personne_compte_unique",
                violation_error_message="Une autre fiche de l’annuaire est déjà celle de ce "
                "compte : fusionnez les deux fiches.",
            ),
        ),
        migrations.AddConstraint(
            model_name="personne",
            constraint=models.CheckConstraint(
                name="personne_reservee_sans_compte",
                condition=Q(atelier__isnull=True) | Q(utilisateur__isnull=True),
                violation_error_message="La fiche d’un habitant reste dans son atelier : elle "
                "n’est liée à aucun compte.",
            ),
        ),
        migrations.RunSQL(LIER, DELIER),
    ]
