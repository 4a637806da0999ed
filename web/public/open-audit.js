// Loads the pages on audit logs, once, when they are opened: their module, their style sheet.
let opened;

export function openAudit(host, bridge) {
  opened ??= load(host, bridge).catch((error) => {
    opened = undefined;
    throw error;
  });
  return opened;
}

async function load(host, bridge) {
  const sheet = document.createElement("link");
  sheet.rel = "stylesheet";
  sheet.href = new URL("./audit.css", import.meta.url).href;
  const styled = new Promise((done) => {
    sheet.onload = done;
    sheet.onerror = done;
  });
  document.head.append(sheet);
  const [pages] = await Promise.all([import("./audit_panel.js"), styled]);
  await pages.default();
  pages.mount_audit(host, bridge);
}
