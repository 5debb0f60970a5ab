/** Keeping in step with other tabs and the terminal: the server tells of every change. */

import { toast } from "./announce.js";
import * as api from "./api.js";
import { refresh, take } from "./film.js";
import { get, set } from "./store.js";

const RETRY_MS = 2000;

/** Listens to the server for as long as the page is open. */
export function listen() {
  const source = new EventSource("/api/events");
  source.addEventListener("film", (event) => {
    const { version } = JSON.parse(event.data);
    if (!get().online) set({ online: true });
    if (version !== get().film?.version) refresh();
  });
  source.addEventListener("job", (event) => {
    const job = JSON.parse(event.data);
    set({ jobs: { ...get().jobs, [job.id]: job } });
    if (job.state === "done") refresh();
  });
  source.addEventListener("agent", (event) => set({ thinking: JSON.parse(event.data).sentence }));
  source.addEventListener("closing", () => set({ online: false }));
  source.addEventListener("error", () => {
    set({ online: false });
    if (source.readyState !== EventSource.CLOSED) return;
    source.close();
    setTimeout(again, RETRY_MS);
  });
  source.addEventListener("open", () => set({ online: true }));
  return source;
}

/** Listens again when the studio answers; one that was started anew has another token, and says so. */
async function again() {
  try {
    take(await api.film());
    listen();
  } catch (error) {
    if (error.status === 403) toast("The studio was started anew. Open the address that it printed; what you typed here is kept in this tab.", "error");
    else setTimeout(again, RETRY_MS);
  }
}
