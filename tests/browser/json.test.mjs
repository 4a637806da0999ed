// The contract as text: what is broken is said with its place, the preview stays and says so, undo brings it back.
import assert from "node:assert/strict";
import { test } from "node:test";

import { engineOnDemo, settled, tile, until } from "./desk.mjs";
import { openPage, panelAndBrowser, screenshot } from "./lib.mjs";

/** The height of a line in the editor, in pixels. */
const LINE = 18;

const stage = panelAndBrowser();

const open = async () => {
  const options = { viewport: { width: 1440, height: 900 }, permissions: ["clipboard-read", "clipboard-write"] };
  const opened = await openPage(stage.browser, `${stage.panel.origin}/#section=json`, options);
  await settled(opened.page);
  return { ...opened, area: opened.page.getByLabel("The candidate as JSON") };
};

const select = (area, from, to) => area.evaluate((node, [from, to]) => (node.focus(), node.setSelectionRange(from, to)), [from, to]);

/** Puts `text` in place of everything, the way a person does: Playwright's `fill` types it line by line. */
async function paste(page, area, text) {
  await area.focus();
  await page.evaluate((text) => navigator.clipboard.writeText(text), text);
  await page.keyboard.press("Control+a");
  await page.keyboard.press("Control+v");
}

/** Line and column of an offset, from 1. */
function place(text, offset) {
  const before = text.slice(0, offset).split("\n");
  return [before.length, before.at(-1).length + 1];
}

const messages = (page) => page.locator(".code-finding").allInnerTexts();

test("text that is not JSON is marked at its place, the preview stays and says so, undo brings the text back", async () => {
  const { area, ...opened } = await open();
  const { page } = opened;
  const text = await area.inputValue();
  const rerouted = await tile(page, "Rerouted");
  const quiet = await messages(page);
  assert.equal(await page.locator(".follows.stale").count(), 0);

  const at = text.indexOf('"routing"');
  // The comma before it is what has nothing behind it.
  const [line, column] = place(text, text.lastIndexOf(",", at));
  await select(area, at, at);
  await page.keyboard.type("}");
  await page.locator(".code-finding", { hasText: `${line}:${column}` }).waitFor();
  assert.match((await messages(page)).join(), /nothing follows this comma\. Remove the comma\./);
  assert.equal(await area.getAttribute("aria-invalid"), "true");
  const marked = await page.locator(".line-mark.error").evaluateAll((marks) => marks.map((mark) => mark.style.top));
  assert.deepEqual(marked, [`${(line - 1) * LINE}px`]);
  const said = page.locator(".follows .callout", { hasText: "not JSON" });
  assert.match(await said.innerText(), new RegExp(`line ${line}, column ${column}`));
  assert.equal(await page.locator(".follows.stale").count(), 1);
  assert.equal(await tile(page, "Rerouted"), rerouted);
  await page.getByRole("button", { name: "Not JSON" }).waitFor();
  const seen = await page.locator(".code-finding").first().boundingBox();
  assert.ok(seen.y > 0 && seen.y + seen.height < 900, "the message can be seen without scrolling");
  await screenshot(page, "json-broken");

  await page.keyboard.press("Control+z");
  await until(() => area.inputValue(), text, "the key takes typed text back");
  await page.locator(".follows.stale").waitFor({ state: "detached" });
  assert.deepEqual(await messages(page), quiet);

  // What is broken outlives the editor; the button takes it back.
  await paste(page, area, text.slice(0, at));
  await page.getByRole("button", { name: "Not JSON" }).waitFor();
  await page.keyboard.press("Escape");
  await area.waitFor({ state: "detached" });
  await said.waitFor();
  await said.getByRole("button", { name: "Show the text" }).click();
  assert.equal(await area.inputValue(), text.slice(0, at));
  await page.getByRole("button", { name: "Undo" }).click();
  await until(() => area.inputValue(), text, "the button takes the text back");
  assert.equal(await area.getAttribute("aria-invalid"), "false");
  assert.equal(await tile(page, "Rerouted"), rerouted);
  await opened.close();
});

test("findings stand at their places, and the preview stays while there are errors", async () => {
  const { area, ...opened } = await open();
  const { page } = opened;
  const text = await area.inputValue();
  const rerouted = await tile(page, "Rerouted");
  const broken = text.replace('"to": {"pool": "strategic"}', '"to": {"pool": "stratgic"}').replace('"hit_policy"', '"hit_polcy"');
  const { session } = await engineOnDemo(stage.panel.origin);
  const report = JSON.parse(session.check(broken));
  assert.equal(report.usable, false);
  const expected = report.findings
    .filter((finding) => finding.place)
    .map(({ place, message }) => `${place.line}:${place.column} ${message.replaceAll("`", "")}`);
  assert.ok(expected.some((line) => line.includes("hit_polcy")), expected.join("\n"));

  await paste(page, area, broken);
  const shown = async () =>
    (await page.locator(".code-finding").evaluateAll((rows) =>
      rows.map((row) => [...row.querySelectorAll(":scope > span")].slice(-2).map((part) => part.textContent).join(" ")),
    )).sort();
  await until(shown, expected.sort(), "findings in the editor");
  await page.locator(".follows .callout", { hasText: "the candidate has errors" }).waitFor();
  assert.equal(await tile(page, "Rerouted"), rerouted);
  await screenshot(page, "json-findings");

  // A click on a finding selects what it is about.
  await page.locator(".code-finding", { hasText: "hit_polcy" }).first().click();
  const chosen = await area.evaluate((node) => node.value.slice(node.selectionStart, node.selectionEnd));
  assert.match(chosen, /hit_polcy/);

  await page.getByRole("button", { name: "Undo" }).click();
  await until(() => area.inputValue(), text, "undo");
  await page.locator(".follows .callout", { hasText: "the candidate has errors" }).waitFor({ state: "detached" });
  await page.getByRole("button", { name: "Redo" }).click();
  await until(shown, expected, "redo brings the findings back");
  await opened.close();
});

test("text typed just before the editor closes is not lost", async () => {
  const { area, ...opened } = await open();
  const { page } = opened;
  const text = await area.inputValue();
  const at = text.indexOf("{") + 1;
  await select(area, at, at);
  await page.keyboard.type("  ");
  await page.keyboard.press("Escape");
  await area.waitFor({ state: "detached" });
  await page.evaluate(() => (location.hash = "#section=json"));
  await until(() => area.inputValue(), `${text.slice(0, at)}  ${text.slice(at)}`, "the typed text");
  await opened.close();
});
