// Every lead of the demo workspace gets the same decision in Chromium as natively, byte for byte.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, before, test } from "node:test";

import { settled } from "./desk.mjs";
import { launch, openPage, startPanel } from "./lib.mjs";
import { assertSame, expected } from "../parity/native.mjs";

/** Leads decided between two answers of the worker, so that a difference is told as soon as it is found. */
const BATCH = 200;

let panel, browser, native;

before(async () => {
  native = expected();
  panel = await startPanel();
  browser = await launch();
});

after(async () => {
  await browser?.close();
  await panel?.stop();
});

/** A worker of the panel's own origin, so that the panel's policy holds for it. Gives a function that asks it. */
async function worker(page) {
  const scripts = new URL("../parity/", import.meta.url);
  await page.context().route("**/parity/*.mjs", async (route) => {
    const name = new URL(route.request().url()).pathname.split("/").at(-1);
    await route.fulfill({ contentType: "text/javascript", body: await readFile(new URL(name, scripts), "utf8") });
  });
  await page.evaluate(() => {
    const worker = new Worker("/parity/worker.mjs", { type: "module" });
    window.ask = (data) =>
      new Promise((resolve, reject) => {
        const late = setTimeout(() => reject(new Error(`no answer to ${JSON.stringify(data).slice(0, 80)}`)), 60_000);
        worker.onmessage = ({ data: { ok, error } }) => {
          clearTimeout(late);
          if (error === undefined) resolve(ok);
          else reject(new Error(error));
        };
        worker.onerror = (event) => reject(new Error(event.message || "the worker did not start"));
        worker.postMessage(data);
      });
  });
  return (data) => page.evaluate((data) => window.ask(data), data);
}

for (const side of ["baseline", "candidate"]) {
  test(`Chromium decides every lead as the native engine does under the ${side}`, async () => {
    const opened = await openPage(browser, `${panel.origin}/`);
    // The panel's own engine would take the processor meanwhile.
    await settled(opened.page);
    const ask = await worker(opened.page);
    const { as_of, seed, files, sides } = native;
    const wanted = sides[side];
    const leads = await ask({ open: { side, as_of, seed, files } });
    assert.ok(leads >= 2000, `${leads} leads`);
    assert.equal(leads, wanted.leads.length, `decisions under the ${side}`);
    for (let from = 0; from < leads; from += BATCH) {
      const { hashes, state } = await ask({ batch: BATCH });
      const last = from + BATCH >= leads;
      const part = { leads: wanted.leads.slice(from, from + BATCH), state: wanted.state };
      const found = { leads: hashes, state: last ? state : undefined };
      await assertSame(side, found, part, (place) => ask({ text: place }), from);
    }
    await opened.close();
  });
}
