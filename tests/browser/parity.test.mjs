// Every lead of the demo workspace gets the same decision in Chromium as natively, byte for byte.
import { after, before, test } from "node:test";

import { assertNoProblems, launch, openPage, startPanel } from "./lib.mjs";
import { assertSame, expected } from "../parity/native.mjs";

let panel, browser;

before(async () => {
  panel = await startPanel();
  browser = await launch();
});

after(async () => {
  await browser?.close();
  await panel?.stop();
});

test("Chromium decides every lead as the native engine does, under both contracts", async () => {
  const native = expected();
  const opened = await openPage(browser, panel.origin);
  const { page } = opened;
  const found = await page.evaluate(async ({ as_of, seed, files }) => {
    const engine = await import("/engine.js");
    await engine.default();
    const bytes = async (name) => new Uint8Array(await (await fetch(`/demo/${name}`)).arrayBuffer());
    const text = async (name) => (await fetch(`/demo/${name}`)).text();
    const session = new engine.Session();
    for (const side of ["baseline", "candidate"]) session.set_contract(side, await text(`${side}.json`));
    for (const name of files) session.load(name, await bytes(name));
    const { leads } = JSON.parse(session.preview(as_of, seed));
    const sha256 = async (text) => {
      const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
      return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("");
    };
    const sides = {};
    for (const side of ["baseline", "candidate"]) {
      // The preview keeps a state every 256 leads and decides on from there, so an order of one's own costs nothing.
      const hashes = [];
      for (let place = 0; place < leads; place += 1) hashes.push(await sha256(session.decision(place, side)));
      sides[side] = { leads: hashes };
    }
    window.parity = session;
    return sides;
  }, native);
  for (const side of ["baseline", "candidate"]) {
    const decision = (place) => page.evaluate(([place, side]) => window.parity.decision(place, side), [place, side]);
    await assertSame(side, found[side], native.sides[side], decision);
  }
  await assertNoProblems(opened);
  await opened.close();
});
