// The engine in a worker: the page asks, nothing here blocks it.
import init, { install_tables, Session } from "./engine.js";
import tables from "./tables.js";
import { serve } from "./worker-protocol.js";

serve(
  init().then(() => {
    install_tables(tables);
    return new Session();
  }),
);
