// What the tests of the panel share: the demo as the engine in Node sees it, and how the page is read.
import assert from "node:assert/strict";

import { Session } from "../../pkg/dist/node.js";

/** The engine in Node on the demo that `origin` serves; `edit` may change the candidate before it is set. */
export async function engineOnDemo(origin, edit = () => {}) {
  const get = async (name) => new Uint8Array(await (await fetch(`${origin}/demo/${name}`)).arrayBuffer());
  const text = async (name) => new TextDecoder().decode(await get(name));
  const manifest = JSON.parse(await text("manifest.json"));
  const session = new Session();
  session.set_contract("baseline", await text(manifest.baseline));
  const candidate = JSON.parse(await text(manifest.candidate));
  edit(candidate);
  const report = JSON.parse(session.set_contract("candidate", JSON.stringify(candidate)));
  assert.ok(report.usable, JSON.stringify(report.findings));
  for (const file of manifest.files) session.load(file, await get(file), undefined);
  return { session, manifest, candidate, summary: JSON.parse(session.preview(manifest.as_of, 0)) };
}

/** Waits until the page shows a preview that is not being renewed. */
export async function settled(page) {
  await page.locator(".tile-figure").first().waitFor();
  await page.locator('main[aria-busy="true"], .stale').first().waitFor({ state: "detached" });
}

export const number = (text) => Number(text.replace(/[^\d]/g, ""));

/** The big figure of a tile. */
export async function tile(page, label) {
  const found = page.locator(".tile-main", { has: page.locator(".tile-label", { hasText: new RegExp(`^${label}$`) }) });
  return number(await found.locator(".tile-figure").innerText());
}

/** Waits until `read` gives `wanted`, for so many seconds at most; says what it gave instead. */
export async function until(read, wanted, what, seconds = 15) {
  let found;
  for (let tries = 0; tries < seconds * 10; tries += 1) {
    found = await read();
    if (JSON.stringify(found) === JSON.stringify(wanted)) return;
    await new Promise((done) => setTimeout(done, 100));
  }
  assert.deepEqual(found, wanted, what);
}

/** The verdicts after the change that the table shows for a field: automatic, suggested, for review, blocked. */
export async function verdictsAfter(page, field) {
  const row = page.locator("table.matrix tr", { has: page.locator("th", { hasText: field }) }).first();
  if ((await row.count()) === 0) return null;
  const cells = await row.locator("td.num").allInnerTexts();
  return cells.slice(0, 4).map((text) => number(text.split("→").at(-1)));
}

/** The same from the engine's figures. */
export function expectedVerdicts(summary, field) {
  const { after } = summary.verdicts.find((row) => row.field === field);
  return [after.auto, after.suggest, after.review, after.block];
}
