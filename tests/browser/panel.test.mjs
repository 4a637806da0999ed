// The panel does its job: a change is made, its consequences are read, and they are what the engine in Node says.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";

import { engineOnDemo, expectedVerdicts, number, settled, tile, until, verdictsAfter } from "./desk.mjs";
import { accessibilityProblems, openPage, panelAndBrowser, screenshot } from "./lib.mjs";

const stage = panelAndBrowser();

const open = async (hash = "", options = {}) => {
  const opened = await openPage(stage.browser, `${stage.panel.origin}/${hash}`, { viewport: { width: 1440, height: 900 }, ...options });
  await settled(opened.page);
  return opened;
};

test("the demo's preview is there when the page opens", async () => {
  const opened = await open();
  const { page } = opened;
  const { summary } = await engineOnDemo(stage.panel.origin);
  assert.ok(summary.counts.rerouted > 0);
  assert.equal(await tile(page, "Rerouted"), summary.counts.rerouted);
  assert.equal(await tile(page, "Rescored"), summary.counts.rescored);
  assert.equal(await tile(page, "Newly for review"), summary.counts.newly_for_review);
  assert.ok((await page.locator("#leads-grid [role=row]").count()) > 5);
  assert.ok((await page.locator("svg path").count()) > 5, "flows are drawn");
  await opened.close();
});

test("a threshold changes what the table says", async () => {
  const opened = await open("#section=thresholds&at=/fields/lead.industry");
  const { page } = opened;
  const shown = await verdictsAfter(page, "industry");
  const { summary } = await engineOnDemo(stage.panel.origin, (candidate) => {
    candidate.fields.find((policy) => policy.field === "lead.industry").auto_at = 970;
  });
  const expected = expectedVerdicts(summary, "lead.industry");
  assert.notDeepEqual(shown, expected, "the change must show");
  const input = page.locator('input[type="number"][aria-label^="Automatic from, /fields/lead.industry"]');
  await input.fill("97");
  await input.blur();
  await until(() => verdictsAfter(page, "industry"), expected, "verdicts on lead.industry");
  await until(() => tile(page, "Verdict changed"), summary.counts.verdict_changed, "the tile follows");

  await page.keyboard.press("Control+z");
  await until(() => verdictsAfter(page, "industry"), shown, "undo takes it back");
  await opened.close();
});

test("points move the scores", async () => {
  const opened = await open("#section=scores&at=/scores/fit/rules/asks-crm-integration");
  const { page } = opened;
  const edit = (candidate) => {
    const fit = candidate.scores.find((score) => score.id === "fit");
    fit.rules.find((rule) => rule.id === "asks-crm-integration").points = 45;
  };
  const { summary } = await engineOnDemo(stage.panel.origin, edit);
  const input = page.locator('input[aria-label*="/scores/fit/rules/asks-crm-integration/points"]').first();
  await input.fill("45");
  await input.blur();
  await until(() => tile(page, "Rescored"), summary.counts.rescored, "rescored leads");
  await opened.close();
});

const csv = (rows) =>
  ["Record ID,First Name,Last Name,Email,Company Name,Country/Region,Original Source,Create Date", ...rows].join("\n");

test("an export is read, a bad row is set aside with its place", async () => {
  const opened = await open();
  const { page } = opened;
  await page.getByRole("button", { name: /Load data/ }).click();
  const rows = ["1,Ann,Lee,ann@acme.example,Acme,Germany,Direct Traffic,2026-11-02", "2,too few cells", "3,Bo,Ray,bo@beta.example,Beta,USA,Offline,2026-11-03"];
  await page.locator('input[type="file"]').setInputFiles({ name: "hubspot.csv", mimeType: "text/csv", buffer: Buffer.from(csv(rows)) });
  const report = page.locator(".file-list li", { hasText: "hubspot.csv" });
  await report.waitFor();
  assert.match(await report.innerText(), /2/);
  assert.match(await report.innerText(), /1 .*set aside|set aside/);
  await screenshot(page, "data");
  const broken = { name: "notes.csv", mimeType: "text/csv", buffer: Buffer.from("colour,shape\nred,round\n") };
  await page.locator('input[type="file"]').setInputFiles(broken);
  const refused = page.locator(".file-list li", { hasText: "notes.csv" });
  await refused.waitFor();
  assert.match(await refused.innerText(), /colour/);
  await page.keyboard.press("Escape");
  await opened.close();
});

test("a lead opens with both decisions, and Escape closes it", async () => {
  const opened = await open();
  const { page } = opened;
  const { session } = await engineOnDemo(stage.panel.origin);
  const first = JSON.parse(session.moves(JSON.stringify({ limit: 1 }))).rows[0];
  const grid = page.locator("#leads-grid");
  await grid.focus();
  await page.keyboard.press("Home");
  await page.keyboard.press("Enter");
  const why = page.locator(".why");
  await why.first().waitFor();
  const expected = JSON.parse(session.lead(first.index));
  const routing = expected.stages.find((stage) => stage.stage === "routing");
  await page.getByText(routing.after.headline, { exact: false }).first().waitFor();
  await screenshot(page, "lead");
  await page.keyboard.press("Escape");
  await until(() => page.getByText(routing.after.headline).count(), 0, "closed");
  await opened.close();
});

test("the exported contract is the candidate with its digest", async () => {
  const opened = await open();
  const { page } = opened;
  const { session } = await engineOnDemo(stage.panel.origin);
  await page.getByRole("button", { name: "Export", exact: true }).click();
  const nevertheless = page.getByRole("button", { name: /Export it nevertheless/ });
  const box = page.getByLabel(/Export it nevertheless/);
  if (await box.count()) await box.check();
  else if (await nevertheless.count()) await nevertheless.click();
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: /Download/ }).click(),
  ]);
  const exported = await readFile(await download.path(), "utf8");
  assert.equal(exported, session.export("candidate"));
  assert.match(JSON.parse(exported).digest, /^sha256:[0-9a-f]{64}$/);
  await opened.close();
});

for (const colorScheme of ["light", "dark"]) {
  for (const width of [1440, 768, 320]) {
    test(`${width} px, ${colorScheme}: nothing overflows and axe finds nothing`, async () => {
      const opened = await open("", { viewport: { width, height: 900 }, colorScheme });
      const { page } = opened;
      const wide = await page.evaluate(() => document.scrollingElement.scrollWidth - document.scrollingElement.clientWidth);
      assert.ok(wide <= 0, `${wide} px too wide`);
      await screenshot(page, `panel-${width}-${colorScheme}`);
      assert.deepEqual(await accessibilityProblems(page), []);
      for (const section of ["thresholds", "routing", "json"]) {
        await page.evaluate((hash) => (location.hash = hash), `#section=${section}`);
        await page.locator("#editor-title").waitFor();
        await screenshot(page, `panel-${width}-${colorScheme}-${section}`);
        const over = await page.evaluate(() => document.scrollingElement.scrollWidth - document.scrollingElement.clientWidth);
        assert.ok(over <= 0, `${section}: ${over} px too wide`);
        assert.deepEqual(await accessibilityProblems(page), [], section);
      }
      await opened.close();
    });
  }
}

test("a draft is there again after a reload", async () => {
  const opened = await open("#section=thresholds&at=/fields/lead.industry");
  const { page } = opened;
  const name = 'input[type="number"][aria-label^="Automatic from, /fields/lead.industry"]';
  await page.locator(name).fill("96");
  await page.locator(name).blur();
  await page.waitForTimeout(1500);
  await page.reload();
  await settled(page);
  await until(async () => number(await page.locator(name).inputValue()), 96, "the draft's threshold");
  await opened.close();
});
