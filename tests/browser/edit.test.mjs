// Rules are edited, steps taken back by keyboard, dialogs closed by it, all of it in a window of 300 px too.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";

import { engineOnDemo, settled, tile, until } from "./desk.mjs";
import { accessibilityProblems, openPage, panelAndBrowser, screenshot } from "./lib.mjs";

const stage = panelAndBrowser();

const open = async (hash = "", viewport = { width: 1440, height: 900 }) => {
  const opened = await openPage(stage.browser, `${stage.panel.origin}/${hash}`, { viewport });
  await settled(opened.page);
  return opened;
};

/** What the export gives. */
async function exported(page) {
  await page.getByRole("button", { name: "Export", exact: true }).click();
  const anyway = page.getByLabel(/Export it nevertheless/);
  const download = page.getByRole("button", { name: "Download" });
  await until(async () => (await anyway.count()) > 0 || (await download.isEnabled()), true, "an export that can be had");
  if (await anyway.count()) await anyway.check();
  const [file] = await Promise.all([page.waitForEvent("download"), download.click()]);
  await page.keyboard.press("Escape");
  await page.locator("dialog").waitFor({ state: "detached" });
  return JSON.parse(await readFile(await file.path(), "utf8"));
}

/** The first rows of the table: who, where from, where to. */
const rows = (page) =>
  page.locator("#leads-grid .grid-row").evaluateAll((found) =>
    found.slice(0, 10).map((row) => [".lead-name", ".c-from .place", ".c-to .place"].map((part) => row.querySelector(part)?.textContent.trim())),
  );

/** The same of the engine. */
function expectedRows(session) {
  const words = { escalated: "Escalated", unrouted: "Unrouted", blocked: "Not assigned", not_eligible: "Not eligible" };
  const place = ({ kind, id, label }) => label || words[kind] || id;
  const { rows } = JSON.parse(session.moves(JSON.stringify({ limit: 10 })));
  return rows.map(({ name, from, to }) => [name.trim(), place(from), place(to)]);
}

test("a routing rule is edited and the leads follow", async () => {
  const opened = await open("#section=routing&at=/routing/rules/amer-enterprise");
  const { page } = opened;
  const before = await rows(page);
  const bound = page.locator('input[aria-label="Value, /routing/rules/amer-enterprise/when/all/1/at_least"]');
  await bound.fill("300");
  await bound.blur();
  await page.evaluate(() => (location.hash = "#section=routing&at=/routing/rules/dach"));
  const pool = page.locator('input[aria-label="Which, /routing/rules/dach/to"]');
  await pool.fill("inbound-nordics");
  await pool.blur();

  const contract = await exported(page);
  const rule = (id) => contract.routing.rules.find((rule) => rule.id === id);
  assert.deepEqual(rule("dach").to, { pool: "inbound-nordics" });
  assert.equal(rule("amer-enterprise").when.all[1].at_least, 300);

  const demo = await engineOnDemo(stage.panel.origin);
  const { session, summary } = await engineOnDemo(stage.panel.origin, (candidate) => {
    for (const key of Object.keys(candidate)) delete candidate[key];
    Object.assign(candidate, contract);
  });
  assert.notEqual(summary.counts.rerouted, demo.summary.counts.rerouted, "the change must show");
  await until(() => tile(page, "Rerouted"), summary.counts.rerouted, "rerouted");
  await until(() => tile(page, "Rescored"), summary.counts.rescored, "rescored");
  await until(() => rows(page), expectedRows(session), "the table's first leads");
  assert.notDeepEqual(await rows(page), before, "the table moved");
  await opened.close();
});

test("steps are taken back and done again by keyboard", async () => {
  const opened = await open("#section=routing&at=/routing/rules/dach");
  const { page } = opened;
  const pool = page.locator('input[aria-label="Which, /routing/rules/dach/to"]');
  const first = await pool.inputValue();
  const rerouted = await tile(page, "Rerouted");
  await pool.fill("inbound-nordics");
  await pool.blur();
  const { summary } = await engineOnDemo(stage.panel.origin, (candidate) => {
    candidate.routing.rules.find((rule) => rule.id === "dach").to = { pool: "inbound-nordics" };
  });
  assert.notEqual(summary.counts.rerouted, rerouted, "the change must show");
  await until(() => tile(page, "Rerouted"), summary.counts.rerouted, "changed");
  const steps = [
    ["Control+z", first, rerouted],
    ["Control+Shift+z", "inbound-nordics", summary.counts.rerouted],
    ["Control+z", first, rerouted],
    ["Control+y", "inbound-nordics", summary.counts.rerouted],
  ];
  for (const [keys, value, count] of steps) {
    await page.keyboard.press(keys);
    await until(() => pool.inputValue(), value, keys);
    await until(() => tile(page, "Rerouted"), count, keys);
  }
  await opened.close();
});

test("Escape closes each dialog and gives the focus back", async () => {
  const opened = await open();
  const { page } = opened;
  for (const [name, title] of [["Load data", /data|files/i], ["Export", /export/i], ["Keys", /keys/i]]) {
    const button = page.getByRole("button", { name, exact: true });
    await button.click();
    const dialog = page.locator("dialog[open]");
    await dialog.waitFor();
    assert.match(await dialog.getByRole("heading", { level: 2 }).innerText(), title);
    await screenshot(page, `dialog-${name.toLowerCase().replace(" ", "-")}`);
    assert.deepEqual(await accessibilityProblems(page), [], name);
    await page.keyboard.press("Escape");
    await dialog.waitFor({ state: "detached" });
    assert.ok(await button.evaluate((node) => node === document.activeElement), `${name} has the focus again`);
  }
  await page.evaluate(() => (location.hash = "#section=scores"));
  await page.locator("#editor-title").waitFor();
  await page.keyboard.press("Escape");
  await page.locator("#editor-title").waitFor({ state: "detached" });
  await opened.close();
});

test("a window of 300 px: everything can be reached, nothing is wider than the window", async () => {
  const opened = await open("", { width: 300, height: 700 });
  const { page } = opened;
  const fits = async (what) => {
    const wide = await page.evaluate(() => document.scrollingElement.scrollWidth - document.scrollingElement.clientWidth);
    assert.ok(wide <= 0, `${what}: ${wide} px too wide`);
    assert.deepEqual(await accessibilityProblems(page), [], what);
  };
  await fits("start");
  for (const name of ["Load data", "Export", "Keys"]) {
    await page.getByRole("button", { name, exact: true }).click();
    const box = await page.locator("dialog[open]").boundingBox();
    assert.ok(box.x >= 0 && box.x + box.width <= 300 && box.y >= 0 && box.y + box.height <= 700, `${name}: ${JSON.stringify(box)}`);
    const inner = await page.locator("dialog[open] .dialog-body").evaluate((node) => node.scrollWidth - node.clientWidth);
    assert.ok(inner <= 0, `${name}: ${inner} px too wide inside`);
    await screenshot(page, `narrow-${name.toLowerCase().replace(" ", "-")}`);
    await fits(name);
    await page.keyboard.press("Escape");
    await page.locator("dialog").waitFor({ state: "detached" });
  }
  for (const section of ["thresholds", "scores", "routing", "json", "findings"]) {
    await page.evaluate((section) => (location.hash = `#section=${section}`), section);
    await page.locator("#editor-title").waitFor();
    const box = await page.locator(".editor").boundingBox();
    assert.deepEqual([box.x, box.y, box.width, box.height], [0, 0, 300, 700], `${section} fills the window`);
    await screenshot(page, `narrow-${section}`);
    await fits(section);
  }
  await page.keyboard.press("Escape");
  await page.locator("#editor-title").waitFor({ state: "detached" });
  const cut = await page.locator("#leads-grid .grid-row .chip:visible").evaluateAll((chips) => {
    const edge = document.querySelector("#leads-grid").getBoundingClientRect().right;
    return chips.filter((chip) => chip.getBoundingClientRect().right > edge).map((chip) => chip.textContent);
  });
  assert.deepEqual(cut, [], "chips end within the table");
  await page.locator("#leads-grid .grid-row").first().click();
  await page.locator("main.with-lead").waitFor();
  const inSight = (selector) => page.locator(selector).evaluate((node) => node.getBoundingClientRect().top >= 0 && node.getBoundingClientRect().top < innerHeight / 2);
  await until(() => inSight("#why-title"), true, "the lead is in sight");
  await fits("a lead");
  await screenshot(page, "narrow-lead");
  await page.keyboard.press("Escape");
  await page.locator("main.with-lead").waitFor({ state: "detached" });
  await opened.close();
});
