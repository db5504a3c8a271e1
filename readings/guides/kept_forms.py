"""The forms of a draft's parts: what is written in them is kept before it is ready."""

from typing import Any, ClassVar, Self

from django.forms.utils import ErrorDict

from readings.guides.unfinished import Unfinished
from seminars.edit_forms import VersionedForm, VersionField

OWN_NAMES = {"version", "kept", "kept_version", "attempt"}  # nothing that is written of the part


class KeptForm(VersionedForm):
    """The form of one part of a draft; `row` is the part, None of a new one.

    `kept` and `kept_version` name what is kept of it, empty where nothing is yet. Bound to what is
    kept, it is opened again as it was: `reason` says what is missing.
    """

    # How the names of the fields begin into which a new part is written; the others are chosen.
    typed: ClassVar[tuple[str, ...]] = ()
    kept = VersionField()
    kept_version = VersionField()
    reason = ""
    is_kept = False  # because it was refused

    def __init__(self, *args: Any, row: Any, unfinished: Unfinished | None = None, **kwargs: Any):
        data = args[0] if args else kwargs.pop("data", None)
        if data is None and unfinished:
            data = unfinished.as_sent
        super().__init__(data, *args[1:], row=row, **kwargs)
        self.row = row

    @property
    def says_nothing(self) -> bool:
        """Whether nothing is written in it that does not stand there already."""
        changed = set(self.changed_data) - OWN_NAMES
        return not (changed if self.row else {one for one in changed if one.startswith(self.typed)})

    @property
    def first_problem(self) -> str:
        """What is wrong first, with the field's name; "" where nothing is."""
        for error in self.non_field_errors():
            return str(error)
        found = (one for one in self.visible_fields() if one.errors)
        return next((f"{one.label}: {one.errors[0]}" for one in found), "")

    def forget_errors(self) -> None:
        """Show what was sent without a word on it: it is not finished yet."""
        self.full_clean()
        self._errors = ErrorDict()

    def opened_again(self) -> Self:
        """With what is missing said once, and not at the fields: nobody has asked yet."""
        if self.is_bound:
            self.reason = self.first_problem
            self.forget_errors()
        return self

    def note_kept(self, key: int, version: int) -> None:
        """Let the form name what is kept of it now."""
        sent: Any = self.data
        self.data = sent = sent.copy()
        sent["kept"], sent["kept_version"] = str(key or ""), str(version or "")

    def show_current(self, row: Any) -> None:
        """As in every form of what is there; or what somebody has begun to write there."""
        if isinstance(row, Unfinished):
            kept = row.as_sent
            shown = ((name, one) for name, one in self.fields.items() if name not in OWN_NAMES)
            self.show_values(
                {name: one.widget.value_from_datadict(kept, {}, name) for name, one in shown}
            )
            self.note_kept(row.key, row.edit_version)
            return
        super().show_current(row)
        if row is None:
            self.note_kept(0, 0)
