/** What an instruction asks for: operations to be accepted one by one, with what each would change. */

import { changeBy, settled } from "../actions.js";
import { say } from "../announce.js";
import * as api from "../api.js";
import { el, fill } from "../dom.js";
import { savedClip, select } from "../film.js";
import { icon } from "../icons.js";
import { selectionOf } from "../model.js";
import { get, on, set } from "../store.js";
import { goneIn, movedIn } from "../timeline/ghosts.js";

/** Takes in a proposal of the server's: all of it is accepted until some is not. */
export function takeProposal(found) {
  const accepted = new Set(found.operations.map((each) => each.index));
  set({ proposal: { ...found, clipId: found.clip, accepted, ...wouldBe(found.after), problem: "" } });
}

const wouldBe = (clip) => ({
  clip,
  gone: clip ? goneIn(savedClip().caption, clip.caption) : new Set(),
  moved: clip ? movedIn(savedClip().caption, clip.caption) : new Set(),
});

/** Marks operations as accepted or not, and shows what the rest would make. */
export async function accept(indexes, wanted) {
  const accepted = new Set(get().proposal.accepted);
  for (const index of indexes) {
    if (wanted) accepted.add(index);
    else accepted.delete(index);
  }
  set({ proposal: { ...get().proposal, accepted } });
  await check();
}

/** What the accepted operations would make of the film as it is now. */
async function check() {
  const { proposal, film } = get();
  if (!proposal) return;
  const operations = chosen(proposal).map((each) => each.operation);
  const answer = operations.length
    ? await api.check({ rev: film.rev, clip: proposal.clipId, operations }).catch(() => null)
    : { ok: true, clip: null, diagnostics: [] };
  if (get().proposal?.id !== proposal.id || get().proposal.accepted !== proposal.accepted || !answer) return;
  set({ proposal: { ...get().proposal, ...wouldBe(answer.clip), problem: answer.ok ? "" : answer.diagnostics[0]?.message ?? "" } });
}

const chosen = ({ operations, accepted }) => operations.filter((each) => accepted.has(each.index));

async function answer(which) {
  const { proposal } = get();
  const accepted = which === "none" ? "none" : chosen(proposal).map((each) => each.index);
  const all = accepted.length === proposal.operations.length;
  const done = await changeBy(() => settled((prefer) => api.answer(proposal.id, { accept: which === "none" ? "none" : all ? "all" : accepted, prefer })));
  if (!done) return;
  set({ proposal: null });
  say(which === "none" ? "Refused; nothing was changed." : `Accepted ${accepted.length} of ${proposal.operations.length}.`);
}

/** Gives a proposal up. */
const refuse = () => answer("none");

function item(each) {
  const box = el("input", {
    type: "checkbox",
    checked: get().proposal.accepted.has(each.index),
    id: `accept-${each.index}`,
    onchange: () => accept([each.index], box.checked),
  });
  const changes = each.differences.map((change) =>
    el(
      "li",
      {},
      change.subject ? el("button", { type: "button", class: "chip", text: change.subject, onclick: () => selectSubject(change) }) : null,
      el("span", { class: "quiet", text: ` ${change.what} ` }),
      change.before === null ? null : el("del", { text: change.before }),
      change.before !== null && change.after !== null ? " → " : null,
      change.after === null ? null : el("ins", { text: change.after }),
    ),
  );
  return el("li", { class: "operation", "data-index": each.index }, box, el("div", {}, el("label", { for: box.id, text: each.words }), each.by === "editor" ? el("span", { class: "by", title: "Proposed by the language model; the rest was read by code", text: "editor" }) : null, el("ul", { class: "changes" }, changes)));
}

function selectSubject({ subject }) {
  const found = selectionOf(subject);
  if (found.id) select(found.kind, found.id);
}

/** Builds the panel; `tell(count)` draws the tab's badge and whether there is a tab. */
export function buildProposal(tell) {
  const panel = el("div", { class: "proposal" });
  const list = el("ol", { class: "operations" });
  const problem = el("p", { class: "problem", role: "alert" });
  const take = el("button", { type: "button", class: "button primary", onclick: () => answer("some") });
  const words = el("p", { class: "instruction" });
  const notes = el("ul", { class: "quiet notes-list" });
  const no = el("button", { type: "button", class: "button", text: "Refuse", onclick: refuse });
  panel.append(words, notes, list, problem, el("div", { class: "buttons" }, take, no));
  let shown = null;
  on(["proposal"], () => {
    const { proposal } = get();
    tell(proposal ? proposal.operations.length : null);
    if (!proposal) {
      shown = null;
      return;
    }
    if (shown !== proposal.id) {
      shown = proposal.id;
      fill(words, icon("wand"), el("q", { text: proposal.instruction }));
      fill(notes, proposal.notes.map((note) => el("li", { text: note })));
      fill(list, proposal.operations.map(item));
    }
    for (const each of proposal.operations) list.querySelector(`#accept-${each.index}`).checked = proposal.accepted.has(each.index);
    const count = proposal.accepted.size;
    take.textContent = count === proposal.operations.length ? (count === 1 ? "Accept" : `Accept all ${count}`) : `Accept ${count} of ${proposal.operations.length}`;
    take.disabled = !count || Boolean(proposal.problem);
    problem.textContent = proposal.problem;
  });
  on(["film"], check);
  return panel;
}
