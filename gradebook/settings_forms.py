"""The one form of a gradebook's settings: categories and columns, with room for new ones."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from accounts.fields import NameField
from documents.visible import isolated
from gradebook.columns import ColumnSource
from gradebook.models import MAX_NAME, ColumnKind, Gradebook
from gradebook.scheme import Category, ColumnSettings, Scheme
from gradebook.weighing import percent, plain
from seminars.edit_forms import VersionedForm

NEW = "new"
NEW_CATEGORY = -1  # the key of a category that is not saved yet
MOST_CATEGORIES = 20
_WHOLE = 100  # what people take weights for
MOST_OWN_COLUMNS = 60


@dataclass(frozen=True, slots=True)
class SettingsRow:
    """One category or column of the form, with its bound fields by their short names."""

    key: str
    title: str
    fields: Mapping[str, Any]
    note: str = ""


def _points(
    label: Any, *, required: bool = False, least: Decimal | None = None, instead: str = ""
) -> Any:
    """A number; `instead` is what holds where nothing is written."""
    return forms.DecimalField(
        label=label,
        required=required,
        min_value=Decimal(0) if least is None else least,
        max_digits=8,
        decimal_places=2,
        widget=forms.NumberInput(
            attrs={"class": "short-in", "step": "any", "placeholder": instead}
        ),
    )


def _number(label: Any, most: int, *, required: bool) -> Any:
    return forms.IntegerField(
        label=label,
        required=required,
        min_value=0,
        max_value=most,
        widget=forms.NumberInput(attrs={"class": "short-in"}),
    )


class GradebookSettingsForm(VersionedForm):
    """Which columns count, where, how much and of how many points; what is dropped; new ones.

    Its fields are made of the categories and columns that there are: `category-7-weight`,
    `column-quiz-12-counts`. What the sender's page did not have yet stays as it is.
    """

    # The button below what it would change: the digest of what was shown.
    confirmed = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(
        self,
        data: Any,
        *,
        gradebook: Gradebook,
        scheme: Scheme,
        sources: Sequence[ColumnSource],
    ) -> None:
        self.scheme, self.sources = scheme, sources
        super().__init__(data, row=gradebook)
        for name, field in self._fields_of_categories():
            self.fields[name] = field
        for name, field in self._fields_of_columns():
            self.fields[name] = field
        if data is not None:
            self.data = self._with_unseen(data)

    # --- Fields --------------------------------------------------------------------------------
    def _fields_of_categories(self) -> Iterator[tuple[str, forms.Field]]:
        kinds = [("", _("none")), *((kind.value, kind.label) for kind in ColumnKind)]
        for key in [*(str(one.pk) for one in self.scheme.categories), NEW]:
            prefix, is_new = f"category-{key}", key == NEW
            yield (
                f"{prefix}-name",
                NameField(label=_("Name"), max_length=MAX_NAME, required=not is_new),
            )
            yield f"{prefix}-weight", _points(_("Weight"), required=not is_new)
            yield f"{prefix}-drop", _number(_("Lowest left out"), 20, required=not is_new)
            yield f"{prefix}-from", _number(_("once so many are in"), 100, required=not is_new)
            yield (
                f"{prefix}-missing",
                forms.BooleanField(
                    label=_("Zero for what is not handed in by when it is due"), required=False
                ),
            )
            yield (
                f"{prefix}-takes",
                forms.ChoiceField(label=_("New columns of"), choices=kinds, required=False),
            )
            if not is_new:
                yield f"{prefix}-gone", forms.BooleanField(label=_("Take away"), required=False)

    def _fields_of_columns(self) -> Iterator[tuple[str, forms.Field]]:
        categories = [("", _("in no total"))]
        categories += [(str(one.pk), isolated(one.name)) for one in self.scheme.categories]
        for source in [*self.sources, None]:
            key = source.key if source else NEW
            prefix = f"column-{key}"
            is_own = source is None or source.kind == ColumnKind.BY_HAND
            if is_own:
                yield (
                    f"{prefix}-title",
                    NameField(label=_("Title"), max_length=MAX_NAME, required=source is not None),
                )
            yield (
                f"{prefix}-category",
                forms.ChoiceField(label=_("Category"), choices=categories, required=False),
            )
            least = Decimal("0.01")
            must = is_own and source is not None
            natural = plain(source.maximum) if source and not is_own else ""
            yield (
                f"{prefix}-maximum",
                _points(_("Of points"), required=must, least=least, instead=natural),
            )
            yield f"{prefix}-weight", _points(_("Weighs"), instead=_("as points"))
            if source is not None:
                yield f"{prefix}-counts", forms.BooleanField(label=_("Counts"), required=False)
            if must:
                yield f"{prefix}-gone", forms.BooleanField(label=_("Take away"), required=False)

    # --- What stands ---------------------------------------------------------------------------
    def values_of(self, row: Any) -> dict[str, Any]:
        """What the fields show of the scheme that the form was made with."""
        values: dict[str, Any] = {f"category-{NEW}-drop": 0, f"category-{NEW}-from": 3}
        if row is None:
            return values
        for one in self.scheme.categories:
            prefix = f"category-{one.pk}"
            values |= {
                f"{prefix}-name": one.name,
                f"{prefix}-weight": _shown(one.weight),
                f"{prefix}-drop": one.drop_lowest,
                f"{prefix}-from": one.drop_from,
                f"{prefix}-missing": one.missing_is_zero,
                f"{prefix}-takes": one.takes,
                f"{prefix}-gone": False,
            }
        for source in self.sources:
            prefix, settled = f"column-{source.key}", self.scheme.settings_of(source)
            values |= {
                f"{prefix}-title": settled.title,
                f"{prefix}-category": "" if settled.category is None else str(settled.category),
                f"{prefix}-maximum": _shown(settled.maximum),
                f"{prefix}-weight": _shown(settled.weight),
                f"{prefix}-counts": settled.counts,
                f"{prefix}-gone": settled.is_removed,
            }
        return values

    def _with_unseen(self, data: Any) -> Any:
        """What was sent, and of each row that came in meanwhile what stands there."""
        sent = data.copy()
        for row in self._rows():
            names = [f"{row}-{name}" for name in _NAMES]
            known = [name for name in names if name in self.fields]
            always = next(name for name in known if name.endswith(("-name", "-category")))
            if always not in sent:
                for name in known:
                    value = self.initial.get(name)
                    if value is not None and value is not False and value != "":
                        sent[name] = "on" if value is True else str(value)
        return sent

    def _rows(self) -> Iterator[str]:
        yield from (f"category-{one.pk}" for one in self.scheme.categories)
        yield f"category-{NEW}"
        yield from (f"column-{one.key}" for one in self.sources)
        yield f"column-{NEW}"

    # --- For the template ----------------------------------------------------------------------
    @property
    def categories(self) -> list[SettingsRow]:
        return [
            *(
                self._row(f"category-{one.pk}", isolated(one.name))
                for one in self.scheme.categories
            ),
            self._row(f"category-{NEW}", _("Another category")),
        ]

    @property
    def weights(self) -> str:
        """What weights that do not come to 100 mean, of what was sent or else of what holds; ""
        where they do."""
        categories = self.scheme.categories
        if self.is_bound and self.is_valid():
            categories = self.asked_scheme().categories
        together = sum((Fraction(one.weight) for one in categories), Fraction(0))
        if together == _WHOLE or not categories:
            return ""
        if not together:
            return _("No category weighs anything, so that there is no total.")
        parts = [
            f"{isolated(one.name)} {percent(Fraction(one.weight) / together)} %"
            for one in categories
        ]
        said = _(
            "The weights come to %(together)s together. They need not come to 100: each is its "
            "part of them. Once all categories have figures, that is %(parts)s."
        )
        return said % {"together": plain(together), "parts": ", ".join(parts)}

    @property
    def columns(self) -> list[SettingsRow]:
        rows = [
            self._row(
                f"column-{one.key}",
                one.full_title,
                note=_("of %(maximum)s") % {"maximum": plain(one.maximum)},
            )
            for one in self.sources
        ]
        return [*rows, self._row(f"column-{NEW}", _("A column of your own"))]

    def _row(self, prefix: str, title: str, note: str = "") -> SettingsRow:
        names = {name: f"{prefix}-{name}" for name in _NAMES}
        bound = {short: self[name] for short, name in names.items() if name in self.fields}
        return SettingsRow(prefix, title, bound, note)

    # --- What was sent -------------------------------------------------------------------------
    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        taken: dict[str, str] = {}
        for one in [*(str(one.pk) for one in self.scheme.categories), NEW]:
            prefix = f"category-{one}"
            if data.get(f"{prefix}-gone"):
                continue
            takes = data.get(f"{prefix}-takes", "")
            if takes and takes in taken.values():
                self.add_error(f"{prefix}-takes", _("Another category takes these already."))
            taken[prefix] = takes
            lowest, once = data.get(f"{prefix}-drop"), data.get(f"{prefix}-from")
            if lowest and once is not None and once < lowest:
                said = _("As many as are left out have to be in; one always stays.")
                self.add_error(f"{prefix}-from", said)
        new = f"category-{NEW}"
        if data.get(f"{new}-name") and data.get(f"{new}-weight") is None:
            self.add_error(f"{new}-weight", _("Say how much it weighs."))
        own = f"column-{NEW}"
        if data.get(f"{own}-title") and data.get(f"{own}-maximum") is None:
            self.add_error(f"{own}-maximum", _("Say of how many points."))
        return data

    def asked_scheme(self) -> Scheme:
        """The scheme that the form asks for; a new category and a new column with their keys."""
        data = self.cleaned_data
        categories = [
            self._category(str(one.pk), one.pk)
            for one in self.scheme.categories
            if not data.get(f"category-{one.pk}-gone")
        ]
        if data.get(f"category-{NEW}-name"):
            categories.append(self._category(NEW, NEW_CATEGORY))
        kept = {one.pk for one in categories}
        settings = {one.key: self._settings(one.key, kept) for one in self.sources}
        if data.get(f"column-{NEW}-title"):
            settings[f"own-{NEW}"] = self._settings(NEW, kept)
        return Scheme(categories, settings)

    def _category(self, key: str, pk: int) -> Category:
        data, prefix = self.cleaned_data, f"category-{key}"
        return Category(
            pk=pk,
            name=data[f"{prefix}-name"],
            weight=data[f"{prefix}-weight"],
            drop_lowest=data[f"{prefix}-drop"] or 0,
            drop_from=data[f"{prefix}-from"] or 1,
            missing_is_zero=data[f"{prefix}-missing"],
            takes=data[f"{prefix}-takes"],
        )

    def _settings(self, key: str, kept: set[int]) -> ColumnSettings:
        data, prefix = self.cleaned_data, f"column-{key}"
        category = data[f"{prefix}-category"]
        return ColumnSettings(
            category=int(category) if category and int(category) in kept else None,
            counts=data.get(f"{prefix}-counts", True),
            weight=data[f"{prefix}-weight"],
            maximum=data[f"{prefix}-maximum"],
            title=data.get(f"{prefix}-title", ""),
            is_removed=data.get(f"{prefix}-gone", False),
        )


_NAMES = (
    *("name", "title", "category", "counts", "maximum", "weight"),
    *("drop", "from", "missing", "takes", "gone"),
)


def _shown(value: Decimal | None) -> Decimal | None:
    """Without the zeros that the database gives it: an empty field and “4” are easily read."""
    return None if value is None else Decimal(f"{value.normalize():f}")
