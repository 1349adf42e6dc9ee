// The service worker: answers from kept copies without signal. SITE comes from guides/offline/worker.py; when it changes,
// as it does with each release, browsers install a new worker.
const SITE = {{ site|safe }};

// Pages come from the network, or from their copy if the network fails or takes longer than SITE.copyTimeout. Static files
// have a hash in their name and never change, so their copy comes first. The admin, posted forms and other sites are left
// to the browser. The worker fetches nothing that a page did not ask for: it keeps what was visited, and static/js/keep.js
// fetches the rest of a car when the driver asks for it.

const PAGES = "pages"; // visited pages; static/js/keep.js has one more cache for each kept car
const ASSETS = "assets"; // files of visited pages

// ---- Fetch

addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== location.origin || request.cache === "reload") return;
  if (SITE.never.some((path) => url.pathname.startsWith(path))) return;
  if (url.pathname.startsWith(SITE.static)) event.respondWith(asset(request));
  else if (url.pathname === SITE.last) event.respondWith(lastCar(request));
  else event.respondWith(page(event, url));
});

async function asset(request) {
  const copy = await caches.match(request.url, { ignoreVary: true });
  if (copy) return copy;
  const response = await fetch(request);
  if (response.ok) await put(ASSETS, request.url, response.clone());
  return response;
}

// htmx asks for a part of a page. The whole page is fetched and kept, and cut here, so that one copy serves both.
async function page(event, url) {
  const { request } = event;
  const fragment = request.headers.has("HX-Request");
  const options = { cache: "no-cache", signal: AbortSignal.timeout(SITE.networkTimeout) };
  const fresh = fetch(fragment ? url : request, options).then((response) => keep(event, url, response));
  event.waitUntil(fresh.catch(() => {}));
  const copy = await newest(addressOf(url));
  const response = await (copy ? Promise.race([fresh, after(SITE.copyTimeout)]) : fresh).catch(() => null);
  if (response && (response.status < 500 || !copy)) return fragment ? cut(response) : response;
  // Without a copy of this step or filter, the copy of its page answers.
  const stored = copy ?? (await newest(url.origin + url.pathname));
  if (stored && url.pathname !== SITE.offline) return fragment ? cut(await dated(stored)) : dated(stored);
  return request.mode === "navigate" ? offline() : Response.error();
}

// ---- Copies

// The address of a copy: without parameters that make no other page.
function addressOf({ origin, pathname, searchParams }) {
  const names = SITE.parameters.filter((name) => searchParams.has(name));
  const query = new URLSearchParams(names.map((name) => [name, searchParams.get(name)]));
  return origin + pathname + (query.size ? `?${query}` : "");
}

function keep(event, url, response) {
  const storable = response.ok && !response.redirected && !/no-store/.test(response.headers.get("Cache-Control"));
  if (storable) {
    const copy = response.clone();
    event.waitUntil(put(PAGES, addressOf(url), copy));
  }
  if (isGone(response)) event.waitUntil(forget(url));
  return response;
}

async function put(name, address, response) {
  const cache = await caches.open(name);
  await cache.put(address, response);
  if (name === PAGES) for (const { url } of (await cache.keys()).slice(0, -SITE.maxPages)) await cache.delete(url);
}

const isGone = ({ status }) => status === 404 || status === 410;

// Deletes a page that is gone, with its steps, from every cache. If only the query is wrong, the page stays.
async function forget({ origin, pathname, search }) {
  if (search && !isGone(await fetch(pathname, { cache: "no-cache" }))) return;
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    await cache.delete(origin + pathname, { ignoreSearch: true, ignoreVary: true });
  }
}

const isGuide = (pathname) => new RegExp(SITE.guide).test(pathname);

// The copies of one address, or all copies, in all caches; the newest first.
async function copies(address) {
  const found = [];
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    found.push(...(await cache.matchAll(address, { ignoreVary: true })));
  }
  return found.sort((one, other) => time(other) - time(one));
}

const newest = async (address) => (await copies(address))[0];

const time = (response) => Date.parse(response.headers.get("Date")) || 0;

// ---- Changes to a copy

const isHtml = (response) => (response.headers.get("Content-Type") ?? "").includes("html");

async function rewrite(response, change, status = response.status) {
  const headers = new Headers(response.headers);
  for (const name of ["Content-Encoding", "Content-Length"]) headers.delete(name);
  return new Response(change(await response.text()), { status, headers });
}

const escaped = (text) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");

function dated(copy) {
  if (!isHtml(copy)) return copy;
  const date = new Date(time(copy)).toLocaleDateString(SITE.language, { day: "numeric", month: "long" });
  const line = `<p class="quiet">${escaped(SITE.words.copy.replace("DATE", date))}</p>`;
  return rewrite(copy, (html) => html.replace("</h1>", () => `</h1>${line}`));
}

// The title and <main> of a page, as the server answers htmx.
function cut(response) {
  if (!isHtml(response)) return response;
  return rewrite(response, (html) => html.match(/<title>[^]*?<\/title>/) + html.match(/<main[^]*<\/main>/));
}

// The page for an address without a copy, with a list of the kept pages. Their titles are HTML already.
async function offline() {
  const kept = new Map();
  for (const copy of await copies()) {
    const { pathname, search } = new URL(copy.url);
    const [, title] = (isHtml(copy) && (await copy.text()).match(/<title>([^]*?) – /)) || [];
    if (title && !search && pathname !== SITE.offline) kept.set(pathname, title);
  }
  const items = [...kept].sort().map(([path, title]) => `<li><a href="${path}">${title}</a></li>`);
  const headers = { "Content-Type": "text/html", "Content-Security-Policy": "default-src 'none'; style-src 'self'" };
  const page = (await newest(location.origin + SITE.offline)) ?? new Response(SITE.noSignal, { headers });
  return rewrite(page, (html) => html.replace(`id="kept">`, (start) => start + items.join("")), 503);
}

async function lastCar(request) {
  const paths = (await copies()).map(({ url }) => new URL(url).pathname);
  const guide = paths.find(isGuide);
  return guide ? Response.redirect(guide) : fetch(request).catch(offline);
}

const after = (milliseconds) => new Promise((_, reject) => setTimeout(reject, milliseconds));

// ---- Releases

// A new worker waits until no page of the old one is open.
addEventListener("activate", (event) => {
  event.waitUntil(forgetSingleFiles().then(deleteOldFiles).then(() => clients.claim()));
});

// From the page that installed this worker, which the worker did not see load: the addresses of what it loaded, of which
// the browser has a copy.
addEventListener("message", (event) => {
  const url = new URL(event.source.url);
  const copy = (address) => new Request(address, { cache: "force-cache" });
  const files = event.data.filter((address) => address.startsWith(location.origin + SITE.static));
  const page = fetch(copy(url)).then((response) => keep(event, url, response));
  event.waitUntil(Promise.all([page, ...files.map((address) => asset(copy(address)))]));
});

// Earlier releases had each guide as a single file. Its address answers 404 now.
async function forgetSingleFiles() {
  for (const { url } of await copies()) {
    if (url.endsWith("/offline.html")) await forget(new URL(url));
  }
}

// Deletes the files of old releases that no kept page or script names.
async function deleteOldFiles() {
  const named = new Set();
  for (const copy of await copies()) {
    if (!/html|javascript|json/.test(copy.headers.get("Content-Type"))) continue;
    for (const [name] of (await copy.text()).matchAll(/[\w.-]+\.[0-9a-f]{12}\.[a-z0-9]+/g)) named.add(name);
  }
  const assets = await caches.open(ASSETS);
  for (const { url } of await assets.keys()) {
    if (!named.has(fileOf(url))) await assets.delete(url);
  }
}

const fileOf = (address) => new URL(address).pathname.split("/").pop();
