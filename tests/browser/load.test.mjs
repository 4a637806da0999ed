// The panel loads, runs under its own policy, and asks nobody but its server.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { launch, openPage, screenshot, startHost, startPanel } from "./lib.mjs";

let panel, host, browser;

before(async () => {
  browser = await launch();
  host = await startHost({});
  panel = await startPanel("--frame-ancestors", host.origin);
});

after(async () => {
  await browser?.close();
  await panel?.stop();
  await host?.stop();
});

test("the page loads without an error and without a foreign request", async () => {
  const opened = await openPage(browser, `${panel.origin}/`);
  const { page } = opened;
  await page.getByRole("heading", { name: "Interlock", level: 1 }).waitFor();
  await screenshot(page, "load");
  await opened.close();
});

test("the worker's engine answers", async () => {
  const opened = await openPage(browser, `${panel.origin}/`);
  const { page } = opened;
  const answer = await page.evaluate(
    () =>
      new Promise((resolve, reject) => {
        const worker = new Worker("./engine-worker.js", { type: "module" });
        worker.onmessage = (message) => resolve(message.data);
        worker.onerror = reject;
        worker.postMessage({ id: 1, verb: "files" });
      }),
  );
  assert.equal(answer.id, 1);
  assert.equal(answer.ok, "[]");
  await opened.close();
});

test("a foreign request is seen and forbidden", async () => {
  const opened = await openPage(browser, `${panel.origin}/`, { troubled: true });
  const { page } = opened;
  await page.evaluate(() => {
    const seen = new Promise((resolve) => addEventListener("securitypolicyviolation", resolve));
    fetch("https://example.com/").catch(() => {});
    return seen.then(() => {});
  });
  assert.match(opened.problems.policy.join(), /^connect-src: https:\/\/example\.com/);
  await opened.close();
});

test("markup that would run is refused, markup that does not is not", async () => {
  const opened = await openPage(browser, `${panel.origin}/`, { troubled: true });
  const { page } = opened;
  const taken = (markup) =>
    page.evaluate((text) => {
      try {
        document.createElement("div").innerHTML = text;
        return true;
      } catch {
        return false;
      }
    }, markup);
  for (const harmless of ["<p>one = 1</p>", '<svg viewBox="0 0 1 1"><path d="M0 0"/></svg>', "<b title='x'>on click</b>"]) {
    assert.ok(await taken(harmless), harmless);
  }
  assert.deepEqual(opened.problems.policy, []);
  for (const running of ["<script>1</script>", "<img src=x onerror=1>", "<a href='javascript:1'>x</a>", "<iframe>"]) {
    assert.ok(!(await taken(running)), running);
  }
  await opened.close();
});

test("a listed page may frame the panel, another may not", async () => {
  const frame = (origin) => `<!doctype html><iframe title="panel" src="${origin}/"></iframe>`;
  const framing = async (ancestors) => {
    const server = await startPanel(...ancestors);
    const outer = await startHost({ "/": frame(server.origin) });
    const origins = [outer.origin, server.origin];
    const opened = await openPage(browser, `${outer.origin}/`, { origins, troubled: true });
    await opened.page.waitForLoadState("networkidle");
    const shown = await opened.page.frameLocator("iframe").getByRole("heading", { level: 1 }).count();
    await opened.close();
    await outer.stop();
    await server.stop();
    return shown;
  };
  assert.equal(await framing(["--frame-ancestors", "*"]), 1);
  assert.equal(await framing([]), 0);
});

test("headers let the panel run and nothing more", async () => {
  const response = await fetch(`${panel.origin}/panel_bg.wasm`);
  assert.equal(response.headers.get("content-type"), "application/wasm");
  assert.equal(response.headers.get("access-control-allow-origin"), "*");
  assert.equal(response.headers.get("set-cookie"), null);
  assert.match(response.headers.get("content-security-policy"), /^default-src 'none'; script-src 'self' 'wasm-unsafe-eval';/);
  assert.ok(response.headers.get("content-security-policy").includes(host.origin));
  const again = await fetch(`${panel.origin}/panel_bg.wasm`, {
    headers: { "if-none-match": response.headers.get("etag") },
  });
  assert.equal(again.status, 304);
});
