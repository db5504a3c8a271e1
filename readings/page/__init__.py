"""The reading page: the text with its marks, what layers add, where a member stands."""

from readings.page.beside import (
    BesideWriter,
)
from readings.page.block_html import (
    block_element,
    block_html,
    block_opening,
    group_opening,
    icon_html,
    of_interface,
)
from readings.page.block_parts import (
    blocks_now,
    cards_now,
)
from readings.page.closing import (
    closed_sentence,
    refuse_if_closed,
    refuse_if_silent,
    silence_sentence,
)
from readings.page.fragments import (
    forget_fragments,
    fragments_of,
    rendered_blocks,
    renderer,
)
from readings.page.holding import (
    hold_pages,
    register_hold,
)
from readings.page.http import (
    essay_of,
    get_reading,
    get_reading_or_general,
)
from readings.page.layers import (
    NOTHING_UNREAD,
    AttachedItem,
    Card,
    Content,
    CountedThread,
    Layer,
    Mark,
    Tally,
    Told,
    Unread,
    register,
    registered_layers,
)
from readings.page.layout import (
    BlockGroup,
    BlockRow,
    NoteRow,
    group_kind,
    hung,
    lay_out,
    name_of,
    words_of,
)
from readings.page.marks import (
    Reference,
)
from readings.page.owed import (
    AskedReading,
    Ledger,
    task_name,
)
from readings.page.presence import (
    forget_presence,
    note_presence,
    people_here,
)
from readings.page.reading_slots import (
    reading_slots,
    reading_values,
)
from readings.page.revision_text import (
    RevisionText,
    revision_text,
)
from readings.page.shell import (
    card_renderer,
    note_rows,
)
from readings.page.slots import (
    NOBODY,
    Own,
    Slotted,
    fill,
    if_own,
    if_unread,
    new_words,
    unread_comments,
)
from readings.page.standing import (
    Standing,
    find_standing,
    know_bell,
    reading_or_general_view,
    reading_view,
)
from readings.page.tasks import (
    register_tasks,
    tasks_of,
)
from readings.page.triggers import (
    Shapes,
    Watch,
    install,
    lift,
    watch,
)
from readings.page.viewers import (
    class_member,
    viewer_class,
)
from readings.page.visits import (
    begin_visit,
)
from readings.page.watches import (
    blocks_of_passage,
    watches,
)

__all__ = [
    "NOBODY",
    "NOTHING_UNREAD",
    "AskedReading",
    "AttachedItem",
    "BesideWriter",
    "BlockGroup",
    "BlockRow",
    "Card",
    "Content",
    "CountedThread",
    "Layer",
    "Ledger",
    "Mark",
    "NoteRow",
    "Own",
    "Reference",
    "RevisionText",
    "Shapes",
    "Slotted",
    "Standing",
    "Tally",
    "Told",
    "Unread",
    "Watch",
    "begin_visit",
    "block_element",
    "block_html",
    "block_opening",
    "blocks_now",
    "blocks_of_passage",
    "card_renderer",
    "cards_now",
    "class_member",
    "closed_sentence",
    "essay_of",
    "fill",
    "find_standing",
    "forget_fragments",
    "forget_presence",
    "fragments_of",
    "get_reading",
    "get_reading_or_general",
    "group_kind",
    "group_opening",
    "hold_pages",
    "hung",
    "icon_html",
    "if_own",
    "if_unread",
    "install",
    "know_bell",
    "lay_out",
    "lift",
    "name_of",
    "new_words",
    "note_presence",
    "note_rows",
    "of_interface",
    "people_here",
    "reading_or_general_view",
    "reading_slots",
    "reading_values",
    "reading_view",
    "refuse_if_closed",
    "refuse_if_silent",
    "register",
    "register_hold",
    "register_tasks",
    "registered_layers",
    "rendered_blocks",
    "renderer",
    "revision_text",
    "silence_sentence",
    "task_name",
    "tasks_of",
    "unread_comments",
    "viewer_class",
    "watch",
    "watches",
    "words_of",
]
