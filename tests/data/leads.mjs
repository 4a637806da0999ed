// Many leads for tests and benchmarks: the demo's, over and over, with ids of their own.

/** The demo's `leads.csv` with `times` times its rows. The ids differ in a digit, which their checksum does not cover. */
export function repeated(csv, times) {
  const end = csv.indexOf("\n") + 1;
  const rows = csv.slice(end);
  const id = /^"00QLf0/gm;
  const copies = Array.from({ length: times }, (_, copy) => rows.replace(id, `"00QLf${copy}`));
  return csv.slice(0, end) + copies.join("");
}
