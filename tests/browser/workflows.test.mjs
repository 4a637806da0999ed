// The workflows as a table: what each does in plain words, its mode switched as an edit, findings where they belong.
import assert from "node:assert/strict";
import { test } from "node:test";

import { engineOnDemo, settled, tile, until } from "./desk.mjs";
import { accessibilityProblems, openPage, panelAndBrowser, screenshot } from "./lib.mjs";

const stage = panelAndBrowser();

const open = async (options = {}, hash = "#section=workflows") => {
  const opened = await openPage(stage.browser, `${stage.panel.origin}/${hash}`, { viewport: { width: 1440, height: 900 }, ...options });
  await settled(opened.page);
  return opened;
};

const rows = (page) => page.locator(".flows-table .flow-row:not(.flow-head)");
const row = (page, name) => rows(page).filter({ has: page.locator("strong", { hasText: name }) });

test("each workflow is a row: trigger, action, update, control, handoff", async () => {
  const { page, ...opened } = await open({}, "");
  await page.getByRole("navigation", { name: "Sections of the contract" }).getByRole("button", { name: /^Workflows/ }).click();
  const { candidate } = await engineOnDemo(stage.panel.origin);
  const table = page.getByRole("table", { name: "Workflows" });
  await table.waitFor();
  const heads = await table.getByRole("columnheader").allInnerTexts();
  assert.deepEqual(heads, ["Workflow", "Trigger", "AI action", "CRM update", "Control rule", "Handoff"]);
  assert.equal(await rows(page).count(), candidate.workflows.length);
  for (const workflow of candidate.workflows) {
    const shown = row(page, workflow.name);
    const cells = await shown.locator(":scope > .flow-cell > div").allInnerTexts();
    assert.equal(cells.length, 5, workflow.id);
    assert.ok(cells.every((cell) => cell.trim()), `${workflow.id}: ${JSON.stringify(cells)}`);
    assert.equal(await shown.locator("select").inputValue(), workflow.mode);
    assert.match(await shown.locator(".flow-name").innerText(), new RegExp(`version ${workflow.version.replaceAll(".", "\\.")}`));
    const [reviewer] = workflow.review ?? [];
    if (reviewer?.reviewer.queue) assert.match(cells[4], new RegExp(`Queue ${reviewer.reviewer.queue}`));
  }
  const cell = async (place) => row(page, "Inbound lead qualification").locator(":scope > .flow-cell > div").nth(place).innerText();
  assert.match(await cell(0), /A form is sent/);
  assert.match(await cell(0), /Only if motion is inbound/);
  assert.match(await cell(1), /Ask the buyer a question/);
  assert.match(await cell(2), /Writes: link to contact or account, owner, task, draft\s+Automatic: country, product interest/);
  assert.match(await cell(3), /Leaves alone: sellers, own people/);
  assert.match(await cell(4), /Shared rules: .*strategic account/);
  await screenshot(page, "workflows");
  await opened.close();
});

test("a mode is switched by keyboard as an edit, the preview follows, undo takes it back", async () => {
  const { page, ...opened } = await open();
  const changed = await tile(page, "Verdict changed");
  const { summary } = await engineOnDemo(stage.panel.origin, (candidate) => {
    candidate.workflows.find(({ id }) => id === "inbound-qualification").mode = "suggest";
  });
  assert.notEqual(summary.counts.verdict_changed, changed, "the change must show");
  const select = page.getByLabel("Mode, /workflows/inbound-qualification/mode");
  await select.focus();
  await page.keyboard.press("s");
  await until(() => select.inputValue(), "suggest", "the mode");
  await until(() => tile(page, "Verdict changed"), summary.counts.verdict_changed, "the preview");
  const shown = row(page, "Inbound lead qualification");
  await shown.getByText("was Automatic").waitFor();
  assert.match(await shown.innerText(), /Suggested: country, source, product interest/);
  await page.keyboard.press("Control+z");
  await until(() => tile(page, "Verdict changed"), changed, "undo");
  assert.equal(await select.inputValue(), "automatic");
  await opened.close();
});

test("the rest of a workflow opens by keyboard, and each rule leads to its section", async () => {
  const { page, ...opened } = await open();
  const shown = row(page, "Outbound lead creation");
  const more = shown.getByRole("button", { name: /Details/ });
  await more.focus();
  await page.keyboard.press("Enter");
  assert.equal(await more.getAttribute("aria-expanded"), "true");
  const text = await shown.locator(".flow-details").innerText();
  for (const part of ["free-mail-prospects", "Free mail", "Duplicate rate, at most 2 %", "Suggested", "this workflow only", "sample-of-prospects"]) {
    assert.ok(text.includes(part), `${part} in ${text}`);
  }
  assert.deepEqual(await accessibilityProblems(page), []);
  await screenshot(page, "workflows-details");
  await shown.locator(".flow-rules .rule-link", { hasText: "duplicate-pending" }).click();
  await until(() => page.evaluate(() => location.hash.includes("section=suppression")), true, "the suppression's section");
  await opened.close();
});

test("what check finds of a workflow stands at its row; without workflows the section says what to do", async () => {
  const { page, ...opened } = await open({}, "#section=workflows&at=/workflows/follow-up");
  const area = page.getByLabel("/workflows/follow-up as JSON");
  const written = JSON.parse(await area.inputValue());
  await area.fill(JSON.stringify({ ...written, agent: "nobody" }));
  await row(page, "Follow-up").locator(".finding", { hasText: "nobody" }).waitFor();
  assert.equal(await page.locator(".flow-findings").count(), 1, "no other row has it");
  await row(page, "Follow-up").scrollIntoViewIfNeeded();
  await screenshot(page, "workflows-finding");

  await page.evaluate(() => (location.hash = "#section=json"));
  const whole = page.getByLabel("The candidate as JSON");
  const contract = JSON.parse(await whole.inputValue());
  await whole.evaluate((node, text) => {
    node.value = text;
    node.dispatchEvent(new Event("input", { bubbles: true }));
  }, JSON.stringify({ ...contract, workflows: [] }));
  await page.evaluate(() => (location.hash = "#section=workflows"));
  await page.getByText("There are no workflows").waitFor();
  await opened.close();
});

for (const colorScheme of ["light", "dark"]) {
  for (const width of [1440, 768, 320, 300]) {
    test(`workflows at ${width} px, ${colorScheme}: nothing overflows and axe finds nothing`, async () => {
      const { page, ...opened } = await open({ viewport: { width, height: 900 }, colorScheme }, "");
      await page.evaluate(() => (location.hash = "#section=workflows"));
      await row(page, "Outbound lead creation").getByRole("button", { name: /Details/ }).click();
      const wide = await page.evaluate(() => document.scrollingElement.scrollWidth - document.scrollingElement.clientWidth);
      assert.ok(wide <= 0, `${wide} px too wide`);
      const over = await page.locator(".editor").evaluate((node) => node.scrollWidth - node.clientWidth);
      assert.ok(over <= 0, `${over} px too wide inside`);
      await screenshot(page, `workflows-${width}-${colorScheme}`);
      assert.deepEqual(await accessibilityProblems(page), []);
      await opened.close();
    });
  }
}
