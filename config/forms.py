"""How every form of the site is written in HTML."""

from typing import Any

from django.forms.renderers import TemplatesSetting
from django.http import HttpRequest


class FormRenderer(TemplatesSetting):
    """Django's fields as this site shows them: label, help, field, error, in that order.

    A browser cuts off in silence what is over `maxlength`. Here the limit is counted beyond
    (static/js/lib/limits.js) and held by the server, which keeps the words.
    """

    field_template_name = "forms/field.html"

    def render(
        self, template_name: str, context: dict[str, Any], request: HttpRequest | None = None
    ) -> str:
        attrs = context.get("widget", {}).get("attrs", {})
        if "maxlength" in attrs:
            attrs["data-limit"] = attrs.pop("maxlength")
        return super().render(template_name, context, request)
