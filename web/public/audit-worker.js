// What reads audit logs, in a worker of its own: however long a log is, the page goes on.
import init, { install_tables, Trail } from "./audit.js";
import tables from "./tables.js";
import { serve } from "./worker-protocol.js";

serve(
  init().then(() => {
    install_tables(tables);
    return new Trail();
  }),
);
