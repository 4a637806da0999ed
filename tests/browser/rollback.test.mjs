// The rollback planner: chosen by the log's own names, previewed, taken along as plan, entries and files.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";

import { number, settled, until } from "./desk.mjs";
import { accessibilityProblems, openPage, panelAndBrowser, screenshot } from "./lib.mjs";

const stage = panelAndBrowser();

async function planner(options = {}) {
  const opened = await openPage(stage.browser, `${stage.panel.origin}/`, options);
  const { page } = opened;
  await settled(page);
  await page.getByRole("button", { name: "Audit", exact: true }).click();
  await page.getByRole("button", { name: "Try the demo's log" }).click();
  await page.getByText("As it was written").waitFor();
  await page.getByRole("navigation", { name: "Pages on the log" }).getByRole("button", { name: "Rollback" }).click();
  await page.getByRole("heading", { name: "Take back" }).waitFor();
  return opened;
}

const facet = (page, title) => page.locator(".rollback-choose .facet", { has: page.getByText(title, { exact: true }) });
const values = (page) => page.locator("#rollback-found-title").innerText();

async function saved(page, name) {
  const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name }).click()]);
  return { name: download.suggestedFilename(), text: await readFile(await download.path(), "utf8") };
}

test("what one field got is planned back and taken along", async () => {
  const { page, close } = await planner({ viewport: { width: 1440, height: 1000 } });
  await page.getByText("Choose what to take back").waitFor();
  assert.deepEqual(await accessibilityProblems(page), []);
  const first = facet(page, "Field").locator(".facet-value", { hasText: "lead.owner" });
  await first.waitFor();
  const many = number(await first.locator(".tally").innerText());
  assert.ok(many > 0);
  // By keyboard.
  await first.focus();
  await page.keyboard.press("Enter");
  await page.locator("#rollback-found-title").waitFor();
  assert.equal(await first.getAttribute("aria-pressed"), "true");
  assert.match(await values(page), /values? go(es)? back$/);
  const back = number(await values(page));
  await until(() => page.locator('[aria-label="What goes back"] tbody tr').count(), Math.min(back, 200), "a row a value");
  await screenshot(page, "rollback");
  assert.deepEqual(await accessibilityProblems(page), []);

  // Nobody takes it back: said, and nothing is taken along.
  await page.getByRole("button", { name: "Plan (JSON)" }).click();
  await page.getByRole("alert").getByText("nobody is named").waitFor();
  await page.locator(".rollback-found .who").fill("ann@example.com");
  const plan = await saved(page, "Plan (JSON)");
  const made = JSON.parse(plan.text);
  assert.equal(plan.name, "rollback-plan.json");
  assert.deepEqual([made.by, made.back.length], ["ann@example.com", back]);
  assert.match(made.digest, /^sha256:[0-9a-f]{64}$/);
  const lines = (await saved(page, "Entries to append")).text.trimEnd().split("\n").map((line) => JSON.parse(line));
  const undone = made.back.reduce((all, cell) => all + cell.undoes.length, 0);
  assert.equal(lines.filter((entry) => entry.kind === "rollback").length, undone);
  assert.equal(lines.length, undone + made.withdrawn.length);
  const csv = await saved(page, "Files to import (CSV)");
  assert.match(csv.text, /^"Id",/);
  await page.getByLabel("Columns of").selectOption("hubspot");
  const hubspot = await saved(page, "Files to import (CSV)");
  assert.match(hubspot.text, /^"(Record ID|object)",/);

  await page.getByRole("button", { name: "Clear", exact: true }).click();
  await page.getByText("Choose what to take back").waitFor();
  await close();
});

for (const [name, options] of Object.entries({
  320: { viewport: { width: 320, height: 800 } },
  dark: { viewport: { width: 1024, height: 800 }, colorScheme: "dark" },
})) {
  test(`it fits: ${name}`, async () => {
    const { page, close } = await planner(options);
    await facet(page, "Workflow").locator(".facet-value").first().click();
    await page.locator("#rollback-found-title").waitFor();
    await screenshot(page, `rollback-${name}`);
    assert.deepEqual(await accessibilityProblems(page), []);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    assert.ok(wide <= 0, `${wide} px too wide`);
    await close();
  });
}
