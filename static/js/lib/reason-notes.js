/* A reason of the seminar's own list may have words that the note to the author begins with. */

/** Write them, unless something is written there already. */
export function beginNote({ dataset: { note }, form }) {
  const field = note && form?.querySelector('[name="note_to_member"]');
  if (field && !field.value.trim()) field.value = note;
}
