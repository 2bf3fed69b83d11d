// The app's own worker: what its pages are made of comes from the cache when there is no connection. The server writes in the
// list of files and a version of them; another version is another cache, and the old one goes.
const VERSION = "{{ version|escapejs }}";
const ASSETS = [{% for url in assets %}"{{ url|escapejs }}",{% endfor %}];
const HOME = new URL("./", self.location).pathname;
const PLACE = HOME.split("/")[1];
const SHELL = `onsite-shell-${PLACE}-${VERSION}`;
const OLD = `onsite-shell-${PLACE}-`;
const FILES = `onsite-files-${PLACE}-`;
const PAPER = new RegExp(`^${HOME}files/(\\d+)/$`);
const PATIENCE = 4000; // milliseconds that a page or script may take before the cached one is shown

// A module imports another by its plain name, the list has the names with a hash in them.
const plain = (path) => path.replace(/\.[0-9a-f]{12}(?=\.\w+$)/, "");
const byPlainName = new Map(ASSETS.map((url) => [plain(new URL(url, self.location).pathname), url]));

// The page on the screen is of another version than this worker's files: the worker of its own version is on its way, and
// until it has come scripts are asked of the server first, so that no page runs half of one and half of the other.
let outdated = false;

async function complete() {
  const cache = await caches.open(SHELL);
  const missing = [];
  for (const url of ASSETS) if (!(await cache.match(url))) missing.push(url);
  await cache.addAll(missing);
  if (await cache.match(HOME)) return;
  const response = await fetch(HOME, { credentials: "same-origin" });
  if (usable(response)) await cache.put(HOME, response);
}

const usable = (response) => response.ok && !response.redirected;

async function keepPage(cache, response) {
  outdated = !(await response.clone().text()).includes(`data-version="${VERSION}"`);
  if (!outdated) await cache.put(HOME, response.clone());
}

async function tidy() {
  const old = (await caches.keys()).filter((name) => name.startsWith(OLD) && name !== SHELL);
  await Promise.all(old.map((name) => caches.delete(name)));
}

function soon(request) {
  return Promise.race([fetch(request), new Promise((_, fail) => setTimeout(() => fail(new Error("slow")), PATIENCE))]);
}

// The page: the server's, so that it knows who is signed in; the cached one when it does not answer, or wants a new sign-in.
async function page(request) {
  const cache = await caches.open(SHELL);
  const kept = await cache.match(HOME);
  try {
    const response = kept ? await soon(request) : await fetch(request);
    if (usable(response)) await keepPage(cache, response);
    else if (kept) return kept;
    return response;
  } catch (error) {
    if (kept) return kept;
    throw error;
  }
}

async function asset(request) {
  const cache = await caches.open(SHELL);
  const exact = await cache.match(request);
  if (exact && !outdated) return exact;
  const named = byPlainName.get(new URL(request.url).pathname);
  const kept = exact || (named && (await cache.match(named)));
  try {
    return kept ? await soon(request) : await fetch(request);
  } catch (error) {
    if (kept) return kept;
    throw error;
  }
}

async function paper(id) {
  for (const name of await caches.keys()) {
    if (!name.startsWith(FILES)) continue;
    const kept = await (await caches.open(name)).match(`/files/${id}/`);
    if (kept) return kept;
  }
  return Response.redirect(`/files/${id}/`);
}

self.addEventListener("install", (event) => {
  event.waitUntil(complete().then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  event.waitUntil(tidy().then(() => self.clients.claim()));
});

self.addEventListener("message", (event) => {
  if (event.data === "complete") event.waitUntil(complete().catch(() => {}));
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== self.location.origin) return;
  const found = PAPER.exec(url.pathname);
  if (found) event.respondWith(paper(found[1]));
  else if (url.pathname === HOME && request.mode === "navigate") event.respondWith(page(request));
  else if (url.pathname.startsWith("/static/")) event.respondWith(asset(request));
});
