// Loads the panel. A page that cannot says so, instead of staying blank.
import init from "./panel.js";

init().catch((error) => {
  const notice = document.createElement("p");
  notice.setAttribute("role", "alert");
  notice.textContent = `The panel could not start: ${error.message ?? error}. Reload the page, or use a current browser.`;
  document.body.append(notice);
  throw error;
});
