/** The instruction: a sentence that becomes a proposal; while one is open, the next sentence refines it. */

import { say } from "./announce.js";
import * as api from "./api.js";
import { at, el } from "./dom.js";
import { icon } from "./icons.js";
import { takeProposal } from "./panels/proposal.js";
import { get, on, set } from "./store.js";

let asking = null;

/** Builds the box. */
export function buildAsk() {
  const input = el("input", {
    class: "field",
    id: "ask-text",
    "aria-label": "Say what to change",
    autocomplete: "off",
    "aria-describedby": "ask-answer",
    onkeydown: (event) => event.key === "Escape" && (asking ? asking.abort() : input.blur()),
  });
  const send = el("button", { class: "button primary", type: "submit", text: "Propose" });
  const stop = el("button", { class: "button", type: "button", text: "Stop", hidden: true, onclick: () => asking?.abort() });
  const problem = el("p", { class: "answer", id: "ask-answer", role: "alert", hidden: true });
  const thinking = el("p", { class: "quiet thinking", role: "status", hidden: true });
  const form = at("ask");
  form.append(icon("wand"), input, send, stop, problem, thinking);

  const show = (words) => {
    problem.hidden = !words;
    problem.textContent = words;
  };
  const busy = (now) => {
    form.classList.toggle("busy", now);
    send.hidden = now;
    stop.hidden = !now;
    set({ thinking: "" });
  };
  input.addEventListener("input", () => show(""));
  on(["thinking"], () => {
    thinking.hidden = !get().thinking || !asking;
    thinking.textContent = get().thinking;
  });
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const text = input.value.trim();
    if (!text || asking) return;
    show("");
    asking = new AbortController();
    busy(true);
    try {
      takeProposal(await api.instruct({ text, clip: get().clip, proposal: get().proposal?.id ?? null }, asking.signal));
      input.value = "";
      say(`A proposal with ${get().proposal.operations.length} changes`);
    } catch (error) {
      if (error.name !== "AbortError") show(error.message);
    } finally {
      asking = null;
      busy(false);
    }
  });
  on(["proposal", "vocabulary"], () => {
    const example = get().vocabulary?.instruction_examples?.slice(0, 3).join(" · ");
    input.placeholder = get().proposal
      ? "Another word about this proposal, or accept it"
      : `Say what to change${example ? `: ${example}` : ""}`;
    send.textContent = get().proposal ? "Refine" : "Propose";
  });
}
