/* What the tools of the preview share: sending an edit, and where in the text a person is. */
import { blockOf, segments, textElement } from "./anchor.js";

const form = () => document.getElementById("edit-form");

// One edit at a time: each is made on what the one before has left. What is asked for meanwhile waits for its turn.
const ARRIVED = 60; // ms after an answer, until the focus has gone to what was edited
const waiting = [];
let [busy, acting] = [false, false];

/** Do `act` as soon as no edit is under way, after what was asked for before it; at once, where it is part of that. */
export function inTurn(act) {
  if (acting) { act(); return; }
  waiting.push(act);
  next();
}

function next() {
  while (!busy && waiting.length) {
    acting = true;
    try { waiting.shift()(); } finally { acting = false; }
  }
}

addEventListener("submit", (event) => {
  const { target, submitter } = event;
  if (!target.matches("#edit-form, #history-form")) return;
  if (!busy) { busy = true; return; }
  event.preventDefault();
  event.stopImmediatePropagation();
  inTurn(() => !(submitter?.disabled || submitter?.isConnected === false) && target.requestSubmit(submitter));
}, true);

addEventListener("htmx:finally:request", ({ detail: { ctx } }) => {
  if (ctx.sourceElement.matches("#edit-form, #history-form")) setTimeout(() => { busy = false; next(); }, ARRIVED);
});

/** Send an edit as the shared form does, in its turn; `fields` are its own (`edit`, and what that needs). */
export function send(fields) {
  inTurn(() => {
    const inputs = Object.entries(fields).map(([name, value]) => {
      const input = document.createElement("input");
      Object.assign(input, { type: "hidden", name, value });
      return input;
    });
    form().append(...inputs);
    form().requestSubmit();
    setTimeout(() => inputs.forEach((input) => input.remove())); // after the form's data have been read
  });
}

/** Ask for one of the forms of a block. */
export function open(block, name) {
  const at = name === "split" ? cursorIn(block) : null;
  document.dispatchEvent(new CustomEvent("edit-open", { detail: { url: urlOf(block, name, at), from: block.querySelector(":scope > .handle") } }));
}

function urlOf(block, name, at) {
  const url = new URL(block.querySelector(":scope > .handle").href);
  url.searchParams.set("form", name);
  if (at) url.searchParams.set("at", at);
  return url.href;
}

/** The block in which the focus is, else the one in which the cursor or the selection is. */
export function here() {
  const { anchorNode } = getSelection();
  const focused = document.activeElement.closest?.("[data-block]");
  return focused ?? (anchorNode && document.getElementById("text").contains(anchorNode) ? blockOf(anchorNode) : null);
}

/** Code points of the block's text before the cursor or selection in it; null where it is elsewhere. */
export function cursorIn(block) {
  const selection = getSelection();
  const text = textElement(block);
  if (!selection.rangeCount || !text?.contains(selection.anchorNode)) return null;
  const before = selection.getRangeAt(0).cloneRange();
  before.collapse(true);
  before.setStart(text, 0);
  return segments(before, block.parentElement).find((piece) => piece.block === block.dataset.block)?.end ?? null;
}
