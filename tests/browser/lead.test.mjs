// For one lead, whatever became of it, the panel shows every proposal with its verdict and all its reasons.
import assert from "node:assert/strict";
import { test } from "node:test";

import { engineOnDemo, settled, until } from "./desk.mjs";
import { accessibilityProblems, openPage, panelAndBrowser, screenshot } from "./lib.mjs";

const stage = panelAndBrowser();
const WORDS = { auto: "Automatic", suggest: "Suggested", review: "For review", block: "Blocked" };

const open = async (hash = "", options = {}) => {
  const opened = await openPage(stage.browser, `${stage.panel.origin}/${hash}`, { viewport: { width: 1440, height: 900 }, ...options });
  await settled(opened.page);
  return opened;
};

/** The first lead of a query whose decisions `wanted` accepts: {row, before, after}. */
function find(session, query, wanted) {
  const { rows } = JSON.parse(session.moves(JSON.stringify({ limit: 800, ...query })));
  for (const row of rows) {
    const [before, after] = ["baseline", "candidate"].map((side) => JSON.parse(session.decision(row.index, side)));
    if (wanted(before, after)) return { row, before, after };
  }
  return assert.fail("the demo has no such lead");
}

const proposals = (decision) => decision.judged.filter((judged) => judged.source || judged.by || judged.to);
const plain = (text) => text.replaceAll("`", "").replace(/\s+/g, " ").trim();
const openLead = async (row, options) => {
  const opened = await open(`#lead=${row.lead}`, options);
  await opened.page.locator(".judged").first().waitFor();
  return opened;
};

test("every proposal stands there with its verdict and every reason, before and after", async () => {
  const { session, candidate } = await engineOnDemo(stage.panel.origin);
  const { row, before, after } = find(session, { change: "verdict_changed" }, (before, after) =>
    proposals(after).some(({ verdict }, place) => verdict !== proposals(before)[place]?.verdict) && proposals(after).length > 1);
  const { page, ...opened } = await openLead(row);
  const shown = page.locator("section[aria-labelledby=proposals-title] .proposals > li");
  assert.equal(await shown.count(), proposals(after).length);
  for (const [place, judged] of proposals(after).entries()) {
    const item = shown.nth(place);
    await item.locator("details").evaluate((node) => (node.open = true));
    const text = plain(await item.innerText());
    for (const { message, code } of judged.reasons ?? []) {
      assert.ok(text.includes(plain(message)), `${message} in: ${text}`);
      assert.ok(text.includes(code), `${code} in: ${text}`);
    }
    for (const part of [WORDS[judged.verdict], judged.new, judged.source, candidate.workflows.find(({ id }) => id === judged.workflow)?.name ?? ""]) {
      assert.ok(text.includes(part), `${part} in: ${text}`);
    }
    if (judged.uncapped !== judged.verdict) assert.match(text, new RegExp(`without the mode: ${WORDS[judged.uncapped]}`));
    const old = before.judged.find((other) => other.source === judged.source && other.field === judged.field && other.new === judged.new);
    const differs = JSON.stringify(old && [old.verdict, old.reasons]) !== JSON.stringify([judged.verdict, judged.reasons]);
    if (differs) {
      assert.match(text, /differs/);
      for (const { message } of old?.reasons ?? []) assert.ok(text.includes(plain(message)), `${message} of the baseline in: ${text}`);
    }
  }
  // The most severe reason comes first.
  const order = Object.values(WORDS);
  for (const list of await page.locator(".reasons").all()) {
    const marks = await list.locator(".mark .sr").allTextContents();
    const ranks = marks.map((mark) => order.indexOf(mark.replace(":", "").trim()));
    assert.deepEqual(ranks, ranks.toSorted((a, b) => b - a));
  }
  await screenshot(page, "lead-proposals");

  const link = page.locator(".reasons .rule-link").first();
  const address = (await link.getAttribute("title")).match(/\/\S+/)[0];
  await link.click();
  await page.locator("#editor-title").waitFor();
  assert.ok(decodeURIComponent(await page.evaluate(() => location.hash)).includes(`at=${address}`), address);
  assert.equal(await page.locator(".judged").first().isVisible(), true, "the lead stays beside the section");
  await screenshot(page, "lead-rule");
  await opened.close();
});

test("suppressions come first and lead to their rule", async () => {
  const { session } = await engineOnDemo(stage.panel.origin);
  const { row, after } = find(session, { unchanged_too: true }, (_, after) => after.suppressed?.some(({ holds }) => holds === "yes") && proposals(after).length > 0);
  const { page, ...opened } = await openLead(row);
  const titles = await page.locator(".judged h3").evaluateAll((all) => all.map((title) => title.id));
  assert.equal(titles[0], "suppressed-title");
  // Those that cannot be decided and hold nothing are folded away, so their text is not on the screen.
  const rules = (await page.locator(".suppressed .rule-link").allTextContents()).map((rule) => rule.trim());
  assert.deepEqual(after.suppressed.map(({ rule }) => rule).filter((rule) => !rules.includes(rule)), []);
  await screenshot(page, "lead-suppressed");
  await page.locator(".suppressed .rule-link").first().click();
  await until(() => page.evaluate(() => location.hash.includes("section=suppression")), true, "the section of suppressions");
  await opened.close();
});

test("a lead for which nothing was proposed says so", async () => {
  const { session } = await engineOnDemo(stage.panel.origin);
  const nothing = (before, after) => proposals(before).length + proposals(after).length === 0 && !after.suppressed?.length;
  const { row } = find(session, { unchanged_too: true }, nothing);
  const { page, ...opened } = await openLead(row);
  await page.getByText("Nothing was proposed for this lead.").waitFor();
  await page.getByText("No suppression holds for this lead.").waitFor();
  await screenshot(page, "lead-nothing");
  await opened.close();
});

test("a lead that does not change is found by its name and opened", async () => {
  const { session } = await engineOnDemo(stage.panel.origin);
  const { rows } = JSON.parse(session.moves(JSON.stringify({ unchanged_too: true, limit: 2000 })));
  const row = rows.find(({ changes }) => changes.length === 0);
  const { page, ...opened } = await open();
  await page.getByRole("searchbox").fill(row.lead);
  await page.getByText("No lead that changes fits these filters").waitFor();
  await page.getByRole("button", { name: "Look among all leads" }).click();
  await until(() => page.locator("#leads-grid .grid-row .lead-name").allInnerTexts(), [row.name], "the lead");
  assert.equal(await page.getByLabel("Kind of change").inputValue(), "all");
  await page.locator("#leads-grid .grid-row").first().click();
  await page.locator(".lead-title", { hasText: row.name }).waitFor();
  await page.locator("#proposals-title").waitFor();
  await page.getByLabel("Kind of change").selectOption("");
  await page.getByText("No lead that changes fits these filters").waitFor();
  await opened.close();
});

for (const colorScheme of ["light", "dark"]) {
  for (const width of [1440, 768, 320]) {
    test(`a lead at ${width} px, ${colorScheme}: nothing overflows and axe finds nothing`, async () => {
      const { session } = await engineOnDemo(stage.panel.origin);
      const { row } = find(session, { change: "verdict_changed" }, (_, after) => proposals(after).length > 1 && after.suppressed?.length);
      const { page, ...opened } = await openLead(row, { viewport: { width, height: 900 }, colorScheme });
      await page.locator(".judged details").evaluateAll((all) => all.forEach((node) => (node.open = true)));
      const wide = await page.evaluate(() => document.scrollingElement.scrollWidth - document.scrollingElement.clientWidth);
      assert.ok(wide <= 0, `${wide} px too wide`);
      const over = await page.locator(".why").evaluate((node) => node.scrollWidth - node.clientWidth);
      assert.ok(over <= 0, `${over} px too wide inside`);
      if (width === 320) {
        const [before, after] = await Promise.all([".side-text.before", ".side-text.after"].map((side) => page.locator(`.proposals ${side}`).first().boundingBox()));
        assert.ok(after.y >= before.y + before.height - 1, "before and after stack");
      }
      await page.locator(".judged").first().scrollIntoViewIfNeeded();
      await screenshot(page, `lead-${width}-${colorScheme}`);
      assert.deepEqual(await accessibilityProblems(page), []);
      await opened.close();
    });
  }
}
