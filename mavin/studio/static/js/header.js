/** The bar at the top: the film's name, where in its history it is, undo and redo, preview, render, export. */

import { changeBy, commit, redo, undo } from "./actions.js";
import * as api from "./api.js";
import { commands, runCommand } from "./commands.js";
import { exportDialog } from "./dialogs/export.js";
import { renderDialog } from "./dialogs/render.js";
import { at, el, fill } from "./dom.js";
import { savedClip } from "./film.js";
import { icon } from "./icons.js";
import { buildJobs, startPreview } from "./jobs.js";
import { menu } from "./menu.js";
import { branchDialog } from "./panels/history.js";
import { get, on, set } from "./store.js";

const THEMES = { auto: ["auto", "As the system"], light: ["light", "Light"], dark: ["dark", "Dark"] };

/** Builds the bar. */
export function buildHeader() {
  const title = el("input", {
    class: "title",
    "aria-label": "Title of the film",
    spellcheck: false,
    onkeydown: (event) => {
      if (event.key === "Enter") title.blur();
      if (event.key === "Escape") {
        title.value = savedClip().caption.title;
        title.blur();
      }
    },
    onfocus: () => {
      title.dataset.rev = String(get().film.rev);
    },
    onblur: () => {
      const typed = title.value;
      if (typed !== savedClip().caption.title) commit([{ op: "set_text", path: "title", text: typed }], { rev: Number(title.dataset.rev) });
    },
  });
  const clips = el("select", { class: "field compact", "aria-label": "Clip", hidden: true, onchange: () => set({ clip: clips.value, selection: null, playhead: 0, chosen: null }) });
  const step = (name, run) => el("button", { type: "button", class: "button bare only-icon", "data-command": name, "aria-label": commands[name].words, onclick: run }, icon(name));
  const back = step("undo", undo);
  const forth = step("redo", redo);
  const revision = el("span", { class: "revision" });
  const offline = el("span", { class: "offline", hidden: true, role: "status", text: "No connection to the studio" });
  const branches = menu({ words: el("span", { class: "branch-name" }), icon: "branch", side: "left", title: "Branch", kind: "bare" }, () => [
    ...get().film.branches.map((branch) => ({
      words: branch.name,
      icon: branch.current ? "check" : "branch",
      hint: `r${branch.step}`,
      checked: branch.current,
      run: () => branch.current || changeBy(() => api.switchTo(get().film.rev, branch.name)),
    })),
    { words: "New branch …", icon: "plus", run: () => branchDialog(null) },
  ]);
  const theme = menu({ words: "", icon: "light", title: "Light or dark", kind: "bare" }, () =>
    Object.entries(THEMES).map(([choice, [name, words]]) => ({
      words,
      icon: name,
      checked: window.mavinTheme.wanted() === choice,
      hint: window.mavinTheme.wanted() === choice ? "✓" : "",
      run: () => window.mavinTheme.choose(choice),
    })),
  );
  at("bar").append(
    el("h1", { class: "mark" }, "MAVIN", el("span", { class: "sr", text: " studio" })),
    title,
    clips,
    branches,
    revision,
    el("div", { class: "group" }, back, forth),
    offline,
    el("span", { class: "gap" }),
    buildJobs(),
    el("button", { type: "button", class: "button primary", title: "Make a preview (P)", onclick: () => startPreview({}) }, icon("film"), "Preview"),
    el("button", { type: "button", class: "button", onclick: renderDialog }, "Render …"),
    el("button", { type: "button", class: "button", onclick: exportDialog }, icon("export"), "Export …"),
    theme,
    el("button", { type: "button", class: "button bare only-icon", "aria-label": "Keys", title: "Keys (?)", onclick: () => runCommand("help") }, icon("help")),
  );

  on(["film", "clip"], () => {
    const { film, clip } = get();
    if (!film) return;
    if (document.activeElement !== title) title.value = savedClip().caption.title;
    title.placeholder = film.name;
    document.title = `${savedClip().caption.title || film.name} · MAVIN studio`;
    revision.textContent = `r${film.step}`;
    revision.title = `${film.name}, revision ${film.rev}`;
    branches.querySelector(".branch-name").textContent = film.branch;
    clips.hidden = film.clips.length < 2;
    fill(clips, film.clips.map((each) => el("option", { value: each.id, text: `${each.id} ${each.caption.title}` })));
    clips.value = clip;
    back.disabled = !film.undo;
    forth.disabled = !film.redo;
    back.title = film.undo ? `Undo: ${film.undo.words} (Ctrl+Z)` : "Nothing to undo";
    forth.title = film.redo ? `Redo: ${film.redo.words} (Ctrl+Y)` : "Nothing to redo";
  });
  on(["online"], () => {
    offline.hidden = get().online;
  });
}
