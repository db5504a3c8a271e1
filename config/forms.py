"""How every form of the site is written in HTML."""

from django.forms.renderers import TemplatesSetting


class FormRenderer(TemplatesSetting):
    """Django's fields as this site shows them: label, help, field, error, in that order."""

    field_template_name = "forms/field.html"
