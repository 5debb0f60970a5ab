/** Previews and renders: asking for them, their progress, cancelling, and showing what they made. */

import { refused } from "./actions.js";
import { say, toast } from "./announce.js";
import * as api from "./api.js";
import { el, fill } from "./dom.js";
import { refresh } from "./film.js";
import { icon } from "./icons.js";
import { get, on, set } from "./store.js";

const mine = new Set();
const told = new Set();

async function start(call, what) {
  try {
    const job = await call;
    mine.add(job.id);
    set({ jobs: { ...get().jobs, [job.id]: get().jobs[job.id] ?? job } });
    say(`${what} started`);
  } catch (error) {
    refused(error);
  }
}

/** Makes a preview of the clip, or of one shot. */
export const startPreview = ({ shot = null, ...options }) =>
  start(api.preview({ clip: get().clip, shot, ...options }), shot ? `Preview of ${shot}` : "Preview");

/** Renders. */
export const startRender = (body) => start(api.render(body), "Render");

/** Draws the running jobs into the bar, and says how each ended. */
export function buildJobs() {
  const holder = el("div", { class: "jobs", role: "group", "aria-label": "Running jobs" });
  on(["jobs", "film"], () => {
    const all = { ...Object.fromEntries((get().film?.jobs ?? []).map((job) => [job.id, job])), ...get().jobs };
    const running = Object.values(all).filter((job) => job.state === "waiting" || job.state === "running");
    draw(holder, running);
    Object.values(get().jobs).forEach(ended);
  });
  return holder;
}

const name = (job) => `${job.kind === "preview" ? "Preview" : "Render"}${job.shot ? ` of ${job.shot}` : ""}`;

function draw(holder, running) {
  const key = running.map((job) => job.id).join();
  if (holder.dataset.shown !== key) {
    holder.dataset.shown = key;
    fill(
      holder,
      running.map((job) =>
        el(
          "div",
          { class: "job", "data-job": job.id },
          el("span", { class: "what" }),
          el("progress", { max: 1, value: 0, "aria-label": name(job) }),
          el("button", { type: "button", class: "button bare small", "aria-label": `Cancel: ${name(job)}`, title: "Cancel", onclick: () => cancel(job.id) }, icon("close")),
        ),
      ),
    );
  }
  for (const job of running) {
    const element = holder.querySelector(`[data-job="${CSS.escape(job.id)}"]`);
    element.querySelector(".what").textContent = job.state === "waiting" ? `${name(job)} waits` : `${name(job)} ${Math.round(job.progress * 100)} %`;
    element.title = job.doing ?? "";
    element.querySelector("progress").value = job.progress;
  }
}

async function cancel(id) {
  try {
    const job = await api.cancel(id);
    set({ jobs: { ...get().jobs, [id]: job } });
  } catch (error) {
    refused(error);
  }
}

async function ended(job) {
  if (!["done", "failed", "cancelled"].includes(job.state) || told.has(job.id)) return;
  told.add(job.id);
  if (!mine.has(job.id)) return;
  if (job.state === "failed") toast(`${name(job)}: ${job.message}`, "error");
  else if (job.state === "cancelled") toast(`${name(job)} cancelled.`);
  else {
    await refresh();
    const start = job.shot ? get().film.clips.find((clip) => clip.id === get().clip)?.caption.shots.find((shot) => shot.id === job.shot)?.start_ms : 0;
    const film = job.medium?.type.startsWith("video/");
    if (film) set({ chosen: job.medium.name, playhead: start ?? 0 });
    const save = { words: "Download", run: () => el("a", { href: job.medium.url, download: job.medium.name }).click() };
    toast([`${name(job)} is made.`, ...job.notes].join(" · "), "info", job.medium && !film ? [save] : []);
  }
}
