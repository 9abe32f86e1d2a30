import { accessSync, constants, readFileSync, statSync } from 'node:fs';
import path from 'node:path';

const groupLayers = ['memory', 'processes'] as const;
export type GroupLayer = (typeof groupLayers)[number];

/** A folder in which we may make control groups of our own, and what those bound. */
export interface CgroupParent {
  readonly folder: string;
  readonly version: 1 | 2;
  readonly bounds: readonly GroupLayer[];
}

export interface CgroupPlace {
  /** Where the groups are mounted; `/sys/fs/cgroup` unless a test says otherwise. */
  readonly mount?: string;
  /** Text of `/proc/self/cgroup`. */
  readonly own?: string;
  readonly uid?: number;
}

/**
 * Where control groups can be had, by the kernel's rule that a group has one writer: in a group
 * that was handed to this user (systemd's user session), or at the root of what we see (a
 * container, or a hierarchy that nobody has divided). Groups that others made to watch over us
 * are left alone. Empty where there is none; never throws.
 *
 * Documentation/admin-guide/cgroup-v2.rst, "Delegation"; cgroup-v1/memory.rst, pids.rst.
 */
export function findCgroups(place: CgroupPlace = {}): CgroupParent[] {
  const { mount = '/sys/fs/cgroup', uid = process.getuid?.() ?? -1 } = place;
  const own = linesOf(place.own ?? read('/proc/self/cgroup') ?? '');
  const unified = own.find(({ controllers }) => controllers === '');
  const second = unified ? secondVersion(mount, unified.path, uid) : null;
  if (second) return [second];
  return [
    ...firstVersion(mount, own, uid, 'memory', 'memory', 'memory.limit_in_bytes'),
    ...firstVersion(mount, own, uid, 'pids', 'processes', null),
  ];
}

interface OwnGroup {
  readonly controllers: string;
  readonly path: string;
}

/** The nearest group above us in which both bounds are offered to the groups below it. */
function secondVersion(mount: string, own: string, uid: number): CgroupParent | null {
  for (let at = own; ; at = path.posix.dirname(at)) {
    const folder = path.resolve(mount, `.${at}`);
    const offered = read(path.join(folder, 'cgroup.subtree_control'))?.trim().split(/\s+/) ?? [];
    if (offered.includes('memory') && offered.includes('pids') && isOurs(folder, at, uid)) {
      return { folder, version: 2, bounds: groupLayers };
    }
    if (at === '/' || at === '.') return null;
  }
}

function firstVersion(
  mount: string,
  own: readonly OwnGroup[],
  uid: number,
  controller: string,
  bounds: GroupLayer,
  needs: string | null,
): CgroupParent[] {
  const group = own.find(({ controllers }) => controllers.split(',').includes(controller));
  if (!group) return [];
  const folder = path.resolve(mount, controller, `.${group.path}`);
  const isThere = needs === null || read(path.join(folder, needs)) !== null;
  return isThere && isOurs(folder, group.path, uid)
    ? [{ folder, version: 1, bounds: [bounds] }]
    : [];
}

/** Handed to an ordinary user, or undivided; and we can write where a process would enter. */
function isOurs(folder: string, own: string, uid: number): boolean {
  try {
    accessSync(folder, constants.W_OK);
    accessSync(path.join(folder, 'cgroup.procs'), constants.W_OK);
    return uid === 0 ? own === '/' : statSync(folder).uid === uid;
  } catch {
    return false;
  }
}

function linesOf(text: string): OwnGroup[] {
  return text.split('\n').flatMap((line) => {
    const parts = /^\d+:([^:]*):(\/.*)$/.exec(line);
    const [, controllers = '', own = '/'] = parts ?? [];
    // A path above our root belongs to others.
    return parts && !own.includes('/..') ? [{ controllers, path: own }] : [];
  });
}

function read(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return null;
  }
}
