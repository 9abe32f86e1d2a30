import type { FromViewer, ToViewer } from './messages';

interface Host {
  postMessage(message: unknown): void;
  getState(): unknown;
  setState(state: unknown): void;
}
declare function acquireVsCodeApi(): Host;

/** What survives closing the view and reloading the window. */
export interface Remembered {
  readonly run: string | null;
  readonly task: string | null;
  readonly sample: number | null;
  readonly scrollTop: number;
  readonly filter: string;
  readonly text: string;
}

/** The other end of the wire. The editor's API can be had once, and stays private to this. */
export interface Connection {
  send(message: FromViewer): void;
  remember(state: Remembered): void;
  readonly remembered: Remembered;
}

export function connect(receive: (message: ToViewer) => void): Connection {
  const host = connectHost<FromViewer>((message) => {
    if (isFromHost(message)) receive(message);
  });
  return {
    send: (message) => host.send(message),
    remember: (state) => host.remember(state),
    remembered: readRemembered(host.remembered),
  };
}

/** The wire of any page, with what that page sends. What it receives the page checks itself. */
export interface HostConnection<Sent> {
  send(message: Sent): void;
  remember(state: unknown): void;
  readonly remembered: unknown;
}

export function connectHost<Sent>(receive: (message: unknown) => void): HostConnection<Sent> {
  const host = acquireVsCodeApi();
  window.addEventListener('message', (event: MessageEvent<unknown>) => receive(event.data));
  return {
    send: (message) => host.postMessage(message),
    remember: (state) => host.setState(state),
    remembered: host.getState(),
  };
}

function isFromHost(message: unknown): message is ToViewer {
  if (typeof message !== 'object' || message === null || !('kind' in message)) return false;
  const known: readonly unknown[] = [
    'snapshot',
    'delta',
    'story',
    'live',
  ] satisfies ToViewer['kind'][];
  return known.includes(message.kind) && 'seq' in message && typeof message.seq === 'number';
}

function readRemembered(state: unknown): Remembered {
  const known: Record<string, unknown> =
    typeof state === 'object' && state !== null ? { ...state } : {};
  const text = (key: string): string | null => {
    const value = known[key];
    return typeof value === 'string' ? value : null;
  };
  const { scrollTop, sample } = known;
  return {
    run: text('run'),
    task: text('task'),
    sample: typeof sample === 'number' ? sample : null,
    scrollTop: typeof scrollTop === 'number' ? scrollTop : 0,
    filter: text('filter') ?? 'all',
    text: text('text') ?? '',
  };
}
