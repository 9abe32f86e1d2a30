import type { DatabaseSync } from 'node:sqlite';
import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { UserError } from '../domain/errors';
import { inTransaction } from './sqlite';

export const heartbeatMs = 2000;
const staleMs = 10_000;

interface LeaseRow {
  readonly host: string;
  readonly process: number;
  readonly token: string;
  readonly heartbeatAt: number;
}

/** Takes the lease of a run, or says who drives it. Answers the token that proves it. */
export function takeLease(database: DatabaseSync, run: string, now: number): string {
  const token = randomUUID();
  inTransaction(database, () => {
    const held = readLease(database, run);
    if (held && isLive(held, now)) throw heldBy(run, held);
    database
      .prepare('INSERT OR REPLACE INTO leases VALUES (?, ?, ?, ?, ?)')
      .run(run, hostname(), process.pid, token, now);
  });
  return token;
}

export function isLeased(database: DatabaseSync, run: string, now: number): boolean {
  const held = readLease(database, run);
  return held !== null && isLive(held, now);
}

function readLease(database: DatabaseSync, run: string): LeaseRow | null {
  const row = database.prepare('SELECT * FROM leases WHERE run = ?').get(run);
  if (!row) return null;
  return {
    host: String(row['host']),
    process: Number(row['process']),
    token: String(row['token']),
    heartbeatAt: Number(row['heartbeat_at']),
  };
}

/** Live while its heart beats; on this machine also only while its process exists. */
function isLive(lease: LeaseRow, now: number): boolean {
  if (Math.abs(now - lease.heartbeatAt) > staleMs) return false;
  return lease.host !== hostname() || processExists(lease.process);
}

function processExists(id: number): boolean {
  try {
    process.kill(id, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

function heldBy(run: string, lease: LeaseRow): UserError {
  return new UserError({
    code: 'runHeld',
    message: `The run ${run} is being driven by process ${String(lease.process)} on ${lease.host}`,
    mend: 'Watch it there, cancel it there, or wait until it has ended.',
    exitCode: 3,
  });
}
