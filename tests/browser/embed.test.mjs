// The panel in a sidebar of 300 px on a page of another site, where Chromium denies it storage.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { engineOnDemo, expectedVerdicts, until, verdictsAfter } from "./desk.mjs";
import { launch, openPage, screenshot, startHost, startPanel } from "./lib.mjs";

let panel, host, browser;

before(async () => {
  browser = await launch();
  host = await startHost({
    "/": '<!doctype html><title>CRM</title><link rel="icon" href="data:,"><body style="margin:0"><iframe title="panel" width="300" height="880" style="border:0"></iframe>',
  });
  panel = await startPanel("--frame-ancestors", host.origin);
});

after(async () => {
  await browser?.close();
  await panel?.stop();
  await host?.stop();
});

test("in a frame without storage a threshold is changed and its consequences are read", async () => {
  const origins = [host.origin, panel.origin];
  const opened = await openPage(browser, `${host.origin}/`, { origins, viewport: { width: 320, height: 900 } });
  const { page } = opened;
  const address = `${panel.origin}/#section=thresholds&at=/fields/lead.industry`;
  await page.evaluate((src) => (document.querySelector("iframe").src = src), address);
  const handle = await page.locator("iframe").elementHandle();
  const frame = await handle.contentFrame();
  await frame.waitForURL(/section=thresholds/);
  await frame.locator(".tile-figure").first().waitFor({ state: "attached" });

  const denied = await frame.evaluate(() => {
    try {
      return localStorage.length >= 0 ? "allowed" : "";
    } catch (error) {
      return error.name;
    }
  });
  assert.equal(denied, "SecurityError", "this test is about a frame without storage");
  await frame.getByText(/not kept here/).first().waitFor();

  const { summary } = await engineOnDemo(panel.origin, (candidate) => {
    candidate.fields.find((policy) => policy.field === "lead.industry").auto_at = 970;
  });
  const input = frame.locator('input[type="number"][aria-label^="Automatic from, /fields/lead.industry"]');
  await input.fill("97");
  await input.blur();
  await screenshot(page, "embed-300-editor");
  await frame.evaluate(() => (location.hash = ""));
  await until(() => verdictsAfter(frame, "industry"), expectedVerdicts(summary, "lead.industry"), "verdicts in the frame");
  const wide = await frame.evaluate(() => document.scrollingElement.scrollWidth - document.scrollingElement.clientWidth);
  assert.ok(wide <= 0, `${wide} px too wide`);
  await screenshot(page, "embed-300");
  await opened.close();
});
