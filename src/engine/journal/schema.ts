/** Written into `user_version`. A change of the schema raises it and brings an upgrade. */
export const schemaVersion = 1;

/**
 * texts    every long text once, under its sha256; whole, or as what stands between the first
 *          `head` and the last `tail` characters of the text `base`
 * effects  what a run did, under its key, with the sha256 of what went in
 * leases   who drives a run: no two processes at once
 */
export const schema = `
CREATE TABLE texts (
  hash TEXT PRIMARY KEY, body TEXT NOT NULL, base TEXT, head INTEGER, tail INTEGER
) WITHOUT ROWID;
CREATE TABLE tasks (hash TEXT PRIMARY KEY, body TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE runs (
  id TEXT PRIMARY KEY, kind TEXT NOT NULL, title TEXT NOT NULL, solver TEXT NOT NULL,
  settings TEXT NOT NULL, started_at INTEGER NOT NULL, worked_ms INTEGER NOT NULL DEFAULT 0,
  state TEXT NOT NULL DEFAULT 'open', message TEXT, facts TEXT NOT NULL DEFAULT '{}'
) WITHOUT ROWID;
CREATE TABLE run_tasks (
  run TEXT NOT NULL, position INTEGER NOT NULL, task TEXT NOT NULL, id TEXT NOT NULL,
  PRIMARY KEY (run, position)
) WITHOUT ROWID;
CREATE TABLE leases (
  run TEXT PRIMARY KEY, host TEXT NOT NULL, process INTEGER NOT NULL, token TEXT NOT NULL,
  heartbeat_at INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE effects (
  run TEXT NOT NULL, task TEXT NOT NULL, sample INTEGER NOT NULL, turn INTEGER NOT NULL,
  kind TEXT NOT NULL, ordinal INTEGER NOT NULL, input TEXT NOT NULL, value TEXT NOT NULL,
  recorded_at INTEGER NOT NULL, PRIMARY KEY (run, task, sample, turn, kind, ordinal)
) WITHOUT ROWID;
CREATE INDEX effects_by_kind ON effects (run, kind);
`;
