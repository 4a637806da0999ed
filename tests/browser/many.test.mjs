// 10,000 leads of an export: loaded, previewed and scrolled through, while the page stays free.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { Session } from "../../pkg/dist/node.js";
import { repeated } from "../data/leads.mjs";
import { number, settled, tile, until } from "./desk.mjs";
import { launch, openPage, screenshot, startPanel } from "./lib.mjs";

const LEADS = 10_000;

let panel, browser, files, demo;

before(async () => {
  browser = await launch();
  panel = await startPanel();
  const get = async (name) => Buffer.from(await (await fetch(`${panel.origin}/demo/${name}`)).arrayBuffer());
  demo = JSON.parse(await get("manifest.json"));
  files = await Promise.all(demo.files.map(async (name) => ({ name, mimeType: "text/csv", buffer: await get(name) })));
  const leads = files.find(({ name }) => name === "leads.csv");
  leads.buffer = Buffer.from(repeated(leads.buffer.toString("utf8"), 5));
});

after(async () => {
  await browser?.close();
  await panel?.stop();
});

/** Watches how long the page's own thread is held; gives a function that tells the longest hold since it last told. */
async function watch(page) {
  await page.evaluate(() => {
    let last = performance.now();
    window.held = { gap: 0, task: 0 };
    const tick = () => {
      const now = performance.now();
      window.held.gap = Math.max(window.held.gap, now - last);
      last = now;
      requestAnimationFrame(tick);
    };
    requestAnimationFrame(tick);
    const tasks = (list) => list.getEntries().forEach(({ duration }) => (window.held.task = Math.max(window.held.task, duration)));
    new PerformanceObserver(tasks).observe({ type: "longtask" });
  });
  return async () => {
    const { gap, task } = await page.evaluate(() => {
      const held = window.held;
      window.held = { gap: 0, task: 0 };
      return held;
    });
    return `longest gap between frames ${Math.round(gap)} ms, longest task ${Math.round(task)} ms`;
  };
}

/** The engine in Node on the same files at the same time. */
async function engine(as_of) {
  const session = new Session();
  for (const side of ["baseline", "candidate"]) {
    session.set_contract(side, await (await fetch(`${panel.origin}/demo/${demo[side]}`)).text());
  }
  for (const { name, buffer } of files) session.load(name, buffer, undefined);
  return { session, summary: JSON.parse(session.preview(as_of, 0)) };
}

const loaded = async (page) => (await page.locator(".data-button").innerText()).replace(/\s+/g, " ").trim();

test("10,000 leads are loaded, previewed and scrolled to the last, and only the rows in sight are drawn", async (context) => {
  const opened = await openPage(browser, `${panel.origin}/`, { viewport: { width: 1440, height: 900 } });
  const { page } = opened;
  await settled(page);
  const held = await watch(page);

  await page.getByRole("button", { name: "Load data" }).click();
  await page.locator('input[type="file"]').setInputFiles(files);
  // Handing over megabytes of files held the page; a person's choice does not.
  await held();
  await until(() => loaded(page), "10,000 leads, 7 files", "what is loaded", 90);
  await page.locator(".dialog .loading").waitFor({ state: "detached" });
  await page.keyboard.press("Escape");
  const moment = page.locator('input[type="datetime-local"]');
  await moment.fill(demo.as_of.slice(0, 16));
  await moment.blur();
  const { session, summary } = await engine(demo.as_of);
  assert.equal(summary.leads, LEADS);
  assert.ok(summary.counts.rerouted > 1000, `${summary.counts.rerouted} rerouted`);
  await until(() => tile(page, "Rerouted"), summary.counts.rerouted, "rerouted", 90);
  await until(() => tile(page, "Rescored"), summary.counts.rescored, "rescored");
  await settled(page);
  context.diagnostic(`loading and preview: ${await held()}`);

  await page.locator(".tile-main", { hasText: "Unchanged" }).click();
  const total = page.locator("#leads-title .tally");
  await until(async () => number(await total.innerText()), LEADS, "all leads are listed", 90);
  const grid = page.locator("#leads-grid");
  const rows = grid.locator(".grid-row");
  const nameAt = async (position) => {
    const found = JSON.parse(session.moves(JSON.stringify({ unchanged_too: true, offset: position, limit: 1 })));
    assert.equal(found.total, LEADS);
    return found.rows[0].name;
  };
  const shown = (position) => async () => {
    const row = page.locator(`#lead-row-${position} .lead-name`);
    return (await row.count()) ? (await row.innerText()).trim() : null;
  };
  await grid.hover();
  for (let turn = 0; turn < 40; turn += 1) {
    await page.mouse.wheel(0, 900);
    assert.ok((await rows.count()) < 60, `${await rows.count()} rows drawn`);
  }
  context.diagnostic(`scrolling by wheel: ${await held()}`);
  // Steps of a dragged scroll bar, down to the end.
  for (let step = 1; step <= 20; step += 1) {
    await grid.evaluate((node, part) => (node.scrollTop = (node.scrollHeight - node.clientHeight) * part), step / 20);
    await page.evaluate(() => new Promise(requestAnimationFrame));
    assert.ok((await rows.count()) < 60, `${await rows.count()} rows drawn`);
  }
  await until(shown(LEADS - 1), (await nameAt(LEADS - 1)).trim(), "the last row", 90);
  context.diagnostic(`scrolling by bar: ${await held()}`);
  const ends = await grid.evaluate((node) => {
    const last = [...node.querySelectorAll(".grid-row")].at(-1).getBoundingClientRect();
    return node.getBoundingClientRect().bottom - last.bottom;
  });
  assert.ok(ends >= -1, `the last row ends ${-ends} px below the table`);

  await grid.focus();
  await page.keyboard.press("Home");
  await until(shown(0), (await nameAt(0)).trim(), "the first row");
  await page.keyboard.press("End");
  await until(shown(LEADS - 1), (await nameAt(LEADS - 1)).trim(), "the last row by key");
  assert.ok((await rows.count()) < 60, `${await rows.count()} rows drawn`);
  await screenshot(page, "many-end");
  await opened.close();
});

test("a file is dropped on the page", async () => {
  const opened = await openPage(browser, `${panel.origin}/`, { viewport: { width: 1440, height: 900 } });
  const { page } = opened;
  await settled(page);
  const text = "Record ID,First Name,Last Name,Email,Company Name,Country/Region,Original Source,Create Date\n1,Ann,Lee,ann@acme.example,Acme,Germany,Direct Traffic,2026-11-02\n";
  const transfer = await page.evaluateHandle((text) => {
    const transfer = new DataTransfer();
    transfer.items.add(new File([text], "dropped.csv", { type: "text/csv" }));
    return transfer;
  }, text);
  const target = page.locator("main");
  await target.dispatchEvent("dragover", { dataTransfer: transfer });
  await page.locator(".drop-over.on").waitFor();
  await target.dispatchEvent("drop", { dataTransfer: transfer });
  const report = page.locator(".file-list li", { hasText: "dropped.csv" });
  await report.waitFor();
  assert.match(await report.innerText(), /\b1\b/);
  await page.locator(".drop-over:not(.on)").waitFor({ state: "attached" });
  // HubSpot keeps leads as contacts.
  await page.locator("dialog").getByRole("button", { name: /leads/i }).first().click();
  await until(() => loaded(page), "1 lead, 1 file", "what is loaded");
  await page.keyboard.press("Escape");

  // A contract is not data: the page asks which side it is.
  const contract = await (await fetch(`${panel.origin}/demo/${demo.baseline}`)).text();
  const other = await page.evaluateHandle((text) => {
    const transfer = new DataTransfer();
    transfer.items.add(new File([text], "deployed.json", { type: "application/json" }));
    return transfer;
  }, contract);
  await target.dispatchEvent("drop", { dataTransfer: other });
  await page.locator("dialog").getByText("deployed.json").first().waitFor();
  await page.locator("dialog").getByRole("button", { name: /candidate/i }).first().click();
  await page.keyboard.press("Escape");
  await page.getByText("Baseline and candidate are the same", { exact: true }).first().waitFor();
  await opened.close();
});
