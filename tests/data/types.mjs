// The npm package's types of what crosses its boundary as JSON text, made from the published schemas.
//
// `node tests/data/types.mjs` renews pkg/js/types.d.ts; a test compares.
import { readFileSync, writeFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { compile } from "json-schema-to-typescript";

const root = new URL("../../", import.meta.url);

/** The file that is generated. */
export const file = new URL("pkg/js/types.d.ts", root);

/** Schemas by name, and what the package calls them. */
const NAMES = {
  contract: "ContractFormat",
  decision: "Decision",
  difference: "Difference",
  event: "CrmEvent",
  fact: "FactInfo",
  file: "FileReport",
  finding: "Finding",
  lead: "SideBySide",
  move: "Move",
  proposal: "Proposal",
  state: "State",
  summary: "Summary",
};

const read = (name) => JSON.parse(readFileSync(new URL(`docs/schemas/${name}.json`, root), "utf8"));
const plain = (schema) => JSON.stringify(schema, (key, value) => (key === "description" ? undefined : value));

/** A reference with a description of its own would be taken for a type of its own, and any value for an object. */
function bare(schema) {
  if (Array.isArray(schema)) return schema.map(bare);
  if (schema === null || typeof schema !== "object") return schema;
  const { $ref, description } = schema;
  if (typeof $ref === "string") return description === undefined ? { $ref } : { allOf: [{ $ref }], description };
  if (typeof description === "string" && Object.keys(schema).every((key) => ["description", "default", "title"].includes(key))) {
    return { ...schema, tsType: "unknown" };
  }
  return Object.fromEntries(Object.entries(schema).map(([key, value]) => [key, bare(value)]));
}

/** All schemas as one: a definition is kept once, and under its schema's name where another of its name differs. */
function together() {
  const all = {};
  for (const [name, title] of Object.entries(NAMES)) {
    const { $schema, $id, $defs = {}, ...schema } = read(name);
    let text = JSON.stringify({ root: { ...schema, title }, defs: $defs });
    for (const [key, definition] of Object.entries($defs)) {
      const known = all[key];
      if (known === undefined || plain(known) === plain({ ...definition, title: key })) continue;
      text = text.replaceAll(`"#/$defs/${key}"`, `"#/$defs/${title}${key}"`).replaceAll(`"${key}":`, `"${title}${key}":`);
    }
    const { root: main, defs } = JSON.parse(text);
    for (const [key, definition] of Object.entries(defs)) all[key] ??= { ...definition, title: key };
    all[title] = main;
  }
  return all;
}

/** The text of the file. */
export async function types() {
  const $defs = together();
  const properties = Object.fromEntries(Object.values(NAMES).map((title) => [title, { $ref: `#/$defs/${title}` }]));
  const schema = { title: "Answers", type: "object", additionalProperties: false, properties, $defs: bare($defs) };
  return compile(schema, "Answers", {
    bannerComment: "// Generated from docs/schemas by `node tests/data/types.mjs`: what crosses the boundary as JSON text.",
    additionalProperties: false,
    strictIndexSignatures: true,
  });
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) writeFileSync(file, await types());
