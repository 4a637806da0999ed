// The worker in which Chromium decides. In: {open: {side, as_of, seed, files}}, {batch: count} or {text: index in the
// last batch}. Out: the number of leads; {hashes, state}, SHA-256 in hexadecimal; a decision's text; or {error}.
import init, * as engine from "/engine.js";
import tables from "/tables.js";
import { start } from "./decide.mjs";

const ready = init().then(() => engine.install_tables(tables));
let run, last;

const sha256 = async (text) => {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("");
};

async function open({ side, as_of, seed, files }) {
  await ready;
  const get = async (name) => {
    const response = await fetch(`/demo/${name}`);
    if (!response.ok) throw new Error(`${response.status} ${name}`);
    return response;
  };
  const bytes = async (name) => [name, new Uint8Array(await (await get(name)).arrayBuffer())];
  const contract = await (await get(`${side}.json`)).text();
  run = start(engine, contract, await Promise.all(files.map(bytes)), as_of, seed);
  return run.leads;
}

async function batch(count) {
  last = run.next(count);
  return { hashes: await Promise.all(last.map(sha256)), state: await sha256(run.state()) };
}

self.onmessage = async ({ data }) => {
  try {
    if (data.open) self.postMessage({ ok: await open(data.open) });
    else if (data.batch) self.postMessage({ ok: await batch(data.batch) });
    else self.postMessage({ ok: last[data.text] });
  } catch (error) {
    self.postMessage({ error: String(error?.message ?? error) });
  }
};
