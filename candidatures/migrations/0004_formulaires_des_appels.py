"""The form of a call as versioned data; a published version never changes, even from SQL."""

import django.contrib.postgres.fields
import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


FIGER = """
CREATE FUNCTION candidatures_formulaire_fige() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    visee bigint;
BEGIN
    IF TG_TABLE_NAME = 'candidatures_versionformulaire' THEN
        IF OLD.etat = 'publiee' THEN
            RAISE EXCEPTION 'une version publiée du formulaire ne se modifie pas';
        END IF;
    ELSE
        visee := CASE WHEN TG_OP = 'INSERT' THEN NEW.version_id ELSE OLD.version_id END;
        IF EXISTS (SELECT 1 FROM candidatures_versionformulaire
                   WHERE id = visee AND etat = 'publiee') THEN
            RAISE EXCEPTION 'une version publiée du formulaire ne se modifie pas';
        END IF;
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER candidatures_formulaire_fige BEFORE UPDATE OR DELETE
ON candidatures_versionformulaire FOR EACH ROW EXECUTE FUNCTION candidatures_formulaire_fige();
CREATE TRIGGER candidatures_question_figee BEFORE INSERT OR UPDATE OR DELETE
ON candidatures_question FOR EACH ROW EXECUTE FUNCTION candidatures_formulaire_fige();
CREATE TRIGGER candidatures_reglage_fige BEFORE INSERT OR UPDATE OR DELETE
ON candidatures_reglagepiece FOR EACH ROW EXECUTE FUNCTION candidatures_formulaire_fige();
"""
DEFIGER = """
DROP TRIGGER candidatures_formulaire_fige ON candidatures_versionformulaire;
DROP TRIGGER candidatures_question_figee ON candidatures_question;
DROP TRIGGER candidatures_reglage_fige ON candidatures_reglagepiece;
DROP FUNCTION candidatures_formulaire_fige();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('candidatures', '0003_revisions_champs'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='candidature',
            name='champs_ouverts',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=80), blank=True, default=list, size=None, verbose_name='champs rouverts par la demande de compléments'),
        ),
        migrations.AddField(
            model_name='piece',
            name='question',
            field=models.CharField(blank=True, default='', max_length=60, verbose_name='question de l’appel'),
        ),
        migrations.CreateModel(
            name='VersionFormulaire',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('numero', models.PositiveSmallIntegerField(verbose_name='numéro')),
                ('etat', models.CharField(choices=[('brouillon', 'En préparation'), ('publiee', 'Publiée')], default='brouillon', max_length=20, verbose_name='état')),
                ('visa_demande', models.BooleanField(default=False, verbose_name='visa des collectivités demandé')),
                ('aides', models.JSONField(blank=True, default=dict, verbose_name='textes d’aide des sections')),
                ('changements', models.JSONField(blank=True, default=list, verbose_name='ce qui change')),
                ('cree_le', models.DateTimeField(auto_now_add=True, verbose_name='créée le')),
                ('publiee_le', models.DateTimeField(blank=True, null=True, verbose_name='publiée le')),
                ('revision', models.PositiveIntegerField(default=0)),
                ('appel', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='versions_formulaire', to='candidatures.appel')),
                ('publiee_par', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'version du formulaire',
                'verbose_name_plural': 'versions du formulaire',
                'ordering': ['appel', '-numero'],
            },
        ),
        migrations.CreateModel(
            name='ReglagePiece',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('usage', models.CharField(choices=[('obligatoire', 'Obligatoire'), ('facultative', 'Facultative'), ('non_demandee', 'Non demandée')], max_length=20, verbose_name='usage')),
                ('aide', models.TextField(blank=True, default='', verbose_name='aide')),
                ('piece_requise', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='candidatures.piecerequise')),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='pieces', to='candidatures.versionformulaire')),
            ],
            options={
                'verbose_name': 'pièce demandée',
                'verbose_name_plural': 'pièces demandées',
                'ordering': ['version', 'piece_requise'],
            },
        ),
        migrations.CreateModel(
            name='Question',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('cle', models.CharField(max_length=60, validators=[django.core.validators.RegexValidator('^[a-z][a-z0-9_]*\\Z', 'Lettres, chiffres et soulignés.')], verbose_name='clé')),
                ('section', models.CharField(blank=True, choices=[('porteurs', 'Porteurs de la candidature'), ('localisation', 'Localisation'), ('objet', 'Objet de l’atelier'), ('objectifs', 'Objectifs poursuivis'), ('ressources', 'Ressources du territoire'), ('dynamiques_territoire', 'Dynamiques du territoire'), ('dynamiques_amenagement', 'Dynamiques d’aménagement')], default='', max_length=30, verbose_name='section de la note')),
                ('rubrique', models.CharField(blank=True, default='', max_length=120, verbose_name='rubrique propre à l’appel')),
                ('ordre', models.PositiveSmallIntegerField(default=0, verbose_name='ordre')),
                ('type', models.CharField(choices=[('texte', 'Texte court'), ('texte_long', 'Texte long'), ('nombre', 'Nombre'), ('choix', 'Un choix dans une liste'), ('choix_multiples', 'Plusieurs choix dans une liste'), ('date', 'Date'), ('fichier', 'Fichier'), ('oui_non', 'Oui ou non')], max_length=20, verbose_name='type de réponse')),
                ('libelle', models.CharField(max_length=300, verbose_name='question')),
                ('aide', models.TextField(blank=True, default='', verbose_name='aide')),
                ('obligatoire', models.BooleanField(default=False, verbose_name='réponse obligatoire')),
                ('options', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=160), blank=True, default=list, size=None, verbose_name='choix proposés')),
                ('minimum', models.DecimalField(blank=True, decimal_places=2, max_digits=14, null=True, verbose_name='minimum')),
                ('maximum', models.DecimalField(blank=True, decimal_places=2, max_digits=14, null=True, verbose_name='maximum')),
                ('condition', models.JSONField(blank=True, default=dict, verbose_name='condition')),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='questions', to='candidatures.versionformulaire')),
            ],
            options={
                'verbose_name': 'question de l’appel',
                'verbose_name_plural': 'questions de l’appel',
                'ordering': ['version', 'ordre', 'pk'],
            },
        ),
        migrations.AddField(
            model_name='candidature',
            name='formulaire',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='candidatures.versionformulaire', verbose_name='version du formulaire au dépôt'),
        ),
        migrations.CreateModel(
            name='Reponse',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('revision', models.PositiveIntegerField(default=0)),
                ('modifiee_le', models.DateTimeField(blank=True, null=True, verbose_name='modifiée le')),
                ('cle', models.CharField(max_length=60, verbose_name='clé')),
                ('type', models.CharField(choices=[('texte', 'Texte court'), ('texte_long', 'Texte long'), ('nombre', 'Nombre'), ('choix', 'Un choix dans une liste'), ('choix_multiples', 'Plusieurs choix dans une liste'), ('date', 'Date'), ('fichier', 'Fichier'), ('oui_non', 'Oui ou non')], max_length=20, verbose_name='type')),
                ('libelle', models.CharField(max_length=300, verbose_name='question')),
                ('valeur', models.JSONField(blank=True, null=True, verbose_name='réponse')),
                ('ancienne', models.TextField(blank=True, default='', verbose_name='réponse à l’ancienne question')),
                ('candidature', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reponses', to='candidatures.candidature')),
                ('modifiee_par', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'réponse',
                'ordering': ['candidature', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('candidature', 'cle'), name='reponse_unique')],
            },
        ),
        migrations.AddConstraint(
            model_name='versionformulaire',
            constraint=models.UniqueConstraint(fields=('appel', 'numero'), name='version_formulaire_unique'),
        ),
        migrations.AddConstraint(
            model_name='versionformulaire',
            constraint=models.UniqueConstraint(condition=models.Q(('etat', 'brouillon')), fields=('appel',), name='version_formulaire_un_brouillon', violation_error_message='Une révision du formulaire est déjà en préparation.'),
        ),
        migrations.AddConstraint(
            model_name='versionformulaire',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('etat', 'brouillon'), ('publiee_le__isnull', True)), models.Q(('etat', 'publiee'), ('publiee_le__isnull', False)), _connector='OR'), name='version_formulaire_publiee_datee', violation_error_message='Une version publiée porte sa date, un brouillon non.'),
        ),
        migrations.AddConstraint(
            model_name='reglagepiece',
            constraint=models.UniqueConstraint(fields=('version', 'piece_requise'), name='reglage_piece_unique'),
        ),
        migrations.AddConstraint(
            model_name='question',
            constraint=models.UniqueConstraint(fields=('version', 'cle'), name='question_cle_unique'),
        ),
        migrations.AddConstraint(
            model_name='question',
            constraint=models.CheckConstraint(condition=models.Q(('type__in', ['texte', 'texte_long', 'nombre', 'choix', 'choix_multiples', 'date', 'fichier', 'oui_non'])), name='question_type_connu', violation_error_message='Ce type de réponse n’existe pas.'),
        ),
        migrations.AddConstraint(
            model_name='question',
            constraint=models.CheckConstraint(condition=models.Q(('minimum__isnull', True), ('maximum__isnull', True), ('minimum__lte', models.F('maximum')), _connector='OR'), name='question_bornes_ordonnees', violation_error_message='Le minimum dépasse le maximum.'),
        ),
        migrations.AddConstraint(
            model_name='question',
            constraint=models.CheckConstraint(condition=models.Q(('section', ''), ('rubrique', ''), _connector='OR'), name='question_une_place', violation_error_message='Choisissez une section de la note ou une rubrique propre.'),
        ),
        migrations.RunSQL(FIGER, DEFIGER),
    ]
