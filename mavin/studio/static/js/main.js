/** The page begins here. */

import * as api from "./api.js";
import { buildAsk } from "./ask.js";
import { listen } from "./events.js";
import { refresh } from "./film.js";
import { buildHeader } from "./header.js";
import { listenToKeys } from "./keys.js";
import { buildPanels } from "./panels/panels.js";
import { listenToDrops } from "./panels/references.js";
import { buildPlayer } from "./player.js";
import { set } from "./store.js";
import { buildTimeline } from "./timeline/timeline.js";
import { fit } from "./timeline/view.js";

buildHeader();
buildPlayer();
buildPanels();
buildAsk();
buildTimeline();
listenToKeys();
listenToDrops();

await refresh();
fit();
listen();
api.vocabulary().then(
  (vocabulary) => set({ vocabulary }),
  () => {},
);
document.documentElement.dataset.ready = "true";
