/** Entry of the engine's own thread (`dist/engine.js`): the extension host never computes. */
import { parentPort } from 'node:worker_threads';
import { openWorkbench } from '../engine/flywheel/openWorkbench';
import type { ToEngine } from './engineCalls';
import { serveEngine } from './engineServer';
import { lentModels } from './hostAsking';

const port = parentPort;
if (port === null) throw new Error('engine.js is a worker thread of the extension.');
const never = new AbortController().signal;

const take = serveEngine(
  (options, ask) =>
    openWorkbench({
      ...options,
      models: {
        ...options.models,
        apiKey: (baseUrl) => ask('apiKey', { baseUrl }, never),
      },
      lentModel: lentModels(ask),
    }),
  (message) => port.postMessage(message),
);
// The extension host is the only other end, and what it sends is typed by the same build.
port.on('message', (message: ToEngine) => void take(message));
