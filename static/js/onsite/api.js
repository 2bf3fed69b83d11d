// Asking the server. An answer is {kind, body}: ok, signed_out, other_account, busy (try again later), rejected (not accepted as
// it is). No answer at all throws Unreachable.
const PATIENCE = 30_000; // milliseconds for JSON
const PATIENCE_PHOTO = 180_000;
const LATER = new Set([408, 425, 429]);

export class Unreachable extends Error {}

async function reach(url, options, patience) {
  try {
    return await fetch(url, { credentials: "same-origin", cache: "no-store", signal: AbortSignal.timeout(patience), ...options });
  } catch (error) {
    throw new Unreachable(String(error));
  }
}

async function bodyOf(response) {
  try {
    return await response.json();
  } catch {
    return null;
  }
}

function kindOf(response, body) {
  if (response.status === 401 || (response.redirected && !body)) return "signed_out";
  if (response.status === 409 && body?.error === "other_account") return "other_account";
  if (response.status === 403 && body?.error === "csrf") return "csrf";
  if (response.ok && body) return "ok";
  if (response.ok) throw new Unreachable("the answer was cut off or is not the portal's");
  return response.status >= 500 || LATER.has(response.status) ? "busy" : "rejected";
}

export class Api {
  constructor(urls, account) {
    this.urls = urls;
    this.account = account;
    this.token = "";
  }

  async day() {
    const response = await reach(this.urls.day, { headers: { Accept: "application/json" } }, PATIENCE);
    const body = await bodyOf(response);
    const kind = kindOf(response, body);
    if (kind !== "ok") return { kind, body };
    if (String(body.account.id) !== this.account) return { kind: "other_account", body };
    this.token = body.token;
    return { kind, body };
  }

  entries(said) {
    return this.send(this.urls.entries, () => JSON.stringify({ account: Number(this.account), ...said }));
  }

  submit(said) {
    return this.send(this.urls.submit, () => JSON.stringify({ account: Number(this.account), ...said }));
  }

  photo(said, blob) {
    return this.send(this.urls.photos, () => {
      const form = new FormData();
      for (const [name, value] of Object.entries({ account: this.account, ...said })) form.append(name, value ?? "");
      form.append("photo", blob, `${said.operation}.jpg`);
      return form;
    }, PATIENCE_PHOTO);
  }

  // The token against forged requests grows old when somebody signs in anew: the server sends a fresh one, asked with once.
  async send(url, make, patience = PATIENCE, again = true) {
    const content = make();
    const headers = { Accept: "application/json", "X-CSRFToken": this.token };
    if (typeof content === "string") headers["Content-Type"] = "application/json";
    const response = await reach(url, { method: "POST", headers, body: content }, patience);
    const body = await bodyOf(response);
    const kind = kindOf(response, body);
    if (body?.token) this.token = body.token;
    if (kind === "csrf" && again) return this.send(url, make, patience, false);
    if (kind === "csrf") this.token = ""; // the next pass asks for the day and its token anew
    return { kind: kind === "csrf" ? "busy" : kind, body };
  }
}
