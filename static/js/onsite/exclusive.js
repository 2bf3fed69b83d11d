// One tab at a time sends. The browser's own locks end with their tab; where there are none, a lease in the database does,
// a little later.
const LEASE = 20_000; // milliseconds
const RENEWED = 5_000;
const owner = crypto.randomUUID();

export function exclusive(store, act) {
  return navigator.locks ? navigator.locks.request(`${store.name}-send`, act) : leased(store, act);
}

async function leased(store, act) {
  if (!(await take(store))) return "idle"; // the other tab sends, and tells this one
  const renewing = setInterval(() => take(store), RENEWED);
  try {
    return await act();
  } finally {
    clearInterval(renewing);
    await release(store);
  }
}

async function take(store) {
  const change = store.db.transaction("meta", "readwrite");
  const held = await change.store.get("lease");
  const free = !held || held.owner === owner || held.until < Date.now();
  if (free) await change.store.put({ owner, until: Date.now() + LEASE }, "lease");
  await change.done;
  return free;
}

async function release(store) {
  const change = store.db.transaction("meta", "readwrite");
  if ((await change.store.get("lease"))?.owner === owner) await change.store.delete("lease");
  await change.done;
}
