"""Showing what was found in a file."""

from django import template

from readings.essays import translated

register = template.Library()
# Of a message, or of one kept as JSON: `{{ draft.refusal.message|translated }}`.
register.filter("translated", translated)
