/// <reference lib="esnext.disposable" />
// What the package exports, and the types of what it answers as JSON text: `JSON.parse(session.files()) as FileReport[]`.
import type {
  ActionKind,
  Counts,
  Difference,
  FactInfo,
  FileReport,
  Finding,
  Move,
  MoveChange,
  PlaceKind,
  State,
  Decision,
} from "./types.js";

export * from "./engine.js";
export type * as types from "./types.js";
export type {
  ContractFormat,
  Counts,
  CrmEvent,
  Decision,
  Difference,
  FactInfo,
  FileReport,
  Finding,
  Move,
  Place,
  Proposal,
  SideBySide,
  State,
  Summary,
  Verdict,
} from "./types.js";
export type { ActionKind, MoveChange, PlaceKind };

/** The deployed contract, or the edited one. */
export type Side = "baseline" | "candidate";

/** What `Contract.decide` answers. `decision` is canonical JSON; give `state` to the next decision. */
export interface Decided {
  decision: Decision;
  state: State;
}

/** What `check` and `Session.set_contract` answer. */
export interface CheckReport {
  /** Everything there is to say, with addresses and places in the text. */
  findings: Finding[];
  /** Whether leads can be decided under it. */
  usable: boolean;
  id?: string;
  name?: string;
  version?: string;
  /** `sha256:` and the digest of its canonical JSON, where it can be used. */
  digest?: string;
}

/** What `Session.moves` takes, as JSON text. Everything has a default. */
export interface Query {
  /** Only leads that changed in this way. */
  change?: MoveChange;
  /** Also leads for which nothing changed. */
  unchanged_too?: boolean;
  /** Only leads with this text in id, name, company, e-mail, from or to. */
  text?: string;
  /** Only leads that go from this place, by kind and id. */
  from?: [PlaceKind, string];
  /** Only leads that go to this place. */
  to?: [PlaceKind, string];
  sort?: "order" | "name" | "company" | "from" | "to" | "score_after" | "score_change";
  descending?: boolean;
  offset?: number;
  limit?: number;
}

/** What `Session.moves` answers. */
export interface Page {
  /** How many leads the query finds in all. */
  total: number;
  offset: number;
  rows: Move[];
}

/** What `Session.effect` answers. */
export interface EditEffect {
  edit: Difference;
  /** None where the baseline with this edit alone cannot be used. */
  alone?: Counts;
}

/** What `Session.vocabulary` answers. */
export interface Vocabulary {
  facts: FactInfo[];
  owners: { id: string; name: string; email: string; active: boolean }[];
}

/** What is thrown, as JSON text. */
export interface Problem {
  message: string;
  /** What to do. */
  help?: string | null;
  file?: string;
  line?: number | null;
  /** Of a contract that cannot be used. */
  findings?: Finding[];
}
