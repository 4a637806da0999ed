// Under `require-trusted-types-for 'script'` strings reach script-making places of the DOM through this policy alone.
// Markup comes from the panel's own templates, which hold nothing that runs; scripts come from this server.
if (globalThis.trustedTypes) {
  const runs = /<\s*(?:script|iframe|object|embed|base|meta|link)\b|<[^>]*\son[a-z]+\s*=|javascript:/i;
  trustedTypes.createPolicy("default", {
    createHTML(markup) {
      return runs.test(markup) ? null : markup;
    },
    createScriptURL(address) {
      const url = new URL(address, document.baseURI);
      const own = new URL(document.baseURI);
      const sameHost = url.protocol === own.protocol && url.host === own.host;
      return sameHost || url.protocol === "blob:" ? address : null;
    },
  });
}
