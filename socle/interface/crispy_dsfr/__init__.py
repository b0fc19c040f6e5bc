"""A template pack for django-crispy-forms in the French State's design system (DSFR).

Depends on Django and django-crispy-forms only: add the app to INSTALLED_APPS and set
`CRISPY_TEMPLATE_PACK = "dsfr"`. What it holds to: the errors are summed up on top with links, and
repeated beside the field; help stands before the field; optional fields say so, required ones
carry no mark; groups of choices are fieldsets.
"""
