// Deciding every lead of a workspace, one after the other, as a backend does: the same code in Node and in Chromium.

/**
 * `engine` is the npm package, `contract` a text, `files` pairs of name and bytes. Gives {leads, next, state}: `next(n)`
 * decides the next `n` leads and gives their canonical JSON, `state()` is the state after the last one.
 */
export function start({ Contract, Crm }, contract, files, as_of, seed) {
  const plan = new Contract(contract);
  const crm = new Crm();
  for (const [name, bytes] of files) crm.add(name, bytes);
  crm.build(plan, as_of);
  const events = JSON.parse(crm.events());
  let state = "";
  let place = 0;
  const decide = (event) => {
    const text = plan.decide(JSON.stringify(event), crm, state, as_of, seed);
    // Both halves as the engine wrote them: parsed and printed again they would be other bytes.
    const split = text.lastIndexOf(',"state":');
    if (!text.startsWith('{"decision":') || split < 0) throw new Error(`no decision and state: ${text.slice(0, 80)}`);
    state = text.slice(split + ',"state":'.length, -1);
    return text.slice('{"decision":'.length, split);
  };
  return {
    leads: events.length,
    next(count) {
      const batch = events.slice(place, place + count);
      place += batch.length;
      return batch.map(decide);
    },
    state: () => state,
  };
}
